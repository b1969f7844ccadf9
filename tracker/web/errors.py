"""Turns errors into pages: the only place that decides which error is which status code.

A page says what happened, what was kept and what to do next, and never shows a stack trace.
"""

from __future__ import annotations

import secrets
import traceback
from pathlib import Path

import structlog
from flask import Flask, Response, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from tracker.intake import FileTooLarge
from tracker.policy.errors import (
    Conflict,
    Gone,
    InvalidInput,
    NotAllowed,
    NotFound,
    TooManyTries,
    TrackerError,
    Unavailable,
)
from tracker.web.typed import page_of_form, typed_fields

_CODES: tuple[tuple[type[TrackerError], int], ...] = (
    (FileTooLarge, 413),
    (InvalidInput, 422),
    (NotFound, 404),
    (NotAllowed, 403),
    (Conflict, 409),
    (Gone, 410),
    (TooManyTries, 429),
    (Unavailable, 503),
    (TrackerError, 422),
)
log = structlog.get_logger(__name__)
_FRAMES = 12


def install_errors(app: Flask) -> None:
    """Registers the pages of every error a person can meet."""
    app.register_error_handler(TrackerError, _tracker_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(StaleDataError, _written_meanwhile)
    app.register_error_handler(IntegrityError, _written_meanwhile)
    app.register_error_handler(DataError, _cannot_be_stored)
    app.register_error_handler(OverflowError, _cannot_be_stored)
    app.register_error_handler(Exception, _unexpected)


def status_of(error: TrackerError) -> int:
    """The status code that an error of ours is answered with."""
    return next(code for kind, code in _CODES if isinstance(error, kind))


def error_page(code: int, message: str | None = None) -> tuple[str, int]:
    """The page for a status code; ``message`` replaces its general first sentence."""
    return render_template("web/error.html", code=code, happened=message), code


def _tracker_error(error: TrackerError) -> tuple[str, int]:
    return error_page(status_of(error), str(error))


def not_saved_page(code: int, links: list[tuple[str, str]]) -> tuple[str, int]:
    """The page for a form that came too late; it gives back what was typed, passwords excepted."""
    return render_template("web/not_saved.html", code=code, typed=typed_fields(), links=links), code


def _csrf_error(_error: CSRFError) -> tuple[str, int]:
    return not_saved_page(400, [("Open the page again", page_of_form()), ("Home", "/")])


def _http_error(error: HTTPException) -> tuple[str, int] | Response | HTTPException:
    code = error.code or 500
    if isinstance(error, SecurityError):
        return _foreign_host()
    return error if code < 400 else error_page(code)


def _foreign_host() -> Response:
    """A request for a host that is not ours: no page, since a page would hold addresses."""
    address = current_app.config.get("BASE_URL", "")
    words = f"The tracker does not answer under this name. Its address is {address}\n"
    return Response(words, 400, mimetype="text/plain")


def _cannot_be_stored(_error: DataError | OverflowError) -> tuple[str, int]:
    """Numbers beyond what a column holds and NUL, which no page of ours sends."""
    return error_page(422, "That holds a number or a character that the tracker cannot keep.")


def _written_meanwhile(error: StaleDataError | IntegrityError) -> tuple[str, int]:
    """Two people wrote the same at the same instant and the database took one of them. The log
    keeps it, since the service should have seen it first."""
    _log("written meanwhile", error)
    return not_saved_page(409, [("Open the page again", page_of_form()), ("Home", "/")])


def _unexpected(error: Exception) -> tuple[str, int]:
    reference = _log("unexpected error", error)
    return render_template("web/error.html", code=500, reference=reference), 500


def _log(event: str, error: Exception) -> str:
    """Writes where it happened and nothing of what was being handled: neither the error's words
    nor any variable, which may hold cable text or passwords. Returns the reference."""
    reference = secrets.token_hex(4)
    log.error(
        event,
        reference=reference,
        page=page_in_logs(),
        kind=type(error).__name__,
        where=_frames(error),
    )
    return reference


def page_in_logs() -> str:
    """The page asked for, as logs may name it: its pattern, since an address may be a token."""
    return request.url_rule.rule if request.url_rule else "no page of ours"


def _frames(error: Exception) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
