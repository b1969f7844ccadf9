"""Who takes part in a cable's talks as a person confirmed it, where that differs from the text.

Matches the names that people give to those of the dictionary; reading the text is the cast's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tracker.extract.dictionary import Dictionary, dictionary_of
from tracker.extract.lexicon import Lexicon
from tracker.extract.lexicon.load import code_of_country

# "the Republic of Armenia", "Islamic Republic of Iran", "Government of Kenya"; not the Republic of
# China and the northern one of the two Koreas, whose short names mean somebody else.
_STYLE = re.compile(
    r"""
    (?:the\s)? (?!republic\sof\schina\b)
    (?:(?:arab|bolivarian|cooperative|democratic|federal|federative|islamic|people['’]s|socialist)\s)?
    (?:commonwealth|government|grand\sduchy|kingdom|principality|republic|state|sultanate|union)
    \sof\s (?:the\s)? (?P<name>.+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SORTS = frozenset({"adjective", "country", "office", "organisation"})


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Confirmed parties by the names that the dictionary has for them.

    ``lexicon`` knows them all; ``others`` is empty where nothing was confirmed; ``called`` maps
    the name of a party in the dictionary to the one that the person gave.
    """

    lexicon: Lexicon
    others: tuple[str, ...] = ()
    called: dict[str, str] = field(default_factory=dict)

    def others_instead_of(self, read: tuple[str, ...]) -> tuple[str, ...]:
        """The other parties: those read where they begin with the confirmed ones, as with a text
        that names more who take part, else the confirmed ones alone."""
        return read if read[: len(self.others)] == self.others else self.others

    def name_of(self, party: str) -> str:
        """What a party is called from now on."""
        return self.called.get(party, party)


def confirmed_parties(parties: Sequence[str], lexicon: Lexicon) -> Confirmed:
    """What was confirmed, given as names with the author's own first; nothing for no names, and a
    blank one says nothing.

    An own side that is another country than the lexicon's takes its place. One that is no country
    is another name for it ("Embassy Baku").
    """
    if not any(name.strip() for name in parties):
        return Confirmed(lexicon)
    own, *others = (" ".join(name.split()) for name in parties)
    names = dictionary_of(lexicon)
    own = own or names.own
    known_own = _known(own, names)
    if known_own in code_of_country() and known_own != names.own:
        lexicon = replace(lexicon, own=known_own)
    first = dictionary_of(lexicon).own
    known = {_known(name, names) or name: name for name in others if name}
    known.pop(first, None)
    new = {name: name for name in known if _known(name, names) is None and name[:1].isupper()}
    if new:
        lexicon = replace(lexicon, parties={**lexicon.parties, **new})
    called = {name: given for name, given in {**known, first: own}.items() if name != given}
    return Confirmed(lexicon, tuple(known), called)


def known_party(name: str, lexicon: Lexicon) -> str | None:
    """What a party that people name is called in the dictionary, None where nothing there is."""
    names = dictionary_of(lexicon)
    return _known(" ".join(name.split()), names) or (name if name == names.own else None)


def _known(name: str, names: Dictionary) -> str | None:
    """The dictionary's name for a party, None where it has none."""
    style = _STYLE.fullmatch(name)
    short = style["name"] if style else name.removeprefix("the ").removeprefix("The ")
    for form in dict.fromkeys((name, short, name.title(), short.title(), name.upper())):
        words = tuple(form.split())
        longer = dict(names.longer.get(words[0], ())) if words else {}
        entry = names.single.get(form) if len(words) == 1 else longer.get(words)
        if entry is not None and entry.sort in _SORTS:
            return entry.party
    return None
