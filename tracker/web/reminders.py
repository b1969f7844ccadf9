"""Pages of the outbox and what is planned.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("reminders", __name__)
