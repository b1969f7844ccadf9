"""Forms of the reporting cycle: the period, a draft with its places, answers, questions.

What may stand in a field; whether it may be saved, a service decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    PasswordField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange

from tracker.models import StatusReport, Task
from tracker.policy.statuses import OPEN, STATUS_WORDS
from tracker.services.change_task import TaskUpdate
from tracker.services.edit_report import Decision, ReportEdit
from tracker.web.forms.base import TrackerForm, number_of, one_line, stripped, text_of
from tracker.web.forms.fields import DayField

ANSWERS = {status: STATUS_WORDS[status] for status in (*OPEN, "done", "declined")}
"""Statuses an owner may answer with; deferring needs a day and is done on the task's page."""


class ReportDayForm(TrackerForm):
    """The day that a call or a draft is for."""

    as_of = DayField("As of the end of", validators=[InputRequired("Say of which day.")])


class PeriodForm(TrackerForm):
    """How often a dialogue reports."""

    is_on = BooleanField("Prepare reports by itself: call owners, then make the draft")
    months = IntegerField(
        "Months from report to report", validators=[InputRequired(), NumberRange(1, 36)]
    )
    first_due_on = DayField(
        "First report as of",
        description="Empty: that long after the last day of the meeting.",
    )
    call_days = IntegerField(
        "Days before at which owners are called", validators=[InputRequired(), NumberRange(1, 120)]
    )
    draft_days = IntegerField(
        "Days before at which the draft is made", validators=[InputRequired(), NumberRange(0, 60)]
    )


class SeenForm(TrackerForm):
    """A button, with the hash or the count of edits that its presser saw."""

    seen = HiddenField()


class ApproveReportForm(SeenForm):
    """One's own approval of the report that one saw."""

    password = PasswordField(
        "Your password",
        validators=[InputRequired("Enter your password to approve.")],
        description="It confirms that it is you who approves.",
    )


class PaperForm(SeenForm):
    """An approval that was given on paper."""

    party_id = HiddenField()
    name = StringField(
        "Who approved", validators=[InputRequired("Say who."), Length(max=200), one_line]
    )


class RemarksForm(TrackerForm):
    """What a side adds in its own name."""

    remarks = TextAreaField("Remarks of your side", filters=[stripped])


class WordsForm(TrackerForm):
    """A question, or an answer."""

    text = TextAreaField("Your words", filters=[stripped])


class QuestionForm(TrackerForm):
    """A question from the other side; its field has a name of its own, since it stands on a page
    with other forms."""

    question = TextAreaField("Your question", filters=[stripped])


class DraftForm(TrackerForm):
    """A draft. What is written on each place comes in numbered fields beside these: ``shared-0``,
    ``internal-0``, ``level-0``, ``reason-0`` …, in the order of the places on the page."""

    seen = HiddenField()
    decisions_shared = TextAreaField(
        "Decisions wanted from the co-chairs", description="One a line. Both sides read them."
    )
    decisions_own = TextAreaField("Decisions wanted, for our side only", description="One a line.")
    remarks = TextAreaField(
        "Remarks of our side", description="In our own name. Both sides read them."
    )
    shared_marking = StringField("Marking of what both sides read", validators=[one_line])
    internal_marking = StringField("Marking of what only our side reads", validators=[one_line])
    send_on = DayField(
        "Send it on", description="Once both sides have approved. Empty: by hand, at once."
    )

    def show(self, report: StatusReport) -> None:
        """Fills the form from the stored draft."""
        lines = {True: "", False: ""}
        for entry in report.decisions:
            lines[bool(entry["is_shared"])] += f"{entry['text']}\n"
        self.seen.data = str(report.edits)
        self.decisions_shared.data, self.decisions_own.data = lines[True], lines[False]
        self.remarks.data = report.remarks.get(str(report.dialogue.own_party_id), "")
        self.shared_marking.data = report.shared_marking
        self.internal_marking.data = report.internal_marking
        self.send_on.data = report.send_on

    def seen_edits(self) -> int:
        """The count of edits that the writer saw."""
        return number_of(self.seen)

    def edit(self, sent: Mapping[str, str], places: Sequence[str]) -> ReportEdit:
        """What was written, on the form and on the numbered places."""

        def of(name: str, n: int) -> str:
            return sent.get(f"{name}-{n}", "").replace("\r\n", "\n")

        decisions = [Decision(line, True) for line in text_of(self.decisions_shared).splitlines()]
        decisions += [Decision(line) for line in text_of(self.decisions_own).splitlines()]
        return ReportEdit(
            texts={p: (of("shared", n), of("internal", n)) for n, p in enumerate(places)},
            ratings={p: (of("level", n), of("reason", n)) for n, p in enumerate(places)},
            decisions=tuple(decisions),
            remarks=text_of(self.remarks).replace("\r\n", "\n"),
            shared_marking=text_of(self.shared_marking),
            internal_marking=text_of(self.internal_marking),
            send_on=self.send_on.data,
        )


def edit_of(report: StatusReport) -> ReportEdit:
    """The stored draft as an edit, for the fields of the places."""
    texts: Mapping[str, Any] = report.texts
    return ReportEdit(
        texts={p: (t.get("shared", ""), t.get("internal", "")) for p, t in texts.items()},
        ratings={p: (r["level"], r["reason"]) for p, r in report.ratings.items()},
    )


def read_updates(sent: Mapping[str, str], tasks: Sequence[Task]) -> dict[int, TaskUpdate]:
    """What an owner answers, by number of task: a status and a remark, each as it was left."""
    found = {}
    for task in tasks:
        status = sent.get(f"status-{task.number}", "")
        remark = sent.get(f"remark-{task.number}", "").strip()
        is_changed = status in ANSWERS and status != task.status
        if is_changed or remark:
            found[task.number] = TaskUpdate(status=status if is_changed else None, remark=remark)
    return found
