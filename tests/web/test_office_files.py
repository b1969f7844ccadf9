"""The shipped cable as an office sends it round: each copy gives the same candidates."""

from __future__ import annotations

import dataclasses
import html
import io
import random
import zipfile
from email.message import EmailMessage

import pytest
from docx import Document as WordDocument
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from tests.web.importing import SignedIn, confirm, send_file, words
from tests.world import World, shipped_cable
from tracker.db import Database
from tracker.models import CableRecord, Dialogue
from tracker.queries.cables import candidates_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TEXT = shipped_cable().decode("utf-8")
PARAGRAPHS = TEXT.split("\n\n")
LIMIT = 100 * 1024
SUBJECT = "FW: Scenesetter"


def word_file() -> bytes:
    """A Word file: a paragraph for each, its lines kept."""
    document = WordDocument()
    for paragraph in PARAGRAPHS:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_file_unwrapped() -> bytes:
    """A Word file in which each line is a paragraph of its own, as pasting makes it."""
    document = WordDocument()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def mail_file() -> bytes:
    """A forwarded mail with the cable as its body."""
    message = EmailMessage()
    message["From"], message["To"] = "desk@example.org", "post@example.org"
    message["Subject"] = SUBJECT
    message.set_content(TEXT, cte="quoted-printable")
    return message.as_bytes()


def mail_file_in_two_forms() -> bytes:
    """A mail that says the same in plain text and in HTML, as mail programs send it."""
    message = EmailMessage()
    message["Subject"] = SUBJECT
    message.set_content(TEXT, cte="base64")
    message.add_alternative(web_page().decode(), subtype="html")
    return message.as_bytes()


def web_page() -> bytes:
    """A saved web page: a paragraph for each, its lines broken by the page."""
    body = "\n".join(
        f"<p>{html.escape(paragraph).replace(chr(10), '<br>' + chr(10))}</p>"
        for paragraph in PARAGRAPHS
    )
    return f"<!DOCTYPE html><html><title>Cable</title><body>{body}</body></html>".encode()


def preformatted_page() -> bytes:
    """A saved web page with the cable as it was typed."""
    return f"<html><body><pre>\n{html.escape(TEXT)}</pre></body></html>".encode()


COPIES = {
    "cable.docx": word_file,
    "pasted.docx": word_file_unwrapped,
    "forwarded.eml": mail_file,
    "both forms.eml": mail_file_in_two_forms,
    "saved.html": web_page,
    "preformatted.htm": preformatted_page,
    "utf-16.txt": lambda: TEXT.encode("utf-16"),
    "cp1252.txt": lambda: TEXT.replace("'", "’").encode("cp1252"),
    "dos.txt": lambda: TEXT.replace("\n", "\r\n").encode("utf-8-sig"),
}


@pytest.fixture
def browser(world: World, signed_in: SignedIn) -> FlaskClient:
    """The browser of somebody of the United States."""
    return signed_in(world.person("Anne Lead", party="United States"))


def folded(text: str) -> str:
    """On one line, with the apostrophes of a typewriter."""
    return " ".join(text.replace("’", "'").split())


def candidates_by_page(
    browser: FlaskClient, database: Database, data: bytes, name: str
) -> list[tuple[object, ...]]:
    """What importing and confirming a file gives: everything but the places in its text."""
    answer = send_file(browser, data, name)
    assert answer.status_code == 303, words(answer)
    cable_id = int(answer.location.split("/")[2])
    answers = {"name": f"Talks of {name}", "own": "United States", "other": "Azerbaijan"}
    done = confirm(browser, cable_id, dates="2007-07-09/2007-07-10", **answers)
    assert done.status_code == 303, words(done)
    return candidate_values(database, cable_id)


def candidate_values(database: Database, cable_id: int) -> list[tuple[object, ...]]:
    """A cable's candidates: everything but the places in its text."""
    with database.reading() as session:
        return [
            (
                folded(c.text), c.tier, c.kind, c.responsible, c.owners,
                c.due_on, c.due_basis, c.agenda, c.marking, folded(c.title),
            )
            for c in candidates_of(session, cable_id)
        ]  # fmt: skip


@pytest.fixture
def original(database: Database, world: World) -> list[tuple[object, ...]]:
    """The candidates of the cable as it was received. Its dialogue goes again: a copy beside it
    would be a corrected version of it."""
    cable_id = world.baku()
    found = candidate_values(database, cable_id)
    with database.transaction() as session:
        cable = session.get_one(CableRecord, cable_id)
        session.execute(delete(Dialogue).where(Dialogue.id == cable.dialogue_id))
    return found


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_gives_the_same_candidates(
    browser: FlaskClient, database: Database, original: list[tuple[object, ...]], name: str
) -> None:
    assert len(original) > 60
    assert candidates_by_page(browser, database, COPIES[name](), name) == original


@pytest.mark.parametrize("kind", ["plain", "inflating"])
def test_a_file_over_the_limit_is_too_large(app: Flask, browser: FlaskClient, kind: str) -> None:
    limited = dataclasses.replace(app.extensions["tracker_settings"], max_upload_bytes=LIMIT)
    app.extensions["tracker_settings"] = limited
    noise = f"{random.Random(832).getrandbits(4 * LIMIT + 9):b}"  # Not so even as to be a trap.
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", noise)
    data, name = (noise.encode(), "x.txt") if kind == "plain" else (out.getvalue(), "x.docx")
    answer = send_file(browser, data, name)
    assert answer.status_code == 413
    assert "too large" in words(answer) or "at most 0.1 MB" in words(answer)
