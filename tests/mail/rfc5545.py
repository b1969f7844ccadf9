"""A validator of iCalendar streams: lines, folding, nesting and the properties each part needs.

Written from RFC 5545 without the library that writes them, so that it can disagree with it.
"""

from __future__ import annotations

import re
from collections import Counter

_LINE = re.compile(
    r"""
    (?P<name>[A-Za-z0-9-]+)
    (?P<parameters>(?:;[A-Za-z0-9-]+=(?:"[^"\x00-\x1f]*"|[^";:,\x00-\x1f]*))*)
    :(?P<value>.*)      # DTSTART;VALUE=DATE:20080110
    """,
    re.VERBOSE | re.DOTALL,
)
_TEXT = re.compile(r"(?:[^\\;,\x00-\x08\x0a-\x1f\x7f]|\\[\\;,Nn])*")  # 3.3.11
_NEEDED = {"VCALENDAR": {"PRODID", "VERSION"}, "VEVENT": {"UID", "DTSTAMP"}}  # 3.6, 3.6.1
_ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "LAST-MODIFIED", "URL",
         "TRANSP", "DESCRIPTION", "PRODID", "VERSION", "METHOD", "CALSCALE"}  # fmt: skip
_VALUES = {
    "DTSTAMP": r"\d{8}T\d{6}Z",  # 3.8.7.2: in UTC.
    "LAST-MODIFIED": r"\d{8}T\d{6}Z",
    "SEQUENCE": r"\d+",
    "VERSION": r"2\.0",
    "TRANSP": r"OPAQUE|TRANSPARENT",
    "METHOD": r"[A-Z]+",
    "CALSCALE": "GREGORIAN",
}


def faults_of(content: bytes) -> list[str]:
    """What is wrong with a stream, in words; nothing for a good one."""
    faults = _faults_of_lines(content)
    text = re.sub(r"\r\n[ \t]", "", content.decode("utf-8"))
    open_parts: list[tuple[str, Counter[str]]] = []
    for line in text.split("\r\n")[:-1]:
        match = _LINE.fullmatch(line)
        if match is None:
            faults.append(f"no content line (3.1): {line!r}")
            continue
        name, value = match["name"].upper(), match["value"]
        if name == "BEGIN":
            open_parts.append((value, Counter()))
        elif name == "END":
            part, seen = open_parts.pop() if open_parts else ("nothing", Counter())
            faults += _faults_of_part(part, seen, value)
        elif not open_parts:
            faults.append(f"{name} outside of any part")
        else:
            open_parts[-1][1][name] += 1
            faults += _faults_of_value(name, match["parameters"], value)
    return faults + [f"{part} is not ended" for part, _ in open_parts]


def _faults_of_lines(content: bytes) -> list[str]:
    lines = content.split(b"\r\n")
    faults = [f"longer than 75 octets (3.1): {line!r}" for line in lines if len(line) > 75]
    if not content.endswith(b"\r\n"):
        faults.append("does not end with CRLF")
    if any(b"\n" in line or b"\r" in line for line in lines):
        faults.append("a line break that is not CRLF")
    return faults


def _faults_of_part(part: str, seen: Counter[str], ended: str) -> list[str]:
    faults = [f"{part} is ended as {ended}"] if part != ended else []
    faults += [f"{part} lacks {name}" for name in _NEEDED.get(part, set()) - set(seen)]
    faults += [f"{part} has {name} twice" for name in _ONCE if seen[name] > 1]
    if part == "VEVENT" and not seen["DTSTART"]:
        faults.append("VEVENT lacks DTSTART, which only a METHOD could do for")
    return faults


def _faults_of_value(name: str, parameters: str, value: str) -> list[str]:
    if name in ("DTSTART", "DTEND"):
        is_date = ";VALUE=DATE" in parameters and re.fullmatch(r"\d{8}", value)
        return [] if is_date else [f"{name} is no DATE: {value}"]
    pattern = _VALUES.get(name)
    if pattern is not None and not re.fullmatch(pattern, value):
        return [f"{name} cannot be {value}"]
    if name in ("SUMMARY", "DESCRIPTION", "NAME") and not _TEXT.fullmatch(value):
        return [f"{name} is not escaped (3.3.11): {value}"]
    return []
