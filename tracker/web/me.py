"""Pages of what a person sets for themselves.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("me", __name__)
