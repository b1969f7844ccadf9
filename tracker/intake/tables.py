"""Tables that list actions, row by row, as the sentences that a text would have instead.

Only what a column is headed decides; other tables stay as they are. No format is read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import reduce

from tracker.cable.markings import PORTION, join, read_portion
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
_SIGN = re.compile(r"^(?:[-*•·–]|\d{1,2}[.)](?!\d))\s*")

_LONGEST_SPANNING = 500
"""Characters of a cell that are read anew in every row it spans; more could fill the memory."""


def has_headings(row: Sequence[Cell]) -> bool:
    """Whether a row heads a list of actions."""
    return _columns(row) is not None


def action_lines(rows: Sequence[Sequence[Cell]]) -> list[str] | None:
    """A bullet for each action in the rows: "- Action: Ambassador Roe to send the list by 20 May".
    What stands in further columns follows with their headings; a row of one cell keeps a line of
    its own, headings that a new page repeats have none. None for a table that lists no actions."""
    for place, row in enumerate(rows[:3]):
        columns = _columns(row)
        if columns is not None:
            above = [_line_of(each) for each in rows[:place]]
            mark = _mark_of(row)
            headings = _headings(row)
            left = (
                each
                for each in rows[place + 1 :]
                if _headings(each) != headings or _mark_of(each) != mark
            )
            below = [_lines_of(each, columns, headings, n, mark) for n, each in enumerate(left, 1)]
            return [*filter(None, above), *(line for lines in below for line in lines)]
    return None


def spanning(cell: Cell) -> Cell:
    """What a cell that spans several rows says in those below the first: a long one only its
    portion marks."""
    if sum(map(len, cell)) <= _LONGEST_SPANNING:
        return cell
    mark = _joined(mark for mark, _ in map(_parted, cell))
    return (f"({mark})",) if mark else ()


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


def _headings(row: Sequence[Cell]) -> list[str]:
    return [" ".join(_bare(cell)).rstrip(": ") for cell in row]


def _lines_of(
    row: Sequence[Cell], columns: dict[str, int], headings: Sequence[str], number: int, above: str
) -> list[str]:
    """The lines of a row, ``number`` below the headings; ``above`` is the mark of those."""
    if columns["act"] >= len(row) or not row[columns["act"]] or len(_filled(row)) < 2:
        return list(filter(None, [_line_of(row)]))
    acts = row[columns["act"]]
    beside = _joined([above, _mark_of(row, but=columns["act"])])
    row = [_bare(cell) for cell in row]

    def cell(name: str) -> str:
        place = columns.get(name, len(row))
        return " ".join(row[place]) if place < len(row) else ""

    is_counted = cell("number").strip("().# ") == str(number)
    used = {columns[name] for name in ("act", "owner", "due") if name in columns}
    used |= {columns["number"]} if is_counted else set()
    more = [
        f"{headings[place]}: {' '.join(each)}" if any(headings[place:][:1]) else " ".join(each)
        for place, each in enumerate(row)
        if each and place not in used
    ]
    due = _due(cell("due"))
    left = f"{headings[columns['due']]}: {cell('due')}" if cell("due") and not due else ""
    owner = " and ".join(cell("owner").replace("; ", ";").split(";"))
    label = headings[columns["owner"]] if "owner" in columns else ""
    lines = []
    own = ""
    for act in acts:
        found, words = _parted(act)
        own = found or own  # What has none takes that of the paragraph before it in its cell.
        mark = _in_brackets(_joined([own, beside]))
        words = _SIGN.sub("", words).rstrip(" .;")
        lines.append(f"- {mark}Action: {_sentence(words, (label, owner), due, left)}.")
    lines[-1] += "".join(f" {words.rstrip('.')}." for words in more)
    return lines


def _line_of(row: Sequence[Cell]) -> str:
    """A row that is no action as one line, headed by the highest mark in it."""
    line = " ".join(_filled(row))
    mark = _mark_of(row)
    return line if mark == _parted(line)[0] else f"{_in_brackets(mark)}{line}"


def _mark_of(row: Sequence[Cell], but: int | None = None) -> str:
    """What the portion marks in a row come to, without those of the cell ``but``: only at the head
    of a line is a mark read, so that one further on would be lost. A "(U)" with words behind it
    speaks for those alone, unless the row begins with it: it must not lower the rest."""
    first = next((place for place, cell in enumerate(row) if cell), None)
    marks = []
    for place, cell in enumerate(row):
        for mark, words in map(_parted, () if place == but else cell):
            if mark != "U" or not words or place == first:
                marks.append(mark)
    return _joined(marks)


def _joined(marks: Iterable[str]) -> str:
    """The highest of short forms with the caveats of all; a release holds only where each has
    it."""
    every = list(filter(None, marks))
    parts = reduce(join, every).split("//") if every else []
    return "//".join(
        part
        for part in parts
        if not part.startswith("REL") or all(part in one.split("//") for one in every)
    )


def _in_brackets(mark: str) -> str:
    return f"({mark}) " if mark else ""


def _bare(cell: Cell) -> Cell:
    return tuple(filter(None, (_parted(paragraph)[1] for paragraph in cell)))


def _parted(paragraph: str) -> tuple[str, str]:
    """The short form of the marks that a paragraph begins with, and the words behind them."""
    rest = _SIGN.sub("", paragraph)
    marks = []
    while (found := PORTION.match(rest)) and (found[1].isupper() or len(found[1]) > 1):
        read = read_portion(found[1])
        if read is None:
            break
        marks.append(read)
        rest = rest[found.end() :].lstrip(" :")
    return (_joined(marks), rest) if marks else ("", paragraph)


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
