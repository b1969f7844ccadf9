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
_UTF8_RUN = re.compile(
    rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}"
    rb"|\xf4[\x80-\x8f][\x80-\xbf]{2})+"
)
_SAMPLE = 65_536
_FEW = 3
_SAVE_AS_TEXT = "Save it as plain text (UTF-8), DOCX, HTML or .eml and hand it in again."


def decode(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """The text, the encoding it was in, and warnings; raises ``NotText`` for binary data."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, encoding)
    noticed: tuple[str, ...] = ()
    if b"\0" in data:
        wide = _decode_unmarked_utf16(data)
        if wide is not None:
            return wide
        latin, noticed = blank_nul(data.decode("latin-1"))
        data = latin.encode("latin-1")
    if _is_binary(data):
        raise NotText(f"This file is binary, not text. {_SAVE_AS_TEXT}")
    try:
        return data.decode("utf-8"), "utf-8", noticed
    except UnicodeDecodeError:
        text, encoding, warnings = _decode_by_lines(data)
        return text, encoding, noticed + warnings


def blank_nul(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with blanks for NUL characters, which no database takes, and a warning with the line
    of the first. Raises ``NotText`` where there are more than a text may hold by accident."""
    count = text.count("\0")
    if not count:
        return text, ()
    if count > _FEW + len(text) // 50:
        raise NotText(f"This file holds NUL characters, so it is not text. {_SAVE_AS_TEXT}")
    line = text.count("\n", 0, text.index("\0")) + 1
    words = f"a NUL character in line {line}; it counts as a blank."
    if count > 1:
        words = f"{count} NUL characters, the first in line {line}; they count as blanks."
    return text.replace("\0", " "), (f"The file holds {words}",)


def _decode_marked(data: bytes, encoding: str) -> tuple[str, str, tuple[str, ...]]:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if encoding == "utf-8-sig":
            text, found, warnings = _decode_by_lines(data[len(codecs.BOM_UTF8) :])
            text, noticed = blank_nul(text)
            return text, found, noticed + warnings
        text, noticed = blank_nul(data.decode(encoding, errors="replace"))
        return text, encoding, (*noticed, _unreadable(text.count("\ufffd")))
    text, noticed = blank_nul(text)
    return text, encoding.removesuffix("-sig"), noticed


def _decode_unmarked_utf16(data: bytes) -> tuple[str, str, tuple[str, ...]] | None:
    """UTF-16 without a mark: every second byte of western text is NUL. None where it is not."""
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
            text, noticed = blank_nul(text)
            return text, encoding, (warning, *noticed)
    return None


def _decode_by_lines(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Each line as UTF-8 if it is that, else as Windows-1252 with what in it can only be UTF-8."""
    lines = []
    has_utf8 = False
    for line in data.split(b"\n"):
        try:
            text = line.decode("utf-8")
            has_utf8 = has_utf8 or not text.isascii()
        except UnicodeDecodeError:
            text, is_mixed = _decode_by_runs(line)
            has_utf8 = has_utf8 or is_mixed
        lines.append(text)
    whole = "\n".join(lines)
    warnings = []
    if has_utf8:
        warnings.append(
            "The file mixes UTF-8 and Windows-1252; each part was read by itself. "
            "Check accents and quotes."
        )
    if "\ufffd" in whole:
        warnings.append(_unreadable(whole.count("\ufffd")))
    return whole, "utf-8+cp1252" if has_utf8 else "cp1252", tuple(warnings)


def _decode_by_runs(line: bytes) -> tuple[str, bool]:
    """A line that is not all UTF-8, and whether some of it is: what was copied from elsewhere."""
    pieces: list[str] = []
    place = 0
    for run in _UTF8_RUN.finditer(line):
        if _is_meant(run[0]):
            pieces.append(line[place : run.start()].decode("cp1252", errors="replace"))
            pieces.append(run[0].decode("utf-8", errors="replace"))
            place = run.end()
    pieces.append(line[place:].decode("cp1252", errors="replace"))
    return "".join(pieces), place > 0


def _is_meant(run: bytes) -> bool:
    """Whether bytes that could be UTF-8 are. One letter with a sign behind it ("É”", "é »") happens
    in Windows-1252 as well, while "Ã©" and "â€”" are no text in any language."""
    characters = len(run.decode("utf-8", errors="replace"))
    return characters > 1 or run[0] in (0xC2, 0xC3) or (run[0] == 0xE2 and run[1] <= 0x84)


def _is_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    return len(_CONTROLS.findall(sample)) > len(sample) // 50


def _unreadable(count: int) -> str:
    return f"{count} character(s) could not be read and stand as \ufffd; compare with the original."
