"""Pages of reviewing the candidates of a cable.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("review", __name__)
