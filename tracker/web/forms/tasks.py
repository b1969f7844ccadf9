"""Forms of a task: update, hand over, edit, add by hand.

What a person saw goes along with each, so that only what they changed themselves is saved, and
nobody's change is overwritten unseen. No database here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from wtforms import (
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from tracker.models import Contact, Task, TaskOwner
from tracker.policy.history_words import names_in_words
from tracker.policy.markings import LEVELS, parse_marking
from tracker.policy.statuses import KINDS, STATUS_WORDS, date_in_words
from tracker.web.forms.base import TrackerForm, one_line, plain, stripped
from tracker.web.forms.choices import options
from tracker.web.forms.contacts import contact_options
from tracker.web.forms.fields import DayField, ManyField
from tracker.web.forms.seen import SeenFields, digests_of

KIND_WORDS = {
    "objective": "Objective – what our side wants to reach",
    "action": "Action – a step that somebody takes",
    "commitment": "Commitment – what a side has promised",
    "request": "Request – what a side has been asked for",
}
MAX_TEXT = 50_000


def title_field() -> StringField:
    """A task's title, on one line."""
    return StringField(
        "Title",
        filters=[stripped],
        validators=[
            InputRequired("Give the task a title."),
            Length(max=200, message="A title has at most 200 characters."),
            one_line,
        ],
    )


def name_field() -> StringField:
    """The name of an owner whom the directory does not have."""
    return StringField(
        "Or a name that is not in the directory",
        filters=[plain],
        validators=[Length(max=200), one_line],
    )


class SeenForm(SeenFields):
    """A form over a task; ``seen`` begins with the length of the history then."""

    ALWAYS: ClassVar[frozenset[str]] = frozenset()
    """Fields of the task that the form sets whenever it is sent."""

    def show(self, task: Task, *, keep: frozenset[str] = frozenset()) -> None:
        """Fills the form from the task, save for the fields to ``keep`` as they were typed."""
        values = self.values_of(task)
        self.show_values(values, keep=keep)
        self.version.data = str(task.version)
        self.seen.data = seen_text(task, values)

    def complete(self, task: Task) -> None:
        """Fills in what did not come along, as from a board's line, which sends the status alone;
        to be called before the form is shown again."""
        for name, value in self.values_of(task).items():
            if not self.has_come(name):
                self[name].process_data(value)
                self.seen.data = f"{self.seen.data or ''} {digests_of({name: value})}"

    def values_of(self, task: Task) -> dict[str, Any]:
        """The task's value of each watched field."""
        raise NotImplementedError

    def typed_words(self) -> dict[str, str]:
        """What was typed, in words, by the name of the task's field."""
        raise NotImplementedError

    def seen_version(self, task: Task) -> int:
        """What change_task compares: the version seen, or the present one where nobody has changed
        a field since (a remark or a planned reminder is no conflict)."""
        if self.seen_history == task.history_length:
            return task.version
        seen = self.version.data or ""
        return int(seen) if seen.isdecimal() and len(seen) < 10 else -1

    @property
    def seen_history(self) -> int:
        """How long the task's history was when it was seen; -1 where the form does not say."""
        first = (self.seen.data or "").split(" ")[0]
        return int(first) if first.isdecimal() and len(first) < 10 else -1


def seen_text(task: Task, values: dict[str, Any]) -> str:
    """What a form's ``seen`` field holds: "7 status=1f3a due_on=99ab"."""
    return f"{task.history_length} {digests_of(values)}"


class UpdateForm(SeenForm):
    """Status, next date, remark: what an owner is asked for."""

    WATCHED = ("status", "deferred_until", "due_on")
    status = SelectField("Status", choices=options(STATUS_WORDS.items()))
    deferred_until = DayField("Deferred until")
    due_on = DayField("Due date")
    reason = StringField(
        "Why the due date moves",
        filters=[plain],
        validators=[Length(max=500), one_line],
        description="Needed when it does",
    )
    remark = TextAreaField("Remark", filters=[plain], validators=[Optional()])

    def offer_statuses(self, task: Task, *, may_edit: bool) -> None:
        """That both sides have agreed is for an editor to record; what they have agreed on is no
        proposal again."""
        left_out = set()
        if not may_edit and task.status != "agreed":
            left_out.add("agreed")
        if task.agreed_text is not None and task.status != "proposed":
            left_out.add("proposed")
        offered = ((s, words) for s, words in STATUS_WORDS.items() if s not in left_out)
        self.status.choices = options(offered)

    def values_of(self, task: Task) -> dict[str, Any]:
        """Status, deferral and due date."""
        return {
            "status": task.status,
            "deferred_until": task.deferred_until,
            "due_on": task.due_on,
        }

    def typed_words(self) -> dict[str, str]:
        """Status, deferral and due date in words."""
        return {
            "status": STATUS_WORDS.get(self.status.data or "", ""),
            "deferred_until": date_in_words(self.deferred_until.data),
            "due_on": date_in_words(self.due_on.data),
        }


