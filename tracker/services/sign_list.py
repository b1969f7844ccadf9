"""Puts a version of an agreed list together with its signatures, as it is printed and exported.

Reads only. The shared edition holds what both sides see; the internal one adds our own tasks.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from tracker.models import AgreedList, Approval
from tracker.policy.agreed_list import from_json
from tracker.policy.statuses import date_in_words
from tracker.queries.agreed_lists import items_of
from tracker.reports.agreed_list import AnnexLine, Signature, SignedList

HOW_WORDS = {
    "signed in": "signed in with password",
    "delegate": "as delegate, signed in with password",
    "on paper": "given on paper",
}


def sign_list(
    session: Session, version: AgreedList, *, now: dt.datetime, with_annex: bool = False
) -> SignedList:
    """The version with a signature for each party, those that are missing empty."""
    content = from_json(version.content)
    given = {approval.party.name: approval for approval in version.approvals}
    return SignedList(
        content=content,
        sha256=version.sha256,
        state=version.state,
        signatures=tuple(_signature(version, party, given.get(party)) for party in content.parties),
        made_at=version.frozen_at or version.offered_at or now,
        annex=_annex(session, version, {i.number for i in content.items}) if with_annex else (),
    )


def _signature(version: AgreedList, party: str, approval: Approval | None) -> Signature:
    if approval is None:
        return Signature(party)
    behalf = f" on behalf of {approval.on_behalf_of}" if approval.on_behalf_of else ""
    return Signature(
        party=party,
        by=approval.approver_name + behalf,
        on=approval.given_on,
        how=_how(version, approval),
        sha256=approval.sha256,
    )


def _how(version: AgreedList, approval: Approval) -> str:
    """ "given on paper, recorded by Tomas Reyl for Northland on 11 July 2007; the paper is kept":
    both sides see whose word it is that it was."""
    words = HOW_WORDS[approval.how]
    if approval.how != "on paper":
        return words
    day = date_in_words(approval.recorded_at.date())
    side = version.meeting.dialogue.own_party.name
    kept = "; the paper is kept" if approval.attachment_name else ""
    return f"{words}, recorded by {approval.recorded_by} for {side} on {day}{kept}"


def _annex(session: Session, version: AgreedList, numbers: set[int]) -> tuple[AnnexLine, ...]:
    return tuple(
        AnnexLine(number, item.task.number, item.task.title, item.task.marking)
        for number, item in items_of(session, version.meeting_id).items()
        if item.task is not None and number in numbers
    )
