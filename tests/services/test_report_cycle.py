"""The cycle of reports: call, draft, edit, freeze, approve, send; by hand and by itself."""

from __future__ import annotations

import datetime as dt
import io

import pypdf
import pytest
from sqlalchemy import select

from tests.services.reporting import DUE, HOST, Reporting, at, text_of
from tests.world import World
from tracker.mail.outcomes import TemporaryFailure
from tracker.mail.senders import MemorySender
from tracker.models import Dialogue, ReportMail, StatusReport
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed, NotFound
from tracker.queries.status_reports import calls_of, get_report, late_answers, reports_of
from tracker.reports.summary import Summary
from tracker.services.answer_call import answer_call
from tracker.services.approve_list import Confirmed
from tracker.services.approve_report import approve_report, record_approval
from tracker.services.call_for_updates import call_for_updates, tasks_asked_of
from tracker.services.change_task import TaskUpdate
from tracker.services.compose_report import OVERALL, compose_report, edition_of, place_of
from tracker.services.edit_report import (
    Decision,
    ReportEdit,
    add_remarks,
    edit_report,
    show_to_other_side,
)
from tracker.services.freeze_report import find_changed_edition, freeze_report
from tracker.services.send_report import send_report

FROZEN = at(2008, 1, 11)
EDIT = ReportEdit(
    texts={OVERALL: ("The talks go well.", "canary: we doubt it."), place_of(None): ("Fine.", "")},
    ratings={OVERALL: ("off_track", "A ministry stays away.")},
    decisions=(Decision("Who hosts?", is_shared=True), Decision("canary: whether to pay")),
    remarks="We thank the hosts.",
)


@pytest.fixture
def reporting(world: World) -> Reporting:
    return Reporting(world)


def edit(reporting: Reporting, found: ReportEdit = EDIT) -> None:
    with reporting.writing() as (session, report):
        edit_report(
            session, report, found, seen=report.edits, actor=reporting.actor(reporting.mira)
        )


def freeze(reporting: Reporting, now: dt.datetime = FROZEN) -> None:
    reporting.now = now
    with reporting.writing() as (session, report):
        freeze_report(
            session,
            report,
            actor=reporting.actor(reporting.mira),
            now=now,
            today=now.date(),
            host=HOST,
        )


def approve(reporting: Reporting, *people: int) -> None:
    for person in people:
        with reporting.writing() as (session, report):
            approve_report(
                session,
                report,
                seen_sha256=report.sha256,
                confirmed=Confirmed(person),
                actor=reporting.actor(person),
                now=reporting.now,
                today=reporting.now.date(),
            )


def shown(reporting: Reporting, edition="internal") -> Summary:
    with reporting.writing() as (session, report):
        return edition_of(session, report, edition, now=reporting.now)


def test_the_scheduler_calls_owners_then_drafts_then_mails_drafters(reporting: Reporting) -> None:
    assert reporting.run(at(2007, 12, 12)).sent == 0
    assert reporting.run(at(2007, 12, 13)).sent == 2
    mails = {str(m["To"]): m for m in reporting.mails()}
    assert len(mails) == 2
    (call,) = [m for to, m in mails.items() if "per.lind" in to]
    assert "1. Send the list" in text_of(call)
    assert "10 January 2008" in str(call["Subject"])
    assert reporting.run(at(2007, 12, 20)).sent == 0
    assert reporting.run(at(2008, 1, 3)).sent == 1
    (draft,) = reporting.mails()
    assert "mira.okonjo" in str(draft["To"])
    assert reporting.run(at(2008, 1, 4)).sent == 0


def test_two_schedulers_send_each_mail_once(reporting: Reporting) -> None:
    reporting.run(at(2007, 12, 13))
    reporting.run(at(2007, 12, 13))
    assert len(reporting.mails()) == 2


def test_what_the_mail_server_refuses_for_now_is_sent_later_with_the_same_id(
    reporting: Reporting,
) -> None:
    failing = MemorySender({"per.lind@example.org": TemporaryFailure("451 busy")})
    reporting.sender = failing
    assert reporting.run(at(2007, 12, 13)).postponed == 1
    reporting.sender = MemorySender()
    assert reporting.run(at(2007, 12, 13, 20)).sent == 1
    with reporting.writing() as (session, report):
        calls = {c.contact_id: c for c in calls_of(session, report.id)}
        assert calls[reporting.per].message_id == str(reporting.sender.messages[0]["Message-ID"])


