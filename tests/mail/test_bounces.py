"""Delivery reports as mail servers write them: which message, for whom, and in what words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.mail.bounces import read_bounces

OURS = "<5b2f.1@tracker.example.org>"


def report(
    *, action: str = "failed", status: str = "5.1.1", returned: str = "", diagnostic: str = ""
) -> bytes:
    """A report such as Postfix writes; ``returned`` is its third part."""
    code = diagnostic or "smtp; 550 5.1.1 <per.lind@example.org>: No such\n    mailbox here"
    third = returned or (
        f"Content-Type: text/rfc822-headers\n\nMessage-ID: {OURS}\nSubject: Overdue\n"
    )
    return f"""From: MAILER-DAEMON@mail.example.org
To: tracker@example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I could not deliver your message.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Original-Recipient: rfc822;Per.Lind@example.org
Final-Recipient: rfc822; per.lind@example.org
Action: {action}
Status: {status}
Diagnostic-Code: {code}

--b
{third}
--b--
""".encode()


def test_a_report_says_which_message_for_whom_and_why() -> None:
    (bounce,) = read_bounces(report())
    assert (bounce.message_id, bounce.recipient) == (OURS, "per.lind@example.org")
    assert (bounce.status, bounce.is_final) == ("5.1.1", True)
    assert bounce.words == "550 5.1.1 <per.lind@example.org>: No such mailbox here"


def test_the_whole_message_may_be_returned() -> None:
    returned = f"Content-Type: message/rfc822\n\nFrom: t@x.example\nMessage-ID: {OURS}\n\nHello\n"
    assert read_bounces(report(returned=returned))[0].message_id == OURS


def test_a_delay_is_not_final_and_success_is_no_bounce() -> None:
    assert read_bounces(report(action="delayed", status="4.4.1"))[0].is_final is False
    assert read_bounces(report(action="delivered", status="2.0.0")) == []


def test_a_report_without_the_message_is_nobodys() -> None:
    assert read_bounces(report(returned="Content-Type: text/plain\n\nGone\n")) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Subject: Hello\n\nI am away until Monday.\n",
        report().replace(b"report-type=delivery-status", b"report-type=disposition-notification"),
        report().replace(b"multipart/report", b"multipart/mixed"),
        report().replace(b"message/delivery-status", b"text/plain"),
    ],
)
def test_what_is_no_delivery_report_is_none(content: bytes) -> None:
    assert read_bounces(content) == []


def test_hostile_words_stay_on_one_short_line() -> None:
    words = "smtp; 550 " + "x" * 3000 + "\u202e\x00"
    (bounce,) = read_bounces(report(diagnostic=words))
    assert len(bounce.words) <= 401
    assert bounce.words.isprintable()


@given(st.binary(max_size=400))
def test_any_bytes_are_read_without_an_error(noise: bytes) -> None:
    read_bounces(noise)
    read_bounces(report()[:300] + noise + report()[300:])
