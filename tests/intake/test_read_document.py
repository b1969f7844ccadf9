"""Files of every kind an office sends round, and what must happen with those that are none."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest
from docx import Document as WordDocument
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.cable import parse_cable
from tracker.intake import (
    DamagedFile,
    EmptyFile,
    FileTooLarge,
    IntakeError,
    NotText,
    UnsafeFile,
    read_document,
)
from tracker.policy.errors import TrackerError

TEXT = (
    "UNCLAS NORVALE 000465\n\nTAGS: PREL\nSUBJECT: TALKS\n\n1. (U) “Talks” went well — naïvely.\n"
)
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(paragraphs: list[str]) -> bytes:
    document = WordDocument()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def archive(document_xml: bytes, **more: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", document_xml)
        for name, data in more.items():
            made.writestr(f"word/{name}.xml", data)
    return out.getvalue()


def body(inner: str) -> bytes:
    return f'<w:document xmlns:w="{NAMESPACE}"><w:body>{inner}</w:body></w:document>'.encode()


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
    ],
)
def test_plain_text_is_read_in_its_encoding(encoding: str, told: str) -> None:
    document = read_document(TEXT.encode(encoding), "cable.txt")
    assert (document.text, document.encoding, document.media_type) == (TEXT, told, "text/plain")


def test_mixed_encodings_are_decoded_line_by_line_with_a_warning() -> None:
    data = "Café in UTF-8\n".encode() + "Café in 1252\n".encode("cp1252")
    document = read_document(data)
    assert document.text == "Café in UTF-8\nCafé in 1252\n"
    assert "mixes" in document.warnings[0]


def test_encodings_mixed_within_a_line_are_decoded_with_a_warning() -> None:
    data = "Café — ".encode() + "café “the list” costs £5 in CAFÉ”.\n".encode("cp1252")
    document = read_document(data)
    assert document.text == "Café — café “the list” costs £5 in CAFÉ”.\n"
    assert (document.encoding, "mixes" in document.warnings[0]) == ("utf-8+cp1252", True)


def test_windows_letters_before_a_quote_are_not_taken_for_utf_8() -> None:
    text = "The talks in “CAFÉ” and “À” and ‘Ñ’, au « café\u00a0» et « là\u00a0», went on.\n"
    document = read_document(text.encode("cp1252"))
    assert (document.text, document.encoding, document.warnings) == (text, "cp1252", ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_a_nul_in_a_good_text_is_flagged_and_counts_as_a_blank(encoding: str) -> None:
    text = TEXT.replace("TAGS: PREL", "TAGS:\0PREL")
    document = read_document(text.encode(encoding))
    assert document.text == TEXT
    assert "The file holds a NUL character in line 3; it counts as a blank." in document.warnings


def test_a_nul_within_a_marking_does_not_hide_it() -> None:
    text = "CONFI\0DENTIAL NORVALE 000465\n\n1. (\0C) We should send the list.\n"
    document = read_document(text.encode())
    assert "2 NUL characters, the first in line 1" in document.warnings[0]
    assert parse_cable(document.text).header.classification == "CONFIDENTIAL"


def test_a_nul_in_a_mail_is_flagged() -> None:
    document = read_document(b"MIME-Version: 1.0\n\nTAGS:\0PREL\n", "x.eml")
    assert (document.text, "NUL" in document.warnings[0]) == ("TAGS: PREL\n", True)


def test_the_line_of_a_nul_in_a_mail_is_that_of_the_text_that_is_shown() -> None:
    fields = b"Subject: Talks\nContent-Type: text/plain; charset=utf-8\n"
    document = read_document(fields + b"\nOne line.\nSend\0it.\n", "x.eml")
    place = document.text.split("\n").index("Send it.") + 1
    assert place > 2
    assert document.warnings == (
        f"The file holds a NUL character in line {place}; it counts as a blank.",
    )


def test_bytes_that_no_encoding_knows_are_shown_and_warned_of() -> None:
    document = read_document(b"Caf\xe9 and \x81 here, otherwise plain text of some length\n")
    assert "\ufffd" in document.text
    assert any("could not be read" in warning for warning in document.warnings)


@pytest.mark.parametrize(
    ("data", "error", "advice"),
    [
        (b"", EmptyFile, "empty"),
        (b" \r\n\t ", EmptyFile, "empty"),
        (b"\xef\xbb\xbf", EmptyFile, "empty"),
        (b"some\x00 text\x00 and\x00 many\x00 a NUL in it", NotText, "plain text"),
        (bytes(range(256)) * 4, NotText, "Save it as"),
        (b"\x02\x03\x04\x05" * 100, NotText, "binary"),
        (b"%PDF-1.7 ...", NotText, "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), NotText, ".eml"),
        (b"{\\rtf1\\ansi Hello}", NotText, ".docx"),
        (b"\x89PNG\r\n\x1a\n", NotText, "picture"),
        (b"PK\x03\x04 not an archive", DamagedFile, "again"),
    ],
)
def test_what_is_no_text_is_refused_with_advice(
    data: bytes, error: type[IntakeError], advice: str
) -> None:
    with pytest.raises(error, match=advice):
        read_document(data)


def test_every_intake_error_is_shown_to_people() -> None:
    assert issubclass(IntakeError, TrackerError)


def test_a_file_over_the_limit_is_refused_before_it_is_read() -> None:
    with pytest.raises(FileTooLarge, match=r"0\.1 MB"):
        read_document(b"a" * 100_001, max_bytes=100_000)


def test_html_becomes_lines_without_script_and_style() -> None:
    page = b"""<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head><body>
    <script>alert(1)</script><p>UNCLAS NORVALE 000465</p><p>1. (U) Talks &amp; more<br>went
    well.</p><ul><li>one</li><li>two</li></ul><table><tr><td>a</td><td>b</td></tr></table></body></html>"""
    document = read_document(page, "cable.html")
    assert document.media_type == "text/html"
    assert "1. (U) Talks & more\nwent well.\n" in document.text
    assert "- one\n" in document.text
    assert "a\tb" in document.text
    assert "alert" not in document.text
    assert "p{}" not in document.text


def test_preformatted_html_keeps_its_lines() -> None:
    document = read_document(b"<html><body><pre>TAGS: PREL\nSUBJECT: TALKS\n</pre></body></html>")
    assert "TAGS: PREL\nSUBJECT: TALKS" in document.text


def test_html_in_a_declared_charset_is_read_in_it() -> None:
    page = '<html><meta charset="windows-1251"><body>Баку</body></html>'.encode("cp1251")
    assert "Баку" in read_document(page).text


def test_html_in_utf_16_is_recognised() -> None:
    assert "Talks" in read_document("<html><body>Talks</body></html>".encode("utf-16")).text


def test_deeply_nested_html_is_read_to_its_end() -> None:
    page = b"<html><body>" + b"<div>" * 3000 + b"The end" + b"</div>" * 3000 + b"</body></html>"
    assert "The end" in read_document(page).text


def test_a_word_file_gives_its_paragraphs() -> None:
    document = read_document(word(["TAGS: PREL", "1. (U) Talks went well."]), "cable.docx")
    assert document.text == "TAGS: PREL\n\n1. (U) Talks went well.\n"


def test_automatic_numbers_of_a_word_file_are_written_out() -> None:
    made = WordDocument()
    made.add_paragraph("First", style="List Number")
    made.add_paragraph("Second", style="List Number")
    made.add_paragraph("Point", style="List Bullet")
    out = io.BytesIO()
    made.save(out)
    assert read_document(out.getvalue()).text == "1. First\n\n2. Second\n\n- Point\n"


def test_a_table_of_a_word_file_becomes_rows() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    data = archive(body(f"<w:tbl><w:tr>{cell.format('a')}{cell.format('b')}</w:tr></w:tbl>"))
    assert read_document(data).text == "a\tb\n"


def test_deleted_text_of_a_word_file_is_left_out_and_said() -> None:
    kept, gone = (
        "<w:r><w:t>kept</w:t></w:r>",
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>",
    )
    document = read_document(archive(body(f"<w:p>{kept}{gone}</w:p>")))
    assert document.text == "kept\n"
    assert "tracked changes" in document.warnings[0]


def test_a_zip_bomb_is_refused_before_it_is_inflated() -> None:
    with pytest.raises(UnsafeFile, match="bomb"):
        read_document(archive(body("<w:p>" + " " * 30_000_000 + "</w:p>")))


def test_a_bomb_that_lies_about_its_size_is_stopped_while_it_is_inflated() -> None:
    data = bytearray(archive(body("<w:p>" + " " * 30_000_000 + "</w:p>")))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (1000).to_bytes(4, "little")
    with pytest.raises(IntakeError):
        read_document(bytes(data))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_external_entities_are_refused(encoding: str) -> None:
    attack = (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        f"{body('<w:p><w:r><w:t>&e;</w:t></w:r></w:p>').decode()}"
    )
    with pytest.raises(UnsafeFile):
        read_document(archive(attack.encode(encoding)))


def test_an_archive_that_is_no_word_file_is_named_so() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("hello.txt", "hello")
    with pytest.raises(NotText, match="no Word document"):
        read_document(out.getvalue())


def test_a_mail_gives_its_plain_body_and_names_its_attachments() -> None:
    mail = (
        b"From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="B"\r\n\r\n--B\r\nContent-Type: text/plain; '
        b"charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nTAGS: PREL=20\r\n"
        b"Caf=C3=A9\r\n--B\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; "
        b'filename="a.pdf"\r\n\r\nx\r\n--B--\r\n'
    )
    document = read_document(mail, "x.eml")
    assert document.text[document.head :] == "TAGS: PREL \nCafé"
    assert "a.pdf" in document.warnings[0]
    assert read_document(mail).media_type == "message/rfc822"


def test_a_mail_with_an_html_body_only_gives_its_text() -> None:
    mail = b"MIME-Version: 1.0\nContent-Type: text/html\n\n<p>TAGS: PREL</p>"
    assert read_document(mail, "x.eml").text == "TAGS: PREL\n"


def test_a_memo_with_from_and_to_is_no_mail() -> None:
    memo = b"FROM: The Ambassador\nTO: The Minister\nSUBJECT: Talks\n\nText."
    assert read_document(memo).media_type == "text/plain"


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_an_intake_error(data: bytes) -> None:
    for name in (None, "x.eml", "x.html", "x.docx"):
        with contextlib.suppress(IntakeError):
            assert "\0" not in read_document(data, name).text


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2000), st.binary(min_size=1, max_size=8))
def test_a_damaged_word_file_gives_text_or_an_intake_error(place: int, noise: bytes) -> None:
    data = bytearray(WORD_FILE)
    data[place : place + len(noise)] = noise
    with contextlib.suppress(IntakeError):
        assert read_document(bytes(data)).text


WORD_FILE = word(["TAGS: PREL", "1. (U) Talks went well."])
