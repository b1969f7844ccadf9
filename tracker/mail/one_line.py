"""Text of people on one line of a mail, cut to a width, without what could alter its reading.

No words are chosen here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

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


def numbers_in_words(numbers: Iterable[int]) -> str:
    """ "1, 2, 5 to 9": numbers in order, with three or more in a row said together."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts: list[str] = []
    for run in runs:
        parts += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run)
    return ", ".join(parts)
