"""What a person chooses about their mail and calendar, and the links that end a kind of mail.

Parse, call a service, redirect; no SQL here. The page that shows the choices is web/me.
"""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.policy.errors import InvalidInput
from tracker.policy.notices import OPTIONAL
from tracker.services.calendar_feed import end_calendar, make_calendar
from tracker.services.choose_notices import choose_notices, decline, open_decline
from tracker.services.mail_links import revoke_links
from tracker.web.access import public
from tracker.web.context import now, reading, settings, today, transaction
from tracker.web.forms.notices import NoticesForm
from tracker.web.me import show_me

pages = Blueprint("notices", __name__)
one_click = Blueprint("one_click", __name__)
"""Apart, since a mail program that unsubscribes somebody has no session and no CSRF token."""


@pages.post("/me/notices")
def save_notices() -> ResponseReturnValue:
    """Keeps lead times, hour, absence and what is declined."""
    form = NoticesForm()
    form.offer(settings().remind_hour)
    if form.validate():
        try:
            with transaction() as session:
                choose_notices(session, g.account.contact_id, form.notices(), today=today())
        except InvalidInput as error:
            form.take_error(error)
        else:
            flash("Saved. It holds from the next mail on.", "success")
            return redirect(f"{url_for('me.me_page')}#notices")
    return show_me(notices=form), 422


@pages.post("/me/calendar")
def new_calendar() -> ResponseReturnValue:
    """A new address of one's calendar, shown this once."""
    with transaction() as session:
        token = make_calendar(session, g.account.contact_id, now=now())
    return show_me(calendar_url=f"{settings().base_url}/calendar/{token}.ics")


@pages.post("/me/calendar/end")
def stop_calendar() -> ResponseReturnValue:
    """Ends one's calendar."""
    with transaction() as session:
        end_calendar(session, g.account.contact_id)
    flash("Your calendar is ended. Its address gives nothing any more.", "success")
    return redirect(f"{url_for('me.me_page')}#calendar")


@pages.post("/me/links/end")
def end_links() -> ResponseReturnValue:
    """Ends the links of all mails so far."""
    with transaction() as session:
        revoke_links(session, g.account.contact_id)
    flash("The links in all mails that you have had so far are ended.", "success")
    return redirect(f"{url_for('me.me_page')}#notices")


@one_click.get("/mail/unsubscribe/<token>")
@public
def show_unsubscribe(token: str) -> ResponseReturnValue:
    """What would end; opening it changes nothing."""
    with reading() as session:
        _, kind = open_decline(session, settings().secret_key, token, now=now())
    return render_template("web/mail/unsubscribe.html", words=OPTIONAL[kind], is_done=False)


@one_click.post("/mail/unsubscribe/<token>")
@public
def unsubscribe(token: str) -> ResponseReturnValue:
    """Ends that kind of mail, by the button or by a mail program's one click (RFC 8058, 3.2)."""
    with transaction() as session:
        contact, kind = open_decline(session, settings().secret_key, token, now=now())
        decline(session, contact.id, kind)
    return render_template("web/mail/unsubscribe.html", words=OPTIONAL[kind], is_done=True)
