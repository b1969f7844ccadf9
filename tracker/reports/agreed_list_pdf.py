"""An agreed list as PDF/UA-1, set by typst from templates/reports/agreed-list.typ.

All words go in as data, none as markup; only the committed fonts are used and nothing is fetched.
"""

from __future__ import annotations

import json
from typing import Any

import typst

from tracker.policy.statuses import date_in_words
from tracker.reports.agreed_list import SignedList
from tracker.reports.fonts import FAMILIES, load_fonts, make_drawable
from tracker.reports.templating import TEMPLATE_DIRECTORY

_TEMPLATE = TEMPLATE_DIRECTORY / "agreed-list.typ"


def render_list(signed: SignedList) -> bytes:
    """A4, with the marking on every page, signature blocks, and the hash in each footer. The same
    list gives the same bytes; a sign that no font has takes the claim of PDF/UA, not the file."""
    drawn = _drawable(_collect(signed))
    drawn["sha256"] = signed.sha256  # Without places to break, so that it can be copied.
    inputs = {"data": json.dumps(drawn, ensure_ascii=False)}
    try:
        return _compile(inputs, signed, ["ua-1"])
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        return _compile(inputs, signed, [])


def _compile(
    inputs: dict[str, str], signed: SignedList, standards: list[typst.PDFStandard]
) -> bytes:
    made = typst.Compiler(root=TEMPLATE_DIRECTORY, font_paths=load_fonts()).compile(
        input=str(_TEMPLATE),
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=standards,
        timestamp=int(signed.made_at.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError(f"the list made {type(made).__name__}, not one file")
    return made


def _collect(signed: SignedList) -> dict[str, Any]:
    """What agreed-list.typ reads."""
    content = signed.content
    return {
        "fonts": list(FAMILIES),
        "title": f"Agreed list, version {content.version}",
        "dialogue": content.dialogue,
        "meeting": signed.meeting_words,
        "parties": " and ".join(content.parties),
        "state": signed.state_words,
        "banner": signed.marking.banner,
        "sha256": signed.sha256,
        "edition": "Internal edition, with annex" if signed.annex else "Shared edition",
        "items": [
            {
                "number": item.number,
                "text": item.text,
                "topic": f"Agenda item {item.agenda}" if item.agenda else "",
                "responsible": ", ".join(item.responsible) or "not said",
                "owners": ", ".join(item.owners) or "to be named",
                "due": date_in_words(item.due_on),
            }
            for item in content.items
        ],
        "signatures": [{"party": s.party, "words": s.words} for s in signed.signatures],
        "annex": [
            {"number": a.number, "task": a.task, "title": a.title, "portion": f"({a.marking})"}
            for a in signed.annex
        ],
    }


def _drawable(value: Any) -> Any:
    if isinstance(value, str):
        return make_drawable(value)
    if isinstance(value, dict):
        return {key: part if key == "fonts" else _drawable(part) for key, part in value.items()}
    return [_drawable(part) for part in value] if isinstance(value, list) else value
