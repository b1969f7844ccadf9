"""Adds a dialogue under an address that no other has, made from its name.

Two people who add one of the same name at the same time get two addresses.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.models import Dialogue
from tracker.queries.dialogues import is_slug_taken


def _free_slug(session: Session, name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("ə", "a")).encode("ascii", "ignore").decode()
    plain = re.sub(r"\b([a-z])\.(?=[a-z]\b)", r"\1", plain.lower())  # "u.s." is "us"
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "dialogue"
    slug, number = base, 2
    while is_slug_taken(session, slug):
        slug, number = f"{base}-{number}", number + 1
    return slug


def add_under_free_slug(session: Session, make: Callable[[str], Dialogue], name: str) -> Dialogue:
    """Adds the dialogue; where somebody else takes the same address at the same time, under the
    next one."""
    while True:
        dialogue = make(_free_slug(session, name))
        try:
            with session.begin_nested():
                session.add(dialogue)
        except IntegrityError:
            continue
        return dialogue
