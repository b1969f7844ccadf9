"""The fields of a header read into ``Header``, with a warning for each line not understood.

The body, its paragraphs and its summary are added by the reader of the whole.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace

from tracker.cable.dates import DATE_TIME_GROUP, find_date, read_date_time_group
from tracker.cable.header.addressees import name_of, read_addressees
from tracker.cable.header.captions import read_captions
from tracker.cable.header.classification import (
    ClassificationLine,
    highest_classification,
    read_classification_line,
)
from tracker.cable.header.classifier import read_classifier, read_reasons
from tracker.cable.header.declassification import read_declassification
from tracker.cable.header.fields import Field, fold
from tracker.cable.header.references import read_references
from tracker.cable.header.split import HeaderParts
from tracker.cable.header.tags import read_tags
from tracker.cable.mask import mask, unescape
from tracker.cable.model import CableWarning, Header, Span
from tracker.cable.posts import post_code

_NO_DAY = "The declassification date is no day of the calendar."
_COVERING_NOTE = "A covering note stands above the header; it was not read."
_PRECEDENCES = {"Z": "FLASH", "O": "IMMEDIATE", "P": "PRIORITY", "R": "ROUTINE"}
_NOT_A_REFERENCE = re.compile(r"^(?:N/?A|NONE)\b", re.IGNORECASE)
_IDENTIFIER = re.compile(r"\b(\d{2})([A-Z]{3,30})(\d{1,7})\b")
_SENSITIVE_TAIL = re.compile(r"\s+\(?SENSITIVE BUT UNCLASSIFIED\)?$")


@dataclass(slots=True)
class HeaderReading:
    """A header with what was noticed while it was read."""

    header: Header
    warnings: list[CableWarning] = field(default_factory=list)


def read_header(parts: HeaderParts, source: str) -> HeaderReading:
    """Read every field of ``parts``; what no rule understands becomes a warning."""
    reader = _HeaderReader(parts, source)
    return HeaderReading(reader.read(), reader.warnings)


class _HeaderReader:
    """Reads one field after the other; the year of the date-time group completes the others."""

    def __init__(self, parts: HeaderParts, source: str) -> None:
        self.parts = parts
        self.source = source
        self.warnings: list[CableWarning] = []
        self.spans: dict[str, Span] = {}
        self.captions: list[str] = []

    def read(self) -> Header:
        """The header; ``spans`` and ``warnings`` are filled on the way."""
        instant = self._date_time_group()
        line = self._classification_line()
        origin = self._origin()
        year = instant.year if instant else self._year_otherwise()
        references = read_references(self._reference_text(), year)
        on, event, officer = self._declassification(year)
        name, title, reasons = self._classifier()
        self._read_captions()
        subject = self._subject()
        self._warn_of_unknown()
        return Header(
            transmission_id=self._text("transmission", "transmission_id"),
            reference_id=self._reference_id(line, origin, year),
            origin=origin,
            precedence=self._precedence(),
            date_time_group=instant,
            addressees_action=self._addressees("action"),
            addressees_info=self._addressees("info"),
            classification=self._classification(line),
            sections=line.sections if line else None,
            captions=tuple(dict.fromkeys(self.captions)),
            pass_to=tuple(part.text for part in self.parts.named("pass_to")),
            declassify_on=on,
            declassify_event=event,
            tags=self._tags(),
            subject=subject,
            references=references.cables,
            other_references=references.others,
            classified_by=name or officer,
            classified_by_title=title,
            reasons=reasons,
            spans=self.spans,
        )

    def _text(self, name: str, key: str) -> str | None:
        part = self.parts.first(name)
        if part is None:
            return None
        self.spans[key] = part.span
        return self._plain(part) or None

    def _plain(self, part: Field) -> str:
        """The content of a field; entities leave no blanks behind in it."""
        start, end = part.span
        passage = self.source[start:end]
        if "&" not in passage or ";" not in passage:
            return part.text
        return fold(mask(unescape(passage)).split("\n"))

    def _date_time_group(self) -> dt.datetime | None:
        for part in self.parts.named("dtg"):
            found = DATE_TIME_GROUP.search(part.text)
            instant = read_date_time_group(found) if found else None
            if instant is not None:
                self.spans["date_time_group"] = part.span
                return instant
            self._warn("date_time_group_unreadable", "The date-time group is no date.", part.span)
        for part in [*self.parts.named("created"), *self.parts.named("row")]:
            day = find_date(part.text)
            if day is not None:
                self.spans["date_time_group"] = part.span
                clock = re.search(r"(\d{1,2}):(\d{2})", part.text[day[2] :])
                hour, minute = (int(clock[1]), int(clock[2])) if clock else (0, 0)
                if hour < 24 and minute < 60:
                    return dt.datetime.combine(day[0], dt.time(hour, minute), dt.UTC)
        return None

    def _year_otherwise(self) -> int | None:
        part = self.parts.first("identifier") or self.parts.first("row")
        found = _IDENTIFIER.search(part.text) if part else None
        if found is None:
            return None
        year = int(found[1])
        return 1900 + year if year >= 45 else 2000 + year

    def _classification_line(self) -> ClassificationLine | None:
        lines = [
            (part, read_classification_line(part.lines[0].text))
            for part in self.parts.named("classification")
        ]
        read = [(part, line) for part, line in lines if line is not None]
        if not read:
            return None
        _, line = next(((p, found) for p, found in read if found.number), read[0])
        stated = [line.classification, *(found.classification for _, found in read)]
        level = highest_classification(stated) or line.classification
        self.spans["classification"] = self._place_of(level, line, read)
        for found in (line, *(other for _, other in read)):
            self.captions += found.captions
        return replace(line, classification=level)

    def _place_of(
        self, level: str, numbered: ClassificationLine, read: list[tuple[Field, ClassificationLine]]
    ) -> Span:
        """Where the level is stated: in the line with post and number, or in one above it that is
        higher, such as the header of a page."""
        word = level.partition("//")[0]
        order = sorted(read, key=lambda pair: pair[1] is not numbered)
        return next(
            part.span for part, line in order if line.classification.partition("//")[0] == word
        )

    def _classification(self, line: ClassificationLine | None) -> str | None:
        if line is None:
            return None
        has_caveat = "NOFORN" in line.classification
        if "NOFORN" in self.captions and not has_caveat:
            return f"{line.classification}//NOFORN"
        return line.classification

    def _origin(self) -> str | None:
        part = self.parts.first("origin") or self.parts.first("source")
        if part is None:
            return None
        self.spans["origin"] = part.span
        return name_of(part.text) or None

    def _reference_id(
        self, line: ClassificationLine | None, origin: str | None, year: int | None
    ) -> str | None:
        part = self.parts.first("identifier") or self.parts.first("row")
        found = _IDENTIFIER.search(part.text) if part else None
        if part is not None and found is not None:
            self.spans["reference_id"] = part.span
            return f"{found[1]}{found[2]}{found[3].lstrip('0') or '0'}"
        short = "" if year is None else f"{year % 100:02d}"
        if line is not None and line.post and line.number:
            self.spans.setdefault("reference_id", self.spans["classification"])
            return f"{short}{line.post}{line.number}"
        relay = self.parts.first("relay")
        number = re.search(r"#(\d{1,6})", relay.text) if relay else None
        if number is None or origin is None or relay is None:
            return None
        self.spans["reference_id"] = relay.span
        return f"{short}{post_code(origin)}{number[1].lstrip('0') or '0'}"

    def _precedence(self) -> str | None:
        for name in ("dtg", "routing"):
            part = self.parts.first(name)
            letter = re.match(r"([ZOPR])\1?\b", part.text) if part else None
            if part is not None and letter is not None:
                self.spans["precedence"] = part.span
                return _PRECEDENCES[letter[1]]
        return None

    def _addressees(self, name: str) -> tuple[str, ...]:
        parts = self.parts.named(name)
        if parts:
            self.spans[f"addressees_{name}"] = parts[0].span
        return read_addressees(line for part in parts for line in part.lines)

    def _read_captions(self) -> None:
        for part in self.parts.named("captions"):
            self.spans.setdefault("captions", part.span)
            self.captions += read_captions(part.text) or []

    def _tags(self) -> tuple[str, ...]:
        part = self.parts.first("tags")
        if part is None:
            return ()
        self.spans["tags"] = part.span
        return read_tags(part.text)

    def _subject(self) -> str | None:
        text = self._text("subject", "subject")
        if text is None:
            return None
        shorter = _SENSITIVE_TAIL.sub("", text)
        if shorter != text:
            self.captions.append("SENSITIVE")
        return shorter

    def _reference_text(self) -> str:
        parts = self.parts.named("reference")
        if not parts:
            return ""
        self.spans["references"] = (parts[0].span[0], parts[-1].span[1])
        text = fold(part.text for part in parts)
        return "" if _NOT_A_REFERENCE.match(text) else text

    def _declassification(self, year: int | None) -> tuple[dt.date | None, str | None, str | None]:
        for name in ("order", "declassify"):
            for part in self.parts.named(name):
                read = read_declassification(part.text, year)
                if not read.is_understood:
                    self._warn("declassification_date_unreadable", _NO_DAY, part.span)
                if read.on or read.event:
                    self.spans["declassify_on"] = part.span
                    return read.on, read.event, read.officer
        return None, None, None

    def _classifier(self) -> tuple[str | None, str | None, tuple[str, ...]]:
        part: Field | None = self.parts.first("classified")
        reasons = fold(other.text for other in self.parts.named("reason"))
        if part is None:
            return None, None, read_reasons(reasons)
        self.spans["classified_by"] = part.span
        read = read_classifier(self._plain(part))
        return read.name, read.title, read.reasons or read_reasons(reasons)

    def _warn_of_unknown(self) -> None:
        if self.parts.preface:
            first, last = self.parts.preface[0], self.parts.preface[-1]
            self._warn("text_above_header", _COVERING_NOTE, (first.start, last.end))
        for line in self.parts.unknown:
            message = f"No rule reads this line of the header: {line.text[:80]}"
            self._warn("header_line_not_understood", message, (line.start, line.end))

    def _warn(self, code: str, message: str, span: Span) -> None:
        self.warnings.append(CableWarning(code, message, span))
