"""The rules of extraction as a table for a terminal; counts nothing."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tracker.services.judge_rules import RuleRecord


def print_rules(records: Sequence[RuleRecord], missed: int | None) -> None:
    """Prints a line for each rule; ``missed`` None means that no database was asked."""
    console = Console(highlight=False)
    has_counts = missed is not None
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Rule", no_wrap=True)
    table.add_column("Picked because", overflow="fold")
    table.add_column("Weight", justify="right")
    for name in ("Accepted", "Rejected", "Share") if has_counts else ():
        table.add_column(name, justify="right")
    for record in records:
        name = escape(record.rule.id) + ("" if record.is_enabled else " [dim](off)[/]")
        cells = [name, escape(record.rule.reason), f"{record.rule.weight:.2f}"]
        table.add_row(*cells, *(_counts(record) if has_counts else ()))
    console.print(table)
    console.print(_last_line(missed))


def _counts(record: RuleRecord) -> tuple[str, str, str]:
    if record.count is None or not record.decided:
        return "–", "–", "–"
    return str(record.count.accepted), str(record.count.rejected), f"{record.share or 0:.0%}"


def _last_line(missed: int | None) -> str:
    if missed is None:
        return "No database here, so there are no counts of what people accepted and rejected."
    passages = "passage" if missed == 1 else "passages"
    return f"People picked {missed} {passages} that no rule had."
