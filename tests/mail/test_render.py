"""What a reminder and a notice look like as messages; the expected ones stand as files."""

import datetime as dt
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.mail.digests import (
    ABOVE,
    DIGESTS,
    EXPECTED,
    LATE,
    TODAY,
    UNDER,
    expected_mails,
    in_files,
    make_digest,
    make_notice,
    make_task,
)
from tests.mail.rfc5545 import faults_of
from tracker.mail import Link, render_digest
from tracker.policy.errors import InvalidInput
from tracker.policy.markings import parse_marking

LINE_BREAKS = ["\r", "\n", "\r\nBcc: all@example.gov", "\u2028", "\u2029", "\x85", "\x00"]


def parts_of(message: EmailMessage) -> dict[str, str]:
    return {part.get_content_subtype(): part.get_content() for part in message.iter_parts()}


@pytest.mark.parametrize("name", sorted(expected_mails()))
def test_a_mail_is_the_expected_one(name: str):
    for ending, text in in_files(expected_mails()[name]).items():
        assert text == (EXPECTED / f"{name}.{ending}").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(DIGESTS))
def test_a_digest_rendered_again_is_the_same_to_the_byte(name: str):
    digest = DIGESTS[name]
    assert render_digest(digest).as_bytes() == render_digest(replace(digest)).as_bytes()


def test_it_is_text_and_html_of_one_message_to_one_person():
    message = render_digest(UNDER)
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert [address.addr_spec for address in message["To"].addresses] == ["ana.derring@example.gov"]
    assert "Cc" not in message
    assert "Bcc" not in message


def test_it_tells_machines_that_a_machine_wrote_it_and_what_it_answers():
    message = render_digest(UNDER)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["List-Id"] == "Dialogue Tracker reminders <reminders.tracker.example.gov>"
    assert message["Message-ID"] == UNDER.message_id
    assert message["In-Reply-To"] == message["References"] == UNDER.thread_id


def test_long_ids_stay_readable_on_the_wire():
    digest = make_digest(message_id=f"<{'m' * 90}@x.example>", thread_id=f"<{'t' * 90}@x.example>")
    lines = render_digest(digest).as_bytes().decode().splitlines()
    assert f"Message-ID: {digest.message_id}" in lines
    assert f"In-Reply-To: {digest.thread_id}" in lines
    assert f"References: {digest.thread_id}" in lines


def test_a_date_is_the_moment_of_sending_or_noon_of_its_day():
    assert render_digest(LATE)["Date"].datetime == LATE.sent_at
    assert render_digest(UNDER)["Date"].datetime == dt.datetime(2008, 1, 3, 12, tzinfo=dt.UTC)


# Markings.


def test_a_task_above_the_ceiling_gives_its_number_and_link_only():
    everything = render_digest(ABOVE).as_string()
    for task in ABOVE.tasks[:2]:
        assert f"Sign in to see task {task.number}" in everything
        assert task.url in everything
        assert task.title not in everything
    hidden_alone = make_digest(ABOVE.tasks[0], ABOVE.tasks[1])
    message = render_digest(hidden_alone)
    assert message["Subject"] == "2 tasks in the Dialogue Tracker"
    words = "\n".join(parts_of(message).values())
    for secret in ("Northland", "Derring Office", "January", "overdue", "due", "radar", "SECRET"):
        assert secret not in words.replace("Ana Derring", "")


def test_one_task_above_the_ceiling_has_a_neutral_subject():
    secret = make_task(12, marking=parse_marking("C"), title="Ask for the radar site")
    assert render_digest(make_digest(secret))["Subject"] == "Task 12 in the Dialogue Tracker"


def test_tasks_above_the_ceiling_stand_by_number_whatever_their_dates():
    text = parts_of(render_digest(ABOVE))["plain"]
    assert text.index("Task 9") < text.index("Task 12")
    assert text.index("Publish the joint") < text.index("Task 9")


