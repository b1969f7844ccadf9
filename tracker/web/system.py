"""Pages of health, accounts and settings of the installation.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("system", __name__)
