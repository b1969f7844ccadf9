"""The mail templates: where they stand, and what each may use.

Jinja2 alone, without Flask; no words are chosen here.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, select_autoescape

from tracker.policy.markings import Marking

DIRECTORY = Path(__file__).resolve().parents[2] / "templates" / "mail"
_TEXT_WIDTH = 72
_BANNER_COLOURS = {
    "U": "#00693c",
    "SBU": "#502b85",
    "R": "#0033a0",
    "C": "#0033a0",
    "S": "#b50909",
    "TS": "#a33b00",
}
"""Background of the banner, dark enough for white letters (contrast of 4.5 and more)."""


@dataclass(frozen=True, slots=True)
class Look:
    """What every mail has: its marking, its subject, and the name of whom it is for."""

    marking: Marking
    subject: str
    recipient: str

    @property
    def banner_colour(self) -> str:
        """Background of the banner, by level; the words say the same."""
        return _BANNER_COLOURS[self.marking.level]


def render_template(
    name: str, look: Look, values: Mapping[str, object], overrides: Path | None
) -> str:
    """The text of a template such as "digest.html"; one of the same name in ``overrides`` goes
    first. Errors of a template are jinja2's."""
    return _environment(overrides).get_template(name).render(look=look, **values)


@lru_cache(maxsize=8)
def _environment(overrides: Path | None) -> Environment:
    directories = [DIRECTORY] if overrides is None else [overrides, DIRECTORY]
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(directory) for directory in directories]),
        autoescape=select_autoescape(disabled_extensions=("txt",), default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["wrapped"] = wrap_words
    return environment


def wrap_words(text: str, indent: int = 0) -> str:
    """Breaks ``text`` into lines for the text part; words, and so links, stay whole."""
    margin = " " * indent
    if " ".join(text.split()) == text:
        return "\n".join(margin + line for line in _lines(text, _TEXT_WIDTH - indent))
    return textwrap.fill(
        text,
        _TEXT_WIDTH,
        initial_indent=margin,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _lines(text: str, width: int) -> Iterator[str]:
    """What textwrap makes of words with one space between them, in a tenth of the time."""
    while len(text) > width:
        cut = text.rfind(" ", 0, width + 1)
        if cut < 0:
            cut = text.find(" ", width)
        if cut < 0:
            break
        yield text[:cut]
        text = text[cut + 1 :]
    if text:
        yield text
