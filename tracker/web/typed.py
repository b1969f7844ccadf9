"""What a person typed into a form that could not be saved, to be given back to them.

Passwords and tokens are never given back; nothing is stored.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request

from tracker.web.security import safe_next

_SECRET = ("password", "token", "secret")


def typed_fields() -> list[tuple[str, str]]:
    """The request's form fields that hold text, each with its name in words."""
    return [
        (name.rpartition("-")[2].replace("_", " ").capitalize(), text)
        for name, text in request.form.items(multi=True)
        if text.strip() and not any(word in name.lower() for word in _SECRET)
    ]


def page_of_form() -> str:
    """The page of ours that the form stood on, as far as the browser tells; else the start."""
    parts = urlsplit(request.referrer or "")
    if parts.netloc != request.host:
        return "/"
    return safe_next(f"{parts.path}?{parts.query}" if parts.query else parts.path)
