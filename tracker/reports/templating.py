"""The jinja environment of the reports: always escaping, and failing on a name it does not know.

No Flask; the same templates serve the web page and the file.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

TEMPLATE_DIRECTORY = Path(__file__).resolve().parents[2] / "templates" / "reports"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATE_DIRECTORY),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def fill_template(name: str, **values: object) -> Markup:
    """templates/reports/``name`` with these values, each escaped unless it is Markup already."""
    # The environment escapes everything, so what it returns is safe to put into a page.
    return Markup(_environment().get_template(name).render(**values))  # noqa: S704
