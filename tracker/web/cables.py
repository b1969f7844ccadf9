"""Pages of importing a cable and confirming what was understood.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("cables", __name__)
