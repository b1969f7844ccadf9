"""Who may see and do what, from roles and sides."""

from __future__ import annotations

import pytest

from tracker.policy.visibility import SYSTEM_SCOPE, Scope, scope_of

NORTHLAND, SUNDRIA = 1, 2
TALKS = 10
ME = 5


def scope(*roles: str, party: int | None = NORTHLAND, administrator: bool = False) -> Scope:
    """The scope of somebody with these roles in a dialogue that Northland owns."""
    return scope_of(ME, party, administrator, [(TALKS, NORTHLAND, role) for role in roles])


@pytest.mark.parametrize("role", ["lead", "editor", "notetaker", "owner", "co-chair", "reader"])
def test_every_role_on_the_own_side_reads(role: str) -> None:
    assert scope(role).may_read(TALKS)
    assert scope(role).dialogue_ids == (TALKS,)


@pytest.mark.parametrize("role", ["lead", "editor"])
def test_leads_and_editors_change_any_task(role: str) -> None:
    assert scope(role).may_edit(TALKS)
    assert scope(role).may_update(TALKS, [])


def test_an_owner_changes_only_what_they_own() -> None:
    owner = scope("owner")
    assert owner.may_update(TALKS, [ME])
    assert not owner.may_update(TALKS, [ME + 1, None])
    assert not owner.may_edit(TALKS)


@pytest.mark.parametrize("role", ["reader", "co-chair", "approver", "notetaker"])
def test_who_is_named_as_owner_without_the_role_only_reads(role: str) -> None:
    assert not scope(role).may_update(TALKS, [ME])


def test_only_a_lead_leads() -> None:
    assert scope("lead").may_lead(TALKS)
    assert not scope("editor").may_lead(TALKS)


def test_the_other_side_gets_the_shared_list_only() -> None:
    theirs = scope("lead", "editor", party=SUNDRIA)
    assert theirs.dialogue_ids == ()
    assert TALKS in theirs.shared
    for may in (theirs.may_read, theirs.may_edit, theirs.may_lead):
        assert not may(TALKS)
    assert not theirs.may_update(TALKS, [ME])


def test_who_has_no_side_sees_nothing() -> None:
    nobody = scope("lead", party=None)
    assert not nobody.may_read(TALKS)
    assert not nobody.shared


def test_an_administrator_sees_no_dialogue_by_that() -> None:
    assert not scope(administrator=True).may_read(TALKS)


def test_a_dialogue_one_has_no_role_in_is_closed() -> None:
    assert not scope("lead").may_read(TALKS + 1)
    assert not scope("lead").may_update(TALKS + 1, [ME])


def test_roles_in_one_dialogue_add_up() -> None:
    both = scope("reader", "owner")
    assert both.roles[TALKS] == {"reader", "owner"}
    assert both.may_update(TALKS, [ME])


def test_the_machine_itself_sees_everything() -> None:
    assert SYSTEM_SCOPE.may_read(TALKS)
    assert SYSTEM_SCOPE.may_edit(TALKS)
    assert SYSTEM_SCOPE.may_lead(TALKS)
