"""An extraction as a table for a terminal, and the explanation of each item.

Prints what the JSON form holds; finds nothing.
"""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tracker.extract.explanation import explain_fields, triggers_of


def print_extraction(path: str, found: dict[str, Any], explained: str | None) -> None:
    """Print one cable: what it is, its items by topic, its warnings. ``explained`` is the text
    that the spans count in, where each item is to say why it was picked."""
    console = Console(highlight=False, soft_wrap=False)
    document, meeting = found["document"], found["meeting"]
    console.rule(escape(document["subject"] or path), style="dim")
    console.print(escape(_headline(document, meeting, found["parties"])))
    titles = {topic["label"]: topic["title"] for topic in found["agenda"]}
    if explained is not None:
        for number, item in enumerate(found["items"], start=1):
            _print_explained(console, number, item, found, explained)
    else:
        console.print(_table(found["items"], titles))
    likely = sum(item["tier"] == "likely" for item in found["items"])
    possible, unpicked = len(found["items"]) - likely, len(found["unpicked"])
    console.print(
        f"{likely} likely and {possible} possible item{'' if possible == 1 else 's'}; "
        f"{unpicked} sentence{'' if unpicked == 1 else 's'} that nothing picked."
    )
    for warning in found["warnings"]:
        console.print(f"[yellow]Note:[/] {escape(warning['message'])}")
    console.print()


def _headline(document: dict[str, Any], meeting: dict[str, Any], parties: list[Any]) -> str:
    names = " and ".join(party["name"] for party in parties)
    days = meeting["starts_on"] or "no date"
    if meeting["ends_on"] and meeting["ends_on"] != meeting["starts_on"]:
        days += f" to {meeting['ends_on']}"
    parts = [document["reference_id"] or "no reference", document["classification"] or "unmarked"]
    return " · ".join([*parts, names, f"meeting: {days}"])


def _table(items: list[dict[str, Any]], titles: dict[str, str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("", "What", "Kind", "Responsible", "Owner", "Due"):
        table.add_column(name, overflow="fold")
    last: object = ()
    for item in items:
        if item["agenda"] != last:
            last = item["agenda"]
            heading = f"{last} {titles.get(str(last), '')}" if last else "No topic"
            table.add_row("", f"[bold]{escape(heading)}[/]")
        table.add_row(
            "•" if item["tier"] == "likely" else "?",
            escape(item["title"]),
            item["kind"],
            escape(", ".join(item["responsible"])),
            escape(", ".join(item["owners"])) or "–",
            _due(item),
        )
    return table


def _due(item: dict[str, Any]) -> str:
    if item["due_on"] is None:
        return "–"
    return str(item["due_on"]) + ("" if item["due_basis"] == "stated" else " (default)")


def _print_explained(
    console: Console, number: int, item: dict[str, Any], found: dict[str, Any], text: str
) -> None:
    console.print(f"[bold]{number}. {escape(item['title'])}[/] ({item['tier']})")
    console.print(f"   “{escape(item['text'])}”")
    console.print(f"   {escape(item['reason'])}")
    words = ", ".join(f"“{words}”" for words in triggers_of(item, text))
    console.print(f"   Words: {escape(words)}")
    console.print(f"   Rules: {', '.join(item['rules'])}")
    for reason in explain_fields(item, found, text):
        place = f", characters {reason.span[0]}–{reason.span[1]}" if reason.span else ""
        source = f"({reason.source}{place})"
        console.print(f"   {reason.name}: {escape(reason.value)} [dim]{escape(source)}[/]")
    console.print(f"   Marking: {escape(item['marking'])}")
