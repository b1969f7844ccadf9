"""TAGS: traffic analysis by geography and subject. Nothing else of the header."""

from __future__ import annotations

import re

# "OVIP (RICE, CONDOLEEZZA)", "PREL"
_TAG = re.compile(r"([A-Za-z][A-Za-z0-9'.&]{0,40}(?:-\d\b)?)\s?(\([^()]{1,80}\)?)?")
# "P GOV": a tag that a blank broke
_BROKEN = re.compile(r"(?<![A-Za-z] )\b([A-Z])\s(?=[A-Z]{3}\b)")


def read_tags(text: str) -> tuple[str, ...]:
    """The tags in order, each once and in capitals; a subject tag keeps its bracket."""
    tags = []
    for found in _TAG.finditer(_BROKEN.sub(r"\1", text)):
        word = found[1].strip(".").upper()
        if word in ("AND", "TAGS") or not word:
            continue
        bracket = " ".join((found[2] or "").split()).upper()
        if bracket and not bracket.endswith(")"):
            bracket += ")"
        tags.append(f"{word} {bracket}".strip())
    return tuple(dict.fromkeys(tags))
