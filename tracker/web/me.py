"""Pages of what a person sets for themselves.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.policy.errors import Conflict, InvalidInput
from tracker.policy.markings import join_markings
from tracker.queries.accounts import get_account, list_sessions
from tracker.queries.wishes import find_correspondence
from tracker.services import change_own, sign_in
from tracker.services.choose_notices import notices_of
from tracker.web.coming import address_of, coming_for
from tracker.web.confirming import count_failure, origin
from tracker.web.context import now, reading, settings, transaction
from tracker.web.forms.base import number_of, text_of
from tracker.web.forms.me import MyEntryForm
from tracker.web.forms.notices import NoticesForm
from tracker.web.forms.sign_in import ChangePasswordForm
from tracker.web.lines import marking_of
from tracker.web.moments import moment

pages = Blueprint("me", __name__)


@pages.route("/me/", methods=["GET", "POST"])
def me_page() -> ResponseReturnValue:
    """Name, title and time zone; the way to password and sessions."""
    form = MyEntryForm()
    code = 200
    if not form.is_submitted():
        form.show(g.account.contact)
    elif form.validate():
        try:
            _save_entry(form)
        except InvalidInput as error:
            form.take_error(error)
        except Conflict as conflict:
            words = "What you changed stands below, the rest as it is now. Save again."
            form.form_errors.append(f"{conflict} {words}")
            with reading() as session:
                stored = get_account(session, g.account.id).contact
                form.show(stored, keep=form.touched)
            code = 409
        else:
            flash("Saved.", "success")
            return redirect(url_for(".me_page"))
    if form.is_submitted() and code == 200:
        code = 422
    return show_me(form), code


def show_me(
    form: MyEntryForm | None = None,
    notices: NoticesForm | None = None,
    calendar_url: str | None = None,
) -> str:
    """The page, with the forms as they were sent or, where none is given, as things stand."""
    if form is None:
        form = MyEntryForm(None)
        form.show(g.account.contact)
    with reading() as session:
        chosen = notices_of(session, g.account.contact_id)
        if notices is None:
            notices = NoticesForm(None)
            notices.offer(settings().remind_hour)
            notices.show(chosen)
        coming = coming_for(session, size=6)
        return render_template(
            "web/me/me.html",
            form=form,
            notices=notices,
            kept=find_correspondence(session, g.account.contact_id),
            calendar_url=calendar_url,
            ceiling=settings().mail_ceiling,
            sessions=list_sessions(session, g.account.id, now=now()),
            moment=moment,
            coming=coming,
            address_of=address_of,
            marking_of=marking_of,
            marking=join_markings(marking_of(one.marking) for one in coming) if coming else None,
        )


def _save_entry(form: MyEntryForm) -> None:
    with transaction() as session:
        change_own.change_own_entry(
            session,
            get_account(session, g.account.id),
            seen_version=number_of(form.version),
            **form.changes,
        )


@pages.route("/me/password", methods=["GET", "POST"])
def password_page() -> ResponseReturnValue:
    """A new password; other browsers are signed out."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        with reading() as session:
            sign_in.refuse_too_many(session, g.account.login, origin(), now=now())
        try:
            with transaction() as session:
                change_own.change_own_password(
                    session,
                    get_account(session, g.account.id),
                    text_of(form.present),
                    text_of(form.password),
                    session_id=current_user.session_id,
                )
        except InvalidInput as error:
            if error.field == "present":
                count_failure()
            form.take_error(error)
        else:
            flash("Your password is changed. Other browsers are signed out.", "success")
            return redirect(url_for(".me_page"))
    page = render_template("web/me/password.html", form=form)
    return page, 422 if form.is_submitted() else 200


@pages.post("/me/sessions/<int:session_id>/end")
def end_session_page(session_id: int) -> ResponseReturnValue:
    """Signs one of one's own browsers out."""
    with transaction() as session:
        sign_in.end_session(session, g.account.id, session_id)
    flash("That browser is signed out.", "success")
    return redirect(url_for(".me_page"))
