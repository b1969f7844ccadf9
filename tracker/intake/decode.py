"""Bytes to characters: UTF-8, UTF-16, Windows-1252, and files that mix them. No formats."""

from __future__ import annotations

import codecs
import re

from tracker.intake.errors import NotText

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 65_536
_SAVE_AS_TEXT = "Save it as plain text (UTF-8), DOCX, HTML or .eml and hand it in again."


def decode(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """The text, the encoding it was in, and warnings; raises ``NotText`` for binary data."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, encoding)
    if b"\0" in data:
        return _decode_unmarked_utf16(data)
    if _is_binary(data):
        raise NotText(f"This file is binary, not text. {_SAVE_AS_TEXT}")
    try:
        return data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        return _decode_by_lines(data)


def _decode_marked(data: bytes, encoding: str) -> tuple[str, str, tuple[str, ...]]:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if encoding == "utf-8-sig":
            text, found, warnings = _decode_by_lines(data[len(codecs.BOM_UTF8) :])
            return text, found, warnings
        text = data.decode(encoding, errors="replace")
        return _without_nul(text), encoding, (_unreadable(text.count("\ufffd")),)
    return _without_nul(text), encoding.removesuffix("-sig"), ()


def _decode_unmarked_utf16(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """UTF-16 without a mark: every second byte of western text is NUL."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    for count, other, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if count > 0.6 * half and other < 0.05 * half:
            try:
                text = data[: len(data) // 2 * 2].decode(encoding)
            except UnicodeDecodeError:
                break
            warning = "The file has no mark of its encoding; it was read as UTF-16."
            return _without_nul(text), encoding, (warning,)
    raise NotText(f"This file holds NUL bytes, so it is not text. {_SAVE_AS_TEXT}")


def _decode_by_lines(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Each line as UTF-8 if it is that, else as Windows-1252."""
    lines = []
    has_utf8 = False
    for line in data.split(b"\n"):
        try:
            text = line.decode("utf-8")
            has_utf8 = has_utf8 or not text.isascii()
        except UnicodeDecodeError:
            text = line.decode("cp1252", errors="replace")
        lines.append(text)
    whole = "\n".join(lines)
    warnings = []
    if has_utf8:
        warnings.append(
            "The file mixes UTF-8 and Windows-1252; each line was read by itself. "
            "Check accents and quotes."
        )
    if "\ufffd" in whole:
        warnings.append(_unreadable(whole.count("\ufffd")))
    return whole, "utf-8+cp1252" if has_utf8 else "cp1252", tuple(warnings)


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise NotText(f"This file holds NUL characters, so it is not text. {_SAVE_AS_TEXT}")
    return text


def _is_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    return len(_CONTROLS.findall(sample)) > len(sample) // 50


def _unreadable(count: int) -> str:
    return f"{count} character(s) could not be read and stand as \ufffd; compare with the original."
