"""The tasks of a Summary under their agenda items, and their counts, the same in every format.

No task is ever left out: one whose topic the agenda lacks gets a section of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tracker.policy.statuses import STATUSES
from tracker.reports.summary import Summary, SummaryAgendaItem, SummaryTask

OTHER_TASKS = "Other tasks"


@dataclass(frozen=True, slots=True)
class Section:
    """One agenda item with its tasks, in the Summary's order; ``item.totals`` counts them."""

    item: SummaryAgendaItem
    tasks: tuple[SummaryTask, ...]

    @property
    def heading(self) -> str:
        """ "A. NATO IPAP", "Item A" where it has no title, "Other tasks" where no label."""
        if self.item.label is None:
            return self.item.title or OTHER_TASKS
        if not self.item.title:
            return f"Item {self.item.label}"
        return f"{self.item.label}. {self.item.title}"


def count_statuses(tasks: Iterable[SummaryTask]) -> dict[str, int]:
    """Tasks by status, every status present."""
    totals = dict.fromkeys(STATUSES, 0)
    for task in tasks:
        totals[task.status] += 1
    return totals


def group_by_agenda(summary: Summary) -> tuple[Section, ...]:
    """The agenda in its order, an item without tasks included; then topics it does not list, and
    at the end the tasks under no topic, if there are any."""
    by_label: dict[str | None, list[SummaryTask]] = {}
    for task in summary.tasks:
        by_label.setdefault(task.agenda, []).append(task)
    items: dict[str | None, SummaryAgendaItem] = {}
    for item in summary.agenda:
        items.setdefault(item.label, item)
    for label in by_label:
        items.setdefault(label, SummaryAgendaItem(label, "", {}))
    items = {label: item for label, item in items.items() if label is not None or None in by_label}
    ordered = sorted(items.values(), key=lambda item: item.label is None)
    return tuple(_make_section(item, by_label.get(item.label, [])) for item in ordered)


def _make_section(item: SummaryAgendaItem, tasks: list[SummaryTask]) -> Section:
    return Section(replace(item, totals=count_statuses(tasks)), tuple(tasks))
