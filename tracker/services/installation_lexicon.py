"""Reads the words that an installation adds to the extraction, from lexicon.txt in its folder.

No database, and nothing raises: a file that cannot be read is said, and extraction goes on
without it. What people change in the file through a page is change_lexicon.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from tracker.extract import DEFAULT, Lexicon, LexiconError, read_lexicon
from tracker.extract.confirmed import known_party
from tracker.extract.lexicon.words import ACTS, MODALS, STATES
from tracker.extract.rules import RULES, VETOES

FILE_NAME = "lexicon.txt"
MAX_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class InstallationLexicon:
    """What the file at ``path`` adds. ``text`` is the file as it stands, None where there is
    none; ``error`` says what is wrong with it, and ``lexicon`` is then the built-in one."""

    path: Path
    lexicon: Lexicon = DEFAULT
    text: str | None = None
    error: str | None = None

    @property
    def unknown_rules(self) -> list[str]:
        """Names of rules that the file switches off and that do not exist."""
        return sorted(self.lexicon.disabled - {rule.id for rule in RULES})

    @property
    def without_effect(self) -> list[str]:
        """What the file adds and no cable is read differently for, each in words."""
        added = self.lexicon
        unknown = dict.fromkeys(k for k in added.phrases.values() if not is_known_phrase(k))
        named = dict.fromkeys(added.offices.values())
        strange = [p for p in named if party_of_office(p, added) not in {p, "own"}]
        return [
            *(f"no rule knows the phrase “{phrase}”" for phrase in unknown),
            *(f"no party is called {party}, whose office it names" for party in strange),
        ]

    @property
    def words(self) -> str:
        """What the file adds, counted; "" where there is none."""
        if self.text is None:
            return ""
        added = self.lexicon
        counts = (
            (len(added.parties), "name of a party", "names of parties"),
            (len(added.offices), "office", "offices"),
            (len(added.phrases), "phrase", "phrases"),
            (len(added.disabled), "rule switched off", "rules switched off"),
        )
        said = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
        return ", ".join(said) or "nothing yet"


def is_known_phrase(phrase: str) -> bool:
    """Whether rules look for any of its words; one that they do not know changes no reading."""
    return not _looked_for().isdisjoint(phrase.lower().split())


def party_of_office(name: str, lexicon: Lexicon) -> str | None:
    """How the file must call the party that a person means: "own", or the party's own name where
    cables are read with it; None for a party that no cable is read with."""
    return "own" if name.lower() == "own" else known_party(name, lexicon)


@cache
def _looked_for() -> frozenset[str]:
    words = (rule.cue_words | rule.further_words | {*rule.start_words} for rule in RULES)
    vetoes = (veto.all_cue_words for veto in VETOES)
    return ACTS.union(MODALS, STATES, *words, *vetoes)


def read_installation_lexicon(instance: Path) -> InstallationLexicon:
    """The words of the installation in that folder. The file is read again when it has changed."""
    path = instance / FILE_NAME
    try:
        state = path.stat()
    except FileNotFoundError:
        return InstallationLexicon(path)
    except OSError as error:
        return InstallationLexicon(path, error=_cannot(path, error.strerror or "no reason given"))
    return _read(path, state.st_size, (state.st_mtime_ns, state.st_ino))


@lru_cache(maxsize=8)
def _read(path: Path, size: int, _version: tuple[int, int]) -> InstallationLexicon:
    if size > MAX_BYTES:
        return InstallationLexicon(path, error=_cannot(path, "it is larger than 1 MB"))
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        return InstallationLexicon(path, error=_cannot(path, error.strerror or "no reason given"))
    except UnicodeDecodeError:
        return InstallationLexicon(path, error=_cannot(path, "it is not saved as UTF-8"))
    try:
        return InstallationLexicon(path, read_lexicon(text), text)
    except LexiconError as error:
        return InstallationLexicon(path, text=text, error=f"{path.name}: {error}")


def _cannot(path: Path, reason: str) -> str:
    return f"{path.name} cannot be read ({reason})."