def test_a_call_above_the_ceiling_says_nothing_but_that_it_waits(world: World) -> None:
    reporting = Reporting(world)
    world.task(reporting.dialogue_id, "Canary of the patrol", owners=[reporting.per], marking="C")
    reporting.run(at(2007, 12, 13))
    (call,) = [m for m in reporting.mails() if "per.lind" in str(m["To"])]
    assert str(call["Subject"]) == "An update of yours is wanted in the Dialogue Tracker"
    assert "Canary" not in call.as_string()
    assert "Border" not in call.as_string()


def test_owners_answer_for_their_own_tasks_only(reporting: Reporting) -> None:
    reporting.run(at(2007, 12, 13))
    with reporting.writing() as (session, report):
        asked = tasks_asked_of(session, report, reporting.per)
        assert [task.number for task in asked] == [1]
        updates = {
            1: TaskUpdate(status="in_progress", remark="Half of it is typed."),
            2: TaskUpdate(status="done"),
        }
        call, changed = answer_call(
            session,
            report,
            updates,
            actor=reporting.actor(reporting.per),
            now=at(2007, 12, 14),
            today=dt.date(2007, 12, 14),
        )
        assert (call.contact_id, changed) == (reporting.per, 1)
    summary = shown(reporting)
    assert [task.status for task in summary.tasks] == ["in_progress", "proposed"]


def test_who_was_not_called_cannot_answer(reporting: Reporting) -> None:
    reporting.run(at(2007, 12, 13))
    with pytest.raises(NotFound), reporting.writing() as (session, report):
        answer_call(
            session, report, {}, actor=reporting.actor(reporting.carla), now=reporting.now,
            today=DUE,
        )  # fmt: skip


def test_readers_prepare_no_report(reporting: Reporting) -> None:
    with pytest.raises(NotAllowed), reporting.world.database.transaction() as session:
        call_for_updates(
            session,
            session.get_one(Dialogue, reporting.dialogue_id),
            as_of=DUE,
            actor=reporting.actor(reporting.carla),
            now=reporting.now,
            host=HOST,
        )


def test_what_people_write_stands_in_the_edition_it_was_written_for(reporting: Reporting) -> None:
    reporting.share(reporting.list_task, "Both sides exchange lists.")
    reporting.draft()
    edit(reporting)
    internal, shared = shown(reporting), shown(reporting, "shared")
    assert internal.narrative == "The talks go well.\ncanary: we doubt it."
    assert internal.decisions == ("Who hosts?", "canary: whether to pay")
    assert shared.narrative == "The talks go well."
    assert shared.decisions == ("Who hosts?",)
    assert "canary" not in repr(shared)
    for summary in (internal, shared):
        assert summary.rating is not None
        assert (summary.rating.level, summary.rating.is_overridden) == ("off_track", True)
        assert [(r.party, r.text) for r in summary.remarks] == [
            ("Northland", "We thank the hosts.")
        ]


def test_a_second_writer_is_told_and_nothing_is_overwritten(reporting: Reporting) -> None:
    reporting.draft()
    edit(reporting)
    with pytest.raises(Conflict), reporting.writing() as (session, report):
        edit_report(session, report, ReportEdit(), seen=1, actor=reporting.actor(reporting.mira))
    assert shown(reporting).narrative.startswith("The talks go well.")


def test_another_rating_needs_a_reason(reporting: Reporting) -> None:
    reporting.draft()
    with pytest.raises(InvalidInput, match="Say why"):
        edit(reporting, ReportEdit(ratings={OVERALL: ("off_track", " ")}))


def test_the_other_side_sees_a_draft_only_when_it_is_shown_and_adds_its_remarks(
    reporting: Reporting,
) -> None:
    reporting.draft()
    bo = reporting.actor(reporting.bo)
    with reporting.writing() as (session, report):
        slug = report.dialogue.slug
        with pytest.raises(NotFound):
            get_report(session, bo.scope, slug, DUE, 1)
        show_to_other_side(
            session, report, actor=reporting.actor(reporting.mira), now=reporting.now, host=HOST
        )
        found = get_report(session, bo.scope, slug, DUE, 1)
        add_remarks(session, found, "So do we.", actor=bo)
    assert [r.party for r in shown(reporting).remarks] == ["Sundria"]


