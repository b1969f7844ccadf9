"""Pages of the portfolio and the board of a dialogue.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("dialogues", __name__)
