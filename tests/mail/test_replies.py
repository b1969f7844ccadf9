"""Replies as mail programs write them: what was typed, what is quoted, what is a command."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.mail.replies import cut_quoted, read_command, read_reply

TOKEN = "a" * 48


def make_reply(text: str = "17 done", **headers: str) -> bytes:
    message = EmailMessage()
    values = {
        "From": "Per Lind <Per.Lind@example.org>",
        "To": f"reply+{TOKEN}@tracker.example.org",
        "Message-ID": "<1@phone.example.org>",
        "In-Reply-To": "<ours@tracker.example.org>",
        "References": "<thread@tracker.example.org> <ours@tracker.example.org>",
        "Subject": "Re: Overdue",
    }
    for name, value in {**values, **{k.replace("_", "-"): v for k, v in headers.items()}}.items():
        message[name] = value
    message.set_content(text)
    return message.as_bytes()


def test_a_reply_is_its_sender_its_token_what_it_answers_and_its_lines() -> None:
    reply = read_reply(make_reply("17 done\n\nOn Thu, Dialogue Tracker wrote:\n> 17. Send"))
    assert reply is not None
    assert (reply.sender, reply.token) == ("per.lind@example.org", TOKEN)
    assert reply.answers_to == ("<ours@tracker.example.org>", "<thread@tracker.example.org>")
    assert reply.lines == ("17 done",)


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; x=1"},
        {"Precedence": "bulk"},
        {"List_Id": "<talks.example.org>"},
        {"X_Autoreply": "yes"},
        {"Return_Path": "<>"},
        {"From": "a@example.org, b@example.org"},
    ],
)
def test_machines_lists_and_crowds_are_no_reply(headers: dict[str, str]) -> None:
    assert read_reply(make_reply(**headers)) is None


def test_a_reply_in_html_alone_is_read() -> None:
    message = EmailMessage()
    message["From"] = "per.lind@example.org"
    message.set_content("<p>17 done</p><div>On Thu, X wrote:<br>&gt; old</div>", subtype="html")
    reply = read_reply(message.as_bytes(), (f"REPLY+{TOKEN.upper()}@tracker.example.org",))
    assert reply is not None
    assert (reply.lines, reply.token) == (("17 done",), TOKEN)


@pytest.mark.parametrize(
    "quoted",
    [
        "> quoted",
        "-- \nPer Lind\nMinistry",
        "-----Original Message-----\nFrom: x",
        "________________________________\nFrom: Dialogue Tracker",
        "From: Dialogue Tracker <tracker@example.org>\nSent: Thursday",
        "On Thu, 3 Jan 2008 at 09:00, Dialogue Tracker <t@example.org> wrote:",
        "On Thu, 3 Jan 2008 at 09:00, Dialogue Tracker\n<t@example.org> wrote:",
        "Am 03.01.2008 um 09:00 schrieb Dialogue Tracker <t@example.org>:",
        "Le jeu. 3 janv. 2008 à 09:00, Dialogue Tracker <t@example.org> a écrit :",
        "El jue, 3 ene 2008, Dialogue Tracker escribió:",
        "Il giorno gio 3 gen 2008, Dialogue Tracker ha scritto:",
        "чт, 3 янв. 2008 г. в 09:00, Dialogue Tracker пишет:",
        "Dialogue Tracker, 3 Oca 2008 Per tarihinde şunu yazdı:",
        "Von: Dialogue Tracker <tracker@example.org>",
        "-----Ursprüngliche Nachricht-----",
        "Sent from my phone",
        "Von meinem iPhone gesendet",
        "Get Outlook for Android",
    ],
)
def test_quoted_text_and_signatures_of_common_programs_are_cut_off(quoted: str) -> None:
    typed = "The survey is done.\nOn Monday we go on."
    assert cut_quoted(f"\n{typed}\n\n{quoted}\n17. Send the list")[:2] == typed.splitlines()
    assert len(cut_quoted(f"{typed}\n\n{quoted}\n17. Send the list")) == 2


@pytest.mark.parametrize(
    ("line", "number", "kind", "days"),
    [
        ("17 done", 17, "done", None),
        ("Task 17: Done.", 17, "done", None),
        ("#17 completed", 17, "done", None),
        ("done", None, "done", None),
        ("17 +7 days", 17, "new_date", 7),
        ("+2 weeks", None, "new_date", 14),
        ("17 not mine", 17, "not_mine", None),
        ("17 not mine, ask Olof", 17, "not_mine", None),
        ("17 on track", 17, "on_track", None),
        ("17 we wait for the survey", 17, None, None),
        ("17", 17, None, None),
    ],
)
def test_commands_are_read(
    line: str, number: int | None, kind: str | None, days: int | None
) -> None:
    command = read_command(line)
    assert command is not None
    assert (command.number, command.kind, command.days) == (number, kind, days)


@pytest.mark.parametrize(
    "line", ["Done some of it yesterday", "We are on track", "Not mine at all"]
)
def test_a_sentence_is_no_command(line: str) -> None:
    assert read_command(line) is None


def test_a_date_is_read_and_one_that_does_not_exist_is_not_guessed() -> None:
    command = read_command("17 due 2008-02-01 the survey")
    assert command is not None
    assert (command.day, command.words) == (dt.date(2008, 2, 1), "the survey")
    wrong = read_command("17 due 2008-02-31")
    assert wrong is not None
    assert wrong.kind is None


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_an_error(noise: bytes) -> None:
    read_reply(noise)
    read_reply(make_reply() + noise)
    read_reply(b"From: " + noise + b"\n" + make_reply())


@given(st.text(max_size=2_000))
def test_any_text_is_cut_and_read_without_an_error(text: str) -> None:
    for line in cut_quoted(text):
        read_command(line)
