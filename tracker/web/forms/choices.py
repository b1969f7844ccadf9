"""Options of select fields and radio buttons, in the one shape that WTForms still takes.

No form lives here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

# Tuples warn since WTForms 3.3.
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # Stubs are of 3.2.


def options(pairs: Iterable[tuple[object, str]], *, group: str | None = None) -> list[Any]:
    """(value, label) pairs for a field's ``choices``; ``group`` is the heading they stand under."""
    return [SelectChoice(str(value), label, optgroup=group) for value, label in pairs]
