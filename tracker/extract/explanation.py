"""Why an item is as it is, field by field: the words that a field was read from, or "default".

Works on the JSON form of an extraction, so that a command and a page say the same; decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_LONGEST = 120
_NO_PLACE = {
    "kind": "the rule's usual kind",
    "responsible": "the side that usually acts in such a passage",
    "owners": "nobody is named",
    "agenda": "it stands under no topic of the agenda",
}


@dataclass(frozen=True, slots=True)
class FieldReason:
    """One field: its name in the JSON form and in words, its value, the words of the text that it
    was read from with their span, or None for both and ``default`` saying what was assumed."""

    field: str
    name: str
    value: str
    passage: str | None
    span: tuple[int, int] | None
    default: str = ""

    @property
    def source(self) -> str:
        """ "from “the Embassy”", or "default: …"."""
        return f"from “{self.passage}”" if self.passage else f"default: {self.default}"


def explain_fields(
    item: Mapping[str, Any], found: Mapping[str, Any], text: str
) -> list[FieldReason]:
    """The fields of ``item``, one of ``found["items"]``, in the order in which people ask. ``text``
    is what the spans count in."""
    values = (
        ("kind", "Kind", item["kind"]),
        ("responsible", "Who must act", ", ".join(item["responsible"]) or "nobody named"),
        ("owners", "Owner", ", ".join(item["owners"]) or "none named"),
        ("due_on", "Due", item["due_on"] or "no date"),
        ("agenda", "Agenda item", _topic(item["agenda"], found)),
    )
    return [
        _reason(field, name, value, item.get("evidence", {}), found, text)
        for field, name, value in values
    ]


def triggers_of(item: Mapping[str, Any], text: str) -> list[str]:
    """The words that picked it, the governing ones first, each once."""
    return list(dict.fromkeys(_quote(text, span) for span in item.get("triggers", [])))


def _reason(
    field: str,
    name: str,
    value: str,
    evidence: Mapping[str, Any],
    found: Mapping[str, Any],
    text: str,
) -> FieldReason:
    place = evidence.get(field)
    if isinstance(place, list | tuple):
        span = (int(place[0]), int(place[1]))
        return FieldReason(field, name, value, _quote(text, span), span)
    assumed = _assumed_date(found) if field == "due_on" else _NO_PLACE[field]
    return FieldReason(field, name, value, None, None, assumed)


def _assumed_date(found: Mapping[str, Any]) -> str:
    meeting = found["meeting"]
    months = meeting["follow_up_months"]
    if not meeting["ends_on"] and not found["document"]["date_time_group"]:
        return "the text has no date to count from"
    start = "the meeting's last day" if meeting["ends_on"] else "the cable's own date"
    return f"{months} {'month' if months == 1 else 'months'} after {start}"


def _topic(label: str | None, found: Mapping[str, Any]) -> str:
    if label is None:
        return "none"
    titles = {topic["label"]: topic["title"] for topic in found.get("agenda", [])}
    return f"{label} {titles.get(label, '')}".strip()


def _quote(text: str, span: Any) -> str:
    words = " ".join(text[span[0] : span[1]].split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rpartition(" ")[0] + "…"
