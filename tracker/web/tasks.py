"""Pages of the task list, a task, and what people change on it.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("tasks", __name__)
