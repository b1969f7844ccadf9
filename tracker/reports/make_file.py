"""Makes a report's file in a process of its own, from a frozen Summary beside where it will stand.

Run for long reports: ``python -m tracker.reports.make_file FORMAT PATH`` reads PATH.json and leaves
PATH, whole, or PATH.failed; no database.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path


def main(format: str, path: Path) -> None:
    """Renders; whatever goes wrong is left as a file, since nobody reads this process's output."""
    from tracker.reports.formats import render
    from tracker.reports.summary_json import from_stored

    waiting = path.with_name(f"{path.name}.json")
    try:
        made = render(from_stored(json.loads(waiting.read_text("utf-8"))), format)
        part = path.with_name(f"{path.name}.part")
        part.touch(mode=0o600)
        part.write_bytes(made)
        os.replace(part, path)
    except Exception as error:
        path.with_name(f"{path.name}.failed").write_text(type(error).__name__, "utf-8")
        raise
    finally:
        waiting.unlink(missing_ok=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
