"""Pages of signing in and out, invitations, the first set-up and forgotten passwords.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

import structlog
from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.extract.lexicon.load import countries
from tracker.models import Account
from tracker.policy.errors import InvalidInput, TrackerError
from tracker.queries.people import has_administrator
from tracker.services import manage_accounts, set_up, sign_in
from tracker.services.one_time_links import INVITATION, RESET
from tracker.services.send_account_mail import send_link
from tracker.web.access import enter, leave, public
from tracker.web.context import database, now, reading, settings, transaction
from tracker.web.device import find_device, remember_device
from tracker.web.forms.base import text_of
from tracker.web.forms.sign_in import ForgottenForm, NewPasswordForm, SetUpForm, SignInForm
from tracker.web.security import safe_next

pages = Blueprint("sign_in", __name__)
log = structlog.get_logger(__name__)
WRONG = "Mail address and password do not belong together. Check both and try again."


@pages.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in_page() -> ResponseReturnValue:
    """Mail address and password; the same answer for whatever is wrong."""
    target = safe_next(request.values.get("next"))
    if current_user.is_authenticated:
        return redirect(target)
    form = SignInForm(next=target)
    if form.validate_on_submit():
        token = _try_to_sign_in(text_of(form.login), text_of(form.password))
        if token is not None:
            return _entered(token, text_of(form.login), target)
        form.form_errors.append(WRONG)
    with reading() as session:
        is_set_up = has_administrator(session)
    page = render_template("web/sign_in/sign_in.html", form=form, is_set_up=is_set_up)
    return page, 422 if form.is_submitted() else 200


def _try_to_sign_in(login: str, password: str) -> str | None:
    """A session's token, or None after a failed try. The password is checked outside of the
    transaction that writes, since that takes its time on purpose."""
    origin = sign_in.Origin(request.remote_addr or "", find_device(login))
    with reading() as session:
        account_id = sign_in.check_credentials(session, login, password, origin, now=now())
    with transaction() as session:
        if account_id is None:
            sign_in.note_failure(session, login, origin, now=now())
            return None
        return sign_in.complete_sign_in(
            session, account_id, password, origin, now=now(), lasts=_lasts()
        )


def _entered(token: str, login: str, target: str, words: str = "") -> ResponseReturnValue:
    enter(token)
    if words:  # Only now: entering forgets whatever the browser held before.
        flash(words, "success")
    response = make_response(redirect(target))
    remember_device(response, login)
    return response


@pages.post("/sign-out")
@public
def sign_out_page() -> ResponseReturnValue:
    """Ends the session on the server."""
    leave()
    flash("You are signed out.", "success")
    return redirect(url_for(".sign_in_page"))


@pages.route("/set-up/<token>", methods=["GET", "POST"])
@public
def set_up_page(token: str) -> ResponseReturnValue:
    """The first administrator; opening the link changes nothing."""
    with reading() as session:
        set_up.open_set_up(session, token, now=now())
    form = SetUpForm(time_zone=str(settings().time_zone))
    if form.validate_on_submit():
        try:
            with transaction() as session:
                account = set_up.complete_set_up(session, token, _entry(form), now=now())
                started = sign_in.start_session(session, account, now=now(), lasts=_lasts())
        except InvalidInput as error:
            form.take_error(error)
        else:
            words = "The tracker is yours. Here is what comes next."
            return _entered(started, account.login, "/", words)
    page = render_template(
        "web/sign_in/set_up.html", form=form, countries=[country.name for country in countries()]
    )
    return page, 422 if form.is_submitted() else 200


def _entry(form: SetUpForm) -> set_up.SetUp:
    return set_up.SetUp(
        name=text_of(form.name),
        title=text_of(form.title),
        email=text_of(form.email),
        country=text_of(form.country),
        time_zone=text_of(form.time_zone),
        password=text_of(form.password),
    )


@pages.route("/invitation/<token>", methods=["GET", "POST"])
@public
def invitation_page(token: str) -> ResponseReturnValue:
    """Somebody who was invited chooses a password."""
    return _choose_password(INVITATION, token)


@pages.route("/reset/<token>", methods=["GET", "POST"])
@public
def reset_page(token: str) -> ResponseReturnValue:
    """Somebody who forgot their password chooses a new one."""
    return _choose_password(RESET, token)


def _lasts() -> dt.timedelta:
    return dt.timedelta(hours=settings().session_hours)


def _choose_password(purpose: str, token: str) -> ResponseReturnValue:
    with reading() as session:
        account = manage_accounts.account_behind(session, purpose, token, now=now())
    form = NewPasswordForm()
    if form.validate_on_submit():
        try:
            account, started = _take_up(purpose, token, text_of(form.password))
        except InvalidInput as error:
            form.take_error(error)
        else:
            words = "Your password is set, and you are signed in."
            return _entered(started, account.login, "/", words)
    page = render_template(
        "web/sign_in/choose_password.html", form=form, account=account, purpose=purpose
    )
    return page, 422 if form.is_submitted() else 200


def _take_up(purpose: str, token: str, password: str) -> tuple[Account, str]:
    with transaction() as session:
        account = manage_accounts.choose_password(session, purpose, token, password, now=now())
        return account, sign_in.start_session(session, account, now=now(), lasts=_lasts())


@pages.route("/forgotten", methods=["GET", "POST"])
@public
def forgotten_page() -> ResponseReturnValue:
    """Asks for a link by mail. The answer tells nothing of whether there is such an account: it is
    the same text, and the work is done after it has gone out, in a thread of its own: the next
    request on the same connection waits for neither database nor mail server."""
    form = ForgottenForm()
    can_mail = settings().smtp_url is not None
    is_asked = can_mail and form.validate_on_submit()
    if is_asked:
        with transaction() as session:
            sign_in.count_request(session, request.remote_addr or "", now=now())
    page = render_template(
        "web/sign_in/forgotten.html", form=form, can_mail=can_mail, is_asked=is_asked
    )
    response = make_response(page, 422 if form.errors else 200)
    if is_asked:
        mail = threading.Thread(target=_mail_later(text_of(form.login)), name=RESET_MAIL)
        response.call_on_close(mail.start)
    return response


RESET_MAIL = "reset mail"
"""The name of the threads that mail links to those who forgot their password."""


def _mail_later(login: str) -> Callable[[], None]:
    """What mails a link to ``login``, if there is such an account, outside of the request."""
    store, chosen, at = database(), settings(), now()

    def mail() -> None:
        try:
            with store.transaction() as session:
                link = manage_accounts.request_reset(session, login, now=at)
            if link is not None:
                send_link(link, chosen, now=at)
        except TrackerError as error:
            log.warning("no reset mail", reason=type(error).__name__)

    return mail
