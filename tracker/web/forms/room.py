"""Forms of the room: a line of the log, days and delegations of a meeting, its agenda.

What may stand in a field; whether it may be saved, a service decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from tracker.extract.typed_line import unread_dates
from tracker.models import AgendaItem, Contact, LogEntry, Meeting
from tracker.models.meetings import DELEGATE_ROLES
from tracker.web.forms.base import TrackerForm, one_line, stripped
from tracker.web.forms.choices import options
from tracker.web.forms.contacts import contact_options
from tracker.web.forms.fields import DayField

BOTH = "*"
STATE_WORDS = {"open": "Agreed", "deferred": "Deferred", "dropped": "Dropped"}


class LineForm(TrackerForm):
    """A line of the log. ``client_id`` is made anew for each; ``task`` is the objective it is
    about, ``person`` who typed it where a script sends it later."""

    client_id = HiddenField()
    person = HiddenField(default="")
    task = HiddenField()
    agenda = SelectField("Agenda item", default="", validate_choice=False)
    typed = StringField("What was agreed")
    who = SelectField("Who must act", default="", validate_choice=False)
    state = SelectField("Outcome", choices=options(STATE_WORDS.items()), default="open")
    reason = StringField("Why it is deferred or dropped", filters=[stripped])

    def offer(self, meeting: Meeting) -> None:
        """The agenda items and the parties to choose from."""
        self.agenda.choices = agenda_options(meeting.agenda)
        parties = [(entry.party.name, entry.party.name) for entry in meeting.dialogue.parties]
        self.who.choices = options([("", "As the owner’s side"), *parties, (BOTH, "Both sides")])

    def parties(self, meeting: Meeting) -> tuple[str, ...]:
        """The parties that were chosen."""
        return parties_in(meeting, self.who.data)

    def show(self, entry: LogEntry) -> None:
        """Fills the form from a stored line."""
        self.typed.data = entry.typed
        self.agenda.data = entry.agenda_item.label if entry.agenda_item else ""
        self.state.data, self.reason.data = entry.state, entry.reason
        self.who.data = BOTH if len(entry.responsible) > 1 else "".join(entry.responsible)


class ChangeLineForm(LineForm):
    """A stored line, with the version that its reader saw."""

    version = HiddenField()

    def show(self, entry: LogEntry) -> None:
        """Fills the form from a stored line."""
        super().show(entry)
        self.version.data = str(entry.version)


class QuestionForm(TrackerForm):
    """What a line of the log leaves open: ``who`` must act where no side was said, and ``typed``
    where a date in it was not understood. One for each line, told apart by a prefix."""

    version = HiddenField()
    who = SelectField("Who must act", default="", validate_choice=False)
    typed = StringField("The line, with its @owner, !date and #kind")
    asks_side = False
    asks_date = False

    def ask(self, meeting: Meeting, entry: LogEntry) -> None:
        """Decides what is asked of the line, and offers the sides with none of them chosen."""
        self.asks_side, self.asks_date = not entry.responsible, bool(unread_dates(entry.text))
        parties = [(one.party.name, one.party.name) for one in meeting.dialogue.parties]
        self.who.choices = options([("", "Choose a side"), *parties, (BOTH, "Both sides")])

    def show_line(self, entry: LogEntry) -> None:
        """Fills the form from the line as it is stored."""
        self.version.data, self.typed.data = str(entry.version), entry.typed

    def parties(self, meeting: Meeting) -> tuple[str, ...]:
        """The parties that were chosen; none where none was."""
        return parties_in(meeting, self.who.data)

    def say_what_is_missing(self, has_side: bool, unread: Sequence[str]) -> None:
        """Puts a word at each field that is still open."""
        if self.asks_side and not has_side:
            self.who.errors = ["Choose who must act."]
        if self.asks_date and unread:
            self.typed.errors = [f"“{unread[0]}” is still no date that can be meant here."]


class DaysForm(TrackerForm):
    """When and where a meeting is held; ``seen`` is what the page showed of it."""

    seen = HiddenField()
    starts_on = DayField("First day", validators=[Optional()])
    ends_on = DayField("Last day", validators=[Optional()])
    place = StringField(
        "Place", filters=[stripped], validators=[Optional(), Length(max=200), one_line]
    )


class DelegateForm(TrackerForm):
    """Somebody who comes to a meeting."""

    party_id = SelectField("Delegation", coerce=str)
    contact_id = SelectField("Person", coerce=str, default="")
    name = StringField(
        "Or a name that is not in the directory",
        filters=[stripped],
        validators=[Optional(), Length(max=200), one_line],
    )
    function = SelectField(
        "Function",
        choices=options((role, role.capitalize()) for role in DELEGATE_ROLES),
        default="expert",
    )

    def offer(self, meeting: Meeting, contacts: Sequence[Contact]) -> None:
        """The two delegations, and the people of the directory."""
        parties = meeting.dialogue.parties
        self.party_id.choices = options((e.party_id, e.party.name) for e in parties)
        people = [contact for contact in contacts if contact.kind == "person"]
        self.contact_id.choices = contact_options(people, "Choose a person")


class PlaceForm(TrackerForm):
    """Under which agenda item a carried task comes up."""

    agenda = SelectField("Agenda item", default="", validate_choice=False)


class PlainForm(TrackerForm):
    """A button and nothing else."""


class ProposalForm(TrackerForm):
    """What is to change on an agreed item, and why."""

    text = TextAreaField("Agreed text", filters=[stripped], validators=[Length(max=2000)])
    owners = StringField(
        "Owners",
        filters=[stripped],
        validators=[Length(max=1000), one_line],
        description="Several are separated by semicolons.",
    )
    due_on = DayField("Due date", validators=[Optional()])
    reason = StringField(
        "Why",
        filters=[stripped],
        validators=[InputRequired("Say why; both sides read it."), Length(max=500), one_line],
    )


def parties_in(meeting: Meeting, choice: str | None) -> tuple[str, ...]:
    """The parties that a choice of sides means; none for none."""
    names = tuple(entry.party.name for entry in meeting.dialogue.parties)
    if choice == BOTH:
        return names
    return (choice,) if choice in names else ()


def agenda_options(agenda: Sequence[AgendaItem]) -> list[Any]:
    """The agenda as options, "no agenda item" first."""
    items = [(item.label, f"{item.label}. {item.title}") for item in agenda]
    return options([("", "No agenda item"), *items])
