"""The labels of a header, and what a field and the start of a paragraph look like.

What stands in a field is read by the modules beside this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tracker.cable.lines import Line
from tracker.cable.markings import PORTION, read_portion
from tracker.cable.model import Span


@dataclass(slots=True)
class Field:
    """One field of the header: its label and the lines of its content."""

    name: str
    lines: list[Line] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """From the first to the last character of the content."""
        return self.lines[0].start, self.lines[-1].end

    @property
    def text(self) -> str:
        """The content on one line; a word that a hyphen breaks is joined."""
        return fold(line.text for line in self.lines)


_CARRIED = re.compile(r"\A-\s{2,}")  # "-        22-23: SUMMARY", as telegrams carry a line on


def fold(lines: Iterable[str]) -> str:
    """Lines as one, blanks folded, without a blank after a hyphen at the end of a line."""
    text = ""
    for line in lines:
        if text:
            line = _CARRIED.sub("", line)
        joint = "" if re.search(r"[\w.]-$", text) or not text else " "
        text += joint + " ".join(line.split())
    return text


LABEL = re.compile(
    r"""
    (?P<transmission>(?:[A-Z0-9]{0,10}VZCZC|ZCZC)[A-Z0-9]*)$            # VZCZCXRO1016
    |(?P<routing>(?:ZZ|OO|PP|RR|YY)(?:\s+R[A-Z0-9]{3,8})+(?:\s+R[A-Z0-9]{3,8})*)$   # PP RUEHDBU
    |(?P<relay>DE\s+R[A-Z0-9]{3,8}\b.*)                                 # DE RUEHKB #0832/01 1831240
    |(?P<security>ZN[RYO]\s+[A-Z]{3,5}.*)                               # ZNY CCCCC ZZH
    |(?P<dtg>(?:[ZOPRY]\s+){1,3}\d{6}\s?Z\b.*|\d{6}\s?Z\s+[A-Z][A-Za-z]{2}.*)   # P 021240Z JUL 07
    |(?P<origin>FM\b:?\s+(?=[A-Z0-9])|FROM:\s+|FROM\s+(?=AM|SEC|US[MDN]))
    |(?P<distribution>(?:(?:ACTION|INFO)\s+)?[A-Z/]{1,6}-\d\d           # INFO OCT-01 ADP-00
        (?:\s+[A-Z/]{1,6}-\d\d|\s+/?\d{3}\s+W|\s+\(?[A-Z]{1,6}\)?)*$)
    |(?P<action>TO\b:?)\s+(?=[A-Z0-9])
    |(?P<info>INFO\b:?)(?:\s+|$)
    |(?P<exempt>XMT\b:?)\s
    |(?P<order>(?:\(?[UCS]\)?\s*)?E\s?\.?\s?O\s?[.:;,]?\s*(?=1[0-9]{4}))   # E.O. 12958:
    |(?P<declassify>DECL(?:AS|ASSIFY|ASSIFICATION)?(?:\s+ON)?\s*[:.]|Declassify\s+on\s*:)
    |(?P<tags>TAGS?\s*[:;.]|TAGS\s+(?=[A-Z]{2,5}\b)|Tags?\s*:)\s*
    |(?P<subject>(?:SUBJECT|SUBJ|Subject|Subj|SUBECT|SUJBECT|SUBJET)\b\s*\.?\s*[:;-]|SUBJECT\b\s|SUBJ\b\s)\s*
    |(?P<reference>(?:REF(?:S|TELS?|ERENCES?|\([sS]\))?|Ref(?:s|tels?|erences?|\(s\))?|REF'S)\b\)?
        \s*(?:[:;.-]|(?=\([A-Z]\)|[A-Z]\s*[:.)]))|REF(?:S|TEL)?\s+(?=[A-Z0-9(]))\s*
    |(?P<classified>(?:\d{1,2}\.\s*)?(?:\([A-Z]{1,3}\)\s*)?
        (?:CLASSIFIED|Classified|classified|CLASSIFED|CLASSFIED|Classifed)\s+(?:[Bb][Yy])\b\s*:?)\s*
    |(?P<derived>(?:DERIVED|Derived)\s+(?:FROM|From|from)\s*:?)\s*
    |(?P<reason>(?:REASONS?|Reasons?)\s*[:;]|(?:REASONS?|Reasons?)\s+(?=[\dE(]))\s*
    |(?P<row>(?:Viewing\s+cable\s+)?\d\d[A-Z]{3,30}\d{1,7}\b           # 09BAKU12  2009-06-09 15:30
        (?:$|,|\s+\d{4}-\d\d-\d\d).*)
    |(?P<identifier>(?:(?:Cable\s+)?[Rr]eference\s+(?:ID|id)|Cable\s+ID|Identifier|MRN)\s*:?)
        \s+\#?(?=[A-Z0-9])
    |(?P<created>(?:(?:Created|Date|DATE)\s*:?)\s+(?=\d)
        |(?:Cable\s+time|Created|Date|Sent|Cable\s+date)\s*:\s+(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*,?\s+)?
        (?=\d))
    |(?P<source>Origin\s*:)\s*
    |(?P<noise>BT$|NNNN|UUUU$|/\d{3}\s*W$|-{5,}\s*\d{4,8}.*|\d{1,3}$|\#\d{4}$|PAGE\s+\d+.*|QQQQ$)
    """,
    re.VERBOSE,
)

# A label in the middle of a line that a copy ran together.
_INNER = re.compile(
    r"""(?<=\s)(?:
    (?:TAGS|SUBJECT|SUBJ|REF|REFS|REFTEL|REFTELS|REFERENCES?)\s?:
    |E\.O\.\s?1\d{4}\s?:
    |(?:CLASSIFIED\sBY|Classified\sBy|CLASSIFIED\sBy)\s?:
    |(?:TO|INFO)\s(?=R[A-Z]{3,6}/)
    |(?:C\sO\sN\sF\sI\sD\sE\sN\sT\sI\sA\sL|S\sE\sC\sR\sE\sT|UNCLAS)\s
        (?=SECTION\s\d|[A-Z][A-Z\s]{2,25}\s\d{5,6}\b)
    |FM\s(?=AM|SEC|US|R[A-Z]{3,6}/)
    |(?:ZN[RY]\s[A-Z]{5}\sZZ|DE\sR[A-Z]{4,7}\s\#)
    |(?:[ZOPR]\s){1,2}\d{6}Z\s[A-Z]{3}\s\d\d
    )""",
    re.VERBOSE,
)
_INNER_BODY = re.compile(  # the first paragraph on the same line as the header
    r"(?<=\s)1\s?\.\s{0,3}(?:\([A-Z][A-Z/,; -]{0,20}\)|(?:BEGIN )?(?:SUMMARY|Summary))"
)

_NUMBERED = re.compile(  # "1. (C) …", "1 (C) …", "1. Text", "(C) …"
    r"(?:\d{1,3}\s?[.)]?\s{0,4}(?=[(\[]\s?[A-Za-z])|\d{1,3}\s?[.)]\s{0,4}(?=[A-Za-z\"'(\[*-])|(?=\())"
)
_OPENING = re.compile(
    r"""(?:[(\[][A-Z/]{1,8}[)\]]\s*)?(?:begin\s+)?(?:executive\s+)?
    (?:summary|introduction|comment|background|action\s+request|key\s+points)\b""",
    re.VERBOSE | re.IGNORECASE,
)
# "1. (U) " before "Classified By", "O " before "P 091530Z": no line of its own.
_BARE_NUMBER = re.compile(r"(?:[ZOPRY]\s+){0,2}(?:\d{1,2}\.\s*)?(?:\([A-Z]{1,3}\)\s*)?$")


def starts_paragraph(text: str) -> bool:
    """A line begins a paragraph of the body: a number, a portion mark, both, or "SUMMARY"."""
    numbered = _NUMBERED.match(text)
    if numbered is not None:
        rest = text[numbered.end() :]
        if numbered.end():
            return not LABEL.match(rest)
        portion = PORTION.match(rest)
        if portion is not None and portion[1].isupper() and read_portion(portion[1]):
            return not is_field(text) and not is_field(rest[portion.end() :].lstrip())
    return _OPENING.match(text) is not None


def is_field(text: str) -> bool:
    """A line begins with a label of the header."""
    return LABEL.match(text) is not None


def virtual_lines(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, those that a copy ran together cut at their labels."""
    for line in lines:
        if len(line.text) < 12:
            yield line
            continue
        head = line.text[:4000]
        cuts = [0, *(found.start() for found in _INNER.finditer(head))]
        if len(cuts) > 1 and _BARE_NUMBER.match(head[: cuts[1]]):
            del cuts[1]
        body = _INNER_BODY.search(head)
        if body is not None and (len(cuts) > 1 or is_field(head)):
            cuts = [cut for cut in cuts if cut < body.start()] + [body.start()]
        for cut, following in zip(cuts, [*cuts[1:], len(line.text)], strict=True):
            text = line.text[cut:following].rstrip()
            yield Line(line.start + cut, line.start + cut + len(text), text)
