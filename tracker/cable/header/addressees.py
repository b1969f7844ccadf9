"""Recipients: names without routing indicators, precedence and numbers. No other lines."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.cable.lines import Line

_ROUTING = re.compile(
    r"^(?:(?:R[A-Z0-9]{3,8}|ZEN|ZUI)\s?/+\s?|(?:RU|RH|RX)[A-Z0-9]{3,6}\s+(?=[A-Z]{2,}))"
)
# The next recipient on the same line: "… PRIORITY 3387 RUEHAK/AMEMBASSY ANKARA".
_NEXT = re.compile(r"(?<=[A-Z0-9])\s+(?=(?:R[A-Z0-9]{4,8}|ZEN)\s?/\s?[A-Z])")
_PRECEDENCE = re.compile(
    r"\s*\b(?:NIACT\s+IMMEDIATE|FLASH|IMMEDIATE|IMMED|PRIORITY|PRIOR|ROUTINE|NIACT|DEFERRED"
    r"|(?<=\d\s)(?:IMMEDIAT|PRIORIT|ROUTIN))\b\.?"
)
_NUMBER = re.compile(r"\s+\d{1,6}(?:-\d{1,4})?$")
_LONG_NUMBER = re.compile(r"\s+\d{4,6}$")
_UNIT = re.compile(r"\b(?:CTF|CJTF|JTF|TF|CTG|CTU|DET|TG|TU|UNIT|BDE|BN|FLT|SQDN|WG)\s+\d{1,3}$")
_TAIL = re.compile(
    r"^(?:(?:NIACT\s+)?(?:IMMEDIATE|PRIORITY|ROUTINE|FLASH)\b|\d{1,5}$|DC\b|[A-Z]{2}\s+\d{3,5}$)"
)
_NOISE = re.compile(
    r"\s*(?:/{2,}.*|//[A-Z0-9/]*//?|\(?(?:NOTAL|BY POUCH|POUCH|VIA POUCH|BUDGET)\)?)$"
)


def read_addressees(lines: Iterable[Line]) -> tuple[str, ...]:
    """The names in order, each once."""
    entries: list[str] = []
    for line in lines:
        for text in _NEXT.split(line.text):
            if entries and _TAIL.match(text) and not _ROUTING.match(text):
                entries[-1] += " " + text
            else:
                entries.append(text)
    names = [name_of(entry) for entry in entries]
    return tuple(dict.fromkeys(name for name in names if name))


def name_of(entry: str) -> str:
    """ "RUEHAK/AMEMBASSY ANKARA PRIORITY 2224" is ``AMEMBASSY ANKARA``."""
    text = " ".join(entry.split()).strip(" ,;")
    text = re.sub(r"^(?:INFO|TO)[: ]\s*", "", text)
    while True:
        shorter = _ROUTING.sub("", text, count=1)
        if shorter == text:
            break
        text = shorter
    text = _NOISE.sub("", text)
    has_precedence = _PRECEDENCE.search(text) is not None
    text = _PRECEDENCE.sub("", text).strip()
    if not _UNIT.search(text):
        shorter = (_NUMBER if has_precedence or _is_post(text) else _LONG_NUMBER).sub("", text)
        text = shorter.strip()
    return text.strip(" ,;.-")


def _is_post(text: str) -> bool:
    return text.startswith(
        ("SECSTATE", "AM", "US", "DEPT", "CIA", "NSC", "WHITE", "SECDEF", "JOINT")
    )
