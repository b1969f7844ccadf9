"""What changed between two reports: every task that differs is told of, and no other."""

from __future__ import annotations

import datetime as dt
import json

from hypothesis import given
from hypothesis import strategies as st

from tracker.policy.report_changes import (
    Stood,
    compare,
    reasons_since,
    stood_from_json,
    stood_to_json,
)
from tracker.policy.standing import PastChange, standing_after
from tracker.policy.statuses import STATUSES

DAY = dt.date(2008, 1, 10)


def stand(number: int = 1, **changes) -> Stood:
    values = {
        "title": "Send the list",
        "status": "agreed",
        "due_on": DAY,
        "owners": ("M. Okonjo",),
        "done_on": None,
    }
    return Stood(number, **(values | changes))


def kinds(before: Stood | None, after: Stood | None) -> list[str]:
    then = {} if before is None else {7: before}
    now = {} if after is None else {7: after}
    return [change.kind for change in compare(then, now, {})]


stands = st.builds(
    Stood,
    number=st.integers(1, 50),
    title=st.text(max_size=10),
    status=st.sampled_from(STATUSES),
    due_on=st.none() | st.dates(dt.date(2007, 1, 1), dt.date(2009, 1, 1)),
    owners=st.lists(st.sampled_from("ABC"), unique=True).map(tuple),
    done_on=st.none() | st.just(DAY),
)


@given(st.dictionaries(st.integers(1, 20), stands))
def test_nothing_changes_between_a_day_and_itself(tasks: dict[int, Stood]) -> None:
    assert compare(tasks, tasks, {}) == ()


@given(st.dictionaries(st.integers(1, 9), stands), st.dictionaries(st.integers(1, 9), stands))
def test_new_and_gone_tasks_are_counted_exactly(
    before: dict[int, Stood], after: dict[int, Stood]
) -> None:
    found = compare(before, after, {})
    assert sum(c.kind == "new" for c in found) == len(after.keys() - before.keys())
    done = [k for k, s in after.items() if s.status == "done"]
    done = [k for k in done if k not in before or before[k].status != "done"]
    assert sum(c.kind == "done" for c in found) == len(done)


@given(stands)
def test_how_a_task_stood_comes_back_from_json(one: Stood) -> None:
    assert stood_from_json(json.loads(json.dumps(stood_to_json(one)))) == one


def test_each_kind_of_change_has_its_name() -> None:
    later = DAY + dt.timedelta(days=30)
    assert kinds(None, stand()) == ["new"]
    assert kinds(None, stand(status="done", done_on=DAY)) == ["new", "done"]
    assert kinds(stand(), stand(status="done", done_on=DAY)) == ["done"]
    assert kinds(stand(), stand(due_on=later)) == ["slipped"]
    assert kinds(stand(due_on=later), stand()) == []
    assert kinds(stand(), stand(due_on=later, owners=("L. Sand",))) == ["slipped", "handed_over"]
    assert kinds(stand(status="done"), stand(status="in_progress")) == ["reopened"]
    assert kinds(stand(), stand(status="in_progress")) == []
    assert kinds(stand(), stand(status="deferred")) == ["deferred"]
    assert kinds(stand(), stand(status="declined")) == ["dropped"]
    assert kinds(stand(), None) == ["dropped"]
    assert kinds(stand(status="declined"), None) == []


def test_a_slip_says_from_which_date_to_which_and_all_reasons() -> None:
    first = {"title": "x", "kind": "action", "status": "agreed", "due_on": "2008-01-10"}
    moves = [
        PastChange("created", first, dt.date(2007, 7, 10)),
        *(
            PastChange("due_on", {"due_on": day, "basis": "extended"}, on, why)
            for day, on, why in (
                ("2008-02-01", dt.date(2007, 8, 1), "before the report"),
                ("2008-03-01", dt.date(2007, 12, 1), "reply outstanding"),
                ("2008-04-01", dt.date(2008, 1, 5), "snow"),
            )
        ),
    ]
    standing = standing_after(moves)
    assert standing is not None
    reasons = reasons_since(standing.past, dt.date(2007, 10, 1))
    (slip,) = compare(
        {1: stand(due_on=dt.date(2008, 2, 1))}, {1: stand(due_on=standing.due_on)}, {1: reasons}
    )
    assert (slip.due_before, slip.due_after) == (dt.date(2008, 2, 1), dt.date(2008, 4, 1))
    assert slip.reason == "reply outstanding; snow"
