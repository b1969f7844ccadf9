"""Fifty kills over both databases, and several senders at once; `make faults N=1000` does more."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.faults.runs import Outcome, run_together, run_with_kills

pytestmark = pytest.mark.xdist_group("faults")  # They measure time, so they run one by one.
KILLS = 25


@pytest.fixture
def make_url(request: pytest.FixtureRequest, tmp_path: Path):
    """Gives the address of a new database each time."""
    import shutil

    from tests.postgres import migrated_database_url

    def make() -> str:
        if request.param == "postgresql":
            return migrated_database_url()
        path = tmp_path / f"{random.getrandbits(40)}.sqlite3"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        return f"sqlite:///{path}"

    return make


both = pytest.mark.parametrize("make_url", ["sqlite", "postgresql"], indirect=True)


@both
def test_killed_at_any_point_nothing_is_lost_and_a_kill_repeats_one_mail_at_most(
    make_url, tmp_path: Path
) -> None:
    total, chance = Outcome(), random.Random()
    while total.kills < KILLS:
        total.add(run_with_kills(make_url(), tmp_path, chance=chance))
    assert total.wrong == []
    assert total.lost == 0
    assert total.duplicates <= total.kills


@both
@pytest.mark.parametrize("senders", [2, 4])
def test_several_senders_at_once_send_each_mail_once(
    senders: int, make_url, tmp_path: Path
) -> None:
    outcome = run_together(make_url(), tmp_path, senders)
    assert outcome.wrong == []
    assert (outcome.lost, outcome.duplicates) == (0, 0)
