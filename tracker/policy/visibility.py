"""Who may see and do what: a person's roles, turned into a Scope that every query applies.

Roles are held per dialogue; the side is the person's own. No clock, no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

EDITING = frozenset({"lead", "editor"})
LOGGING = EDITING | {"notetaker"}
SPEAKING = LOGGING | {"approver", "owner"}
"""Who of a side updates its agreed items, says something on them and proposes amendments."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What one person may see. ``roles`` maps the id of each dialogue that they work in on its
    own side to their roles there; dialogues in which they stand on the other side are in
    ``shared`` and show the shared list only. ``is_system`` is for jobs and commands of the
    machine's owner, which see everything.
    """

    contact_id: int | None = None
    is_administrator: bool = False
    roles: Mapping[int, frozenset[str]] = field(default_factory=dict)
    shared: Mapping[int, frozenset[str]] = field(default_factory=dict)
    is_system: bool = False

    @property
    def dialogue_ids(self) -> tuple[int, ...]:
        """The dialogues whose internal side this person sees."""
        return tuple(self.roles)

    def may_read(self, dialogue_id: int) -> bool:
        """Whether the internal side of the dialogue is shown to them."""
        return self.is_system or dialogue_id in self.roles

    def may_edit(self, dialogue_id: int) -> bool:
        """Whether they review candidates and change any task: leads and editors."""
        return self.is_system or bool(EDITING & self.roles.get(dialogue_id, frozenset()))

    def may_lead(self, dialogue_id: int) -> bool:
        """Whether they decide who takes part, and may remove the dialogue."""
        return self.is_system or "lead" in self.roles.get(dialogue_id, frozenset())

    def may_log(self, dialogue_id: int) -> bool:
        """Whether they keep the log of a meeting: notetakers, leads and editors."""
        return self.is_system or bool(LOGGING & self.roles.get(dialogue_id, frozenset()))

    @property
    def shared_ids(self) -> tuple[int, ...]:
        """The dialogues whose shared list this person sees, from whichever side."""
        return (*self.roles, *(i for i in self.shared if i not in self.roles))

    @property
    def is_guest(self) -> bool:
        """Whether they stand on the other side in every dialogue of theirs."""
        return bool(self.shared) and not self.roles

    def may_read_shared(self, dialogue_id: int) -> bool:
        """Whether the shared list of the dialogue is shown to them, from whichever side."""
        return self.is_system or dialogue_id in self.roles or dialogue_id in self.shared

    def may_speak(self, dialogue_id: int) -> bool:
        """Whether they act for their side on the shared list: all roles but those that only
        read."""
        roles = self.roles.get(dialogue_id) or self.shared.get(dialogue_id) or frozenset()
        return self.is_system or bool(SPEAKING & roles)

    def as_other_side(self, dialogue_id: int) -> Scope:
        """What the other side's readers see of a dialogue; for a person of our own side who
        wants to see exactly that."""
        return Scope(shared={dialogue_id: frozenset({"reader"})})

    def may_update(self, dialogue_id: int, owner_ids: Iterable[int | None]) -> bool:
        """Whether they may change status and date and add remarks: editors any task, an owner
        the tasks they own. A reader only reads."""
        if self.may_edit(dialogue_id):
            return True
        is_owner = self.contact_id is not None and self.contact_id in set(owner_ids)
        return is_owner and "owner" in self.roles.get(dialogue_id, frozenset())


SYSTEM_SCOPE = Scope(is_system=True)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: the contact (None for the tracker itself), their name as history
    keeps it, and what they may see."""

    contact_id: int | None
    name: str
    scope: Scope

    def as_system(self) -> Actor:
        """The same person with the tracker's own rights: for what follows by itself from a step
        that they were entitled to take (an approval that makes tasks agreed)."""
        return Actor(self.contact_id, self.name, SYSTEM_SCOPE)


SYSTEM = Actor(None, "the tracker", SYSTEM_SCOPE)


def scope_of(
    contact_id: int,
    party_id: int | None,
    is_administrator: bool,
    memberships: Iterable[tuple[int, int, str]],
) -> Scope:
    """The scope of a person from (dialogue id, the dialogue's own party id, role) of each of
    their memberships. Who stands on another side than the dialogue's own gets the shared list
    only; who has no side gets nothing."""
    roles: dict[int, frozenset[str]] = {}
    shared: dict[int, frozenset[str]] = {}
    for dialogue_id, own_party_id, role in memberships:
        if party_id is None:
            continue
        target = roles if party_id == own_party_id else shared
        target[dialogue_id] = target.get(dialogue_id, frozenset()) | {role}
    return Scope(contact_id, is_administrator, roles, shared)