class OwnersForm(SeenForm):
    """To whom a task goes, and who of its owners stays."""

    WATCHED = ("keep",)
    ALWAYS = frozenset({"owners"})
    names_of_contacts: Mapping[str, str] = {}
    contact = SelectField("New owner", default="")
    name = name_field()
    keep = ManyField("Stays an owner as well", validate_choice=False)
    reason = StringField("Why", filters=[plain], validators=[Optional(), Length(max=500), one_line])

    def values_of(self, task: Task) -> dict[str, Any]:
        """Who owns it, by their place; a hand-over begins with none of them staying."""
        return {"keep": []}

    def offer_contacts(self, contacts: Sequence[Contact]) -> None:
        """Whom the task may go to."""
        self.contact.choices = contact_options(contacts)
        self.names_of_contacts = {str(contact.id): contact.full_name for contact in contacts}

    def offer_to_keep(self, task: Task) -> None:
        """Who owns it now and may stay."""
        self.keep.choices = options((key_of(owner), owner.label) for owner in task.owners)

    def typed_words(self) -> dict[str, str]:
        """The owners as they would be."""
        stay = [o.label.text for o in self.keep if o.data in (self.keep.data or [])]
        come = [self.names_of_contacts.get(self.contact.data or "", ""), self.name.data or ""]
        return {"owners": names_in_words([name for name in (*stay, *come) if name])}


def key_of(owner: TaskOwner) -> str:
    """What stands for an owner among those who may stay."""
    return f"{owner.contact_id or ''}|{owner.name}"


def party_options(task: Task) -> Any:
    """The parties of the task's dialogue and whoever else must act."""
    parties = [entry.party.name for entry in task.dialogue.parties]
    names = dict.fromkeys([*parties, *task.responsible_names])
    return options((name, name) for name in names)


class EditForm(SeenForm):
    """The wording of a task."""

    WATCHED = ("title", "text", "kind", "responsible")
    title = title_field()
    text = TextAreaField(
        "Text",
        filters=[plain],
        validators=[Optional(), Length(max=MAX_TEXT)],
        description="The wording your side works with. The passage in the cable stays as it is.",
    )
    kind = RadioField("Kind", choices=options(KIND_WORDS.items()))
    responsible = ManyField("Who must act")

    def values_of(self, task: Task) -> dict[str, Any]:
        """Title, text, kind and parties."""
        return {
            "title": task.title,
            "text": task.text,
            "kind": task.kind,
            "responsible": task.responsible_names,
        }

    def typed_words(self) -> dict[str, str]:
        """The wording as typed."""
        return {
            "title": self.title.data or "",
            "text": self.text.data or "",
            "kind": self.kind.data or "",
            "responsible": names_in_words(self.responsible.data or []),
        }


class NewTaskForm(TrackerForm):
    """A task written by hand."""

    names_of_contacts: Mapping[str, str] = {}
    title = title_field()
    text = TextAreaField("Text", filters=[plain], validators=[Optional(), Length(max=MAX_TEXT)])
    kind = RadioField("Kind", choices=options((k, KIND_WORDS[k]) for k in KINDS), default="action")
    responsible = ManyField("Who must act")
    agenda = SelectField("Agenda item", default="")
    contact = SelectField("Owner", default="")
    name = name_field()
    due_on = DayField("Due date")
    marking = SelectField(
        "Marking",
        choices=options((level, parse_marking(level).banner.capitalize()) for level in LEVELS),
        description="Of what you write here. It starts as that of the meeting's cables.",
    )
