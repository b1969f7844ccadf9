"""Why somebody got, or will get, a reminder: the same words in mails, on pages and in the command.

No clock, no database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.policy.reminder_calls import is_stale_key, step_of_key
from tracker.policy.reminder_rules import OVERDUE_EVERY_DAYS, every
from tracker.policy.reminders import is_overdue_key

OWNER, SEVERAL = "owner", "several"
UNOWNED, UNLINKED, ABSENT = "unowned", "unlinked", "absent"
HEAD, CHAIR, FOR_HEAD, FOR_CHAIR = "head", "chair", "for_head", "for_chair"
FAULTS = {
    UNLINKED: "is a name that nobody in the directory is linked to",
    "inactive": "is no longer active",
    "no_address": "has no mail address",
    "bounced": "has an address that sends mail back",
    "other_side": "is not of our side",
    "no_part": "takes no part in the dialogue",
    ABSENT: "is away",
}
"""Why an owner cannot be told, by what is kept with a reminder's line; each continues a name."""


@dataclass(frozen=True, slots=True)
class _Who:
    subject: str
    object: str
    leads: str


_YOU = _Who("You", "you", "you lead the dialogue")
_THEY = _Who("They", "them", "they lead the dialogue")
_RAISED = {HEAD: "head of its owner's office", CHAIR: "co-chair of the dialogue"}
_INSTEAD = {FOR_HEAD: "the head of its owner's office", FOR_CHAIR: "the co-chair"}


def why_in_words(
    occasion: str,
    why: str,
    *,
    is_own: bool = True,
    faults: Sequence[tuple[str, str]] = (),
    overdue_every: int | None = OVERDUE_EVERY_DAYS,
) -> str:
    """ "You own it; this is the reminder for 7 days before it is due". ``is_own`` where the reader
    is whom it is about; ``faults`` are the owners who cannot be told, each with what is the
    matter, where they are known."""
    who = _YOU if is_own else _THEY
    reason, when = _reason(why, faults, who), _occasion(occasion, overdue_every)
    return f"{reason}; {when}" if when else reason


def why_asked(*, is_own: bool = True, behalf: str = "", is_proposal: bool = False) -> str:
    """Why somebody is asked for an approval ("" for ``behalf`` where it is their own), or for an
    answer to what is proposed to change; ``is_own`` where the reader is whom it is about."""
    who = "you" if is_own else "they"
    if is_proposal:
        return f"Nobody has answered yet, and {who} edit the dialogue"
    deputy = f" as the delegate of {behalf}" if behalf else ""
    return f"{'Your' if is_own else 'Their'} side has not approved it yet, and {who} may{deputy}"


def faults_in_words(faults: Sequence[tuple[str, str]]) -> str:
    """ "Mira Okonjo has no mail address and Nils Brandt is away until 12 January 2008"."""
    said = [f"{name} {fault}" for name, fault in faults[:3]]
    if len(faults) > 3:
        said.append(f"{len(faults) - 3} more cannot be told")
    return " and ".join(said) if len(said) < 3 else f"{', '.join(said[:-1])} and {said[-1]}"


def _reason(why: str, faults: Sequence[tuple[str, str]], who: _Who) -> str:
    if why == OWNER:
        return f"{who.subject} own it"
    if why in _RAISED:
        return f"It was raised to {who.object} as {_RAISED[why]}"
    if why in _INSTEAD:
        return f"It would go to {_INSTEAD[why]}, but none can be told, and {who.leads}"
    if why == UNOWNED:
        return f"Nobody owns it yet, and {who.leads}"
    if faults:
        owner = "Its owner" if len(faults) == 1 else "Of its owners,"
        return f"{owner} {faults_in_words(faults)}, and {who.leads}"
    if why in FAULTS:
        return f"Its owner {FAULTS[why]}, and {who.leads}"
    return f"None of its owners can be reminded by mail, and {who.leads}"


def _occasion(key: str, overdue_every: int | None) -> str:
    if is_overdue_key(key):
        return _overdue(key, overdue_every)
    if step_of_key(key):
        return "it has been overdue for long, and this comes once"
    if is_stale_key(key):
        return "nothing was heard of it for a while, so please say how it stands"
    if not key.isdecimal():
        return ""
    words = {"0": "the day it is due", "1": "the day before it is due"}
    return f"this is the reminder for {words.get(key, f'{key} days before it is due')}"


def _overdue(key: str, overdue_every: int | None) -> str:
    days = key.rpartition("+")[2]
    late = "1 day" if days == "1" else f"{days} days"
    if overdue_every is None:
        return f"it is {late} overdue"
    return f"its date has passed, and this comes {every(overdue_every)} until it is closed"
