"""The Dialogue Tracker: what two governments agreed, followed up until it is done.

The application factory lives here; everything else has a package of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from tracker.config import Settings

__version__ = "0.1.0"


def create_app(settings: Settings | None = None) -> Flask:
    """The web application over the database that ``settings`` names, which must be up to date;
    without them, those of the environment (``gunicorn 'tracker:create_app()'``).

    Flask is imported here, so that commands which need no web server start without it.
    """
    from tracker.config import read_settings
    from tracker.web.application import build_application

    return build_application(settings or read_settings())
