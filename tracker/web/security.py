"""What every answer carries so that a browser guards the person, and where a sign-in may lead.

No decision about who may see what lives here; that is policy/visibility.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from flask import Flask, Response, abort, request

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ONE_YEAR = 31_536_000
_STRICT_TRANSPORT = f"max-age={ONE_YEAR}; includeSubDomains"
_VERSIONED = f"public, max-age={ONE_YEAR}, immutable"
_UNVERSIONED = "public, max-age=86400"
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\\]")  # "/\evil", "/\n/evil"
_LONGEST_NEXT = 2_000


def secure(app: Flask, *, base_url: str = "") -> None:
    """Sets the headers above on every response of ``app``, errors included.

    ``base_url`` is the address that people use; strict transport is asked for only where it is
    https. A header that a view has set itself stays.
    """
    strict = urlsplit(base_url).scheme == "https"

    @app.before_request
    def refuse_null() -> None:
        """No address of ours holds a NUL, and PostgreSQL cannot even be asked about one."""
        asked = (text for pair in request.args.items(multi=True) for text in pair)
        if "\x00" in request.path or any("\x00" in text for text in asked):
            abort(404)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if strict:
            response.headers.setdefault("Strict-Transport-Security", _STRICT_TRANSPORT)
        _set_caching(response)
        return response


def _set_caching(response: Response) -> None:
    """Files that carry a version are kept for a year, others a day; pages and errors never. A view
    whose answer its reader's program may keep says so itself, with "private"."""
    if request.endpoint == "static" and response.status_code in (200, 304):
        response.headers["Cache-Control"] = _VERSIONED if "v" in request.args else _UNVERSIONED
        return
    if not (response.cache_control.private and response.status_code in (200, 304)):
        response.headers["Cache-Control"] = "no-store"


def is_safe_next(target: str | None) -> bool:
    """Whether a redirect may follow ``target``: a path of ours, whichever way it is decoded."""
    if not target or len(target) > _LONGEST_NEXT or not target.startswith("/"):
        return False
    decoded = target
    for _ in range(4):
        if _UNSAFE.search(decoded) or "//" in re.split(r"[?#]", decoded, maxsplit=1)[0]:
            return False
        once_more = unquote(decoded)
        if once_more == decoded:
            return True
        decoded = once_more
    return False


def safe_next(target: str | None, default: str = "/") -> str:
    """``target`` where it is a path of ours, otherwise ``default``."""
    return target if target and is_safe_next(target) else default
