"""How a corrected text differs from the one before, and where its passages stand now.

Words only: what becomes of candidates and tasks is decided elsewhere. No database, no clock.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from tracker.cable import Span
from tracker.policy.agreed_list import Words

_WORD = re.compile(r"\S+")
_CONTEXT = 12
_LONGEST = 40_000
_STILL_THERE = 0.6
"""The share of a passage's words that must be found again for it to count as changed, not gone."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A passage in the new text, and whether each of its words stands there in the same order,
    with nothing in between."""

    span: Span
    is_same: bool


_Step = tuple[str, int, int, int, int]


def _steps(before: list[str], after: list[str]) -> list[_Step]:
    """As SequenceMatcher's opcodes, over what lies between the words that both begin and end
    with; more than ``_LONGEST`` words there count as replaced, since comparing takes their
    square."""
    shorter = min(len(before), len(after))
    head = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    left = shorter - head
    tail = next((n for n in range(left) if before[-1 - n] != after[-1 - n]), left)
    i, k = len(before) - tail, len(after) - tail
    steps: list[_Step] = [("equal", 0, head, 0, head)] if head else []
    if i - head + k - head > _LONGEST:
        steps.append(("replace", head, i, head, k))
    elif (i, k) != (head, head):
        # Frequent words do not anchor a match (autojunk), which keeps this fast.
        found = SequenceMatcher(None, before[head:i], after[head:k]).get_opcodes()
        steps.extend((tag, a + head, b + head, c + head, d + head) for tag, a, b, c, d in found)
    if tail:
        steps.append(("equal", i, len(before), k, len(after)))
    return steps


class Comparison:
    """Two texts word by word. Both have page lines and mark-up masked, so that they do not count;
    spans hold in the texts as given."""

    def __init__(self, old: str, new: str) -> None:
        self._old = [match.span() for match in _WORD.finditer(old)]
        self._new = [match.span() for match in _WORD.finditer(new)]
        before = [old[start:end] for start, end in self._old]
        after = [new[start:end] for start, end in self._new]
        self._steps = _steps(before, after)
        self._words = (before, after)
        self._place = {
            i + n: k + n for tag, i, j, k, _ in self._steps if tag == "equal" for n in range(j - i)
        }

    def follow(self, span: Span) -> Followed | None:
        """Where a passage of the old text stands in the new one; None where it is gone."""
        inside = [
            n for n, (start, end) in enumerate(self._old) if start < span[1] and end > span[0]
        ]
        found = [self._place[n] for n in inside if n in self._place]
        if not found or len(found) < _STILL_THERE * len(inside):
            return None
        is_same = len(found) == len(inside) and found[-1] - found[0] == len(found) - 1
        return Followed((self._new[found[0]][0], self._new[found[-1]][1]), is_same)

    def changes(self) -> list[list[Words]]:
        """What changed, a list a place: words that are gone, new ones, and some on either side."""
        before, after = self._words
        places: list[list[Words]] = []
        for number, (tag, i, j, k, m) in enumerate(self._steps):
            if tag == "equal":
                if number and j - i > 2 * _CONTEXT:
                    places[-1].append(Words("same", " ".join(before[i : i + _CONTEXT]) + " …"))
                elif number:
                    places[-1].append(Words("same", " ".join(before[i:j])))
                if j - i > 2 * _CONTEXT or not number:
                    lead = "… " if j - i > _CONTEXT else ""
                    start = " ".join(before[max(i, j - _CONTEXT) : j])
                    places.append([Words("same", lead + start)])
                continue
            if not places:
                places.append([])
            if i < j:
                places[-1].append(Words("gone", " ".join(before[i:j])))
            if k < m:
                places[-1].append(Words("new", " ".join(after[k:m])))
        return [place for place in places if any(run.mark != "same" for run in place)]
