"""Patterns that read on over the end of a line.

A line may end in blanks, and where a page was cut out of a text many of them follow one another.
"""

from __future__ import annotations

import re

_SINGLE_BLANK = re.compile(
    r"""(?P<kept> \(\?<[!=][^()]*\) | \[\^?\]?(?:\\.|[^\]\\])*\] | \\[^s\ ] )
      | \\[s\ ] (?: (?P<none> \? | \{0,\d+\} ) | \{1,\d+\} )? (?![*+{])""",
    re.VERBOSE | re.DOTALL,
)


def over_line_ends(pattern: str) -> str:
    r"""The pattern with each ``\s`` and ``\ `` standing for as many blanks as there are, up to 99,
    and each ``\s?`` for that or none. Square brackets and what looks behind stay as they
    are."""

    def wider(match: re.Match[str]) -> str:
        if match["kept"]:
            return match["kept"]
        return r"\s{0,99}" if match["none"] else r"\s{1,99}"

    return _SINGLE_BLANK.sub(wider, pattern)
