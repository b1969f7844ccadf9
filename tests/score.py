"""`make score`: how the extraction does on annotated cables, and each rule's share in it.

Prints the table and writes it into docs/extraction.md; the rules themselves live elsewhere.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from tests.extract.own_cables import NAMES, found, gold
from tests.shared import SHARED, annotated, load_score
from tracker.cable import parse_cable
from tracker.extract import extract, to_json
from tracker.extract.rules import RULES

_PAGE = Path(__file__).resolve().parents[1] / "docs" / "extraction.md"
_BEGIN, _END = "<!-- scores: written by `make score` -->", "<!-- end of scores -->"
_TODAY = dt.date(2020, 1, 1)
_COLUMNS = [
    "precision", "recall", "f1", "recall_with_possible", "precision_with_possible", "kind",
    "responsible", "owners", "owners_empty", "due_on", "due_on_stated", "due_basis",
    "agenda_of_item", "marking", "header",
]  # fmt: skip


def main() -> int:
    """Score every annotated cable of the shared folder; 1 where the folder is not there."""
    program = load_score()
    if program is None or SHARED is None:
        print(
            "The program that scores stands in the folder of annotated cables, which is not on "
            "this machine. The shipped cable is still checked by tests/extract/test_gold.py."
        )
        return 1
    scores, shares = [], {rule.id: Counter[str]() for rule in RULES}
    for name in annotated():
        wanted = json.loads((SHARED / "gold" / f"{name}.json").read_text(encoding="utf-8"))
        text = (SHARED / "cables" / f"{name}.txt").read_bytes().decode("utf-8")
        got = to_json(extract(parse_cable(text), today=_TODAY))
        scores.append((name, program.score(wanted, got)))
        _count_rules(program, wanted, got, shares)
    own = [(name, program.score(gold(name), found(name))) for name in NAMES]
    page = "\n".join(
        [
            *_score_table(program, scores),
            "",
            "Own texts (tests/cables/own, invented; annotated before they were read):",
            "",
            *_score_table(program, own),
            "",
            *_rule_table(shares),
        ]
    )
    print(page)
    _write(page)
    return 0


def _count_rules(
    program: Any, wanted: dict[str, Any], got: dict[str, Any], shares: dict[str, Counter[str]]
) -> None:
    """How often the rule that governs an item was right, by tier."""
    right = set(program.match(got["items"], wanted["items"]).values())
    for number, item in enumerate(got["items"]):
        share = shares[item["rules"][0]]
        share[item["tier"]] += 1
        share[f"{item['tier']} right"] += number in right


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "–" if value is None else f"{value:.2f}" if isinstance(value, float) else str(value)


def _score_table(program: Any, scores: list[tuple[str, dict[str, Any]]]) -> list[str]:
    names = [name for name, _ in scores]
    lines = [
        "| measure | " + " | ".join(names) + " | mean |",
        "| --- |" + " --- |" * (len(names) + 1),
    ]
    for column in _COLUMNS:
        values = [score[column] for _, score in scores]
        known = [value for value in values if value is not None]
        mean = sum(known) / len(known) if known else None
        lines.append(f"| {column} | " + " | ".join(map(_cell, [*values, mean])) + " |")
    agenda = [score["agenda_exact"] for _, score in scores]
    lines.append(
        "| agenda exact | "
        + " | ".join(map(_cell, agenda))
        + f" | {sum(agenda)} of {len(agenda)} |"
    )
    pooled = program.pool([score for _, score in scores])
    lines += ["", "All pooled: " + ", ".join(f"{key} {_cell(pooled[key])}" for key in pooled) + "."]
    return lines


def _rule_table(shares: dict[str, Counter[str]]) -> list[str]:
    lines = [
        "| rule | likely, right | possible, right | precision |",
        "| --- | --- | --- | --- |",
    ]
    for name, share in sorted(shares.items(), key=lambda pair: -sum(pair[1].values())):
        total = share["likely"] + share["possible"]
        right = share["likely right"] + share["possible right"]
        if total:
            lines.append(
                f"| {name} | {share['likely']}, {share['likely right']} | "
                f"{share['possible']}, {share['possible right']} | {right / total:.2f} |"
            )
    idle = sorted(name for name, share in shares.items() if not share)
    return [*lines, "", "Governed no item of these cables: " + ", ".join(idle) + "."]


def _write(page: str) -> None:
    """Put the tables between their marks in docs/extraction.md."""
    text = _PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    _PAGE.write_text(f"{before}{_BEGIN}\n{page}\n{_END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
