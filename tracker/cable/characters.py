"""Characters that stand for others: typography, odd blanks, and those nobody can see.

Each is replaced by exactly one character, and nothing here looks at words.
"""

from __future__ import annotations

import re

from tracker.cable.model import CableWarning

_BLANKS = "\t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_LINE_ENDS = "\u000b\u000c\u0085\u2028\u2029"
_SINGLE = "\u2018\u2019\u201a\u201b\u2032\u00b4\u0060\u02bc"
_DOUBLE = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_BULLETS = "\u00b7\u2023\u25aa\u25ab\u25cf\u25cb\u25e6\u25a0\u2043\u2219\uf0b7"

_HIDDEN = {
    "nul": "\u0000",
    "bidirectional control": "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2066\u2067\u2068\u2069",
    "zero-width character": "\u00ad\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff",
    "control character": "".join(
        chr(code) for code in (*range(1, 9), *range(14, 32), *range(127, 133), *range(134, 160))
    ),
}
_TAG_CHARACTERS = "".join(map(chr, range(0xE0000, 0xE0080)))

_TABLE = str.maketrans(
    {
        **dict.fromkeys(_BLANKS, " "),
        **dict.fromkeys(_LINE_ENDS, "\n"),
        **dict.fromkeys(_SINGLE, "'"),
        **dict.fromkeys(_DOUBLE, '"'),
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_BULLETS, "\u2022"),
        **dict.fromkeys("".join(_HIDDEN.values()) + _TAG_CHARACTERS, " "),
        "\r": " ",
    }
)

# A carriage return that ends a line by itself: "one\rtwo".
_LONE_RETURN = re.compile(r"\r(?!\n)")
_ANY_OTHER = re.compile(r"[^\n -_a-~]+")
# Two searches, since one class that holds both takes ten times as long.
_ANY_HIDDEN = re.compile("[" + re.escape("".join(_HIDDEN.values())) + "]")
_ANY_TAG = re.compile("[\U000e0000-\U000e007f]")


def plain_characters(source: str) -> str:
    """``source`` at equal length with plain quotes, dashes, blanks and line ends."""
    if "\r" in source:
        source = _LONE_RETURN.sub("\n", source)
    if source.isascii():
        return source.translate(_TABLE)
    # Beyond ASCII translate takes twenty times as long, so that it is spared what stays anyway.
    return _ANY_OTHER.sub(lambda found: found[0].translate(_TABLE), source)


def hidden_characters(source: str) -> tuple[list[int], list[CableWarning]]:
    """The places of characters that cannot be seen, in order, and a warning for each kind of
    them at its first place."""
    first: dict[str, tuple[int, int]] = {}
    places: list[int] = []
    patterns = [_ANY_HIDDEN] if source.isascii() else [_ANY_HIDDEN, _ANY_TAG]
    for found in (match for pattern in patterns for match in pattern.finditer(source)):
        kind = _kind_of(found.group())
        if found.start() or found.group() != "\ufeff":
            start, count = first.get(kind, (found.start(), 0))
            first[kind] = (start, count + 1)
            places.append(found.start())
    return sorted(places), [
        CableWarning(
            "hidden_character",
            f"The text holds an unseen character ({kind}); it counts as a blank."
            if count == 1
            else f"The text holds {count} unseen characters ({kind}); they count as blanks.",
            (start, start + 1),
        )
        for kind, (start, count) in first.items()
    ]


def _kind_of(character: str) -> str:
    for kind, members in _HIDDEN.items():
        if character in members:
            return kind
    return "zero-width character"
