"""True numbers of paragraphs: damaged, doubled and missing ones, and lists that look alike.

It sees numbers and their surroundings only, never a whole block.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Role = Literal["paragraph", "element", "text"]

# "…are in paragraph" at the end of the text before: what follows is a reference.
_POINTS_AT = re.compile(
    r"\b(?:para|paras|paragraph|paragraphs|ref|reftel|section|item|no)\.?\s*$", re.IGNORECASE
)
# "… no later than October" on the line before: what follows is a day.
_MONTH = re.compile(
    r"\b(?:january|february|march|april|May|june|july|august|september|october|november|december|"
    r"jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec)\s*$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Numbering:
    """Follows the numbers down the page. ``marked`` holds those printed with a portion mark."""

    marked: Sequence[int]
    last: int | None = None
    numbers: list[int] = field(default_factory=list)
    _element: int = 0

    def role(
        self, number: int, *, has_portion: bool, has_gap: bool, before: str, length: int
    ) -> tuple[Role, int, bool]:
        """What a number at the head of a line is, the true number, and whether it was repaired."""
        expected = 1 if self.last is None else self.last + 1
        if not has_portion and _POINTS_AT.search(before[-20:]):
            return "text", number, False
        if not (has_portion or has_gap) and number < 32 and _MONTH.search(before[-20:]):
            return "text", number, False
        is_damaged = self.last is not None and str(number) == f"1{expected}"
        if is_damaged and (has_portion or (has_gap and not self._element)):
            return self._paragraph(expected, repaired=True)
        if has_portion:
            return self._role_marked(number)
        return self._role_unmarked(number, expected, has_gap=has_gap, length=length)

    def leave_list(self) -> None:
        """A heading or a plain paragraph ends the list that was counted."""
        self._element = 0

    def _role_marked(self, number: int) -> tuple[Role, int, bool]:
        if self.last is None or number >= self.last:
            return self._paragraph(number)
        return self._list_element(number)

    def _role_unmarked(
        self, number: int, expected: int, *, has_gap: bool, length: int
    ) -> tuple[Role, int, bool]:
        if (
            self._element
            and number == self._element + 1
            and not self._is_sequel(number, expected, length)
        ):
            return self._list_element(number)
        if number == expected and (has_gap or self.last is None or not self.marked):
            return self._paragraph(number)
        if number == 1 or number == self._element + 1:
            return self._list_element(number)
        if has_gap and expected < number <= expected + 3 and length > 60 and not self._element:
            return self._paragraph(number)
        if self.last is None and has_gap and number < 40 and length > 60:
            return self._paragraph(number)
        return "text", number, False

    def _is_sequel(self, number: int, expected: int, length: int) -> bool:
        """A number that fits both goes on with the paragraphs if its text is long."""
        return number == expected and not self.marked and length > 250

    def _paragraph(self, number: int, *, repaired: bool = False) -> tuple[Role, int, bool]:
        self.last, self._element = number, 0
        self.numbers.append(number)
        return "paragraph", number, repaired

    def _list_element(self, number: int) -> tuple[Role, int, bool]:
        self._element = number
        return "element", number, False
