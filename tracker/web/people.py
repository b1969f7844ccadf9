"""Pages of the directory of persons and offices.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("people", __name__)
