"""Taking a document in: bytes kept, the same bytes recognised, what is no cable refused."""

from __future__ import annotations

import hashlib

import pytest

from tests.invented import NOW, TALKS, imported
from tests.world import MAX_BYTES, World
from tracker.db import Database
from tracker.models import CableRecord
from tracker.policy.errors import InvalidInput, NotFound
from tracker.policy.visibility import SYSTEM, Actor, Scope
from tracker.queries.cables import get_cable, get_original
from tracker.services.import_cable import ImportResult, import_cable, read_cable


def take_in(
    database: Database, data: bytes, filename: str = "talks.txt", actor: Actor = SYSTEM
) -> ImportResult:
    """One import in a transaction of its own."""
    with database.transaction() as session:
        return import_cable(session, data, filename, actor=actor, now=NOW, max_bytes=MAX_BYTES)


def count(database: Database) -> int:
    """How many cables are stored."""
    with database.reading() as session:
        return session.query(CableRecord).count()


def test_it_keeps_the_bytes_as_they_came_with_their_sum(database: Database) -> None:
    data = TALKS.replace("\n", "\r\n").encode("utf-16")
    cable_id = take_in(database, data).cable.id
    with database.reading() as session:
        cable = get_original(session, SYSTEM.scope, cable_id)
        assert cable.original == data
        assert cable.sha256 == hashlib.sha256(data).hexdigest()
        assert cable.encoding.startswith("utf-16")


def test_it_notes_what_the_header_says_and_belongs_to_no_dialogue_yet(database: Database) -> None:
    cable = take_in(database, TALKS.encode()).cable
    assert cable.reference_id == cable.name
    assert cable.subject == "SCENESETTER FOR THE NORTHLAND-SUNDRIA MARCH 3-4 BORDER TALKS"
    assert cable.marking == "C"
    assert cable.dialogue_id is None
    assert cable.reading["unpicked"]


def test_the_same_bytes_again_are_the_same_record(database: Database) -> None:
    first = take_in(database, TALKS.encode())
    second = take_in(database, TALKS.encode(), "another name.txt")
    assert (first.is_known, second.is_known) == (False, True)
    assert first.cable.id == second.cable.id
    assert count(database) == 1


def test_the_same_bytes_are_not_recognised_across_what_one_may_not_see(
    database: Database, world: World
) -> None:
    mira, tom = (world.actor(world.person(name)) for name in ("Mira Okonjo", "Tom Varga"))
    assert imported(database, mira) != imported(database, tom)


def test_the_sample_and_the_same_cable_in_earnest_are_two(database: Database) -> None:
    with database.transaction() as session:
        import_cable(
            session,
            TALKS.encode(),
            "sample.txt",
            actor=SYSTEM,
            now=NOW,
            max_bytes=MAX_BYTES,
            is_sample=True,
        )
    assert not take_in(database, TALKS.encode()).is_known


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"  \r\n\t ",
        b"Dear all,\nlunch is at noon.\n",
        bytes(range(256)) * 40,
        b"\x00" * 5000,
        b"x" * (MAX_BYTES + 1),
        b"%PDF-1.7 ...",
    ],
    ids=["empty", "blank", "a letter", "binary", "NULs", "too large", "a PDF"],
)
def test_what_cannot_be_read_is_refused_with_words_and_nothing_is_stored(
    database: Database, data: bytes
) -> None:
    with pytest.raises(InvalidInput) as refused:
        take_in(database, data)
    assert str(refused.value).endswith(".")
    assert count(database) == 0


@pytest.mark.parametrize(
    "name", ["a\r\nb.txt", "a\u2028b.txt", "a\u202etxt.exe", "a\x00.txt", "x" * 256]
)
def test_a_file_name_with_control_characters_or_without_end_is_refused(
    database: Database, name: str
) -> None:
    with pytest.raises(InvalidInput, match="Rename it") as refused:
        take_in(database, TALKS.encode(), name)
    assert refused.value.field == "file"


def test_a_portion_above_the_classification_line_raises_the_whole(database: Database) -> None:
    text = TALKS.replace("3. (C)", "3. (S)")
    assert take_in(database, text.encode()).cable.marking == "S"


def test_a_mark_in_mid_text_lowers_nothing(database: Database) -> None:
    text = TALKS.replace("The weather", "The weather (U) UNCLASSIFIED")
    assert take_in(database, text.encode()).cable.marking == "C"


def test_nobody_sees_an_unconfirmed_cable_but_its_importer(
    database: Database, world: World
) -> None:
    mira, tom = (world.actor(world.person(name)) for name in ("Mira Okonjo", "Tom Varga"))
    mine, of_the_system = imported(database, mira), imported(database, SYSTEM, TALKS + "\n")
    with database.reading() as session:
        assert get_cable(session, mira.scope, mine).id == mine
        assert get_cable(session, SYSTEM.scope, mine).id == mine
        for scope, cable_id in ((tom.scope, mine), (mira.scope, of_the_system)):
            with pytest.raises(NotFound):
                get_cable(session, scope, cable_id)


def test_who_is_not_signed_in_sees_no_cable_of_the_system(database: Database) -> None:
    cable_id = imported(database, SYSTEM)
    with database.reading() as session, pytest.raises(NotFound):
        get_cable(session, Scope(), cable_id)


def test_a_text_far_longer_than_any_cable_is_refused_before_it_is_read(database: Database) -> None:
    with pytest.raises(InvalidInput, match=r"has 1,200,000 characters; the tracker reads up to"):
        take_in(database, b"1. (U) " + b"We go on. " * 119_999 + b"abc")
    assert count(database) == 0


def test_a_mail_that_only_points_to_its_attachment_names_it() -> None:
    mail = (
        b"From: a@example.org\r\nSubject: CONFIDENTIAL: Cable\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="B"\r\n\r\n'
        b"--B\r\nContent-Type: text/plain\r\n\r\nPlease see attached.\r\n"
        b"--B\r\nContent-Type: text/plain\r\n"
        b'Content-Disposition: attachment; filename="cable.txt"\r\n\r\nx\r\n--B--\r\n'
    )
    with pytest.raises(InvalidInput, match=r"not read as a cable.* were not read: cable\.txt"):
        read_cable(mail, "mail.eml", today=NOW.date(), max_bytes=MAX_BYTES)
