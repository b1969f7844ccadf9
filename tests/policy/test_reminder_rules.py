"""What can be set about reminders, in words, and when a person is told by it."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.policy.errors import InvalidInput
from tracker.policy.reminder_calls import Case, approval_on, call_on, next_call
from tracker.policy.reminder_rules import (
    DEFAULT_RULES,
    ReminderRules,
    check_rules,
    read_lead_days,
    rules_in_words,
)
from tracker.policy.workdays import is_working_day

DAY = dt.timedelta(days=1)
THURSDAY = dt.date(2008, 1, 10)
OFF = ReminderRules((), None, None, None, None, None)

days = st.none() | st.integers(1, 90)
rules = st.builds(
    ReminderRules,
    st.lists(st.integers(0, 90), max_size=4).map(lambda found: tuple(sorted(set(found)))[::-1]),
    st.none() | st.integers(2, 40),
    days,
    days,
    st.none() | st.integers(14, 90),
    days,
)


def make_case(given_rules: ReminderRules = DEFAULT_RULES, **changes) -> Case:
    values = {
        "due_on": THURSDAY,
        "updated_on": THURSDAY - 100 * DAY,
        "rules": given_rules,
        "lead_days": given_rules.lead_days,
    }
    return Case(**{**values, **changes})


def test_the_defaults_in_words():
    assert rules_in_words(DEFAULT_RULES) == [
        "Owners are reminded 30, 14, 7 and 1 days before a task is due and on the day itself.",
        "While a task is overdue, they are reminded the day after it was due and then every week.",
        "When a task has been overdue for 14 days, the head of its owner's office is told of it, "
        "once.",
        "When a task has been overdue for 28 days, the co-chairs of our side are told of it, once.",
        "When nothing was heard of an open task for 60 days, and it is not due yet, its owner is "
        "asked for an update.",
        "Who has an agreed list or a report to approve is reminded of it every week until their "
        "side has approved it.",
    ]


def test_what_is_off_says_so():
    assert all(sentence.startswith(("Nobody", "Overdue", "Owners are not"))
               for sentence in rules_in_words(OFF))  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [("30, 14,7", (30, 14, 7)), ("0", (0,)), ("7 30", (30, 7)), ("1;1", (1,)), ("", ()), (" ", ())],
)
def test_lead_days_are_read_in_any_order_and_each_once(text: str, found: tuple[int, ...]):
    assert read_lead_days(text) == found


@pytest.mark.parametrize("text", ["a week", "-3", "1.5", "30, x", "99999", "٣"])
def test_what_are_no_days_is_refused(text: str):
    with pytest.raises(InvalidInput, match="Write whole days") as refused:
        read_lead_days(text)
    assert refused.value.field == "lead_days"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"lead_days": (181,)}, "lead_days", "from 0 to 180"),
        ({"lead_days": tuple(range(9))}, "lead_days", "at most 8"),
        ({"overdue_every": 1}, "overdue_every", "Give 2 to 366 days"),
        ({"stale_after": 13}, "stale_after", "Give 14 to 366 days, or nothing"),
        ({"approval_every": 0}, "approval_every", "Give 2"),
        ({"head_after": 367}, "head_after", "366"),
        ({"head_after": 20, "chair_after": 20}, "chair_after", "more than 20 days"),
    ],
)
def test_what_cannot_be_set_names_its_field(changes: dict, field: str, words: str):
    with pytest.raises(InvalidInput, match=words) as refused:
        check_rules(replace(DEFAULT_RULES, **changes))
    assert refused.value.field == field


def test_defaults_and_all_off_can_be_set():
    check_rules(DEFAULT_RULES)
    check_rules(OFF)


def test_whoever_heard_as_co_chair_is_not_told_as_head_too():
    late = THURSDAY + 40 * DAY
    head = make_case(step="head")
    assert call_on(head, late, {"raised:chair": late}) is None
    assert call_on(head, late, {}) is not None


def test_a_pause_holds_a_step_back_until_its_end():
    case = make_case(step="head", quiet_until=THURSDAY + 20 * DAY)
    assert call_on(case, THURSDAY + 15 * DAY, {}) is None
    found = next_call(case, THURSDAY + 13 * DAY, {})
    assert found is not None
    assert found[0] == THURSDAY + 20 * DAY


@given(rules, st.sampled_from(["", "head", "chair"]), st.integers(-120, 120), st.integers(0, 200))
def test_the_next_call_is_the_first_day_on_which_something_is_to_be_told(
    given_rules: ReminderRules, step: str, start: int, quiet: int
):
    """Looking only on the days that are kept finds what looking every day would."""
    case = make_case(given_rules, step=step, updated_on=THURSDAY - quiet * DAY)
    after = THURSDAY + start * DAY
    told = {"7": after - DAY} if start > -7 else {}
    found = next_call(case, after, told)
    horizon = (after + n * DAY for n in range(1, 130))
    daily = next(((d, call_on(case, d, told)) for d in horizon if call_on(case, d, told)), None)
    if daily is not None:
        assert found == daily
    else:
        assert found is None or found[0] > after + 129 * DAY


@given(rules, st.integers(0, 200), st.sampled_from([None, "US", "AZ", "SA"]))
def test_nothing_that_can_wait_is_sent_on_a_day_off(
    given_rules: ReminderRules, quiet: int, country: str | None
):
    case = make_case(given_rules, country=country, updated_on=THURSDAY - quiet * DAY)
    for step in ("", "head", "chair"):
        for n in range(-100, 100):
            day = THURSDAY + n * DAY
            found = call_on(replace(case, step=step), day, {})
            if found is not None and ":" in found.key:
                assert is_working_day(day, country)


@given(rules, st.integers(-150, 0))
def test_swept_daily_a_person_is_asked_for_updates_no_more_often_than_the_rule_says(
    given_rules: ReminderRules, start: int
):
    case = make_case(given_rules, updated_on=THURSDAY + start * DAY)
    told: dict[str, dt.date] = {}
    asked = []
    for n in range(start, 0):
        found = call_on(case, THURSDAY + n * DAY, told)
        if found is not None:
            told[found.key] = THURSDAY + n * DAY
            asked += [THURSDAY + n * DAY] if found.key.startswith("stale") else []
    apart = given_rules.stale_after or 0
    assert all((later - earlier).days >= apart for earlier, later in pairwise(asked))
    assert all((day - case.updated_on).days >= apart for day in asked)


def test_an_approval_is_asked_for_at_once_and_then_keeps_its_distance():
    assert approval_on(THURSDAY, 7, None, is_told=False) == THURSDAY
    assert approval_on(THURSDAY, 7, None, is_told=True) == THURSDAY + 7 * DAY
    assert approval_on(THURSDAY, 2, THURSDAY, is_told=False) == THURSDAY + 4 * DAY  # A Monday.
    assert approval_on(THURSDAY, None, None, is_told=False) is None
