"""The frame around every page: main navigation, versioned addresses, and the templates' words.

Pages add nothing here; a word or figure that only one page shows is that page's own.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, g, request

from tracker.policy.statuses import (
    STATUS_WORDS,
    STATUSES,
    date_in_words,
    days_in_words,
    due_in_words,
    is_due_soon,
    is_open,
    is_overdue,
)
from tracker.web import error_words, presentation

PRODUCT = "Dialogue Tracker"
HOME, DIALOGUES, IMPORT = "/", "/dialogues/", "/cables/import"
PEOPLE, OUTBOX, SYSTEM = "/people/", "/outbox/", "/system/"
SHARED = "/shared/"
ME, SIGN_IN, SIGN_OUT = "/me/", "/sign-in", "/sign-out"
ADDRESS = {
    "home": HOME,
    "dialogues": DIALOGUES,
    "import": IMPORT,
    "me": ME,
    "sign_in": SIGN_IN,
    "sign_out": SIGN_OUT,
}
"""The addresses that the frame itself leads to, by the name templates use."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whom the header names and whose navigation it shows."""

    name: str
    is_administrator: bool
    is_guest: bool = False
    """Whether they stand on the other side in all their dialogues, and see shared lists only."""


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the main navigation; ``icon`` is a name of the sprite."""

    label: str
    href: str
    icon: str
    is_current: bool


_MAIN = (
    ("Home", HOME, "home", HOME),
    ("Dialogues", DIALOGUES, "forum", DIALOGUES),
    ("Import", IMPORT, "upload_file", "/cables/"),
    ("People", PEOPLE, "people", PEOPLE),
    ("Outbox", OUTBOX, "mail_outline", OUTBOX),
)
_ADMINISTRATION = (("System", SYSTEM, "settings", SYSTEM),)
_GUEST = (("Shared lists", SHARED, "list", (SHARED, DIALOGUES)),)


def main_nav(path: str, *, is_administrator: bool, is_guest: bool = False) -> tuple[NavItem, ...]:
    """The main navigation as it stands on the page at ``path``. A guest is offered what is shared
    with them; the rest would be empty or closed."""
    main = _GUEST if is_guest else _MAIN
    entries = main + _ADMINISTRATION if is_administrator else main
    return tuple(
        NavItem(label, href, icon, path == HOME if below == HOME else path.startswith(below))
        for label, href, icon, below in entries
    )


def viewer() -> Viewer | None:
    """The person whose account stands on ``g.account``; None before sign-in."""
    account = getattr(g, "account", None)
    if account is None:
        return None
    scope = getattr(getattr(g, "actor", None), "scope", None)
    is_guest = bool(scope and scope.is_guest)
    return Viewer(account.contact.name, account.is_administrator, is_guest)


def address_with(**changes: object) -> str:
    """This page's address with parts of its query string changed; None takes one out."""
    query = {name: request.args.getlist(name) for name in request.args if name not in changes}
    query.update({name: [str(value)] for name, value in changes.items() if value is not None})
    text = urlencode(query, doseq=True)
    return f"{request.path}?{text}" if text else request.path


def install_shell(app: Flask) -> None:
    """Makes ``web/base.html`` and ``web/macros.html`` work in ``app``."""
    _version_static_addresses(app)
    app.jinja_env.globals.update(
        PRODUCT=PRODUCT,
        STATUSES=STATUSES,
        STATUS_WORDS=STATUS_WORDS,
        STATUS_ICONS=presentation.STATUS_ICONS,
        ADDRESS=ADDRESS,
        main_nav=main_nav,
        address_with=address_with,
        error_words=error_words.words_for,
        is_open=is_open,
        is_overdue=is_overdue,
        is_due_soon=is_due_soon,
        due_in_words=due_in_words,
        days_in_words=days_in_words,
        progress_segments=presentation.progress_segments,
        progress_in_words=presentation.progress_in_words,
        field_kind=presentation.field_kind,
        page_numbers=presentation.page_numbers,
        name_of=presentation.name_of,
    )
    app.context_processor(lambda: {"viewer": viewer()})
    app.jinja_env.filters.update(
        date_in_words=date_in_words, html_attributes=presentation.html_attributes
    )


def _version_static_addresses(app: Flask) -> None:
    """Adds the content's hash to addresses of static files, so that browsers may keep them."""
    versions: dict[str, str] = {}

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, object]) -> None:
        name = values.get("filename")
        if endpoint != "static" or not isinstance(name, str) or "v" in values:
            return
        if name not in versions or app.debug:
            versions[name] = _version_of(Path(str(app.static_folder)) / name)
        if versions[name]:
            values["v"] = versions[name]


def _version_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else ""
