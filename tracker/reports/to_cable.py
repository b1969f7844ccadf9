"""The report as the text of a cable: numbered paragraphs with portion marks, section heads.

Ready to be routed but for the address lines, which the post's own system writes; no line is
longer than 69 characters. The header lines are those of the cables in tests/cables.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from tracker.policy.counts import count_tasks
from tracker.policy.markings import Marking, join_markings
from tracker.policy.report_changes import CHANGE_WORDS
from tracker.policy.statuses import STATUS_WORDS, STATUSES, date_in_words
from tracker.reports.narrative import draft_changes, draft_section, draft_standing
from tracker.reports.sections import group_by_agenda
from tracker.reports.summary import Summary, SummaryTask
from tracker.reports.view import FIRST_PAGE, NO_OWNER, TaskLine, shortlist, view_task
from tracker.reports.view_more import (
    RatingView,
    describe_change,
    end_sentence,
    paragraphs_of,
    rate_section,
    view_rating,
)

WIDTH = 69
_ASCII_MARKS = str.maketrans(
    {"–": "-", "—": "--", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "\u00a0": " "}
)
"""Cable systems carry no typographic punctuation; letters of names are left to them."""
_CLASSIFIED = ("R", "C", "S", "TS")


def render_cable(summary: Summary) -> bytes:
    """UTF-8 with LF line ends. The marking stands in the first and in the last line."""
    line = classification_line(summary.marking)
    blocks = [
        _wrap(line),
        *_write_header(summary),
        *_number_paragraphs(_list_paragraphs(summary)),
        _wrap(line),
    ]
    return ("\n\n".join(blocks) + "\n").encode()


def classification_line(marking: Marking) -> str:
    """ "C O N F I D E N T I A L", "S E C R E T NOFORN", "UNCLAS", "UNCLAS SENSITIVE"."""
    name, _, caveats = marking.banner.partition("//")
    if marking.level == "U":
        name = "UNCLAS"
    elif marking.level == "SBU":
        name = "UNCLAS SENSITIVE"
    else:
        name = "  ".join(" ".join(word) for word in name.split())
    return " ".join([name, *caveats.split("//")]).strip()


def _write_header(summary: Summary) -> Iterator[str]:
    if summary.marking.level in _CLASSIFIED:
        yield "E.O. 13526: DECL: TO BE SET BY THE CLASSIFIER"
    else:
        yield "E.O. 13526: N/A"
    if summary.tags:
        yield _wrap(f"TAGS: {', '.join(summary.tags)}")
    subject = f"{summary.dialogue}: STATUS AS OF {date_in_words(summary.as_of)}"
    yield _wrap(f"SUBJECT: {subject.upper()}")
    if summary.sources:
        yield _wrap(f"REF: {_list_references(summary.sources)}")


def _list_references(sources: tuple[str, ...]) -> str:
    """ "07BAKU832", or "A. 07BAKU832 B. 07BAKU465"; past Z they are not lettered."""
    if len(sources) == 1:
        return sources[0]
    if len(sources) > 26:
        return ", ".join(sources)
    return " ".join(f"{chr(65 + i)}. {source}" for i, source in enumerate(sources))


def _number_paragraphs(paragraphs: Iterator[tuple[str, Marking | None]]) -> Iterator[str]:
    """Heads are left as they are, the others get the next number and their mark."""
    number = 0
    for text, marking in paragraphs:
        if marking is None:
            head = _wrap(text.upper())
            yield f"{head}\n{'-' * max(map(len, head.splitlines()))}"
        else:
            number += 1
            yield _wrap(f"{number}. ({marking.short}) {text}")


def _list_paragraphs(summary: Summary) -> Iterator[tuple[str, Marking | None]]:
    """Text with its marking, None for a section head."""
    yield _write_summary(summary), summary.marking
    yield from _list_opening(summary)
    late = [task.label for task in summary.overdue]
    for title, tasks in (("Overdue", summary.overdue), ("Due within 30 days", summary.due_soon)):
        if tasks:
            yield f"{title} ({len(tasks)})", None
            for task in tasks[:FIRST_PAGE]:
                yield _write_due_task(view_task(task, summary.as_of)), task.marking
            if more := shortlist(tasks, summary.as_of).more:
                yield more, summary.marking
    for section in group_by_agenda(summary):
        yield section.heading, None
        marking = join_markings(task.marking for task in section.tasks)
        is_told = not section.tasks or any(task.label in late for task in section.tasks)
        rating = rate_section(section.item.rating, is_told=is_told)
        sentence = draft_section(section.tasks, summary.as_of, late)
        yield f"{_write_rating(rating)} {sentence}", marking
        for paragraph in paragraphs_of(section.item.narrative):
            yield paragraph, summary.marking
        for task in section.tasks:
            yield _write_task(task, view_task(task, summary.as_of)), task.marking
    yield from _list_changes(summary)
    for said in summary.remarks:
        yield f"Remarks of {said.party}", None
        for paragraph in paragraphs_of(said.text):
            yield paragraph, summary.marking
    yield "Totals", None
    yield _write_totals(summary), summary.marking


def _list_opening(summary: Summary) -> Iterator[tuple[str, Marking | None]]:
    """The rating with its reason, what the drafters wrote, and what is to be decided."""
    rating = view_rating(summary.rating)
    yield f"Rating: {_write_rating(rating, rating.words.lower())}", summary.marking
    for paragraph in paragraphs_of(summary.narrative):
        yield paragraph, summary.marking
    if summary.decisions:
        yield "Decisions wanted", None
        for decision in summary.decisions:
            yield end_sentence(decision), summary.marking


def _write_rating(rating: RatingView, words: str = "") -> str:
    parts = (f"{words or rating.words}.", rating.reason, rating.note)
    return " ".join(part for part in parts if part)


def _list_changes(summary: Summary) -> Iterator[tuple[str, Marking | None]]:
    if summary.changes is None:
        return
    yield f"Changes since {date_in_words(summary.changes.since)}", None
    yield draft_changes(summary.changes), summary.marking
    for change in summary.changes.tasks:
        words = describe_change(change)
        kind = CHANGE_WORDS[change.kind]
        said = f" {words}." if words else ""
        yield f"{kind}: task {change.label}, {change.title}.{said}", change.marking


def _write_summary(summary: Summary) -> str:
    sample = "This is sample data. " if summary.is_sample else ""
    standing = " ".join(draft_standing(summary))
    return (
        f"Summary: {sample}{summary.meeting}, status as of {date_in_words(summary.as_of)}. "
        f"{standing} End summary."
    )


def _write_due_task(line: TaskLine) -> str:
    return f"Task {line.number}: {line.title}. {_owner(line)}. Due: {_due(line)}."


def _owner(line: TaskLine) -> str:
    return line.owners if line.owners == NO_OWNER else f"Owner: {line.owners}"


def _write_task(task: SummaryTask, line: TaskLine) -> str:
    parts = [
        f"Task {line.number}: {line.title}.",
        f"Responsible: {line.responsible or 'not named'}; {_lower_first(_owner(line))}.",
        f"Status: {line.status_words.lower()}{f' on {line.done}' if line.done else ''}.",
        f"Due: {_due(line)}.",
    ]
    if line.slip:
        parts.append(f"{line.slip}.")
    if task.last_remark:
        source = f" ({line.remark_source})" if line.remark_source else ""
        parts.append(f"Last remark{source}: {task.last_remark}")
    return " ".join(parts)


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]


def _due(line: TaskLine) -> str:
    due = line.due.lower() if line.due == "No date" else line.due
    return f"{due} ({line.lateness})" if line.lateness else due


def _write_totals(summary: Summary) -> str:
    counts = ", ".join(f"{STATUS_WORDS[s].lower()} {summary.totals[s]}" for s in STATUSES)
    return f"{count_tasks(len(summary.tasks)).capitalize()}: {counts}."


def _wrap(text: str) -> str:
    """One paragraph in lines of at most 69 characters; a word longer than that is broken."""
    plain = text.translate(_ASCII_MARKS)
    return "\n".join(textwrap.wrap(plain, WIDTH, break_on_hyphens=False))
