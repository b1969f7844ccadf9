"""What the page of an agreed list shows, to either side: items, differences, approvals, forms.

Rendering only. What a person sees follows from the Scope that is handed in, so that an editor can
be shown exactly what the other side sees.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template
from sqlalchemy.orm import Session

from tracker.models import AgreedList, Contact, ListItem, Task
from tracker.policy.agreed_list import compare_lists, from_json
from tracker.policy.markings import join_markings, parse_marking
from tracker.policy.visibility import Scope
from tracker.queries.agreed_lists import (
    amendments_of,
    behalf_of,
    find_in_state,
    items_of,
    list_of_task,
    parties_without_approval,
    versions_of,
)
from tracker.reports.agreed_list import LIST_FORMAT_WORDS
from tracker.services.approve_list import side_of
from tracker.services.sign_list import sign_list
from tracker.web import context
from tracker.web.forms.agreed_lists import (
    AnswerForm,
    ApproveForm,
    ConsentForm,
    OfferForm,
    WithdrawForm,
)
from tracker.web.forms.choices import options

STATE_WORDS = {
    "draft": "Draft",
    "offered": "On offer",
    "frozen": "Agreed",
    "superseded": "Replaced",
}
STATE_ICONS = {
    "draft": "edit",
    "offered": "hourglass_empty",
    "frozen": "verified_user",
    "superseded": "history",
}


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of the page that hold something typed; None for fresh ones."""

    offer: OfferForm | None = None
    approve: ApproveForm | None = None
    consent: ConsentForm | None = None
    withdraw: WithdrawForm | None = None


def list_address(version: AgreedList) -> str:
    """Where a version's page stands."""
    meeting = version.meeting
    return f"/dialogues/{meeting.dialogue.slug}/meetings/{meeting.number}/list/{version.number}"


def agreed_item_of(session: Session, task: Task) -> tuple[str, str] | None:
    """Where an agreed task stands on the list of both sides, in words and as an address."""
    found = list_of_task(session, task) if task.agreed_text is not None else None
    if found is None:
        return None
    version, item = found
    meeting = version.meeting.number
    address = f"/dialogues/{task.dialogue.slug}/shared/meetings/{meeting}/items/{item.number}"
    return f"Item {item.number} of the agreed list, meeting {meeting}", address


def list_page(
    session: Session,
    version: AgreedList,
    *,
    scope: Scope | None = None,
    offer_form: OfferForm | None = None,
    approve_form: ApproveForm | None = None,
    consent_form: ConsentForm | None = None,
    withdraw_form: WithdrawForm | None = None,
) -> str:
    """The page of a version as ``scope`` sees it: the reader's own, unless another is given."""
    is_preview = scope is not None
    scope = scope or context.scope()
    meeting, dialogue = version.meeting, version.meeting.dialogue
    is_own = scope.may_read(dialogue.id)
    versions = versions_of(session, scope, meeting)
    forms = Forms(offer_form, approve_form, consent_form, withdraw_form)
    differences = _differences(version, versions)
    shown = [version, *([differences[0]] if differences else [])]
    return render_template(
        "web/room/agreed_list.html",
        dialogue=dialogue,
        meeting=meeting,
        version=version,
        signed=sign_list(session, version, now=context.now()),
        versions=versions,
        differences=differences,
        is_own=is_own,
        is_preview=is_preview,
        items_behind=_items_behind(session, version) if is_own else {},
        papers=_papers(version) if is_own else {},
        base=f"/dialogues/{dialogue.slug}/meetings/{meeting.number}",
        shared=f"/dialogues/{dialogue.slug}/shared/meetings/{meeting.number}",
        address=list_address(version),
        may_edit=scope.may_edit(dialogue.id),
        is_amendable=version.state == "frozen" and scope.may_speak(dialogue.id),
        amendments=_amendments(session, version),
        answer_form=AnswerForm(formdata=None),
        state_words=STATE_WORDS,
        state_icons=STATE_ICONS,
        formats=LIST_FORMAT_WORDS,
        marking=join_markings(parse_marking(one.marking) for one in shown),
        **_forms(session, version, scope, forms),
    )


def missing_parties(session: Session, version: AgreedList) -> Any:
    """The sides whose approval is missing, as options."""
    return options((p.id, p.name) for p in parties_without_approval(session, version))


def may_approve(session: Session, version: AgreedList, scope: Scope) -> Contact | str | None:
    """Whether the reader can approve now: "" in their own right, the approver whose delegate they
    are today, None where not at all."""
    if version.state != "offered" or scope.contact_id is None:
        return None
    dialogue = version.meeting.dialogue
    contact = session.get_one(Contact, scope.contact_id)
    party = side_of(session, dialogue, contact, scope)
    missing = {p.id for p in parties_without_approval(session, version)}
    if party is None or party.id not in missing:
        return None
    behalf = behalf_of(session, dialogue.id, contact.id, context.today(), now=context.now())
    return (behalf[0] or "") if behalf else None


def _forms(session: Session, version: AgreedList, scope: Scope, forms: Forms) -> dict[str, Any]:
    found: dict[str, Any] = {"offer_form": None, "approve_form": None, "consent_form": None}
    found["withdraw_form"] = None
    may_edit = scope.may_edit(version.meeting.dialogue_id)
    if version.state == "draft" and may_edit:
        found["offer_form"] = forms.offer or _offer_form(version)
    approver = may_approve(session, version, scope)
    if approver is not None:
        found["approve_form"] = forms.approve or ApproveForm(formdata=None)
        found["approve_form"].sha256.data = version.sha256
        found["on_behalf_of"] = approver
    if version.state == "offered" and may_edit:
        found["consent_form"] = forms.consent or _consent_form(session, version)
        found["withdraw_form"] = forms.withdraw or WithdrawForm(formdata=None)
    return found


def _offer_form(version: AgreedList) -> OfferForm:
    form = OfferForm(formdata=None)
    form.offer_markings(version.marking)
    form.marking.data, form.sha256.data = version.marking, version.sha256
    return form


def _consent_form(session: Session, version: AgreedList) -> ConsentForm:
    form = ConsentForm(formdata=None)
    form.party_id.choices = missing_parties(session, version)
    form.sha256.data = version.sha256
    return form


def _differences(version: AgreedList, versions: list[AgreedList]) -> Any:
    """What changed since the version before that this person sees; None for the first."""
    before = next((v for v in versions if v.number < version.number), None)
    if before is None:
        return None
    return before, compare_lists(from_json(before.content), from_json(version.content))


def _items_behind(session: Session, version: AgreedList) -> dict[int, ListItem]:
    return items_of(session, version.meeting_id)


def _papers(version: AgreedList) -> dict[str, int]:
    return {a.party.name: a.party_id for a in version.approvals if a.how == "on paper"}


def _amendments(session: Session, version: AgreedList) -> Any:
    """The proposals on the list that holds, each with the item's text as it stands."""
    frozen = find_in_state(session, version.meeting_id, "frozen")
    if frozen is None or frozen.id != version.id:
        return []
    content = from_json(frozen.content)
    return [
        (a, content.find_item(a.item_number)) for a in amendments_of(session, frozen.meeting_id)
    ]
