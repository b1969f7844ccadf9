"""Imports and confirms a cable in one step, as a script does it: what the text leaves open is
taken from options, and otherwise noted as unconfirmed instead of asked.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from tracker.extract import DEFAULT, Extraction, Lexicon
from tracker.models import CableRecord, Dialogue, Meeting, Membership, Task
from tracker.policy.errors import InvalidInput
from tracker.policy.markings import Marking, join_markings, parse_marking
from tracker.policy.visibility import SYSTEM
from tracker.queries.cables import list_cables
from tracker.queries.dialogues import find_dialogue
from tracker.queries.people import find_account
from tracker.queries.versions import find_version_before
from tracker.services.confirm_cable import Confirmation, confirm_cable
from tracker.services.confirm_version import Outcome, confirm_version
from tracker.services.import_cable import ImportResult, ReadCable, import_cable
from tracker.services.read_again import draw_reading, read_again
from tracker.services.review_candidates import accept_candidate
from tracker.services.suggest_confirmation import suggest_name, suggest_parties
from tracker.services.understand_cable import Understanding, recall


@dataclass(frozen=True, slots=True)
class CommandImport:
    """What the command was given; None is what it was not. ``accept`` is "likely", "all" or
    None; ``lead`` the mail address of an account; ``marking`` what holds for a text that states
    none."""

    data: bytes
    filename: str
    name: str | None = None
    parties: tuple[str, ...] = ()
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    follow_up_months: int | None = None
    accept: str | None = None
    lead: str | None = None
    marking: str | None = None


@dataclass(slots=True)
class CommandResult:
    """What was done. ``notes`` are sentences about what nobody has confirmed, ``said`` those
    about a corrected copy, or about options that a known cable leaves aside. ``is_known`` where
    the cable was part of its dialogue before, and ``new_lead`` who leads that from now on; without
    a lead nobody sees it in the browser."""

    cable: CableRecord
    dialogue: Dialogue
    meeting: Meeting
    is_known: bool
    likely: int = 0
    possible: int = 0
    tasks: list[Task] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    new_lead: str | None = None
    has_lead: bool = True


def import_from_command(
    session: Session,
    wanted: CommandImport,
    *,
    now: dt.datetime,
    max_bytes: int,
    lexicon: Lexicon = DEFAULT,
    read: ReadCable | None = None,
) -> CommandResult:
    """Imports, confirms with what is known, and accepts as wanted; ``read`` as in import_cable. The
    same bytes again change nothing, save that ``accept`` still accepts what is undecided. Raises
    InvalidInput."""
    imported = import_cable(
        session,
        wanted.data,
        wanted.filename,
        actor=SYSTEM,
        now=now,
        max_bytes=max_bytes,
        lexicon=lexicon,
        read=read,
    )
    cable = imported.cable
    was_settled = cable.dialogue is not None and cable.meeting is not None
    notes: list[str] = []
    if was_settled:
        said = _left_aside(wanted)
    else:
        notes, said = _settle(session, wanted, imported, now, lexicon)
    if cable.dialogue is None or cable.meeting is None:
        raise InvalidInput("The cable could not be attached to a dialogue.")
    result = CommandResult(
        cable, cable.dialogue, cable.meeting, was_settled, notes=notes, said=said
    )
    if wanted.lead:
        result.new_lead = _set_lead(session, cable.dialogue, wanted.lead)
    result.has_lead = any(member.role == "lead" for member in cable.dialogue.members)
    _accept(session, result, wanted.accept, now)
    return result


def _settle(
    session: Session,
    wanted: CommandImport,
    imported: ImportResult,
    now: dt.datetime,
    lexicon: Lexicon,
) -> tuple[list[str], list[str]]:
    """Attaches the cable as a version of one that is here, or confirms it; what to note and say."""
    cable = imported.cable
    if cable.dialogue is None and _is_version(session, wanted, cable):
        outcome = confirm_version(
            session, cable, actor=SYSTEM, now=now, lexicon=lexicon, marking=wanted.marking
        )
        return [], _version_words(cable, outcome)
    if imported.is_known:  # Words may have been added since somebody imported it.
        read_again(session, cable, draw_reading(cable, lexicon=lexicon))
    confirmation, notes = _confirmation(session, wanted, recall(cable), cable.marking)
    confirm_cable(session, cable, confirmation, actor=SYSTEM, now=now, lexicon=lexicon)
    return notes, []


def _is_version(session: Session, wanted: CommandImport, cable: CableRecord) -> bool:
    """Whether it corrects a cable that is here, and was not given to another dialogue by name."""
    before = find_version_before(session, SYSTEM.scope, cable)
    if before is None or before.dialogue is None:
        return False
    return wanted.name is None or wanted.name.casefold() == before.dialogue.name.casefold()


def _version_words(cable: CableRecord, outcome: Outcome) -> list[str]:
    said = ["It is a corrected copy, noted as a new version; no task was changed."]
    if outcome.changed or outcome.gone:
        said.append(
            f"Tasks whose passage changed: {len(outcome.changed)}; is gone: {len(outcome.gone)}. "
            f"Decide on them at /cables/{cable.id}/version."
        )
    return said


def _left_aside(wanted: CommandImport) -> list[str]:
    """What was given for a cable that was confirmed before, where it holds no more."""
    given = {
        "--party": wanted.parties,
        "--starts-on": wanted.starts_on,
        "--ends-on": wanted.ends_on,
        "--follow-up-months": wanted.follow_up_months,
        "--marking": wanted.marking,
    }
    options = [option for option, value in given.items() if value]
    if not options:
        return []
    words = " and ".join(filter(None, [", ".join(options[:-1]), options[-1]]))
    verb = "holds" if len(options) == 1 else "hold"
    return [f"{words} {verb} when a cable is first imported, and changed nothing now."]


def _confirmation(
    session: Session, wanted: CommandImport, understood: Understanding, read_as: str
) -> tuple[Confirmation, list[str]]:
    extraction = understood.extraction
    name = wanted.name or suggest_name(extraction)
    dialogue = find_dialogue(session, SYSTEM.scope, name)
    if dialogue is not None and dialogue.is_sample:
        dialogue = None
    parties = wanted.parties or suggest_parties(extraction)
    if dialogue is None and len(parties) < 2:
        raise InvalidInput(
            "The cable does not say which two parties meet; name them, your own first: "
            '--party "United States" --party Azerbaijan.'
        )
    starts_on = wanted.starts_on or extraction.meeting.starts_on
    ends_on = wanted.ends_on or (wanted.starts_on or extraction.meeting.ends_on)
    months = wanted.follow_up_months or (
        dialogue.follow_up_months if dialogue else extraction.meeting.follow_up_months
    )
    notes = _notes(wanted, extraction, dialogue is None)
    marking = wanted.marking
    if marking is None and not understood.is_marked:
        presumed = _presumed_marking(session, dialogue)
        marking = presumed.short
        # A single paragraph may be marked higher than the text is taken for.
        whole = join_markings([presumed, parse_marking(read_as)])
        notes.append(
            f"the marking, which the text does not state; it is taken for {whole.banner} "
            "(--marking states it)."
        )
    confirmation = Confirmation(
        dialogue,
        name,
        tuple(parties),
        starts_on,
        ends_on,
        months,
        marking,
        is_confirmed=wanted.starts_on is not None,
    )
    return confirmation, notes


def _presumed_marking(session: Session, dialogue: Dialogue | None) -> Marking:
    """What an unmarked text is taken for while nobody has said what it is: classified, and no lower
    than the cables of its dialogue, so that no mail says more of it than it may."""
    beside = list_cables(session, SYSTEM.scope, dialogue.id) if dialogue else []
    return join_markings(parse_marking(one) for one in ("C", *(c.marking for c in beside)))


def _notes(wanted: CommandImport, extraction: Extraction, is_new: bool) -> list[str]:
    notes = []
    if is_new and not wanted.parties:
        notes.append("the parties, as read from the cable (--party names them).")
    if wanted.starts_on is None:
        dates = {(s.starts_on, s.ends_on) for s in extraction.meeting.statements}
        if not dates:
            notes.append("the meeting's dates, which the cable does not give (--starts-on).")
        elif len(dates) > 1:
            notes.append(
                f"the meeting's dates, of which the cable gives {len(dates)} different ones "
                "(--starts-on and --ends-on settle it)."
            )
        else:
            notes.append("the meeting's dates, as read from the cable (--starts-on).")
    return notes


def _set_lead(session: Session, dialogue: Dialogue, login: str) -> str | None:
    """The name of who leads it from now on; None for one who leads it already."""
    account = find_account(session, login)
    if account is None:
        raise InvalidInput(f"There is no account with the mail address {login}.")
    contact = account.contact
    if contact.party_id is None:
        contact.party_id = dialogue.own_party_id
    if contact.party_id != dialogue.own_party_id:
        raise InvalidInput(f"{contact.name} is not of this dialogue's own side.")
    if any(m.contact_id == contact.id and m.role == "lead" for m in dialogue.members):
        return None
    dialogue.members.append(Membership(contact_id=contact.id, contact=contact, role="lead"))
    return contact.name


def _accept(session: Session, result: CommandResult, accept: str | None, now: dt.datetime) -> None:
    candidates = [c for c in result.cable.candidates if not c.aside]
    result.likely = sum(c.tier == "likely" for c in candidates)
    result.possible = len(candidates) - result.likely
    for candidate in candidates:
        is_wanted = accept == "all" or (accept == "likely" and candidate.tier == "likely")
        if is_wanted and candidate.decision == "pending":
            task = accept_candidate(session, candidate, actor=SYSTEM, now=now, today=now.date())
            result.tasks.append(task)
    session.flush()
