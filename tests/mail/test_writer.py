"""What is written by hand is, to the byte, what the email package makes of the same words."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from email.message import EmailMessage, MIMEPart
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.mail.digests import ABOVE, LATE, NOON, UNDER, make_digest, make_task
from tracker.mail import Digest, write_digest
from tracker.mail.calendar import MEDIA_TYPE
from tracker.mail.templates import wrap_words
from tracker.mail.wire import POLICY, envelope_of

REPLY = f"reply+{'a' * 48}@tracker.example.gov"
MANY = make_digest(*(make_task(n, n - 5, changed_at=NOON, task_id=n) for n in range(1, 12)))
FOREIGN = make_digest(
    recipient_name="Jörg Öst", recipient_address="jörg@bücher.example", reply_to=REPLY
)
WORDS = st.text(st.sampled_from("abcz Éé=.-–“”界😀/:;,()<>\"'@"), max_size=300)


def by_the_package(digest: Digest) -> bytes:
    """The words that were written, put together again by the email package."""
    written = write_digest(digest).parse()
    return envelope_of(_again(written, EmailMessage(policy=POLICY))).content


def _again(written: Any, made: Any) -> Any:
    if written.is_multipart():
        for name, value in written.items():
            made[name] = str(value)
        made.set_payload([_again(part, MIMEPart(policy=POLICY)) for part in written.iter_parts()])
    elif name := written.get_filename():
        content, subtype = written.get_content().encode(), MEDIA_TYPE.removeprefix("text/")
        made.set_content(
            content, maintype="text", subtype=subtype, disposition="attachment", filename=name
        )
    else:
        encoding = str(written["Content-Transfer-Encoding"])
        subtype = written.get_content_subtype()
        made.set_content(written.get_content(), subtype=subtype, cte=encoding)
    return made


@pytest.mark.parametrize(
    "digest", [UNDER, ABOVE, LATE, MANY, FOREIGN, replace(UNDER, reply_to=REPLY)]
)
def test_a_digest_is_what_the_email_package_would_make_of_it(digest: Digest) -> None:
    assert write_digest(digest).content == by_the_package(digest)


@given(title=WORDS, remark=WORDS, owner=WORDS, dialogue=WORDS)
@settings(max_examples=60, deadline=None)
def test_so_is_one_with_any_words(title: str, remark: str, owner: str, dialogue: str) -> None:
    task = make_task(
        title=title, last_remark=remark, owners=(owner,), dialogue=dialogue, changed_at=NOON
    )
    digest = make_digest(task)
    assert write_digest(digest).content == by_the_package(digest)


@given(text=WORDS, indent=st.sampled_from([0, 4]))
@settings(max_examples=60, deadline=None)
def test_lines_break_where_textwrap_breaks_them(text: str, indent: int) -> None:

    margin = " " * indent
    by_textwrap = textwrap.fill(
        " ".join(text.split()),
        72,
        initial_indent=margin,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )
    assert wrap_words(" ".join(text.split()), indent) == by_textwrap
