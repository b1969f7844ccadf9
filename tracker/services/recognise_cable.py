"""Tells what is a cable from what is not, for pages and commands alike. No database here."""

from __future__ import annotations

from tracker.cable import Cable
from tracker.extract import Extraction
from tracker.intake import Document
from tracker.policy.errors import InvalidInput


def require_cable(document: Document, cable: Cable, extraction: Extraction) -> None:
    """Raises InvalidInput for a text in which nothing is understood. What stood outside the text,
    such as the subject of a mail, does not make a cable of it."""
    header = cable.header
    stated = [
        name
        for name in ("subject", "tags", "reference_id", "classification")
        if getattr(header, name) and header.spans.get(name, (document.head,))[0] >= document.head
    ]
    if stated or header.paragraphs or extraction.items or extraction.agenda:
        return
    words = (
        "This does not read as a cable: it has neither a header (SUBJECT, TAGS, REF …) nor "
        "numbered paragraphs, and nothing in it is to be followed up. Paste the whole text "
        "as it was received, or send a text, DOCX, HTML or mail file."
    )
    raise InvalidInput(" ".join([words, *document.warnings]))
