"""What lists, boards and standings find, and that a scope bounds every one of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.world import NOW, TODAY, World
from tracker.models import AgendaItem, Dialogue, Meeting, Task
from tracker.policy.errors import NotFound
from tracker.policy.visibility import SYSTEM, SYSTEM_SCOPE, Scope
from tracker.queries.boards import BOARD_ORDERS, read_board
from tracker.queries.home import due_list, first_steps, news, without_owner
from tracker.queries.standings import standings
from tracker.queries.task_filters import Asked, TaskFilter
from tracker.queries.tasks import Page, get_task, list_tasks, owner_choices
from tracker.services.change_task import TaskUpdate, change_task

STRANGER = Scope(contact_id=99)


class Talks:
    """Two dialogues with tasks; ``scope`` sees the first only."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.ours = world.dialogue()
        self.theirs = world.dialogue("Northland-Eastmark Fishing Talks")
        self.mira = world.person()
        world.join(self.ours, self.mira, "lead")
        self.scope = world.actor(self.mira).scope
        for n in range(7):
            due_on = TODAY + dt.timedelta(days=20 * n - 40)
            owners = [[self.mira], ["Bureau of Borders"], []][n % 3]
            world.task(self.ours, f"Task {n}", owners=owners, due_on=due_on)
        world.task(self.theirs, "Count the fish", due_on=TODAY - dt.timedelta(days=1))


@pytest.fixture
def talks(world: World) -> Talks:
    """Two dialogues with tasks."""
    return Talks(world)


def test_a_scope_bounds_lists_boards_and_counts(talks: Talks) -> None:
    with talks.world.database.reading() as session:
        ours = session.get_one(Dialogue, talks.ours)
        theirs = session.get_one(Dialogue, talks.theirs)
        asked = Asked(TODAY)
        assert list_tasks(session, talks.scope, ours, TaskFilter(), asked).total == 7
        assert list_tasks(session, talks.scope, None, TaskFilter(), asked).total == 7
        assert list_tasks(session, SYSTEM_SCOPE, None, TaskFilter(), asked).total == 8
        assert list_tasks(session, talks.scope, theirs, TaskFilter(), asked).total == 0
        for by in BOARD_ORDERS:
            assert read_board(session, talks.scope, theirs, by, TODAY).sections == []
            assert read_board(session, STRANGER, ours, by, TODAY).sections == []
        assert standings(session, talks.scope, [talks.theirs], TODAY) == {}
        assert owner_choices(session, STRANGER, talks.ours) == []
        assert due_list(session, STRANGER, "overdue", TODAY).total == 0
        assert news(session, STRANGER, NOW - dt.timedelta(days=9))[1] == 0


def test_one_task_is_found_by_number_or_not_at_all(talks: Talks) -> None:
    with talks.world.database.reading() as session:
        slug = session.get_one(Dialogue, talks.ours).slug
        other = session.get_one(Dialogue, talks.theirs).slug
        assert get_task(session, talks.scope, slug, 1).title == "Task 0"
        for wanted in ((slug, 99), (other, 1), ("none", 1)):
            with pytest.raises(NotFound, match="There is no such task"):
                get_task(session, talks.scope, *wanted)


def test_every_board_counts_every_task_and_every_owner_of_it(talks: Talks) -> None:
    with talks.world.database.reading() as session:
        ours = session.get_one(Dialogue, talks.ours)
        for by in BOARD_ORDERS:
            board = read_board(session, talks.scope, ours, by, TODAY)
            assert sum(section.total for section in board.sections) == 7
            assert sum(section.late for section in board.sections) == 2
            for section in board.sections:
                found = list_tasks(session, talks.scope, ours, section.filters, Asked(TODAY))
                assert found.total == section.total


def test_a_board_shows_few_lines_and_counts_all(talks: Talks) -> None:
    with talks.world.database.reading() as session:
        ours = session.get_one(Dialogue, talks.ours)
        board = read_board(session, talks.scope, ours, "agenda", TODAY, max_lines=3)
        (section,) = board.sections
        assert (len(section.tasks), section.total) == (3, 7)
        assert [task.title for task in section.tasks] == ["Task 0", "Task 1", "Task 2"]


