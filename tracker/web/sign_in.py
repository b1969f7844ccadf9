"""Pages of signing in and out, invitations, the first set-up and forgotten passwords.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("sign_in", __name__)
