"""Forms of the directory: an entry, the filter of the list, linking a name, roles.

What may stand in a field; whether it may be saved, a service decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.validators import InputRequired, Length, Optional

from tracker.models import ROLES, Contact
from tracker.services.manage_people import Entry
from tracker.services.manage_roles import ROLE_WORDS
from tracker.web.forms.base import (
    TrackerForm,
    known_time_zone,
    mail_address,
    one_line,
    stripped,
    text_of,
    time_zones,
)
from tracker.web.forms.choices import options
from tracker.web.forms.seen import SeenFields


class ContactForm(SeenFields):
    """A person or office; of one that there is already, only what the writer changed is saved."""

    WATCHED = ("kind", "name", "title", "party", "office_id", "email", "time_zone", "aliases")
    kind = RadioField(
        "Kind", choices=options([("person", "A person"), ("office", "An office")]), default="person"
    )
    name = StringField(
        "Name", [InputRequired("Enter a name."), Length(max=200), one_line], filters=[stripped]
    )
    title = StringField(
        "Title or position",
        [Optional(), Length(max=200), one_line],
        filters=[stripped],
        description="As it stands before the name: Ambassador, Dr.",
    )
    party = StringField(
        "Side",
        [Optional(), Length(max=120), one_line],
        filters=[stripped],
        description="The government that they act for. It decides what they see.",
    )
    office_id = SelectField("Office that they belong to", coerce=str, default="")
    email = StringField(
        "Mail address",
        [Optional(), Length(max=254), one_line, mail_address],
        filters=[stripped],
        description="Reminders go there. Without one, they go to the dialogue's lead.",
    )
    time_zone = SelectField("Time zone", [known_time_zone], default="UTC")
    aliases = TextAreaField(
        "Other names in texts",
        [Optional(), Length(max=10_000)],
        description="One a line, as cables write them: DFM Azimov, MFA.",
    )

    def offer(self, offices: Sequence[Contact], *, zone: str = "UTC") -> None:
        """Fills the choices; ``zone`` is chosen where nothing else is."""
        none = ("", "None, or not in the directory")
        self.office_id.choices = options([none, *((o.id, o.full_name) for o in offices)])
        self.time_zone.choices = time_zones()
        if self.time_zone.data is None:
            self.time_zone.data = zone

    def show(self, contact: Contact, *, keep: frozenset[str] = frozenset()) -> None:
        """Fills the fields with an entry as it is stored, save for those to ``keep``."""
        self.version.data = str(contact.version)
        self.show_values(
            {
                "kind": contact.kind,
                "name": contact.name,
                "title": contact.title,
                "party": contact.party.name if contact.party else "",
                "office_id": str(contact.office_id or ""),
                "email": contact.email or "",
                "time_zone": contact.time_zone,
                "aliases": "\n".join(contact.aliases),
            },
            keep=keep,
        )

    def entry(self) -> Entry:
        """What was entered."""
        return Entry(
            kind=text_of(self.kind),
            name=text_of(self.name),
            title=text_of(self.title),
            party=text_of(self.party),
            office_id=int(self.office_id.data) if self.office_id.data else None,
            email=text_of(self.email),
            time_zone=text_of(self.time_zone),
            aliases=tuple(line.strip() for line in text_of(self.aliases).splitlines()),
        )

    def changed(self, stored: Entry) -> Entry:
        """The stored entry with what the writer touched as entered."""
        entered, touched = self.entry(), self.touched
        return replace(stored, **{name: getattr(entered, name) for name in touched})

    def differences(self, stored: Mapping[str, str]) -> list[tuple[str, str, str]]:
        """(label, stored, entered) of the touched fields in which what is stored differs."""
        choices: Any = self.office_id.choices  # The stubs do not know SelectChoice.
        offices = {choice.value: choice.label for choice in choices}
        entered = {field.name: str(field.data or "") for field in self}
        entered["office"] = offices.get(entered["office_id"], "") if entered["office_id"] else ""
        labels = {field.name: field.label.text for field in self}
        labels["office"] = labels["office_id"]
        rows = (
            (labels[name], text.strip(), entered[name].replace("\r\n", "\n").strip())
            for name, text in stored.items()
            if (name if name != "office" else "office_id") in self.touched
        )
        return [row for row in rows if row[1] != row[2]]


class LinkForm(TrackerForm):
    """A name of texts, and whom it means."""

    name = HiddenField(validators=[InputRequired(), Length(max=200)])
    contact_id = IntegerField(validators=[InputRequired("Choose who it is.")])


class RolesForm(TrackerForm):
    """A person's roles in a dialogue."""

    roles = SelectMultipleField(
        "Roles",
        choices=options((role, role.capitalize()) for role in ROLES),
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )


class NewMemberForm(RolesForm):
    """Somebody who is to take part in a dialogue, with a first role."""

    contact_id = SelectField("Person", coerce=str, validators=[InputRequired("Choose a person.")])
    roles = SelectMultipleField(
        "Roles",
        [InputRequired("Choose at least one role.")],
        choices=options((role, f"{role.capitalize()}: {ROLE_WORDS[role]}") for role in ROLES),
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )


class ActionForm(TrackerForm):
    """A button: nothing but its token."""
