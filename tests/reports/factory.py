"""Summaries for the tests: small ones to order, and a realistic one of invented governments.

No database; what is made here is what services/build_report would hand over.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from tests.reports.sample import AGENDA, AS_OF, ROWS
from tracker.policy.markings import Marking, join_markings
from tracker.policy.ratings import Rating
from tracker.policy.report_changes import TaskChange
from tracker.policy.statuses import STATUSES
from tracker.reports.summary import (
    Changes,
    Edition,
    SideRemark,
    Summary,
    SummaryAgendaItem,
    SummaryTask,
    TrendPoint,
)

CONFIDENTIAL = Marking("C")


def make_task(number: int = 1, **changes: Any) -> SummaryTask:
    """An agreed task due in two months, under item A."""
    values: dict[str, Any] = {
        "number": number,
        "title": f"Task of number {number}",
        "agenda": "A",
        "kind": "action",
        "responsible": ("Tervania",),
        "owners": ("Ministry of Defence",),
        "status": "agreed",
        "due_on": AS_OF + dt.timedelta(days=60),
        "due_basis": "default",
        "marking": CONFIDENTIAL,
    }
    return SummaryTask(**(values | changes))


def make_summary(
    *tasks: SummaryTask,
    edition: Edition = "internal",
    agenda: tuple[tuple[str | None, str], ...] = (("A", "Security sector reform"),),
    **changes: Any,
) -> Summary:
    """A report of these tasks, with counts that fit them."""
    items = tuple(
        SummaryAgendaItem(label, title, _count([t for t in tasks if t.agenda == label]))
        for label, title in agenda
    )
    values: dict[str, Any] = {
        "dialogue": "Tervania–Solmark Security Dialogue",
        "slug": "tervania-solmark-security-dialogue",
        "parties": ("Tervania", "Solmark"),
        "as_of": AS_OF,
        "edition": edition,
        "marking": join_markings(t.marking for t in tasks),
        "meeting": "Meeting of 9–10 July 2007",
        "totals": _count(tasks),
        "agenda": items,
        "tasks": tasks,
        "generated_at": dt.datetime(2008, 1, 10, 6, 30, tzinfo=dt.UTC),
    }
    return Summary(**(values | changes))


def _count(tasks: Any) -> dict[str, int]:
    return {status: sum(1 for t in tasks if t.status == status) for status in STATUSES}


_TREND = (
    (30, 0, 0),
    (29, 1, 0),
    (28, 2, 1),
    (27, 3, 3),
    (24, 5, 6),
    (22, 6, 8),
    (21, 7, 11),
    (19, 8, 13),
    (17, 10, 15),
)
_OWNERS = (
    ("Əli Məmmədov",),
    ("Ministry of Defence, Plans Directorate",),
    ("Иван Петренко", "Office of Treaty Affairs"),
    ("Ambassador A. Verane",),
    (),
    ("王小明",),
)


def make_sample_summary(edition: Edition = "internal", **changes: Any) -> Summary:
    """Thirty tasks over items A to K and one under none, some late, some done."""
    tasks = tuple(_make_row(i, row, edition) for i, row in enumerate(ROWS, 1))
    trend = tuple(
        TrendPoint(dt.date(2007, 7, 10) + dt.timedelta(days=23 * i), *counts)
        for i, counts in enumerate(_TREND)
    )
    values: dict[str, Any] = {
        "agenda": (*AGENDA, (None, "")),
        "edition": edition,
        "trend": trend,
        "sources": ("07PORTANSELM832", "07PORTANSELM465"),
        "tags": ("PREL", "MARR", "MOPS"),
    }
    return make_summary(*tasks, **(values | changes))


CHANGES = Changes(
    since=dt.date(2007, 7, 10),
    tasks=(
        TaskChange("new", 30, "Prepare the joint press statement", CONFIDENTIAL),
        TaskChange("done", 1, "Hand over a preview", CONFIDENTIAL, on=dt.date(2008, 1, 7)),
        TaskChange(
            "slipped",
            15,
            "Carry out a needs assessment",
            CONFIDENTIAL,
            due_before=dt.date(2007, 10, 1),
            due_after=dt.date(2007, 11, 30),
            reason="terms of reference not agreed",
        ),
        TaskChange(
            "handed_over",
            4,
            "Brief the delegation",
            CONFIDENTIAL,
            owners_before=("Ambassador A. Verane",),
            owners_after=("L. Okonjo",),
        ),
        TaskChange("dropped", 12, "Report on the consultations", CONFIDENTIAL, reason="overtaken"),
    ),
    reference="the day of the last report",
)


def make_full_summary(edition: Edition = "internal", **changes: Any) -> Summary:
    """The realistic sample with all that people and policy add to a report."""
    values: dict[str, Any] = {
        "narrative": "The talks keep their pace.\nTwo ministries are to meet in March.",
        "decisions": ("Whether to fund the second phase", "Who hosts the next round"),
        "remarks": (
            SideRemark("Tervania", "We thank the hosts."),
            SideRemark("Solmark", "So do we."),
        ),
        "changes": CHANGES,
        "next_dates": ((dt.date(2008, 7, 10), "Next report"),),
        "extra": {"stamp": "Version 1, frozen on 11 January 2008."},
        "rating": Rating("at_risk", "The funding gap is about to close.", "off_track"),
    }
    return make_sample_summary(edition, **(values | changes))


def make_many_times(summary: Summary, times: int) -> Summary:
    """The same report with each of its tasks so many times, under numbers of their own."""
    tasks = tuple(
        dataclasses.replace(task, number=task.number + len(summary.tasks) * turn)
        for turn in range(times)
        for task in summary.tasks
    )
    return dataclasses.replace(summary, tasks=tasks, totals=_count(tasks))


def _make_row(
    number: int, row: tuple[str | None, str, str, dt.date, str | None], edition: Edition
) -> SummaryTask:
    agenda, title, status, due_on, remark = row
    internal = edition == "internal"
    moved = number == 15
    return make_task(
        number,
        title=title,
        agenda=agenda,
        status=status,
        kind=("action", "commitment", "request", "objective")[number % 4],
        responsible=(("Tervania",), ("Solmark",), ("Tervania", "Solmark"))[number % 3],
        owners=_OWNERS[number % len(_OWNERS)],
        due_on=due_on,
        due_basis="extended" if moved else "stated" if number % 5 == 0 else "default",
        marking=Marking("S", frozenset({"NOFORN"})) if number == 12 else CONFIDENTIAL,
        last_remark=remark,
        last_remark_on=AS_OF - dt.timedelta(days=number) if remark else None,
        last_remark_by="L. Okonjo" if remark else None,
        done_on=AS_OF - dt.timedelta(days=3 * number) if status == "done" else None,
        first_due_on=dt.date(2007, 10, 1) if moved else None,
        extension_reason="terms of reference not agreed" if moved else None,
        passage=f"We suggest this: {title}." if internal and number % 2 else None,
        url=f"https://tracker.example/tasks/{number}" if internal else None,
    )


def make_hostile_summary(edition: Edition = "internal") -> Summary:
    """What the outside world may put into a report: markup, formulas, long words, odd letters."""
    tasks = (
        make_task(
            1,
            title='<script>alert("x")</script> & #set page() $x$ *no* @ref [link](http://x.y)',
            owners=('=HYPERLINK("http://evil")', "Əli\x00 Məmmədov‮", "محمد عبد الله", "王小明 🙂"),
            last_remark="@SUM(1)\tcell\r\n\r\n" + "word " * 5000,
            last_remark_by="+Я",
            url="javascript:alert(1)",
            passage="-1+2 <b>passage</b>",
        ),
        make_task(2, title="x" * 400, agenda="Z", owners=(), due_on=None, marking=Marking()),
        make_task(3, title="\tTab", agenda=None, status="done", done_on=AS_OF, due_on=AS_OF),
    )
    return make_summary(*tasks, edition=edition, dialogue="<i>A & B</i>\nDialogue", tags=("PREL",))
