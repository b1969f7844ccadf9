"""The folder of annotated cables that stands beside the repository on some machines.

Only its place is known here; tests that need it are not collected without it.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

_FOLDER = Path(__file__).resolve().parents[2] / "shared"

SHARED: Path | None = _FOLDER if (_FOLDER / "gold" / "score.py").is_file() else None
"""The shared folder, None where there is none."""


def annotated() -> list[str]:
    """The names of the annotated cables of the shared folder, none without it."""
    return sorted(p.stem for p in (SHARED / "gold").glob("*.json")) if SHARED else []


def load_score() -> ModuleType | None:
    """The shared scoring program as a module, None without the folder."""
    if SHARED is None:
        return None
    spec = importlib.util.spec_from_file_location("shared_score", SHARED / "gold" / "score.py")
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