def test_labels_of_two_meetings_are_kept_apart(talks: Talks) -> None:
    with talks.world.database.transaction() as session:
        ours = session.get_one(Dialogue, talks.ours)
        ours.meetings.append(Meeting(number=2))
        session.flush()
        tasks = session.query(Task).filter_by(dialogue_id=talks.ours).order_by(Task.number).all()
        for meeting, task in zip(ours.meetings, tasks, strict=False):
            item = AgendaItem(label="A", title=f"Of {meeting.number}", position=0)
            meeting.agenda.append(item)
            session.flush()
            task.agenda_item_id, task.meeting_id = item.id, meeting.id
    with talks.world.database.reading() as session:
        ours = session.get_one(Dialogue, talks.ours)
        board = read_board(session, talks.scope, ours, "agenda", TODAY)
        assert [(s.heading, s.note) for s in board.sections] == [
            ("A. Of 2", "Meeting 2"),
            ("A. Of 1", "Meeting 1"),
            ("Under no agenda item", ""),
        ]
        for section in board.sections:
            found = list_tasks(session, talks.scope, ours, section.filters, Asked(TODAY))
            assert found.total == section.total


def test_a_standing_says_what_is_late_due_and_next(talks: Talks) -> None:
    with talks.world.database.reading() as session:
        standing = standings(session, talks.scope, [talks.ours], TODAY)[talks.ours]
        assert (standing.total, standing.open, standing.late, standing.soon) == (7, 7, 2, 2)
        assert standing.next_due_on == TODAY
        assert standing.unowned == 2
        assert standing.meeting is not None


def test_short_lists_put_ones_own_first(talks: Talks) -> None:
    with talks.world.database.reading() as session:
        late = due_list(session, talks.scope, "overdue", TODAY)
        assert [task.title for task in late.tasks] == ["Task 0", "Task 1"]
        soon = due_list(session, talks.scope, "soon", TODAY)
        assert [task.title for task in soon.tasks] == ["Task 3", "Task 2"]
        assert (soon.total, soon.own) == (2, 1)
        assert without_owner(session, talks.scope).total == 2


def test_news_are_what_others_did_since(talks: Talks) -> None:
    later = NOW + dt.timedelta(days=1)
    with talks.world.database.transaction() as session:
        tasks = session.query(Task).filter_by(dialogue_id=talks.ours).order_by(Task.number).all()
        mine = talks.world.actor(talks.mira)
        for task, actor in ((tasks[0], SYSTEM), (tasks[1], mine)):
            wanted = TaskUpdate(status="agreed", remark="Said so.")
            change_task(
                session, task, wanted, seen_version=None, actor=actor, now=later, today=TODAY
            )
    with talks.world.database.reading() as session:
        (found,), total = news(session, talks.scope, NOW)
        assert total == 1
        assert found.task.title == "Task 0"
        assert [change.field for change in found.changes] == ["status"]
        assert [remark.text for remark in found.remarks] == ["Said so."]


def test_first_steps_look_at_real_dialogues_only(talks: Talks) -> None:
    with talks.world.database.transaction() as session:
        session.get_one(Dialogue, talks.ours).is_sample = True
    with talks.world.database.reading() as session:
        assert not first_steps(session, talks.scope).has_imported
        assert not first_steps(session, STRANGER).are_done


def test_closed_tasks_come_last_by_due_date(talks: Talks) -> None:
    with talks.world.database.transaction() as session:
        task = session.query(Task).filter_by(dialogue_id=talks.ours, number=1).one()
        task.status = "done"
    with talks.world.database.reading() as session:
        ours = session.get_one(Dialogue, talks.ours)
        found = list_tasks(session, talks.scope, ours, TaskFilter(), Asked(TODAY))
        assert found.tasks[-1].number == 1


@given(st.integers(0, 500), st.integers(1, 60))
def test_a_pages_positions_lie_within_the_total(total: int, size: int) -> None:
    last = max(1, -(-total // size))
    for number in (1, last):
        page = Page([], number, total, size)
        assert page.pages == last
        assert page.first <= page.last <= total
    assert Page([], last, total, size).last == total


@given(
    st.fixed_dictionaries(
        {}, optional={f.name: st.text(max_size=5) for f in fields(TaskFilter) if f.name != "order"}
    )
)
def test_a_filter_reads_back_from_its_address(parts: dict[str, str]) -> None:
    filters = TaskFilter(**parts)
    assert TaskFilter(**filters.as_query()) == filters
    assert filters.is_empty == (not any(parts.values()))
