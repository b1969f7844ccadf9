"""What goes wrong in one dialogue's report holds up no other dialogue."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.services.reporting import Reporting, at
from tests.world import World


@pytest.mark.parametrize(
    "database_url", ["sqlite"], indirect=True
)  # PostgreSQL stores no such date.
def test_a_row_that_cannot_be_read_stops_its_own_dialogue_alone(world: World) -> None:
    reporting = Reporting(world)
    other = world.dialogue("Marland-Norvale Water Talks", parties=("Marland", "Norvale"))
    owner = world.person("Oda Berg", party="Marland")
    world.join(other, owner, "owner", "lead")
    world.task(other, owners=[owner], title="Measure the river")
    with world.database.transaction() as session:
        session.execute(
            text("UPDATE task SET first_due_on = '2008-13-45' WHERE dialogue_id = :id"),
            {"id": reporting.dialogue_id},
        )
    reporting.run(at(2007, 12, 13))
    assert any("oda.berg" in str(mail["To"]) for mail in reporting.mails())
