"""Knows a browser on which somebody has signed in before, by a signed cookie of its own.

It opens nothing; it only keeps the owner's tries apart from those of strangers at one address.
"""

from __future__ import annotations

import secrets

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from tracker.services.sign_in import hash_token
from tracker.web.context import settings

_COOKIE = "tracker-device"
_LASTS = 400 * 24 * 3600


def find_device(login: str) -> str | None:
    """The device's random id, where this login has signed in on it before."""
    try:
        known = _signer().loads(request.cookies.get(_COOKIE, ""))
    except BadSignature:
        return None
    return str(known["device"]) if known.get("login") == _named(login) else None


def remember_device(response: Response, login: str) -> None:
    """Marks this browser as one that ``login`` has signed in on."""
    known = {"device": find_device(login) or secrets.token_urlsafe(16), "login": _named(login)}
    response.set_cookie(
        _COOKIE,
        _signer().dumps(known),
        max_age=_LASTS,
        path="/sign-in",
        secure=settings().is_https,
        httponly=True,
        samesite="Lax",
    )


def _named(login: str) -> str:
    return hash_token(login.strip().lower())


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="device")
