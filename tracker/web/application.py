"""Wires the web application: settings, database, security, pages. No page lives here.

Called by tracker.create_app alone.
"""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from pathlib import Path
from typing import Any

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, ValidationError

from tracker.config import Settings
from tracker.db import Database
from tracker.web.access import install_access
from tracker.web.errors import install_errors
from tracker.web.security import secure
from tracker.web.shell import install_shell

PAGES = (
    "sign_in",
    "home",
    "dialogues",
    "meetings",
    "log",
    "log_live",
    "log_questions",
    "agreed_lists",
    "amendments",
    "shared",
    "tasks",
    "task_lists",
    "new_task",
    "cables",
    "cable_again",
    "versions",
    "review",
    "review_edit",
    "review_selected",
    "review_gold",
    "review_reshape",
    "review_live",
    "people",
    "roles",
    "reminders",
    "report_outbox",
    "reminder_rules",
    "heads",
    "reports",
    "report_cycle",
    "report_page",
    "report_steps",
    "standing",
    "system",
    "rules",
    "accounts",
    "me",
    "answers",
    "mail_form",
    "update_form",
    "notices",
    "calendar",
)
"""Modules of this package with a blueprint named ``pages``."""
HIGHEST_ID = 2**31 - 1
WITHOUT_SESSION = frozenset({"mail_form", "update_form"})
"""Those whose links authorise by themselves: a forged request would have to know the link, so they
ask for no CSRF token, which a person who is not signed in may have no cookie for."""
_TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


class StoredNumber(IntegerConverter):
    """A number in an address: at most what a database holds as an id, whatever its page says."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.max = min(self.max or HIGHEST_ID, HIGHEST_ID)

    def to_python(self, value: str) -> int:
        """The number; raises ValidationError, which is a 404."""
        if len(value) > len(str(HIGHEST_ID)):  # Python refuses to read thousands of digits.
            raise ValidationError
        return int(super().to_python(value))


def build_application(settings: Settings) -> Flask:
    """The Flask application; see tracker.create_app."""
    app = Flask("tracker", template_folder=str(_TEMPLATES))
    bind(app, settings)
    _believe_proxies(app, settings.proxies)
    app.url_map.converters["int"] = StoredNumber  # Before any page names one.
    csrf = CSRFProtect(app)
    install_access(app)
    install_shell(app)
    install_errors(app)
    secure(app, base_url=settings.base_url)
    for name in PAGES:
        module = import_module(f"tracker.web.{name}")
        app.register_blueprint(module.pages)
        if name in WITHOUT_SESSION:
            csrf.exempt(module.pages)
        if hasattr(module, "one_click"):
            app.register_blueprint(module.one_click)
            csrf.exempt(module.one_click)
    return app


def _believe_proxies(app: Flask, count: int) -> None:
    """Takes a person's address and the scheme from our own proxies, and from nobody else: the
    host is never taken from a header that a browser could send."""
    if count:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign] # Flask's own way to wrap it.
            app.wsgi_app, x_for=count, x_proto=count, x_host=0, x_port=0, x_prefix=0
        )


def bind(app: Flask, settings: Settings) -> None:
    """Gives the application its settings and its database. An application of the same base URL
    and proxies can be bound to others between two requests."""
    app.extensions["tracker_settings"] = settings
    app.extensions["tracker_database"] = Database(settings.database_url)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=settings.max_upload_bytes,
        MAX_FORM_MEMORY_SIZE=settings.max_upload_bytes,
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        BASE_URL=settings.base_url,
        SESSION_COOKIE_NAME="__Host-tracker" if settings.is_https else "tracker",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=dt.timedelta(hours=settings.session_hours),
        WTF_CSRF_TIME_LIMIT=settings.session_hours * 3600,
        TEMPLATES_AUTO_RELOAD=False,
    )
