"""Tables that list actions, row by row, as the sentences that a text would have instead.

Only what a column is headed decides; other tables stay as they are. No format is read here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.cable.markings import PORTION, read_portion
from tracker.extract.lexicon.words import ACTS

Cell = tuple[str, ...]
"""The paragraphs of a cell, blanks folded, none of them empty."""

_HEADINGS = {
    "act": re.compile(
        r"(?:agreed |proposed )?(?:actions?|action items?|action points?|tasks?|commitments?"
        r"|deliverables?|follow-?\s?ups?|follow-?up actions?|next steps?|to-?\s?dos?|measures?"
        r"|what)(?: required| agreed| to be taken)?"
    ),
    "owner": re.compile(
        r"(?:action |task )?(?:owners?|responsible|responsibility|responsibilities|who|leads?|poc"
        r"|assigned to|assignees?|action officers?|action by|by whom|in charge)"
        r"(?: (?:party|parties|office|offices|agency|agencies|person|persons|side|official))?"
    ),
    "due": re.compile(
        r"(?:target |due |completion )?(?:deadlines?|due|due by|due on|dates?|by when|when|timeline"
        r"|time-?\s?frame|timing)(?: (?:for|of) completion)?"
    ),
    "number": re.compile(r"(?:#|№|nos?\.?|nr\.?|numbers?|serial|item|item no\.?|s/n)"),
}
_LATER = re.compile(r"dates?|when|timing|timeline")
"""Headings of deadlines where they follow the action; before it they say when something was."""

_DAY = re.compile(
    r"\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|spring"
    r"|summer|autumn|fall|winter|tomorrow|next|end)",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
    r"\s+(?:working |business )?(?:day|week|month|year)s?\b",
    re.IGNORECASE,
)
_HAS_LEAD = re.compile(
    r"(?:by|before|on|in|at|within|until|during|after|upon|prior to|no later than|not later than"
    r"|nlt|cob|asap)\b",
    re.IGNORECASE,
)


def has_headings(row: Sequence[Cell]) -> bool:
    """Whether a row heads a list of actions."""
    return _columns(row) is not None


def action_lines(rows: Sequence[Sequence[Cell]]) -> list[str] | None:
    """A bullet for each action in the rows: "- Action: Ambassador Roe to send the list by 20 May".
    What stands in further columns follows with their headings; a row of one cell keeps a line of
    its own. None for a table that is no list of actions."""
    for place, row in enumerate(rows[:3]):
        columns = _columns(row)
        if columns is not None:
            above = [" ".join(_filled(each)) for each in rows[:place]]
            headings = [" ".join(cell).rstrip(": ") for cell in row]
            below = [
                _lines_of(each, columns, headings, n) for n, each in enumerate(rows[place + 1 :], 1)
            ]
            return [*filter(None, above), *(line for lines in below for line in lines)]
    return None


def _columns(row: Sequence[Cell]) -> dict[str, int] | None:
    """Which column holds what, where these are the headings of a list of actions."""
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        words = " ".join(cell).strip(" :*").lower()
        for name, pattern in _HEADINGS.items():
            if name not in found and pattern.fullmatch(words):
                found[name] = place
                break
    if "due" in found and found["due"] < found.get("act", 0):
        words = " ".join(row[found["due"]]).strip(" :*").lower()
        if _LATER.fullmatch(words):
            del found["due"]
    return found if "act" in found and ("owner" in found or "due" in found) else None


def _lines_of(
    row: Sequence[Cell], columns: dict[str, int], headings: Sequence[str], number: int
) -> list[str]:
    def cell(name: str) -> Cell:
        place = columns.get(name, len(row))
        return row[place] if place < len(row) else ()

    filled = _filled(row)
    if not cell("act") or len(filled) < 2:
        return [" ".join(filled)] if filled else []
    is_counted = " ".join(cell("number")).strip("().# ") == str(number)
    used = {columns[name] for name in ("act", "owner", "due") if name in columns}
    used |= {columns["number"]} if is_counted else set()
    more = [
        f"{headings[place]}: {' '.join(each)}" if place < len(headings) else " ".join(each)
        for place, each in enumerate(row)
        if each and place not in used
    ]
    due = _due(" ".join(cell("due")))
    left = f"{headings[columns['due']]}: {' '.join(cell('due'))}" if cell("due") and not due else ""
    owner = " and ".join(" ".join(cell("owner")).replace("; ", ";").split(";"))
    label = headings[columns["owner"]] if "owner" in columns else ""
    lines = []
    mark = ""
    for act in cell("act"):
        mark, words = _part_mark(re.sub(r"^(?:[-*•·–]|\d{1,2}[.)])\s*", "", act), mark)
        lines.append(
            f"- {mark}Action: {_sentence(words.rstrip(' .;'), (label, owner), due, left)}."
        )
    lines[-1] += "".join(f" {words.rstrip('.')}." for words in more)
    return lines


def _part_mark(act: str, before: str) -> tuple[str, str]:
    """The portion mark of an action, with a blank, and the action without it; what has none takes
    that of the paragraph before it in its cell. Only at the head of a line is it read as a mark."""
    mark = PORTION.match(act)
    if mark is None or not mark[1].isupper() or not read_portion(mark[1]):
        return before, act
    return f"{mark[0]} ", act[mark.end() :].lstrip()


def _sentence(words: str, owner: tuple[str, str], due: str, left: str) -> str:
    """One action, in the words that an action list without a table has. ``owner`` is the heading
    and who stands below it, ``left`` a deadline that is no day, with its heading."""
    label, name = owner
    first, _, rest = words.partition(" ")
    if name and first.casefold() in ACTS and not rest.startswith("of "):
        words = f"{name} to {first[0].lower()}{words[1:]}"
    elif name and not re.match(rf"{re.escape(name)}\b.*?\b(?:to|will|shall)\b", words):
        left = "; ".join(filter(None, (f"{label}: {name}", left)))
    return f"{words}{due} ({left})" if left else f"{words}{due}"


def _due(words: str) -> str:
    """The deadline as it follows an act, with a blank before it; "" where the words give none."""
    words = words.rstrip(" .;")
    if _HAS_LEAD.match(words):
        return f" {words[0].lower() if words[:2].istitle() else words[0]}{words[1:]}"
    if _PERIOD.match(words):
        return f" within {words}"
    return f" by {words}" if _DAY.search(words) else ""


def _filled(row: Sequence[Cell]) -> list[str]:
    return [" ".join(cell) for cell in row if cell]
