"""How long reports take: 200 and 5,000 tasks as files, and a past day of a long history.

Rows are written in bulk, past the services; the history has no hashes.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import insert, select

from tests.bench.pages import fill
from tests.postgres import migrated_database_url
from tests.reports.factory import AGENDA, make_full_summary, make_summary
from tests.world import World
from tracker.db import Database
from tracker.models import Change, Task
from tracker.policy.visibility import SYSTEM_SCOPE
from tracker.queries.past_standings import standing_on
from tracker.reports import Summary, render, render_html_body
from tracker.services.upgrade_database import upgrade_database

TASKS, CHANGES = 100_000, 1_000_000
AIMS = {"page": 0.1, "pdf": 0.5, "docx": 1.0, "xlsx": 0.3}
DAY = dt.date(2008, 1, 10)
Row = tuple[str, float, str]


def run() -> list[Row]:
    """The median of five for small reports, once for the large one and each database."""
    return [*_files(), _long_pdf(), *_past_days()]


def make_report(tasks: int) -> Summary:
    """A realistic report of so many tasks under eleven agenda items."""
    base = make_full_summary()
    listed = tuple(
        dataclasses.replace(base.tasks[n % 30], number=n + 1, agenda=AGENDA[n * 11 // tasks][0])
        for n in range(tasks)
    )
    return make_summary(*listed, agenda=AGENDA, trend=base.trend, changes=base.changes)


def _files() -> list[Row]:
    summary = make_report(200)
    acts: dict[str, Callable[[], object]] = {"page": lambda: render_html_body(summary)}
    for format in ("pdf", "docx", "xlsx"):
        acts[format] = lambda format=format: render(summary, format)
    rows = []
    for name, act in acts.items():
        act()
        before = time.process_time()
        seconds = statistics.median(_time(act) for _ in range(5))
        busy = (time.process_time() - before) / 5
        over = "" if seconds < AIMS[name] else f", over the aim of {AIMS[name]} s"
        rows.append(
            (
                f"report of 200 tasks: {name}",
                seconds,
                f"aim {AIMS[name]} s, {busy:.2f} s of processor{over}",
            )
        )
    return rows


def _long_pdf() -> Row:
    summary = make_report(5000)
    before = time.process_time(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    seconds = _time(lambda: render(summary, "pdf"))
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = time.process_time() - before[0] + child.ru_utime - before[1]
    note = f"{child.ru_maxrss // 1024} MB in a child, {busy:.2f} s of processor; aims 5 s, 300 MB"
    return "report of 5,000 tasks: pdf", seconds, note


def _past_days() -> list[Row]:
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for kind, url in (
            ("SQLite", f"sqlite:///{Path(folder) / 'bench.sqlite3'}"),
            ("PostgreSQL", migrated_database_url()),
        ):
            database = Database(url)
            upgrade_database(database)
            dialogue_id = fill_history(database)
            _ask(database, dialogue_id)  # PostgreSQL learns what it holds.
            times = [_time(lambda d=database, i=dialogue_id: _ask(d, i)) for _ in range(3)]
            note = f"{TASKS:,} tasks, {CHANGES:,} changes; aim 2 s"
            rows.append((f"any past day on {kind}", statistics.median(times), note))
            database.close()
    return rows


def _ask(database: Database, dialogue_id: int) -> None:
    with database.reading() as session:
        assert standing_on(session, SYSTEM_SCOPE, dialogue_id, DAY).total == TASKS


def fill_history(database: Database, tasks: int = TASKS, changes: int = CHANGES) -> int:
    """A dialogue of so many tasks, each with its share of the changes; returns its id."""
    world = World(database)
    dialogue_id = world.dialogue()
    fill(world, dialogue_id, tasks, owners=3)
    with database.transaction() as session:
        ids = list(session.scalars(select(Task.id).where(Task.dialogue_id == dialogue_id)))
    share = changes // tasks
    for start in range(0, len(ids), 5_000):
        with database.transaction() as session:
            rows = [row for task_id in ids[start : start + 5_000] for row in _rows(task_id, share)]
            session.execute(insert(Change), rows)
    return dialogue_id


def _rows(task_id: int, share: int) -> list[dict[str, object]]:
    start = dt.date(2007, 7, 10)
    first = {"title": "Send the list", "text": "They agreed to send it. " * 5, "kind": "action",
             "status": "proposed", "due_on": "2008-01-01", "due_basis": "default",
             "responsible": ["Northland"], "owners": [], "marking": "SBU"}  # fmt: skip
    steps: list[tuple[str, object]] = [("created", first)]
    for n in range(1, share):
        moved = {"due_on": f"2008-{1 + n % 12:02}-15", "basis": "extended"}
        steps.append(
            (("status", ("in_progress", "agreed", "done")[n % 3]), ("due_on", moved),
             ("owners", ["M. Okonjo"]))[(n + task_id) % 3]
        )  # fmt: skip
    return [
        {
            "task_id": task_id,
            "sequence": n + 1,
            "field": field,
            "before": None,
            "after": after,
            "actor_name": "the tracker",
            "reason": "",
            "at": dt.datetime(2007, 7, 12, tzinfo=dt.UTC),
            "effective_on": start + dt.timedelta(days=30 * n),
            "hash": "0" * 64,
        }
        for n, (field, after) in enumerate(steps)
    ]


def _time(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