def test_a_frozen_report_shows_the_same_whatever_happens_after(reporting: Reporting) -> None:
    reporting.share(reporting.list_task, "Both sides exchange lists.")
    reporting.draft()
    edit(reporting)
    freeze(reporting)
    before = shown(reporting), shown(reporting, "shared")
    reporting.change(reporting.list_task, TaskUpdate(status="done"), at(2008, 2, 1))
    reporting.world.task(reporting.dialogue_id, "Something new", now=at(2008, 2, 1))
    reporting.now = at(2010, 1, 1)
    assert (shown(reporting), shown(reporting, "shared")) == before
    with reporting.writing() as (_session, report):
        assert find_changed_edition(report) is None
        report.shared = {**(report.shared or {}), "narrative": "forged"}
        assert find_changed_edition(report) == "the shared edition"


def test_a_frozen_report_is_not_written_on(reporting: Reporting) -> None:
    reporting.draft()
    freeze(reporting)
    with pytest.raises(Conflict, match="frozen"):
        edit(reporting)


def test_a_report_is_not_frozen_before_its_day(reporting: Reporting) -> None:
    reporting.draft()
    with pytest.raises(Conflict, match="still to come"):
        freeze(reporting, at(2008, 1, 9))


def test_both_ambassadors_approve_and_nobody_else_does(reporting: Reporting) -> None:
    reporting.draft()
    freeze(reporting)
    for person in (reporting.mira, reporting.carla, reporting.dan):
        with pytest.raises(NotAllowed):
            approve(reporting, person)
    approve(reporting, reporting.ana)
    with reporting.writing() as (_session, report):
        assert report.state == "frozen"
    with pytest.raises(Conflict, match="already"):
        approve(reporting, reporting.ana)
    approve(reporting, reporting.bo)
    with reporting.writing() as (_session, report):
        assert (report.state, len(report.approvals)) == ("approved", 2)


def test_what_was_not_read_is_not_approved(reporting: Reporting) -> None:
    reporting.draft()
    freeze(reporting)
    with pytest.raises(Conflict, match="not the report"), reporting.writing() as (session, report):
        approve_report(
            session, report, seen_sha256="0" * 64, confirmed=Confirmed(reporting.ana),
            actor=reporting.actor(reporting.ana), now=reporting.now, today=DUE,
        )  # fmt: skip


def test_an_approval_on_paper_is_recorded_with_who_recorded_it(reporting: Reporting) -> None:
    reporting.draft()
    freeze(reporting)
    with reporting.writing() as (session, report):
        other = report.dialogue.parties[1].party_id
        mira = reporting.actor(reporting.mira)
        record_approval(
            session, report, other, "Bo Sund", seen_sha256=report.sha256, actor=mira,
            now=reporting.now,
        )  # fmt: skip
        assert report.approvals[0].recorded_by == "Mira Okonjo"


def test_a_report_goes_to_the_co_chairs_of_both_sides_each_in_its_edition(
    reporting: Reporting,
) -> None:
    reporting.share(reporting.list_task, "Both sides exchange lists.")
    reporting.draft()
    edit(reporting)
    freeze(reporting)
    with pytest.raises(Conflict, match="Both sides"), reporting.writing() as (session, report):
        send_report(session, report, actor=reporting.actor(reporting.mira), now=reporting.now,
                    host=HOST)  # fmt: skip
    approve(reporting, reporting.ana, reporting.bo)
    with reporting.writing() as (session, report):
        send_report(session, report, actor=reporting.actor(reporting.mira), now=reporting.now,
                    host=HOST)  # fmt: skip
    reporting.run(reporting.now)
    reporting.run(reporting.now)
    mails = {str(m["To"]): m for m in reporting.mails() if "Status report" in str(m["Subject"])}
    assert len(mails) == 2
    for address, message in mails.items():
        (file,) = message.iter_attachments()
        pages = pypdf.PdfReader(io.BytesIO(file.get_content())).pages
        said = " ".join(page.extract_text() for page in pages) + text_of(message)
        assert ("canary" in said) == ("carla" in address)