def test_the_banner_is_the_join_of_what_is_shown_at_top_and_bottom():
    digest = make_digest(
        make_task(1, marking=parse_marking("SBU")),
        make_task(2, marking=parse_marking("C//NF")),
        make_task(3, marking=parse_marking("S")),
        ceiling=parse_marking("C//NF"),
    )
    lines = parts_of(render_digest(digest))["plain"].split("\n")
    assert lines[0] == "CONFIDENTIAL//NOFORN" == lines[-2]
    assert "1. (SBU) Send the revised list of border posts" in lines
    html = parts_of(render_digest(digest))["html"]
    assert html.count(">CONFIDENTIAL//NOFORN</td>") == 2


def test_what_is_hidden_does_not_raise_the_banner():
    text = parts_of(render_digest(ABOVE))["plain"]
    assert text.startswith("UNCLASSIFIED\n")
    assert "SECRET" not in text


# Bad input.


@pytest.mark.parametrize("line_break", LINE_BREAKS)
@pytest.mark.parametrize(
    "field", ["recipient_name", "recipient_address", "sender", "message_id", "thread_id"]
)
def test_a_line_break_in_what_becomes_a_header_is_refused(field: str, line_break: str):
    good = getattr(UNDER, field)
    with pytest.raises(InvalidInput, match="line break"):
        render_digest(replace(UNDER, **{field: good[:3] + line_break + good[3:]}))


@pytest.mark.parametrize("line_break", LINE_BREAKS)
@pytest.mark.parametrize("field", ["recipient_name", "recipient_address", "subject"])
def test_a_line_break_in_a_notice_is_refused(field: str, line_break: str):
    with pytest.raises(InvalidInput, match="line break"):
        make_notice(**{field: f"a{line_break}b@example.gov"})


@pytest.mark.parametrize("line_break", LINE_BREAKS)
def test_a_title_with_line_breaks_stays_on_the_subjects_line(line_break: str):
    title = f"Send it{line_break}now"
    message = render_digest(make_digest(make_task(title=title)))
    assert len(message["Subject"].splitlines()) == 1
    assert "Bcc" not in message
    assert b"\r\nBcc" not in message.as_bytes()


def test_markup_in_any_text_is_shown_and_does_nothing():
    attack = "<script>alert(1)</script>&<img src=x>"
    task = make_task(
        title=attack, dialogue=attack, owners=(attack,), last_remark=attack, status=attack
    )
    parts = parts_of(render_digest(make_digest(task, recipient_name="<b>Ana</b>")))
    assert "<script" not in parts["html"]
    assert "<img" not in parts["html"]
    assert "<b>Ana" not in parts["html"]
    assert parts["html"].count("&lt;script&gt;") >= 5
    assert attack in parts["plain"]


def test_a_template_expression_in_a_title_is_not_run():
    parts = parts_of(render_digest(make_digest(make_task(title="{{ 7 * 7 }} {% raw %}"))))
    assert "{{ 7 * 7 }} {% raw %}" in parts["plain"]
    assert "{{ 7 * 7 }} {% raw %}" in parts["html"]


def test_direction_overrides_and_broken_characters_are_shown_as_such():
    message = render_digest(make_digest(make_task(title="Send \u202egnp.exe \ud800 now")))
    assert message["Subject"].endswith("Send \ufffdgnp.exe \ufffd now")
    assert message.as_bytes()


def test_a_digest_without_tasks_is_an_error():
    with pytest.raises(ValueError, match="without tasks"):
        render_digest(replace(UNDER, tasks=()))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//evil.example/", "ftp://x.example/"])
def test_a_notice_links_to_web_pages_only(url: str):
    with pytest.raises(InvalidInput, match="http"):
        make_notice(link=Link("Open", url))


def test_a_notice_can_do_without_a_link_and_carry_a_marking():
    parts = parts_of(make_notice(link=None, marking=parse_marking("SBU")))
    assert parts["plain"].startswith("SENSITIVE BUT UNCLASSIFIED\n")
    assert "<a " not in parts["html"]


# Size and templates.


def test_a_mail_of_many_long_tasks_stays_below_what_gmail_shows_and_says_what_is_left():
    long = "Увеличить число наблюдателей на границе " * 30
    tasks = [
        make_task(n, n % 40 - 10, title=long, dialogue=long, owners=(long,) * 9, last_remark=long)
        for n in range(1, 301)
    ]
    message = render_digest(make_digest(*tasks))
    parts = parts_of(message)
    shown = parts["plain"].count("Open task")
    assert len(message.as_bytes()) < 100_000
    assert shown > 3
    assert f"{300 - shown} tasks more had no room in this mail." in parts["plain"]
    assert f"{300 - shown} tasks more had no room in this mail." in parts["html"]


