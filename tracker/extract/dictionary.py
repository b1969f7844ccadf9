"""One look-up of names for a lexicon: countries, cities, offices, organisations, titles.

Builds the tables once for each lexicon; recognising phrases in a sentence is the tagger's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tracker.extract.lexicon import Lexicon
from tracker.extract.lexicon.load import countries, offices, organisations, titles

# Names that in capitals are ordinary words: an all-capitals cable would be full of them.
_NOT_IN_CAPITALS = frozenset(
    {"Male", "Nice", "Perth", "State", "Director", "Chief", "General", "Captain",
     "Chair", "Commander", "Representative", "Speaker", "Judge", "Prince", "King", "Adviser",
     "Secretary", "Turkey", "Congress", "Quartet", "Merida", "Florence"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name is: ``sort`` "adjective", "country", "city", "office", "organisation" or
    "title"; ``party`` the name of the party it belongs to (for a title its usual side)."""

    sort: str
    party: str


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Names by their first word: that word's own entry, and the longer names it begins."""

    single: dict[str, Entry]
    longer: dict[str, list[tuple[tuple[str, ...], Entry]]]
    own: str
    title_words: frozenset[str]
    """The last words of titles, without a point."""


def _add(table: dict[tuple[str, ...], Entry], form: str, entry: Entry) -> None:
    words = tuple(form.split())
    table.setdefault(words, entry)
    if form not in _NOT_IN_CAPITALS:
        table.setdefault(tuple(form.upper().split()), entry)


Pairs = tuple[tuple[str, str], ...]


def _names(parties: Pairs, offices_added: Pairs, own: str) -> dict[tuple[str, ...], Entry]:
    table: dict[tuple[str, ...], Entry] = {}
    for form, party in offices_added:
        _add(table, form, Entry("office", own if party.lower() == "own" else party))
    for form, party in parties:
        _add(table, form, Entry("country" if form == party else "adjective", party))
    for form in offices():
        _add(table, form, Entry("office", "United States"))
    for country in countries():
        _add(table, country.name, Entry("country", country.name))
        for form in country.adjectives:
            _add(table, form, Entry("adjective", country.name))
        for form in country.aliases:
            # "GOE" is Egypt or Estonia: the cable decides, so those are not listed by name.
            if not (form.startswith("GO") and form.isupper()):
                _add(table, form, Entry("country", country.name))
    for form, name in organisations().items():
        _add(table, form, Entry("organisation", name))
    for form, side in titles().items():
        _add(table, form, Entry("title", side))
    for country in countries():
        for form in country.posts:
            _add(table, form, Entry("city", country.name))
    return table


@lru_cache(maxsize=8)
def _build(parties: Pairs, offices_added: Pairs, own: str) -> Dictionary:
    single: dict[str, Entry] = {}
    longer: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for words, entry in _names(parties, offices_added, own).items():
        if len(words) == 1:
            single[words[0]] = entry
        elif words:
            longer.setdefault(words[0], []).append((words, entry))
    for names in longer.values():
        names.sort(key=lambda pair: -len(pair[0]))
    titled = [(words, entry) for names in longer.values() for words, entry in names]
    titled += [((word,), entry) for word, entry in single.items()]
    lasts = (words[-1].rstrip(".") for words, entry in titled if entry.sort == "title")
    title_words = frozenset(lasts)
    return Dictionary(single, longer, own, title_words)


def dictionary_of(lexicon: Lexicon) -> Dictionary:
    """The names that hold under this lexicon; the same object for equal lexicons."""
    return _build(
        tuple(lexicon.parties.items()),
        tuple(lexicon.offices.items()),
        lexicon.own or "United States",
    )
