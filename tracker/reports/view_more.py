"""The parts of a report in words that are not lists of tasks: ratings, changes, paragraphs.

What is a list or table of tasks is view.py's; nothing here knows a format.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tracker.policy.ratings import LEVEL_WORDS, RULES, Rating
from tracker.policy.report_changes import CHANGE_KINDS, CHANGE_WORDS, TaskChange
from tracker.policy.statuses import date_in_words
from tracker.reports.narrative import draft_changes
from tracker.reports.summary import Summary


@dataclass(frozen=True, slots=True)
class RatingView:
    """A rating in words: "At risk", its shape, its reason, and a note where a person set it."""

    level: str
    words: str
    sign: str
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change: the task, and what of it changed ("From 10 January to 1 March 2008: reply
    outstanding")."""

    number: str
    portion: str
    title: str
    words: str
    url: str | None


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Changes of one kind under their heading ("Slipped (2)")."""

    kind: str
    heading: str
    lines: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """Paragraphs under a heading: a side's remarks."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class More:
    """All of it; ``changes_heading`` is "" where no changes are told."""

    rating: RatingView
    rules: tuple[str, ...]
    narrative: tuple[str, ...]
    decisions: tuple[str, ...]
    remarks: tuple[Said, ...]
    next_dates: tuple[str, ...]
    changes_heading: str
    changes_sentence: str
    changes: tuple[ChangeGroup, ...]
    stamp: str


def view_more(summary: Summary) -> More:
    """The guarded Summary's ratings, changes and paragraphs in words."""
    changes = summary.changes
    return More(
        rating=view_rating(summary.rating),
        rules=RULES,
        narrative=paragraphs_of(summary.narrative),
        decisions=summary.decisions,
        remarks=tuple(
            Said(f"Remarks of {remark.party}", paragraphs_of(remark.text))
            for remark in summary.remarks
        ),
        next_dates=tuple(f"{date_in_words(day)}: {words}" for day, words in summary.next_dates),
        changes_heading=f"What changed since {date_in_words(changes.since)}" if changes else "",
        changes_sentence=draft_changes(changes) if changes else "",
        changes=tuple(_group_changes(summary)),
        stamp=summary.extra.get("stamp", ""),
    )


def view_rating(rating: Rating | None) -> RatingView:
    """The rating in words; guard.py sees to it that there is one."""
    if rating is None:
        raise ValueError("a rating is computed before it is shown")
    if not rating.is_overridden:
        return RatingView(rating.level, rating.words, rating.sign, rating.reason, "")
    note = f"Set by hand; by the rules: {LEVEL_WORDS[rating.computed].lower()}."
    # A person may end their reason without a stop; ours follows on the same line.
    return RatingView(rating.level, rating.words, rating.sign, end_sentence(rating.reason), note)


def end_sentence(text: str) -> str:
    """What a person wrote, with a stop where it has none."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def rate_section(rating: Rating | None, *, is_told: bool) -> RatingView:
    """The rating of an agenda item. Where the sentence beside it tells what is overdue, or that
    there is nothing (``is_told``), the reason by the rules would only say it again."""
    found = view_rating(rating)
    return replace(found, reason="") if is_told and not found.note else found


def paragraphs_of(text: str) -> tuple[str, ...]:
    """A text as typed, in paragraphs."""
    return tuple(part.strip() for part in text.split("\n") if part.strip())


def describe_change(change: TaskChange) -> str:
    """What of the task changed, in words; "" where the kind says it all."""
    if change.kind == "slipped":
        words = f"From {date_in_words(change.due_before)} to {date_in_words(change.due_after)}"
    elif change.kind == "handed_over":
        before = ", ".join(change.owners_before) or "nobody"
        words = f"From {before} to {', '.join(change.owners_after) or 'nobody'}"
    else:
        words = date_in_words(change.on) if change.on else ""
    return ": ".join(part for part in (words, change.reason) if part)


def _group_changes(summary: Summary) -> Iterator[ChangeGroup]:
    changes = summary.changes.tasks if summary.changes else ()
    urls = {task.label: task.url for task in summary.tasks}
    for kind in CHANGE_KINDS:
        lines = tuple(
            ChangeLine(
                c.label, f"({c.marking.short})", c.title, describe_change(c), urls.get(c.label)
            )
            for c in changes
            if c.kind == kind
        )
        if lines:
            yield ChangeGroup(kind, f"{CHANGE_WORDS[kind]} ({len(lines)})", lines)