def test_above_the_ceiling_a_report_is_not_attached(reporting: Reporting) -> None:
    reporting.world.task(reporting.dialogue_id, "Canary", marking="S")
    reporting.draft()
    freeze(reporting)
    approve(reporting, reporting.ana, reporting.bo)
    with reporting.writing() as (session, report):
        send_report(session, report, actor=reporting.actor(reporting.mira), now=reporting.now,
                    host=HOST)  # fmt: skip
    reporting.run(reporting.now)
    (mail,) = [m for m in reporting.mails() if "carla" in str(m["To"])]
    assert str(mail["Subject"]) == "A status report is ready in the Dialogue Tracker"
    assert not list(mail.iter_attachments())
    assert "Border" not in mail.as_string()


def test_an_approved_report_goes_out_on_its_day_by_itself(reporting: Reporting) -> None:
    reporting.draft()
    edit(reporting, ReportEdit(send_on=dt.date(2008, 1, 20)))
    freeze(reporting)
    approve(reporting, reporting.ana, reporting.bo)
    reporting.run(at(2008, 1, 19))
    reporting.mails()
    assert reporting.run(at(2008, 1, 20)).sent == 2
    with reporting.writing() as (_session, report):
        assert report.state == "sent"


def test_an_answer_is_late_by_the_day_of_who_answers(reporting: Reporting) -> None:
    # Late in the evening in UTC it is the next day further east.
    reporting.run(at(2007, 12, 13))
    reporting.run(at(2008, 1, 3))
    with reporting.writing() as (session, report):
        answer_call(
            session,
            report,
            {},
            actor=reporting.actor(reporting.per),
            now=dt.datetime(2008, 1, 10, 22, 0, tzinfo=dt.UTC),
            today=dt.date(2008, 1, 11),
        )
    freeze(reporting)
    reporting.run(at(2008, 7, 3))
    with reporting.world.database.reading() as session:
        dialogue = session.get_one(Dialogue, reporting.dialogue_id)
        following = reports_of(session, reporting.actor(reporting.mira).scope, dialogue)[0]
        assert [m.contact_id for m in late_answers(session, following)] == [reporting.per]


def test_a_late_answer_counts_for_the_next_report_and_is_flagged_there(
    reporting: Reporting,
) -> None:
    reporting.run(at(2007, 12, 13))
    reporting.run(at(2008, 1, 3))
    freeze(reporting)
    with reporting.writing() as (session, report):
        answer_call(
            session,
            report,
            {1: TaskUpdate(status="done")},
            actor=reporting.actor(reporting.per),
            now=at(2008, 1, 12),
            today=dt.date(2008, 1, 12),
        )
    assert shown(reporting).totals["done"] == 0
    reporting.run(at(2008, 7, 3))
    with reporting.world.database.reading() as session:
        scope = reporting.actor(reporting.mira).scope
        dialogue = session.get_one(Dialogue, reporting.dialogue_id)
        following = reports_of(session, scope, dialogue)[0]
        assert following.as_of == dt.date(2008, 7, 10)
        assert [m.contact_id for m in late_answers(session, following)] == [reporting.per]
        summary = compose_report(session, following, "internal", now=reporting.now)
    assert "Per Lind" in summary.extra["stamp"]
    assert summary.changes is not None
    assert summary.changes.since == DUE
    assert [(c.kind, c.number) for c in summary.changes.tasks] == [("done", 1)]


def test_a_mail_for_a_role_that_was_taken_away_is_not_sent(reporting: Reporting) -> None:
    reporting.draft()
    freeze(reporting)
    with reporting.world.database.transaction() as session:
        from tracker.queries.roles import roles_in

        for entry in roles_in(session, reporting.dialogue_id, reporting.bo):
            session.delete(entry)
    reporting.run(reporting.now)
    assert not [m for m in reporting.mails() if "bo.sund" in str(m["To"])]
    with reporting.world.database.reading() as session:
        (mail,) = session.scalars(select(ReportMail).where(ReportMail.contact_id == reporting.bo))
        assert (mail.state, mail.outcome) == ("cancelled", "The person no longer has that role.")


def test_the_cycle_goes_on_from_report_to_report(reporting: Reporting) -> None:
    reporting.run(at(2008, 1, 3))
    freeze(reporting)
    reporting.run(at(2008, 7, 3))
    with reporting.world.database.reading() as session:
        found = session.scalars(select(StatusReport.as_of).order_by(StatusReport.as_of)).all()
    assert found == [DUE, dt.date(2008, 7, 10)]
