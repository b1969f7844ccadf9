"""Forms of signing in, the first set-up, invitations and new passwords.

What may stand in a field; whether it is right, a service decides.
"""

from __future__ import annotations

from wtforms import HiddenField, PasswordField, SelectField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from tracker.policy.passwords import LONGEST, SHORTEST
from tracker.web.forms.base import (
    TrackerForm,
    known_time_zone,
    mail_address,
    one_line,
    stripped,
    time_zones,
)

PASSWORD_HINT = f"At least {SHORTEST} characters. Three or four unrelated words make a good one."


class SignInForm(TrackerForm):
    """Mail address and password; ``next`` is where the person was going."""

    login = StringField(
        "Mail address", [InputRequired("Enter your mail address."), Length(max=254), one_line]
    )
    password = PasswordField("Password", [InputRequired("Enter your password.")])
    next = HiddenField()


def _new_password(label: str) -> PasswordField:
    return PasswordField(
        label,
        [
            InputRequired("Choose a password."),
            Length(min=SHORTEST, message=f"Use at least {SHORTEST} characters."),
            Length(max=LONGEST, message=f"Use at most {LONGEST} characters."),
        ],
        description=PASSWORD_HINT,
    )


def _repeated() -> PasswordField:
    return PasswordField(
        "The same password again",
        [
            InputRequired("Type the password a second time."),
            EqualTo("password", "The two passwords differ. Type both again."),
        ],
    )


class NewPasswordForm(TrackerForm):
    """A new password, typed twice."""

    password = _new_password("New password")
    repeated = _repeated()


class ChangePasswordForm(TrackerForm):
    """A new password, by somebody who knows the old one."""

    present = PasswordField("Present password", [InputRequired("Enter your present password.")])
    password = _new_password("New password")
    repeated = _repeated()


class ForgottenForm(TrackerForm):
    """Whose password is forgotten."""

    login = StringField(
        "Mail address", [InputRequired("Enter your mail address."), Length(max=254), one_line]
    )


class SetUpForm(TrackerForm):
    """The first administrator."""

    name = StringField(
        "Your name",
        [InputRequired("Enter your name."), Length(max=200), one_line],
        filters=[stripped],
    )
    title = StringField(
        "Title or position",
        [Length(max=200), one_line],
        filters=[stripped],
        description="As it stands before your name: Ambassador, Dr.",
    )
    email = StringField(
        "Mail address",
        [InputRequired("Enter your mail address."), Length(max=254), one_line, mail_address],
        filters=[stripped],
        description="You sign in with it.",
    )
    country = StringField(
        "Country that you work for",
        [InputRequired("Name the country that you work for."), Length(max=120), one_line],
        filters=[stripped],
    )
    time_zone = SelectField("Time zone", [known_time_zone])
    password = _new_password("Password")
    repeated = _repeated()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.time_zone.choices = time_zones()
