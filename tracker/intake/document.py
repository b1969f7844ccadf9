"""What reading a file or a mail gives. Nothing here reads."""

from __future__ import annotations

import datetime as dt
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


@dataclass(frozen=True, slots=True)
class Mail:
    """The text of a mail's body, and what its fields say; ``sent`` None where that is no date."""

    text: str
    encoding: str
    warnings: tuple[str, ...]
    subject: str = ""
    sent: dt.datetime | None = None
