"""Changing many tasks at once: each as one would be, and what cannot be is left and named."""

from __future__ import annotations

import pytest

from tests.world import NOW, TODAY, World, get_task
from tracker.models import Task
from tracker.policy.errors import InvalidInput
from tracker.policy.visibility import Actor
from tracker.services.change_many import Outcome, Pick, change_many
from tracker.services.change_task import TaskUpdate


def change(world: World, actor: Actor, update: TaskUpdate, picks: dict[int, int | None]) -> Outcome:
    """Makes the change to these tasks, given with the versions seen."""
    with world.database.transaction() as session:
        chosen = [Pick(session.get_one(Task, i), version) for i, version in picks.items()]
        return change_many(session, chosen, update, actor=actor, now=NOW, today=TODAY)


def test_what_is_changed_unchanged_and_left_is_told_apart(world: World) -> None:
    dialogue = world.dialogue()
    mira = world.person()
    world.join(dialogue, mira, "lead")
    first, second, third = (world.task(dialogue, f"Task {n}") for n in range(3))
    actor = world.actor(mira)
    change(world, actor, TaskUpdate(status="done"), {second: None})
    with world.database.reading() as session:
        seen = get_task(session, first).version
    outcome = change(world, actor, TaskUpdate(status="done"), {first: seen, second: None, third: 0})
    assert (outcome.changed, outcome.unchanged) == ([1], [2])
    assert outcome.left == {3: "somebody else changed it meanwhile"}


def test_an_owner_changes_their_own_among_those_picked(world: World) -> None:
    dialogue = world.dialogue()
    per = world.person("Per Lind")
    world.join(dialogue, per, "owner")
    own, other = world.task(dialogue, owners=[per]), world.task(dialogue)
    outcome = change(world, world.actor(per), TaskUpdate(remark="Soon."), {own: None, other: None})
    assert outcome.changed == [1]
    assert outcome.left == {2: "it is not yours to change"}


@pytest.mark.parametrize(
    ("update", "words"),
    [
        (TaskUpdate(), "Say what to change"),
        (TaskUpdate(remark="   "), "Say what to change"),
        (TaskUpdate(due_on=TODAY), "Say why"),
        (TaskUpdate(status="deferred"), "until when"),
        (TaskUpdate(status="finished"), "listed statuses"),
    ],
)
def test_what_fits_no_task_is_refused_as_a_whole(
    world: World, update: TaskUpdate, words: str
) -> None:
    dialogue = world.dialogue()
    mira = world.person()
    world.join(dialogue, mira, "lead")
    task = world.task(dialogue)
    with pytest.raises(InvalidInput, match=words):
        change(world, world.actor(mira), update, {task: None})
    with pytest.raises(InvalidInput, match="Tick"):
        change(world, world.actor(mira), TaskUpdate(status="done"), {})
