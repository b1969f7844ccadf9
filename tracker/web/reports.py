"""Pages of status reports.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("reports", __name__)
