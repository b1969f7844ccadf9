"""Which characters the fonts of the PDF draw, read from the font files themselves.

PDF/UA refuses a character that no font has, so text is made drawable before typst sees it.
Nothing here knows what a report says, and no font of the system is looked at.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path

import typst

FONT_DIRECTORY = Path(__file__).resolve().parents[1] / "data" / "fonts"
FAMILIES = (
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Armenian",
    "Noto Sans Georgian",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
    "Droid Sans Fallback",
    "NanumSquare",
)
"""In the order in which a character is looked for."""
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_INVISIBLE = frozenset("\n\t\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff")
_LONG_WORD = re.compile(r"\S{30,}")


@cache
def load_fonts() -> typst.Fonts:
    """The committed fonts and no others, opened once a process."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONT_DIRECTORY]
    )


@cache
def read_coverage() -> frozenset[int]:
    """The code points that at least one regular font draws."""
    covered: set[int] = set()
    for path in sorted(FONT_DIRECTORY.glob("*.ttf")):
        if not path.stem.endswith(("-Bold", "-Italic")):
            covered |= _read_cmap(path.read_bytes())
    return frozenset(covered)


def make_drawable(text: str) -> str:
    """``text`` composed (NFC), with U+FFFD for whatever no font draws and with places to break in
    words too long for a column."""
    return _LONG_WORD.sub(_break_word, replace_missing(unicodedata.normalize("NFC", text)))


def replace_missing(text: str) -> str:
    """``text`` with U+FFFD for whatever no font draws."""
    if text.isascii():
        return text
    covered = read_coverage()
    return "".join(c if ord(c) in covered or c in _INVISIBLE else REPLACEMENT for c in text)


def _break_word(match: re.Match[str]) -> str:
    """Zero-width spaces every six characters: "aaaaaa|aaaaaa|…"."""
    word = match[0]
    return "\u200b".join(word[i : i + 6] for i in range(0, len(word), 6))


def _read_cmap(font: bytes) -> set[int]:
    """The code points of a TrueType font's cmap (OpenType specification, "cmap", formats 4, 12)."""
    tables = struct.unpack_from(">H", font, 4)[0]
    for index in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", font, 12 + 16 * index)
        if tag == b"cmap":
            return _read_subtables(font, offset)
    return set()


def _read_subtables(font: bytes, start: int) -> set[int]:
    points: set[int] = set()
    for index in range(struct.unpack_from(">H", font, start + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHL", font, start + 4 + 8 * index)
        if (platform, encoding) not in ((0, 3), (0, 4), (3, 1), (3, 10)):
            continue
        kind = struct.unpack_from(">H", font, start + offset)[0]
        if kind == 4:
            points |= _read_format_4(font, start + offset)
        elif kind == 12:
            points |= _read_format_12(font, start + offset)
    return points


def _read_format_4(font: bytes, start: int) -> set[int]:
    """Segments of the basic plane; a glyph id of 0 means the font does not draw the character."""
    count = struct.unpack_from(">H", font, start + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, start + 14)
    starts = struct.unpack_from(f">{count}H", font, start + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", font, start + 16 + 4 * count)
    at = start + 16 + 6 * count
    offsets = struct.unpack_from(f">{count}H", font, at)
    points: set[int] = set()
    for i in range(count):
        for code in range(starts[i], min(ends[i], 0xFFFE) + 1):
            glyph = code
            if offsets[i]:
                place = at + 2 * i + offsets[i] + 2 * (code - starts[i])
                glyph = struct.unpack_from(">H", font, place)[0]
                if glyph == 0:
                    continue
            if (glyph + deltas[i]) & 0xFFFF:
                points.add(code)
    return points


def _read_format_12(font: bytes, start: int) -> set[int]:
    groups = struct.unpack_from(">L", font, start + 12)[0]
    points: set[int] = set()
    for index in range(groups):
        first, last, _ = struct.unpack_from(">LLL", font, start + 16 + 12 * index)
        points.update(range(first, last + 1))
    return points
