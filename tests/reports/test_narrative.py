"""The sentences of a report: they read well, and their numbers are the report's numbers."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.factory import AS_OF, make_sample_summary, make_summary, make_task
from tracker.policy.counts import count_in_words, count_tasks, spell_out
from tracker.policy.report_changes import CHANGE_KINDS, ChangeKind, TaskChange
from tracker.policy.statuses import OPEN, STATUSES
from tracker.reports.narrative import draft_changes, draft_section, draft_standing
from tracker.reports.summary import Changes, Summary, SummaryTask

_SMALL = (
    *("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS = {word: number for number, word in enumerate(_SMALL)} | {
    f"{ten}-{_SMALL[one]}" if one else ten: 10 * (place + 2) + one
    for place, ten in enumerate(_TENS)
    for one in range(10)
}
NUMBER = rf"(?:{'|'.join(sorted(WORDS, key=len, reverse=True))}|[\d,]+)"


def read_number(word: str) -> int:
    word = word.lower()
    return WORDS[word] if word in WORDS else int(word.replace(",", ""))


def find_count(pattern: str, text: str) -> int:
    """The one number that stands before ``pattern``; 0 where the text says nothing of it."""
    found = re.findall(rf"({NUMBER})(?: more)? {pattern}", text, re.IGNORECASE)
    assert len(found) < 2, text
    return read_number(found[0]) if found else 0


@st.composite
def tasks(draw: st.DrawFn) -> tuple[SummaryTask, ...]:
    kinds = draw(st.lists(st.sampled_from(STATUSES), min_size=1, unique=True))
    row = st.tuples(
        st.sampled_from(kinds),
        st.none() | st.integers(-400, 400),
        st.sampled_from(["A", "B", None]),
    )
    # Few kinds in long lists, so that counts above ten come up often.
    rows = draw(st.lists(row, max_size=4) | st.lists(row, min_size=12, max_size=150))
    return tuple(
        make_task(
            number,
            status=status,
            agenda=agenda,
            due_on=None if days is None else AS_OF + dt.timedelta(days=days),
        )
        for number, (status, days, agenda) in enumerate(rows, 1)
    )


def summaries() -> st.SearchStrategy[Summary]:
    return tasks().map(lambda listed: make_summary(*listed))


@given(summaries())
def test_the_standing_says_how_many_are_done_and_open(summary: Summary) -> None:
    text = " ".join(draft_standing(summary))
    total = len(summary.tasks)
    still_open = sum(summary.totals[s] for s in OPEN)
    if total < 2:
        return
    if match := re.match(rf"({NUMBER}) of ({NUMBER}) tasks", text, re.IGNORECASE):
        assert read_number(match[1]) == summary.totals["done"]
        assert read_number(match[2]) == total
    elif match := re.match(rf"All ({NUMBER}) tasks are done", text):
        assert read_number(match[1]) == total == summary.totals["done"]
    elif text.startswith("Both tasks are done"):
        assert total == 2 == summary.totals["done"]
    else:
        match = re.match(rf"(?:None|Neither) of the ({NUMBER}) tasks is done yet", text)
        assert match, text
        assert read_number(match[1]) == total
        assert summary.totals["done"] == 0
    if still_open not in (0, total):
        assert find_count("(?:is|are) open", text) == still_open
    assert ("Nothing remains open." in text) == (still_open == 0)


@given(summaries())
def test_the_standing_says_how_many_were_set_aside(summary: Summary) -> None:
    text = " ".join(draft_standing(summary))
    for status in ("deferred", "declined"):
        if len(summary.tasks) > 1:
            assert find_count(f"(?:is|are) {status}", text) == summary.totals[status]
        else:
            assert (f"is {status}" in text) == (summary.totals[status] == 1)


@given(summaries())
def test_the_standing_says_how_many_are_late_and_by_how_much(summary: Summary) -> None:
    text = " ".join(draft_standing(summary))
    assert find_count("(?:is|are) overdue", text) == len(summary.overdue)
    days = re.search(r"by ([\d,]+) days?\b", text)
    if summary.overdue:
        oldest = min(t.due_on for t in summary.overdue if t.due_on)
        assert days
        assert read_number(days[1]) == (AS_OF - oldest).days
    else:
        assert not days


@given(summaries())
def test_the_standing_says_how_many_fall_due_soon(summary: Summary) -> None:
    text = " ".join(draft_standing(summary))
    if summary.due_soon:
        assert find_count("(?:falls|fall) due", text) == len(summary.due_soon)
    undated = [t for t in summary.tasks if t.status in OPEN and t.due_on is None]
    assert find_count("(?:has|have) no date", text) == len(undated)


@given(tasks())
def test_the_sentence_of_an_agenda_item_agrees_with_its_tasks(
    listed: tuple[SummaryTask, ...],
) -> None:
    summary = make_summary(*listed)
    late = [t.label for t in summary.overdue]
    sentence = draft_section(listed, AS_OF, late)
    assert find_count("(?:is|are) overdue", sentence) == len(late)
    if match := re.match(rf"({NUMBER}) of {NUMBER} tasks (?:is|are) done", sentence, re.IGNORECASE):
        assert read_number(match[1]) == summary.totals["done"]


CHANGE_PATTERNS = {
    "new": "(?:is|are) new",
    "done": "(?:was|were) done",
    "slipped": "slipped",
    "handed_over": "(?:was|were) handed over",
    "reopened": "(?:was|were) taken up again",
    "deferred": "(?:was|were) deferred",
    "dropped": "(?:was|were) dropped",
}


@given(st.lists(st.sampled_from(CHANGE_KINDS), max_size=40))
def test_the_sentence_of_changes_counts_each_kind(kinds: list[ChangeKind]) -> None:
    made = tuple(TaskChange(kind, n, "x") for n, kind in enumerate(kinds, 1))
    text = draft_changes(Changes(AS_OF, made))
    for kind, pattern in CHANGE_PATTERNS.items():
        assert find_count(pattern, text) == kinds.count(kind)
    assert text.startswith("Nothing has changed since") == (not kinds)


def test_the_sample_reads_as_a_person_would_write() -> None:
    assert draft_standing(make_sample_summary()) == (
        "Ten of 30 tasks are done, 17 are open, two are deferred and one is declined.",
        "Four are overdue, the longest (task 3) by 41 days; five more fall due by 7 February 2008.",
    )


def test_the_shared_edition_says_that_nothing_is_agreed_yet() -> None:
    said = draft_standing(make_summary(edition="shared"))
    assert said == ("There is nothing to report yet: nothing has been agreed.",)


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ((), "There is nothing to report yet: the list holds no tasks."),
        ((make_task(status="done"),), "The one task is done. Nothing remains open."),
        ((make_task(status="deferred"),), "The one task is deferred. Nothing remains open."),
        (
            (make_task(due_on=AS_OF),),
            "The one task is not done yet. None is overdue; one falls due today.",
        ),
        (
            (make_task(4, due_on=AS_OF - dt.timedelta(1)), make_task(5, status="done")),
            "One of two tasks is done and one is open. "
            "One is overdue (task 4), by 1 day; none falls due within 30 days.",
        ),
        (
            (make_task(1), make_task(2, due_on=None)),
            "Neither of the two tasks is done yet. "
            "None is overdue; the next falls due on 10 March 2008; one has no date.",
        ),
        (
            (make_task(1, status="done"), make_task(2, status="done")),
            "Both tasks are done. Nothing remains open.",
        ),
    ],
)
def test_the_standing_of_small_lists(listed: tuple[SummaryTask, ...], expected: str) -> None:
    assert " ".join(draft_standing(make_summary(*listed))) == expected


def test_counts_are_words_up_to_ten_and_figures_above() -> None:
    assert [count_in_words(n) for n in (0, 1, 10, 11, 1204)] == [
        "none",
        "one",
        "ten",
        "11",
        "1,204",
    ]
    assert [count_tasks(n) for n in (0, 1, 2)] == ["no tasks", "one task", "two tasks"]


def test_a_sentence_begins_with_a_word_wherever_one_exists() -> None:
    late = [make_task(n, due_on=AS_OF - dt.timedelta(days=2)) for n in range(1, 70)]
    assert draft_standing(make_summary(*late))[1].startswith("Sixty-nine are overdue, the longest")
    many = [make_task(n, due_on=AS_OF - dt.timedelta(days=2)) for n in range(1, 105)]
    assert draft_standing(make_summary(*many))[1].startswith("104 are overdue")


def test_numbers_below_a_hundred_can_be_spelled_out() -> None:
    assert [WORDS[spell_out(n)] for n in range(100)] == list(range(100))
