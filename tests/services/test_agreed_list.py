"""From the log to a list that both sides have approved, and its amendments; on both databases."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from sqlalchemy import select

from tests.room import BOTH, LINES, Room
from tests.world import NOW, TODAY, World, get_task
from tracker.models import AgreedList, Contact, Remark, Task
from tracker.policy.agreed_list import from_json, hash_of
from tracker.policy.errors import (
    Conflict,
    InvalidInput,
    NeedsAmendment,
    NotAllowed,
    NotFound,
)
from tracker.policy.markings import parse_marking
from tracker.policy.visibility import Scope
from tracker.queries.agreed_lists import (
    get_amendment,
    get_list,
    list_of_task,
    versions_of,
    waiting_approvals,
)
from tracker.queries.meetings import get_line
from tracker.queries.shared import get_shared_dialogue, get_shared_meeting, shared_meetings
from tracker.queries.tasks import changes_of
from tracker.services.amend_list import (
    ItemChange,
    accept_amendment,
    amend_list,
    decline_amendment,
    propose_amendment,
)
from tracker.services.approve_list import Confirmed, Consent, approve_list, record_consent
from tracker.services.change_task import Owner, TaskUpdate, change_task
from tracker.services.delegate_approval import delegate_approval, end_delegation
from tracker.services.draft_list import discard_draft, draft_list, offer_list
from tracker.services.prepare_meeting import add_meeting
from tracker.services.record_history import find_broken_history
from tracker.services.sign_list import sign_list
from tracker.services.update_shared import update_shared
from tracker.services.withdraw_offer import withdraw_offer
from tracker.services.write_log import LineUpdate, NewLine, change_line, write_log


@pytest.fixture
def room(world: World) -> Room:
    return Room(world)


def draft(room: Room) -> AgreedList:
    with room.database.transaction() as session:
        return draft_list(session, room.meeting(session), actor=room.actor("editor"), now=NOW)


def tasks(room: Room) -> list[Task]:
    with room.database.reading() as session:
        query = select(Task).where(Task.dialogue_id == room.dialogue_id).order_by(Task.number)
        found = list(session.scalars(query))
        for task in found:
            _ = (task.owners, task.responsible)
        return found


def drop(room: Room, number: int, state: str = "dropped") -> None:
    with room.database.transaction() as session:
        entry = get_line(session, room.meeting(session), number)
        change_line(
            session,
            entry,
            LineUpdate(state=state, reason="not today" if state != "open" else ""),
            seen_version=entry.version,
            actor=room.actor("notetaker"),
            now=NOW,
            today=TODAY,
        )


def test_the_list_is_drawn_from_the_open_lines_with_numbers_of_its_own(room: Room) -> None:
    for title in ("Internal one", "Internal two"):
        room.world.task(room.dialogue_id, title)
    room.write(*LINES)
    drop(room, 2)
    content = from_json(draft(room).content)
    assert [item.number for item in content.items] == [1, 2]
    assert content.items[0].text == "Send the list of crossing points"
    assert content.items[0].owners == ("Mira Okonjo",)
    assert content.items[1].due_on == dt.date(2007, 12, 15)


def test_an_item_without_a_date_falls_due_by_the_follow_up_period(room: Room) -> None:
    room.write("Keep in touch")
    assert from_json(draft(room).content).items[0].due_on == dt.date(2008, 1, 10)


def test_a_draft_is_redrawn_in_place_and_leaves_no_gaps(room: Room) -> None:
    room.write(*LINES)
    assert draft(room).number == 1
    drop(room, 1)
    version = draft(room)
    assert version.number == 1
    assert [i.number for i in from_json(version.content).items] == [1, 2]


def test_numbers_that_were_shared_stay_when_an_item_is_dropped(room: Room) -> None:
    room.offer()
    drop(room, 1)
    room.write("A new point")
    version = draft(room)
    assert version.number == 2
    assert [i.number for i in from_json(version.content).items] == [2, 3, 4]


def test_an_empty_log_gives_no_list(room: Room) -> None:
    with pytest.raises(InvalidInput, match="no agreed line"):
        draft(room)


def test_a_line_with_hidden_characters_is_not_shared(room: Room) -> None:
    room.write("Open the\u202eroad")
    with pytest.raises(InvalidInput, match="Line 1"):
        draft(room)


@pytest.mark.parametrize("owner", ["Ann\u202eevil", "A\x07B", "A\u200bnn"])
def test_an_owner_whom_nobody_can_read_is_told_in_the_log_and_not_shared(
    room: Room, owner: str
) -> None:
    line = NewLine("client-01", f"Open the road @{owner}", responsible=BOTH)
    [written] = room.write(line)
    assert "cannot be seen" in written.doubts[0]
    with pytest.raises(InvalidInput, match="Line 1"):
        draft(room)


def test_a_long_text_without_spaces_gives_a_task_a_title(room: Room) -> None:
    room.write("道路を開く" * 50)
    room.agree(())
    assert tasks(room)[0].title.startswith("道路を開く道路")


def test_the_marking_is_the_sources_until_a_person_sets_it_at_sharing(room: Room) -> None:
    room.world.task(room.dialogue_id, "Press for the road", marking="C//NF")
    room.write(NewLine("client-01", "Open the road", task_number=1, responsible=BOTH))
    version = draft(room)
    assert parse_marking(version.marking).short == "C//NF"
    with room.database.transaction() as session:
        stored = session.get_one(AgreedList, version.id)
        offer_list(session, stored, "SBU", actor=room.actor("editor"), now=NOW)
        assert stored.content["marking"] == "SBU"
        assert stored.sha256 == hash_of(stored.content)


def test_a_typed_text_is_marked_like_its_dialogue_until_a_person_lowers_it(room: Room) -> None:
    room.world.task(room.dialogue_id, "Press for the road", marking="C//NF")
    room.write("Keep in touch")
    version = draft(room)
    assert version.marking == "C"
    with room.database.transaction() as session:
        stored = session.get_one(AgreedList, version.id)
        offer_list(session, stored, "U", actor=room.actor("editor"), now=NOW)
        assert stored.content["marking"] == "U"


@pytest.mark.parametrize("typed", ["Open the road", "Open the road @Mira Okonjo !31 February"])
def test_neither_side_nor_date_is_put_in_for_the_room(room: Room, typed: str) -> None:
    room.write(NewLine("client-01", typed))
    with pytest.raises(InvalidInput, match="in line 1"):
        draft(room)


def test_what_changed_since_it_was_drawn_up_is_not_offered_unseen(room: Room) -> None:
    room.write(*LINES)
    version = draft(room)
    with room.database.transaction() as session:
        room.meeting(session).ends_on = dt.date(2007, 7, 11)
    with room.database.transaction() as session:
        stored = session.get_one(AgreedList, version.id)
        with pytest.raises(Conflict, match="Draw it up again"):
            offer_list(session, stored, "SBU", actor=room.actor("editor"), now=NOW)
    with room.database.transaction() as session:
        stored = session.get_one(AgreedList, draft(room).id)
        offer_list(session, stored, "SBU", actor=room.actor("editor"), now=NOW)
        assert from_json(stored.content).ends_on == dt.date(2007, 7, 11)


def test_only_editors_draw_up_and_offer(room: Room) -> None:
    room.write(*LINES)
    for who in ("notetaker", "approver", "reader", "their_lead"):
        with room.database.transaction() as session, pytest.raises(NotAllowed):
            draft_list(session, room.meeting(session), actor=room.actor(who), now=NOW)


def test_both_approvals_freeze_the_list_and_make_its_tasks_agreed(room: Room) -> None:
    version_id = room.offer()
    room.approve(version_id, "approver")
    assert tasks(room) == []
    room.approve(version_id, "their_approver", now=NOW + dt.timedelta(hours=1))
    found = tasks(room)
    assert [t.status for t in found] == ["agreed"] * 3
    assert found[0].agreed_text == "Send the list of crossing points"
    assert found[0].owner_names == ["Mira Okonjo"]
    assert found[1].responsible_names == ["Sundria"]
    assert found[0].kind == "commitment"
    assert room.state_of("frozen") is not None
    with room.database.reading() as session:
        assert list(find_broken_history(session)) == []
        assert {c.actor_name for c in changes_of(session, found[0])} == {"Jonas Kirr"}


def test_an_objective_keeps_its_own_text_and_gains_an_agreed_one(room: Room) -> None:
    task_id = room.world.task(
        room.dialogue_id, "Press for the road", text="They are weak on this.", kind="objective"
    )
    room.write(NewLine("client-01", "Open the road !1 March 2008", task_number=1, responsible=BOTH))
    room.agree(())
    [task] = tasks(room)
    assert (task.id, task.title) == (task_id, "Press for the road")
    assert (task.text, task.agreed_text) == ("They are weak on this.", "Open the road")
    assert (task.due_on, task.status) == (dt.date(2008, 3, 1), "agreed")


def test_a_task_in_progress_stays_in_progress(room: Room) -> None:
    task_id = room.world.task(room.dialogue_id, "Open the road")
    with room.database.transaction() as session:
        update = TaskUpdate(status="in_progress")
        options = {"seen_version": None, "actor": room.actor("lead"), "now": NOW, "today": TODAY}
        change_task(session, get_task(session, task_id), update, **options)
    room.write(NewLine("client-01", "Open the road", task_number=1, responsible=BOTH))
    room.agree(())
    assert tasks(room)[0].status == "in_progress"


def test_two_last_approvals_at_once_make_each_task_once(room: Room) -> None:
    version_id = room.offer()
    faults: list[Exception] = []

    def approve(who: str) -> None:
        try:
            room.approve(version_id, who)
        except Conflict as error:
            faults.append(error)

    names = ("approver", "their_approver", "approver", "their_approver")
    threads = [threading.Thread(target=approve, args=(who,)) for who in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(faults) == 2
    assert len(tasks(room)) == 3


@pytest.mark.parametrize("who", ["lead", "editor", "notetaker", "reader", "their_reader"])
def test_nobody_else_approves(room: Room, who: str) -> None:
    version_id = room.offer()
    with pytest.raises(NotAllowed):
        room.approve(version_id, who)


def test_an_approval_needs_the_persons_own_password(room: Room) -> None:
    version_id = room.offer()
    with room.database.transaction() as session:
        version = session.get_one(AgreedList, version_id)
        confirmed = Confirmed(room.people["lead"])
        options = {"actor": room.actor("approver"), "now": NOW, "today": TODAY}
        with pytest.raises(NotAllowed):
            approve_list(
                session, version, seen_sha256=version.sha256, confirmed=confirmed, **options
            )


def test_a_draft_is_not_there_for_the_other_side_and_cannot_be_approved(room: Room) -> None:
    room.write(*LINES)
    version = draft(room)
    scope = room.actor("their_approver").scope
    with room.database.reading() as session, pytest.raises(NotFound):
        get_list(session, scope, room.slug, 1, 1)
    with pytest.raises(NotFound):
        room.approve(version.id, "approver")
    with room.database.reading() as session:
        dialogue = get_shared_dialogue(session, scope, room.slug)
        assert shared_meetings(session, dialogue) == []


def test_approving_what_is_no_longer_on_offer_is_a_conflict(room: Room) -> None:
    first = room.offer()
    room.approve(first, "approver")
    second = room.offer(["One more point"])
    with pytest.raises(Conflict):
        room.approve(first, "their_approver")
    room.approve(second, "their_approver")
    assert room.state_of("frozen") is None  # Ours approved the first version, not the second.


def test_a_delegate_approves_in_time_and_not_after(room: Room) -> None:
    version_id = room.offer()
    with room.database.transaction() as session:
        meeting = room.meeting(session)
        delegate_approval(
            session,
            meeting.dialogue,
            session.get_one(Contact, room.people["their_deputy"]),
            TODAY,
            TODAY + dt.timedelta(days=3),
            actor=room.actor("their_approver"),
            now=NOW,
        )
    late, last = NOW + dt.timedelta(days=4), NOW + dt.timedelta(days=3)
    for claimed in (late.date(), last.date()):  # A delegate chooses their own time zone.
        with pytest.raises(NotAllowed):
            room.approve(version_id, "their_deputy", today=claimed, now=late)
    room.approve(version_id, "their_deputy", today=last.date(), now=last)
    with room.database.reading() as session:
        [approval] = session.get_one(AgreedList, version_id).approvals
        assert (approval.how, approval.on_behalf_of) == ("delegate", "Jonas Kirr")
        assert approval.party.name == "Sundria"


def test_a_delegation_that_was_taken_back_holds_no_more(room: Room) -> None:
    version_id = room.offer()
    actor = room.actor("their_approver")
    with room.database.transaction() as session:
        dialogue = room.meeting(session).dialogue
        deputy = session.get_one(Contact, room.people["their_deputy"])
        given = delegate_approval(session, dialogue, deputy, TODAY, TODAY, actor=actor, now=NOW)
        with pytest.raises(NotFound):
            end_delegation(session, dialogue, given.id, actor=room.actor("approver"), now=NOW)
        end_delegation(session, dialogue, given.id, actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        room.approve(version_id, "their_deputy")


def test_a_delegate_is_of_the_same_side_and_takes_part(room: Room) -> None:
    stranger = room.world.person("Ada Zorn", party="Sundria")
    with room.database.transaction() as session:
        dialogue = room.meeting(session).dialogue
        for contact_id in (room.people["reader"], stranger, room.people["their_approver"]):
            with pytest.raises(InvalidInput):
                delegate_approval(
                    session,
                    dialogue,
                    session.get_one(Contact, contact_id),
                    TODAY,
                    TODAY,
                    actor=room.actor("their_approver"),
                    now=NOW,
                )


def record(room: Room, version_id: int, who: str = "editor", **changes: object) -> None:
    with room.database.transaction() as session:
        version = session.get_one(AgreedList, version_id)
        parties = {e.party.name: e.party_id for e in version.meeting.dialogue.parties}
        values = {
            "party_id": parties["Sundria"],
            "given_by": "Minister Ana Brell",
            "given_on": TODAY,
            "attachment": b"%PDF-1.4",
            "attachment_name": "consent.pdf",
            **changes,
        }
        record_consent(
            session,
            version,
            Consent(**values),
            seen_sha256=version.sha256,
            actor=room.actor(who),
            now=NOW,
            today=TODAY,
        )


def test_consent_on_paper_counts_and_keeps_the_paper(room: Room) -> None:
    version_id = room.offer()
    room.approve(version_id, "approver")
    record(room, version_id)
    with room.database.reading() as session:
        version = session.get_one(AgreedList, version_id)
        assert version.state == "frozen"
        approval = next(a for a in version.approvals if a.how == "on paper")
        assert (approval.approver_name, approval.recorded_by) == (
            "Minister Ana Brell",
            "Tomas Reyl",
        )
        assert approval.attachment == b"%PDF-1.4"
        signed = sign_list(session, version, now=NOW)
        words = next(s.words for s in signed.signatures if s.party == "Sundria")
    assert words.startswith("Approved by Minister Ana Brell")
    assert words.endswith(
        "given on paper, recorded by Tomas Reyl for Northland on 12 July 2007; the paper is kept"
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"given_by": " "},
        {"given_by": "Ana\nBrell"},
        {"given_on": TODAY + dt.timedelta(days=1)},
        {"attachment": b""},
        {"party_id": 999_999},
        {"attachment_name": "consent\r\n.pdf"},
    ],
)
def test_consent_that_says_too_little_is_refused(room: Room, changes: dict[str, object]) -> None:
    version_id = room.offer()
    with pytest.raises(InvalidInput):
        record(room, version_id, **changes)


def test_the_other_side_records_no_consent(room: Room) -> None:
    version_id = room.offer()
    with pytest.raises(NotAllowed):
        record(room, version_id, "their_lead")


def test_who_lacks_an_approval_is_known(room: Room) -> None:
    version_id = room.offer()

    def waits(who: str) -> int:
        with room.database.reading() as session:
            contact = session.get_one(Contact, room.people[who])
            return len(waiting_approvals(session, contact, TODAY))

    assert [waits(w) for w in ("approver", "their_approver", "editor", "their_deputy")] == [
        1,
        1,
        0,
        0,
    ]
    room.approve(version_id, "approver")
    assert [waits(w) for w in ("approver", "their_approver")] == [0, 1]


@pytest.mark.parametrize(
    "update",
    [
        TaskUpdate(title="Another title"),
        TaskUpdate(owners=(Owner("Tomas Reyl"),)),
        TaskUpdate(due_on=dt.date(2009, 1, 1), reason="later"),
        TaskUpdate(responsible=("Sundria",)),
    ],
)
def test_what_was_agreed_changes_by_amendment_only(room: Room, update: TaskUpdate) -> None:
    room.agree()
    task = tasks(room)[0]
    with room.database.transaction() as session, pytest.raises(NeedsAmendment, match="amendment"):
        change_task(
            session,
            get_task(session, task.id),
            update,
            seen_version=None,
            actor=room.actor("lead"),
            now=NOW,
            today=TODAY,
        )


def test_what_was_agreed_is_no_proposal_again(room: Room) -> None:
    room.agree()
    [task, *_] = tasks(room)
    with (
        room.database.transaction() as session,
        pytest.raises(InvalidInput, match="mere proposal again"),
    ):
        change_task(
            session,
            session.get_one(Task, task.id),
            TaskUpdate(status="proposed"),
            seen_version=None,
            actor=room.actor("lead"),
            now=NOW,
            today=TODAY,
        )


def test_status_and_remarks_of_an_agreed_task_go_on_freely(room: Room) -> None:
    room.agree()
    task = tasks(room)[0]
    with room.database.transaction() as session:
        update = TaskUpdate(status="in_progress", remark="Under way.", text="Our own note")
        stored = get_task(session, task.id)
        options = {"seen_version": None, "actor": room.actor("lead"), "now": NOW, "today": TODAY}
        assert change_task(session, stored, update, **options) == ["status", "text", "remark"]


def test_an_amendment_holds_once_both_approve_it(room: Room) -> None:
    room.agree()
    with room.database.transaction() as session:
        change = ItemChange(
            1, text="Send the full list", owners=("Tomas Reyl",), due_on=dt.date(2008, 3, 1)
        )
        version = amend_list(
            session,
            room.meeting(session),
            change,
            "The registry is late",
            actor=room.actor("editor"),
            now=NOW,
        )
        assert (version.number, version.state) == (2, "offered")
    assert tasks(room)[0].agreed_text == "Send the list of crossing points"
    room.approve(version.id, "approver")
    room.approve(version.id, "their_approver")
    task = tasks(room)[0]
    assert (task.agreed_text, task.owner_names) == ("Send the full list", ["Tomas Reyl"])
    assert (task.due_on, task.due_basis) == (dt.date(2008, 3, 1), "extended")
    assert len(tasks(room)) == 3
    with room.database.reading() as session:
        reasons = [c.reason for c in changes_of(session, task)]
        assert any("The registry is late" in reason for reason in reasons)
        held = list_of_task(session, task)
        assert held is not None
        assert (held[0].number, held[1].number) == (2, 1)


def test_two_amendments_in_a_row_do_not_undo_each_other(room: Room) -> None:
    room.agree()
    for number in (1, 2):
        with room.database.transaction() as session:
            change = ItemChange(number, due_on=dt.date(2008, 5, number))
            meeting = room.meeting(session)
            amend_list(session, meeting, change, "late", actor=room.actor("editor"), now=NOW)
    version = room.state_of("offered")
    assert version is not None
    days = [item.due_on for item in from_json(version.content).items]
    assert days[:2] == [dt.date(2008, 5, 1), dt.date(2008, 5, 2)]


def propose(room: Room, who: str, change: ItemChange, reason: str = "The bridge is closed") -> int:
    with room.database.transaction() as session:
        meeting = room.meeting(session)
        return propose_amendment(
            session, meeting, change, reason, actor=room.actor(who), now=NOW
        ).id


def test_the_other_side_proposes_and_an_editor_takes_it_over(room: Room) -> None:
    room.agree()
    amendment_id = propose(room, "their_lead", ItemChange(2, due_on=dt.date(2008, 4, 1)))
    with room.database.transaction() as session:
        meeting = room.meeting(session)
        amendment = get_amendment(session, meeting.id, amendment_id)
        assert amendment.party.name == "Sundria"
        version = accept_amendment(session, amendment, actor=room.actor("editor"), now=NOW)
    room.approve(version.id, "approver")
    room.approve(version.id, "their_approver")
    assert tasks(room)[1].due_on == dt.date(2008, 4, 1)


def test_a_proposal_is_declined_with_a_reason_once(room: Room) -> None:
    room.agree()
    amendment_id = propose(room, "their_lead", ItemChange(2, text="Name two points of contact"))
    with room.database.transaction() as session:
        amendment = get_amendment(session, room.meeting(session).id, amendment_id)
        for answer in (" ", "No\u202e!", "x" * 2001):
            with pytest.raises(InvalidInput):
                decline_amendment(session, amendment, answer, actor=room.actor("editor"), now=NOW)
        decline_amendment(session, amendment, "One is enough", actor=room.actor("editor"), now=NOW)
        with pytest.raises(Conflict):
            accept_amendment(session, amendment, actor=room.actor("editor"), now=NOW)


@pytest.mark.parametrize(
    ("who", "change", "reason", "error"),
    [
        ("their_reader", ItemChange(1, text="x"), "why", NotAllowed),
        ("their_lead", ItemChange(99, text="x"), "why", InvalidInput),
        ("their_lead", ItemChange(1), "why", InvalidInput),
        ("their_lead", ItemChange(1, text="x"), " ", InvalidInput),
        ("their_lead", ItemChange(1, owners=("A\u2028\x07B",)), "why", InvalidInput),
    ],
)
def test_a_proposal_that_says_nothing_or_is_nobodys_is_refused(
    room: Room, who: str, change: ItemChange, reason: str, error: type[Exception]
) -> None:
    room.agree()
    with pytest.raises(error):
        propose(room, who, change, reason)


def test_nothing_is_amended_before_it_is_agreed(room: Room) -> None:
    room.offer()
    with pytest.raises(Conflict):
        propose(room, "their_lead", ItemChange(1, text="x"))


def test_a_draft_that_was_never_offered_can_be_discarded(room: Room) -> None:
    room.write(*LINES)
    version = draft(room)
    with room.database.transaction() as session:
        discard_draft(session, session.get_one(AgreedList, version.id), actor=room.actor("editor"))
    with room.database.reading() as session:
        assert versions_of(session, room.actor("lead").scope, room.meeting(session)) == []


def shared_update(room: Room, who: str, number: int, **values: object) -> list[str]:
    with room.database.transaction() as session:
        options = {"status": None, "deferred_until": None, "remark": "", **values}
        meeting = room.meeting(session)
        return update_shared(
            session, meeting, number, **options, actor=room.actor(who), now=NOW, today=TODAY
        )


def test_the_other_side_updates_its_own_items_and_adds_shared_remarks(room: Room) -> None:
    room.agree()
    assert shared_update(room, "their_lead", 2, status="done", remark="Named.") == [
        "status",
        "remark",
    ]
    assert tasks(room)[1].status == "done"
    with room.database.reading() as session:
        [remark] = session.scalars(select(Remark))
        assert (remark.is_shared, remark.author_name) == (True, "Ruta Velm")


def test_the_other_side_leaves_the_status_of_our_items_alone(room: Room) -> None:
    room.agree()
    with pytest.raises(NotAllowed):
        shared_update(room, "their_lead", 1, status="done")
    assert shared_update(room, "their_lead", 1, remark="We wait for it.") == ["remark"]
    with pytest.raises(NotAllowed):
        shared_update(room, "their_reader", 2, remark="Hm.")
    for number in (4, 99):
        with pytest.raises(NotFound):
            shared_update(room, "their_lead", number, remark="Hm.")


def test_the_shared_view_holds_agreed_texts_and_shared_remarks_only(room: Room) -> None:
    task_id = room.world.task(room.dialogue_id, "INTERNAL title", text="INTERNAL text")
    room.write(NewLine("client-01", "Open the road", task_number=1, responsible=BOTH))
    room.agree(())
    with room.database.transaction() as session:
        for text, is_shared in (("INTERNAL remark", False), ("Said to both", True)):
            change_task(
                session,
                get_task(session, task_id),
                TaskUpdate(remark=text, remark_is_shared=is_shared),
                seen_version=None,
                actor=room.actor("lead"),
                now=NOW,
                today=TODAY,
            )
    scope = room.actor("lead").scope.as_other_side(room.dialogue_id)
    with room.database.reading() as session:
        shared = get_shared_meeting(session, get_shared_dialogue(session, scope, room.slug), 1)
        assert "INTERNAL" not in repr(shared.items)
        assert [r.text for r in shared.items[0].remarks] == ["Said to both"]


@pytest.mark.parametrize("scope", [Scope(), Scope(is_administrator=True)])
def test_who_has_no_part_sees_no_shared_list(room: Room, scope: Scope) -> None:
    room.agree()
    with room.database.reading() as session:
        with pytest.raises(NotFound):
            get_shared_dialogue(session, scope, room.slug)
        with pytest.raises(NotFound):
            get_list(session, scope, room.slug, 1, 1)


def test_of_our_side_those_who_may_update_a_task_set_the_status_of_its_item(room: Room) -> None:
    room.agree()
    owner = room.world.person("Anton Lusk")
    room.world.join(room.dialogue_id, owner, "owner")
    room.people["owner"] = owner
    for who in ("owner", "notetaker", "approver"):
        with pytest.raises(NotAllowed, match="not yours"):
            shared_update(room, who, 1, status="done")
    assert shared_update(room, "lead", 1, status="done") == ["status"]


def test_an_item_that_is_on_offer_only_takes_no_remark(room: Room) -> None:
    """Whether a task of ours stands behind it would show by that."""
    task_id = room.world.task(room.dialogue_id, "Open the road")
    room.write(NewLine("client-01", "Open the road", task_number=1, responsible=BOTH))
    room.agree(())
    with room.database.transaction() as session:
        meeting = add_meeting(session, room.meeting(session).dialogue, actor=room.actor("lead"))
        write_log(
            session,
            meeting,
            [
                NewLine("client-02", "Open it by May", task_number=1, responsible=BOTH),
                NewLine("client-03", "New", responsible=BOTH),
            ],
            actor=room.actor("lead"),
            now=NOW,
            today=TODAY,
        )
        version = draft_list(session, meeting, actor=room.actor("editor"), now=NOW)
        offer_list(session, version, "U", actor=room.actor("editor"), now=NOW)
    for number in (1, 2):
        with pytest.raises(NotFound), room.database.transaction() as session:
            update_shared(
                session,
                room.meeting(session, 2),
                number,
                status=None,
                deferred_until=None,
                remark="We wait for it.",
                actor=room.actor("their_lead"),
                now=NOW,
                today=TODAY,
            )
    with room.database.reading() as session:
        assert session.scalars(select(Remark).where(Remark.task_id == task_id)).all() == []


def test_two_lines_about_one_task_are_two_items_with_a_task_each(room: Room) -> None:
    room.world.task(room.dialogue_id, "Press for the road", kind="objective")
    room.write(NewLine("client-01", "By May @Mira Okonjo", task_number=1))
    drop(room, 1)
    room.write(NewLine("client-02", "By June @Ruta Velm", task_number=1))
    drop(room, 1, "open")
    room.agree(())
    assert [(t.agreed_text, t.owner_names) for t in tasks(room)] == [
        ("By May", ["Mira Okonjo"]),
        ("By June", ["Ruta Velm"]),
    ]


def test_what_is_agreed_anew_keeps_the_marking_it_was_shared_with(room: Room) -> None:
    room.world.task(room.dialogue_id, "Press for the road", kind="objective", marking="S")
    room.write(NewLine("client-01", "Open the road", task_number=1, responsible=BOTH))
    version_id = room.offer((), marking="C")
    room.approve(version_id, "approver")
    room.approve(version_id, "their_approver")
    with room.database.transaction() as session:
        lead = room.actor("lead")
        meeting = add_meeting(session, room.meeting(session).dialogue, actor=lead)
        line = NewLine("client-02", "Open it by May", task_number=1, responsible=BOTH)
        write_log(session, meeting, [line], actor=lead, now=NOW, today=TODAY)
        assert draft_list(session, meeting, actor=lead, now=NOW).marking == "C"


def test_an_amendment_that_nobody_approves_is_taken_back_and_others_go_on(room: Room) -> None:
    room.agree()
    stuck = propose(room, "their_lead", ItemChange(2, text="What Northland never approves"))
    with room.database.transaction() as session:
        amendment = get_amendment(session, room.meeting(session).id, stuck)
        version = accept_amendment(session, amendment, actor=room.actor("editor"), now=NOW)
    for who in ("their_lead", "notetaker"):
        with room.database.transaction() as session:
            found = session.get_one(AgreedList, version.id)
            with pytest.raises(NotAllowed):
                withdraw_offer(session, found, "No", actor=room.actor(who), now=NOW)
    with room.database.transaction() as session:
        found = session.get_one(AgreedList, version.id)
        withdraw_offer(session, found, "We do not agree", actor=room.actor("editor"), now=NOW)
        amendment = get_amendment(session, room.meeting(session).id, stuck)
        assert (amendment.state, amendment.answer) == ("declined", "We do not agree")
        with pytest.raises(Conflict):
            withdraw_offer(session, found, "Twice", actor=room.actor("editor"), now=NOW)
    with pytest.raises(Conflict):
        room.approve(version.id, "their_approver")
    with room.database.transaction() as session:
        change = ItemChange(1, due_on=dt.date(2008, 5, 1))
        meeting = room.meeting(session)
        third = amend_list(session, meeting, change, "late", actor=room.actor("editor"), now=NOW)
    for who in ("approver", "their_approver"):
        room.approve(third.id, who)
    assert [t.agreed_text for t in tasks(room)][1] == "Name a point of contact for border guards"


def test_approving_and_amending_at_once_never_stop_each_other(room: Room) -> None:
    room.agree()
    with room.database.transaction() as session:
        change = ItemChange(1, text="Send another list")
        meeting = room.meeting(session)
        amend_list(session, meeting, change, "why", actor=room.actor("editor"), now=NOW)
    approver, editor = room.actor("approver"), room.actor("editor")
    is_held, faults = threading.Event(), list[Exception]()

    def approve() -> None:
        with room.database.transaction() as session:
            found = get_list(session, approver.scope, room.slug, 1, 2, to_change=True)
            is_held.set()
            approve_list(
                session,
                found,
                seen_sha256=found.sha256,
                confirmed=Confirmed(approver.contact_id or 0),
                actor=approver,
                now=NOW,
                today=TODAY,
            )

    def amend() -> None:
        is_held.wait()
        with room.database.transaction() as session:
            change = ItemChange(2, text="Name two points of contact")
            meeting = room.meeting(session)
            amend_list(session, meeting, change, "why", actor=editor, now=NOW)

    def run(what) -> None:
        try:
            what()
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=run, args=(what,)) for what in (approve, amend)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_an_older_proposal_does_not_undo_what_was_agreed_since(room: Room) -> None:
    room.agree()
    wanted = [
        ItemChange(2, text="Name two points of contact"),
        ItemChange(2, text="Name a point of contact for customs"),
        ItemChange(2, due_on=dt.date(2008, 4, 1)),
    ]
    ids = [propose(room, "their_lead", change) for change in wanted]

    def accept(amendment_id: int) -> int:
        with room.database.transaction() as session:
            amendment = get_amendment(session, room.meeting(session).id, amendment_id)
            return accept_amendment(session, amendment, actor=room.actor("editor"), now=NOW).id

    version_id = accept(ids[0])
    with pytest.raises(Conflict, match="was changed since"):
        accept(ids[1])
    later = NOW + dt.timedelta(hours=1)
    for who in ("approver", "their_approver"):
        room.approve(version_id, who, now=later)
    with pytest.raises(Conflict, match="was changed since"):
        accept(ids[1])
    accept(ids[2])
    offered = room.state_of("offered")
    assert offered is not None
    item = from_json(offered.content).find_item(2)
    assert item is not None
    assert (item.text, item.due_on) == ("Name two points of contact", dt.date(2008, 4, 1))


def test_nothing_new_in_the_log_is_no_new_version_to_approve(room: Room) -> None:
    room.agree()
    with pytest.raises(InvalidInput, match="Nothing new"):
        draft(room)
    room.write("One more point")
    assert draft(room).number == 2
