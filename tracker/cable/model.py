"""What a cable is once it has been read: header, blocks and the places they stand in.

Plain frozen data; how it is found is the business of the modules beside this one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

Span = tuple[int, int]
"""Code points in the text as decoded, end exclusive: ``source[start:end]`` is the passage."""

BlockKind = Literal["heading", "paragraph", "bullet", "note", "talking_point", "signature"]


@dataclass(frozen=True, slots=True)
class CableWarning:
    """Something a reader should look at: a stable code, a sentence, and the place if known."""

    code: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above the first paragraph, and the signature below the last.

    Every field is None or empty where the text states nothing. ``references`` maps letter to
    reference id (``{"A": "07BAKU465"}``); ids are two digits of year, post and number without
    leading zeros. ``classification`` is the level, then caveats (``SECRET//NOFORN``).
    ``date_time_group`` is aware and in UTC.
    """

    transmission_id: str | None = None
    reference_id: str | None = None
    origin: str | None = None
    precedence: str | None = None
    date_time_group: dt.datetime | None = None
    addressees_action: tuple[str, ...] = ()
    addressees_info: tuple[str, ...] = ()
    classification: str | None = None
    sections: int | None = None
    captions: tuple[str, ...] = ()
    pass_to: tuple[str, ...] = ()
    declassify_on: dt.date | None = None
    declassify_event: str | None = None
    tags: tuple[str, ...] = ()
    subject: str | None = None
    references: dict[str, str] = field(default_factory=dict)
    other_references: dict[str, str] = field(default_factory=dict)
    """By letter, the words of what is referred to otherwise: a mail, a memorandum."""
    classified_by: str | None = None
    classified_by_title: str | None = None
    reasons: tuple[str, ...] = ()
    signed_by: str | None = None
    paragraphs: tuple[int, ...] = ()
    summary: str | None = None
    spans: dict[str, Span] = field(default_factory=dict)
    """Where a field was read, by field name."""


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of the body: a heading, a paragraph (or the part of one between its
    bullets), a bullet, a note.

    ``span`` covers the content without number, portion mark and bullet sign. A paragraph
    broken by a page is one block. ``marking`` is the short form that holds for it ("C", "SBU",
    "S//NF"), resolved from the document where the portion is unmarked. ``parent`` is the index of
    the block that introduces a bullet. ``heading`` is the index of the heading it stands
    under, None above the first. ``section`` tells summaries and comments from the body.
    """

    kind: BlockKind
    span: Span
    paragraph: int | None
    marking: str
    is_marked: bool
    heading: int | None = None
    parent: int | None = None
    label: str | None = None
    """Of a heading or bullet: "A", "1", "a" as printed, repaired and without dot or brackets."""
    section: Literal["body", "summary", "comment", "introduction"] = "body"


@dataclass(frozen=True, slots=True)
class Cable:
    """A cable as read. ``masked`` has the length of ``source``, with page lines, mark-up and the
    like turned into spaces, so that spans in either are the same."""

    source: str
    masked: str
    header: Header
    blocks: tuple[Block, ...]
    warnings: tuple[CableWarning, ...] = ()

    def text_of(self, span: Span) -> str:
        """The passage on one line, without page lines and mark-up."""
        return " ".join(self.masked[span[0] : span[1]].split())
