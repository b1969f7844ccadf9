"""A small application that shows every macro on one page, for tests and for looking at.

It has the shell and the headers of the real one and no database.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import Flask, abort, flash, g, render_template, request
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import HTTPException
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.validators import InputRequired, Length, Optional

from tracker.policy.markings import Marking, parse_marking
from tracker.web.forms.choices import options
from tracker.web.security import secure
from tracker.web.shell import install_shell

ROOT = Path(__file__).parents[2]
TODAY = dt.date(2008, 1, 10)
TOTALS = {"done": 9, "in_progress": 7, "agreed": 12, "proposed": 5, "deferred": 2, "declined": 1}


@dataclass(frozen=True)
class Page:
    """What the pager asks of a page of results."""

    number: int = 3
    pages: int = 12
    total: int = 1187
    first: int = 201
    last: int = 300


class SampleForm(FlaskForm):
    """One field of each kind."""

    title = StringField(validators=[InputRequired("Say what is to be done."), Length(max=90)])
    due_on = DateField("Due date", validators=[Optional()], description="As in 10 January 2008")
    status = SelectField(choices=options([("agreed", "Agreed"), ("done", "Done")]))
    kind = RadioField(
        choices=options([("action", "Action"), ("request", "Request")]),
        default="action",
    )
    owners = SelectMultipleField(
        choices=options([("derse", "Anne Derse"), ("mfa", "Foreign Ministry")]),
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )
    remark = TextAreaField(validators=[Optional()])
    cable = FileField("Cable", description="A text or Word file of at most 10 MB")
    password = PasswordField("Password")
    confirmed = BooleanField("The dates are confirmed", description="Both sides have said so")


def person(name: str = "Anne Derse", *, is_administrator: bool = True) -> SimpleNamespace:
    """The account of somebody who is signed in, as far as the shell looks."""
    return SimpleNamespace(contact=SimpleNamespace(name=name), is_administrator=is_administrator)


def make_gallery(user: Any = None, base_url: str = "") -> Flask:
    """The application; ``user`` None means nobody is signed in."""
    app = Flask("tracker", root_path=str(ROOT / "tracker"), template_folder=str(ROOT / "templates"))
    app.jinja_loader.searchpath.append(str(Path(__file__).parent / "templates"))  # type: ignore[union-attr]
    app.config.update(SECRET_KEY="of-the-gallery", TESTING=True)
    CSRFProtect(app)
    install_shell(app)
    secure(app, base_url=base_url)
    app.before_request(lambda: setattr(g, "account", user))
    app.register_error_handler(HTTPException, _show_error)
    app.add_url_rule("/", "gallery", _gallery, methods=["GET", "POST"])
    app.add_url_rule("/fail/<int:code>", "fail", abort)
    return app


def _gallery() -> str:
    form = SampleForm()
    form.validate_on_submit()
    if "flash" in request.args:
        flash("3 tasks now belong to Anne Derse.", "success")
    return render_template(
        "gallery.html",
        form=form,
        today=TODAY,
        totals=TOTALS,
        page=Page(),
        marking=_marking_asked_for(),
        markings=[parse_marking(m) for m in ("U", "SBU", "R", "C", "S//NF", "TS//OC")],
        days=[TODAY + dt.timedelta(days=n) for n in (-41, -1, 0, 1, 12, 200)],
    )


def _marking_asked_for() -> Marking | None:
    return parse_marking(request.args["marking"]) if "marking" in request.args else None


def _show_error(error: HTTPException) -> tuple[str, int]:
    code = error.code or 500
    versions = [("Title", "Theirs <b>", "Yours <script>alert(1)</script>")] if code == 409 else None
    return render_template("web/error.html", code=code, versions=versions), code
