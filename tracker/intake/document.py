"""What reading a file gives. Nothing here reads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """A document's text as decoded, and how it was. Spans of a cable count in ``text``.

    ``warnings`` are sentences for the person who handed the file in. The first ``head`` characters
    of ``text`` are lines about it that stood outside: the marking in the header of a page, the
    date and subject of a mail.
    """

    text: str
    encoding: str
    media_type: str
    warnings: tuple[str, ...] = ()
    head: int = 0
