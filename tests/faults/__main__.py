"""`python -m tests.faults N=1000 MANY=10000`: that many kills on each database, then senders at
once, four of them over that many reminders.

Prints what each came to and ends with exit code 1 where anything was lost or doubled.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.faults.runs import Outcome, run_together, run_with_kills
from tests.postgres import drop_database, migrated_database_url
from tracker.db import Database
from tracker.services.upgrade_database import upgrade_database


def main(arguments: list[str]) -> int:
    """Runs everything; N is 50 and MANY none unless given, SEED is chosen and printed."""
    given = dict(argument.split("=", 1) for argument in arguments)
    seed = int(given.get("SEED", random.randrange(10**6)))
    chance = random.Random(seed)
    print(f"SEED={seed}", flush=True)
    is_wrong = False
    with tempfile.TemporaryDirectory() as folder:
        makers = {"sqlite": _sqlite_maker(Path(folder)), "postgresql": migrated_database_url}
        for name, make_url in makers.items():
            total = _kill(make_url, Path(folder), chance, int(given.get("N", "50")))
            print(f"{name}: {total}", flush=True)
            together = Outcome()
            for senders in (2, 3, 4):
                together.add(run_together(make_url(), Path(folder), senders))
            if many := int(given.get("MANY", "0")):
                together.add(run_together(make_url(), Path(folder), 4, many))
            print(f"{name}, 2 to 4 senders at once: {together}", flush=True)
            for words in total.wrong + together.wrong:
                print(f"  WRONG: {words}", flush=True)
            is_wrong |= bool(total.wrong or together.wrong or total.lost or together.duplicates)
    return int(is_wrong)


def _kill(make_url: Callable[[], str], folder: Path, chance: random.Random, kills: int) -> Outcome:
    total = Outcome()
    while total.kills < kills:
        url = make_url()
        total.add(run_with_kills(url, folder, chance=chance))
        if url.startswith("postgresql"):
            drop_database(url)
    return total


def _sqlite_maker(folder: Path) -> Callable[[], str]:
    empty = folder / "empty.sqlite3"
    database = Database(f"sqlite:///{empty}")
    upgrade_database(database)
    database.close()  # The last connection to close leaves everything in the one file.
    made: list[Path] = []

    def make() -> str:
        made.append(folder / f"run-{len(made)}.sqlite3")
        shutil.copy(empty, made[-1])
        return f"sqlite:///{made[-1]}"

    return make


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
