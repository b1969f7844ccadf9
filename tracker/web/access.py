"""Who is asking: the session behind the cookie, and that every page but the public ones needs one.

Flask-Login is used here alone; the cookie holds a random token and nothing about the person.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

import structlog
from flask import Flask, Response, current_app, g, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from tracker.models import Contact
from tracker.policy.errors import Unavailable
from tracker.services import sign_in
from tracker.web import context
from tracker.web.errors import not_saved_page, page_in_logs
from tracker.web.shell import SIGN_IN

View = TypeVar("View", bound=Callable[..., Any])
log = structlog.get_logger(__name__)
_GUARDED = frozenset({"side", "role", "roles", "marking", "party", "is_administrator", "actor"})
"""Fields that would give somebody more: only a form that has them may take them."""


class Person(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types.
    """The person who is signed in, as templates and Flask-Login see them."""

    def __init__(self, token: str, found: sign_in.SignedIn) -> None:
        self.token = token
        self.session_id = found.session.id
        self.account = found.account

    def get_id(self) -> str:
        """What the cookie holds."""
        return self.token

    @property
    def name(self) -> str:
        """Their name, without title."""
        return self.account.contact.name

    @property
    def contact(self) -> Contact:
        """Their entry in the directory."""
        return self.account.contact

    @property
    def is_administrator(self) -> bool:
        """Whether they see to the installation."""
        return self.account.is_administrator


def public(view: View) -> View:
    """Marks a view as open to people who are not signed in; all others are closed to them."""
    view.is_public = True  # type: ignore[attr-defined]  # A mark of ours on a function.
    return view


def install_access(app: Flask) -> None:
    """Puts ``g.account`` and ``g.actor`` in place before each request, and closes the pages."""
    manager = LoginManager(app)
    manager.session_protection = None  # It would tie sessions to an address, which changes.
    manager.user_loader(_load)
    app.before_request(_require_sign_in)
    app.after_request(_log_ignored_fields)


def enter(token: str) -> None:
    """Makes this browser hold the session of that token, and nothing it held before."""
    session.clear()
    person = _load(token)
    if person is not None:
        login_user(person)
        session.pop("_id", None)  # Of Flask-Login's own protection, which is off.


def leave() -> None:
    """Ends this browser's session on the server, then forgets it here."""
    if current_user.is_authenticated:
        with context.transaction() as database:
            sign_in.sign_out(database, current_user.token, now=context.now())
    logout_user()
    session.clear()


def _load(token: str) -> Person | None:
    """The person of a live session. Asked again on the page of an error that it met itself, it
    says nobody, so that this page can be shown."""
    if g.get("database_is_away"):
        return None
    try:
        return _read_person(token)
    except Unavailable:
        g.database_is_away = True
        raise


def _read_person(token: str) -> Person | None:
    with context.reading() as database:
        found = sign_in.find_signed_in(database, token, now=context.now())
    if found is None:
        return None
    g.account, g.actor = found.account, found.actor
    if sign_in.is_stale(found.session, context.now()):
        _refresh(found.session.id)
    return Person(token, found)


def _refresh(session_id: int) -> None:
    """A busy database is no reason to refuse a page."""
    try:
        with context.transaction() as database:
            sign_in.refresh_session(database, session_id, now=context.now())
    except Unavailable:
        log.info("session not refreshed")


def _require_sign_in() -> ResponseReturnValue | None:
    if request.endpoint == "static":
        return None
    if current_user.is_authenticated or request.endpoint is None:
        return None
    if getattr(current_app.view_functions[request.endpoint], "is_public", False):
        return None
    if "HX-Request" in request.headers:
        return Response(status=401, headers={"HX-Redirect": _sign_in_address(_page_of_htmx())})
    if request.method not in ("GET", "HEAD"):
        return not_saved_page(401, [("Sign in", SIGN_IN)])
    return redirect(_sign_in_address(request.full_path.rstrip("?")))


def _page_of_htmx() -> str:
    parts = urlsplit(request.headers.get("HX-Current-URL", ""))
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _sign_in_address(target: str) -> str:
    return SIGN_IN if target in ("", "/") else f"{SIGN_IN}?{urlencode({'next': target})}"


def _log_ignored_fields(response: Response) -> Response:
    """Nothing reads a field that no form has; that somebody sent one is worth knowing."""
    is_read = response.status_code < 500 and response.status_code != 413
    if request.method == "POST" and request.endpoint and is_read:
        asked_for: set[str] = g.get("form_fields", set())
        for name in sorted(_GUARDED.intersection(request.form) - asked_for):
            log.warning("ignored a field", field=name, page=page_in_logs())
    return response
