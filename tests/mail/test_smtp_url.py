"""TRACKER_SMTP_URL: what it may say, and that a wrong one is refused with what to write instead."""

import pytest

from tracker.mail import SmtpSender
from tracker.mail.smtp_url import SmtpServerAddress, parse_smtp_url
from tracker.policy.errors import InvalidInput


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("smtp://mail.example.org", SmtpServerAddress("mail.example.org", 25)),
        ("smtp://[::1]:2525/", SmtpServerAddress("::1", 2525)),
        ("smtps://mail.example.org", SmtpServerAddress("mail.example.org", 465, is_tls=True)),
        (
            "smtp://ana%40example.org:p%3Aw@mail.example.org",
            SmtpServerAddress(
                "mail.example.org", 587, "ana@example.org", "p:w", starttls="required"
            ),
        ),
        (
            "smtp://mail.example.org?starttls=never",
            SmtpServerAddress("mail.example.org", 25, starttls="never"),
        ),
    ],
)
def test_a_url_says_where_and_how(url: str, address: SmtpServerAddress):
    assert parse_smtp_url(url) == address


def test_a_password_is_not_shown_with_the_address():
    assert "secret" not in repr(parse_smtp_url("smtps://ana:secret@mail.example.org"))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "begin with smtp://"),
        ("mail.example.org:25", "begin with smtp://"),
        ("http://mail.example.org", "begin with smtp://"),
        ("smtp://", "needs a host"),
        ("smtp://:25", "needs a host"),
        ("smtp://mail.example.org:0", "needs a host"),
        ("smtp://mail.example.org:99999", "port"),
        ("smtp://mail.example.org:smtp", "port"),
        ("smtp://[::1", "host or port"),
        ("smtp://mail.example.org/inbox", "nothing but options"),
        ("smtp://:secret@mail.example.org", "password without a user"),
        ("smtp://ana:secret%0A@mail.example.org", "control character"),
        ("smtp://mail.example.org\r\n.evil", "control character"),
        ("smtp://ana:sécret@mail.example.org", "ASCII"),
        ("smtp://mail.example.org?starttls=perhaps", "required, offered or never"),
        ("smtp://ana:secret@mail.example.org?starttls=never", "must not go in clear"),
        ("smtp://mail.example.org?tls=1", "knows the options"),
        ("smtp://mail.example.org?starttls", "options cannot be read"),
        ("smtp://mail.example.org?cafile=/nowhere.pem", "does not exist"),
        (f"smtp://mail.example.org?cafile={__file__}", "holds no certificates"),
    ],
)
def test_a_wrong_url_is_refused_with_what_to_write_instead(url: str, reason: str):
    with pytest.raises(InvalidInput, match="TRACKER_SMTP_URL") as caught:
        SmtpSender(url)
    assert reason in str(caught.value)
    assert "secret" not in str(caught.value)
    assert "secret" not in repr(caught.value.__cause__)
