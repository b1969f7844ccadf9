"""Pages of accounts, for administrators: invitations, new passwords, closing and naming.

Parse, call a service, redirect; no SQL here.
"""

from __future__ import annotations

import structlog
from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.policy.errors import InvalidInput, TrackerError
from tracker.queries import accounts, people
from tracker.services import manage_accounts
from tracker.services.manage_accounts import IssuedLink
from tracker.services.send_account_mail import address_of_link, send_link
from tracker.web.context import actor, now, reading, settings, transaction
from tracker.web.forms.contacts import contact_options
from tracker.web.forms.system import InviteForm
from tracker.web.moments import moment
from tracker.web.system import require_administrator

pages = Blueprint("accounts", __name__)
log = structlog.get_logger(__name__)


@pages.before_request
def _administrators_only() -> None:
    require_administrator()


@pages.route("/system/accounts", methods=["GET", "POST"])
def accounts_page() -> ResponseReturnValue:
    """Who can sign in; invites somebody of the directory."""
    with reading() as session:
        form = _invite_form(session)
    if form.validate_on_submit():
        try:
            with transaction() as session:
                contact = people.get_contact(session, int(form.contact_id.data))
                link = manage_accounts.invite(
                    session,
                    contact,
                    is_administrator=bool(form.is_administrator.data),
                    actor=actor(),
                    now=now(),
                )
        except InvalidInput as error:
            form.form_errors.append(str(error))
        else:
            return _link_page(link)
    with reading() as session:
        page = render_template(
            "web/system/accounts.html",
            form=form,
            accounts=accounts.list_accounts(session),
            moment=moment,
        )
    return page, 422 if form.is_submitted() else 200


@pages.post("/system/accounts/<int:account_id>/link")
def link_page(account_id: int) -> ResponseReturnValue:
    """A link with which somebody chooses a password, the first or a new one."""
    with transaction() as session:
        account = accounts.get_account(session, account_id)
        link = manage_accounts.give_link(session, account, actor=actor(), now=now())
    return _link_page(link)


@pages.post("/system/accounts/<int:account_id>/<any(close, open):what>")
def open_page(account_id: int, what: str) -> ResponseReturnValue:
    """Closes an account or opens it again."""
    with transaction() as session:
        account = accounts.get_account(session, account_id)
        manage_accounts.set_account_open(session, account, what == "open", actor=actor())
    words = "can sign in again" if what == "open" else "can no longer sign in"
    flash(f"{account.contact.full_name} {words}.", "success")
    return redirect(url_for(".accounts_page"))


@pages.post("/system/accounts/<int:account_id>/<any(promote, demote):what>")
def administrator_page(account_id: int, what: str) -> ResponseReturnValue:
    """Makes somebody an administrator, or no longer one."""
    with transaction() as session:
        account = accounts.get_account(session, account_id)
        manage_accounts.set_administrator(session, account, what == "promote", actor=actor())
    words = "is now an administrator" if what == "promote" else "is no longer an administrator"
    flash(f"{account.contact.full_name} {words}.", "success")
    return redirect(url_for(".accounts_page"))


def _link_page(link: IssuedLink) -> ResponseReturnValue:
    """Shows the link this once, since only its hash is stored; mails it where mail is set up."""
    is_sent, reason = False, ""
    if settings().smtp_url is not None:
        try:
            send_link(link, settings(), now=now())
            is_sent = True
        except TrackerError as error:
            reason = str(error)
            log.warning("account mail not sent", reason=type(error).__name__)
    return render_template(
        "web/system/link.html",
        link=link,
        address=address_of_link(link, settings().base_url),
        until=moment(link.expires_at),
        is_sent=is_sent,
        reason=reason,
    )


def _invite_form(session: Session) -> InviteForm:
    form = InviteForm()
    form.contact_id.choices = contact_options(accounts.list_invitable(session), "Choose a person")
    return form