def test_forty_ordinary_tasks_fit_into_one_mail():
    message = render_digest(make_digest(*[make_task(n) for n in range(1, 41)]))
    assert parts_of(message)["plain"].count("Open task") == 40
    assert len(message.as_bytes()) < 100_000


def test_an_installations_own_template_takes_the_place_of_ours(tmp_path: Path):
    (tmp_path / "digest.txt").write_text("Ours: {{ view.summary }}", encoding="utf-8")
    parts = parts_of(render_digest(UNDER, tmp_path))
    assert parts["plain"].startswith("Ours: 1 task is overdue")
    assert "Which mails you get" in parts["html"]


def test_an_address_outside_ascii_keeps_its_name_and_gets_an_idna_domain():
    digest = make_digest(recipient_name="Jörg Öst", recipient_address="jörg@bücher.example")
    (address,) = render_digest(digest)["To"].addresses
    assert (address.display_name, address.username) == ("Jörg Öst", "jörg")
    assert address.domain == "xn--bcher-kva.example"


@pytest.mark.parametrize("address", ["", "ana", "ana@", "a b@example.gov", "a@b@c", "a@-x.gov"])
def test_what_is_no_address_is_refused_with_an_example(address: str):
    with pytest.raises(InvalidInput, match=r"name@example\.org"):
        render_digest(make_digest(recipient_address=address))


def test_relative_words_count_from_the_day_of_sending():
    sent_at = dt.datetime.combine(TODAY + dt.timedelta(days=9), dt.time(8), dt.UTC)
    text = parts_of(render_digest(make_digest(make_task(17, 7), sent_at=sent_at)))["plain"]
    assert "Due: 10 January 2008, 2 days late" in text
    assert "OVERDUE" in text


# The calendar file.


def with_calendar(*tasks: object) -> EmailMessage:
    changed_at = dt.datetime(2008, 1, 2, tzinfo=dt.UTC)
    return render_digest(
        make_digest(*(replace(task, task_id=task.number, changed_at=changed_at) for task in tasks))
    )


def test_due_dates_come_along_as_a_calendar_file_that_keeps_the_words_as_they_were():
    message = with_calendar(make_task(17), make_task(4, -1))
    (file,) = message.iter_attachments()
    assert file.get_filename() == "due-dates.ics"
    assert file.get_content_type() == "text/calendar"
    assert file.get_param("method") == "PUBLISH"
    content = file.get_payload(decode=True)
    assert faults_of(content) == []
    assert content.count(b"BEGIN:VEVENT") == 2
    plain = message.get_body(("plain",)).get_content()
    assert plain == parts_of(render_digest(make_digest(make_task(17), make_task(4, -1))))["plain"]
    assert with_calendar(make_task(17)).as_bytes() == with_calendar(make_task(17)).as_bytes()


def test_above_the_ceiling_nothing_stands_in_the_calendar_file():
    secret = make_task(12, marking=parse_marking("C"), title="Ask for the radar site")
    assert list(with_calendar(secret).iter_attachments()) == []
    (file,) = with_calendar(secret, make_task(17)).iter_attachments()
    content = file.get_payload(decode=True)
    assert content.count(b"BEGIN:VEVENT") == 1
    assert b"radar" not in content
    assert b"12" not in [line.partition(b". ")[0][-2:] for line in content.splitlines()]


def test_a_calendar_file_that_has_no_room_is_left_out():
    long = "Увеличить число наблюдателей на границе " * 5
    message = with_calendar(*(make_task(n, title=long, last_remark=long) for n in range(1, 301)))
    assert len(message.as_bytes()) < 100_000


def test_an_address_for_replies_is_named_with_what_can_be_answered():
    message = render_digest(replace(UNDER, reply_to=f"reply+{'a' * 48}@tracker.example.gov"))
    assert message["Reply-To"].addresses[0].username == f"reply+{'a' * 48}"
    assert "“4 done”, “4 +7 days”" in " ".join(parts_of(message)["plain"].split())
