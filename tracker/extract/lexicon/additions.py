"""What an installation adds to the built-in words: aliases of parties, offices and phrases.

The plain file that people edit is read here; nothing here touches a disk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# "party: Ruritania = Ruritanian, GORU": a word, a colon, and what it is about.
_LINE = re.compile(
    r"""
    \s* (?P<word> party | office | phrase | own | disable ) \s* :
    \s* (?P<name> [^=]{1,200}? )
    (?: \s* = \s* (?P<forms> .{1,2000}? ) )? \s* \Z
    """,
    re.VERBOSE | re.IGNORECASE,
)


class LexiconError(ValueError):
    """A line of a lexicon file that cannot be read; the message names the line."""


@dataclass(frozen=True)
class Lexicon:
    """Additions to the built-in words.

    ``parties`` and ``offices`` map a form, as written, to the party that it means; ``phrases``
    maps a phrase to one that the rules know; ``disabled`` names rules that pick nothing;
    ``own`` is the author's party, where it is not the United States.
    """

    parties: dict[str, str] = field(default_factory=dict)
    offices: dict[str, str] = field(default_factory=dict)
    phrases: dict[str, str] = field(default_factory=dict)
    disabled: frozenset[str] = frozenset()
    own: str | None = None


DEFAULT = Lexicon()


def _forms(match: re.Match[str]) -> Iterator[str]:
    yield from (form.strip() for form in (match["forms"] or "").split(",") if form.strip())


def read_lexicon(text: str) -> Lexicon:
    """Read a lexicon file: one addition a line, ``#`` begins a comment.

    Raises LexiconError with the number of the first line that is none of these::

        party: Ruritania = Ruritanian, Ruritanians, GORU, Strelsau
        office: Ruritania = Bureau of Follow-up, BFU
        phrase: would welcome = would be keen on, would be minded to have
        own: Graustark
        disable: opportunity
    """
    parties: dict[str, str] = {}
    offices: dict[str, str] = {}
    phrases: dict[str, str] = {}
    disabled: set[str] = set()
    own = None
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.partition("#")[0].strip()
        if not line:
            continue
        match = _LINE.match(line)
        if match is None or (match["word"].lower() in {"office", "phrase"} and not match["forms"]):
            raise LexiconError(f"Line {number} of the lexicon cannot be read: {line[:80]!r}")
        name = match["name"].strip()
        match match["word"].lower():
            case "party":
                parties |= dict.fromkeys((name, *_forms(match)), name)
            case "office":
                offices |= dict.fromkeys(_forms(match), name)
            case "phrase":
                phrases |= {form.lower(): name.lower() for form in _forms(match)}
            case "own":
                own = name
            case _:
                disabled.add(name)
    return Lexicon(parties, offices, phrases, frozenset(disabled), own)
