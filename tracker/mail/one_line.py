"""Text of people on one line of a mail, cut to a width, without what could alter its reading.

No words are chosen here.
"""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    r"""
    [\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]      # controls
    | [\ud800-\udfff]                                   # halves of characters
    | [\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]    # direction overrides, marks
    """,
    re.VERBOSE,
)


def shorten(text: str, width: int) -> str:
    """``text`` on one line, cut at a word and ended with "…" where it is longer than ``width``;
    what could alter the reading of the words around it is shown as U+FFFD."""
    line = " ".join(_UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text).split())
    if len(line) <= width:
        return line
    cut = line[:width]
    return (cut.rpartition(" ")[0] or cut[:-1]).rstrip(" ,;:.") + "…"
