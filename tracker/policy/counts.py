"""Counts as words: "none", "one" … "ten", then figures; the same in pages, mails and reports.

Words only: what is counted is known elsewhere.
"""

from __future__ import annotations

import re

_WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_TEENS = (
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def count_in_words(count: int) -> str:
    """ "none", "one" … "ten", then figures: "11", "1,204"."""
    return _WORDS[count] if count < len(_WORDS) else f"{count:,}"


def spell_out(count: int) -> str:
    """A number below a hundred in words: "eleven", "twenty", "sixty-eight"."""
    if count < 20:
        return (*_WORDS, *_TEENS)[count]
    tens, ones = divmod(count, 10)
    return f"{_TENS[tens - 2]}-{_WORDS[ones]}" if ones else _TENS[tens - 2]


def count_tasks(count: int) -> str:
    """ "no tasks", "one task", "12 tasks"."""
    if count == 0:
        return "no tasks"
    return f"{count_in_words(count)} task{'' if count == 1 else 's'}"


def count_days(days: int) -> str:
    """ "1 day", "41 days": lengths of time are always figures."""
    return f"{days:,} day{'' if days == 1 else 's'}"


def are(count: int) -> str:
    """ "one is", "two are"."""
    return f"{count_in_words(count)} {'is' if count == 1 else 'are'}"


def have(count: int) -> str:
    """ "one has", "two have"."""
    return f"{count_in_words(count)} {'has' if count == 1 else 'have'}"


def listed(clauses: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(clauses) == 1:
        return clauses[0]
    return f"{', '.join(clauses[:-1])} and {clauses[-1]}"


def sentence(text: str) -> str:
    """The words as a sentence: a capital, a full stop, and no figure below a hundred at its
    beginning ("Sixty-eight are overdue.")."""
    figure = re.match(r"\d{2}\b(?!,)", text)
    if figure:
        text = spell_out(int(figure[0])) + text[2:]
    return f"{text[0].upper()}{text[1:]}."
