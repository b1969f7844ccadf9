"""Names that no list knows inside an actor phrase: surnames, parts of an office's name.

Part of the grammar of actor phrases; which names have a side is decided by the cast.
"""

from __future__ import annotations

import re

from tracker.extract.actor_tails import TailReader
from tracker.extract.actor_words import Phrase
from tracker.extract.lexicon.words import DETERMINERS, HEADS, MODALS, NO_NAME, PREPOSITIONS, TELLING
from tracker.extract.tokens import PRONOUNS

# "J-5", "J6": a part of a joint staff of ours.
_STAFF = re.compile(r"J-?\d")
_BOTH = frozenset({"sides", "parties", "delegations", "governments", "countries"})
# "SECRETARY RICHARDS SHOULD"
_TITLED = (("secretary",), ("minister",), ("director",), ("chairman",), ("governor",))
_HELPERS = frozenset("been being has have had are was were".split())
_SMALL = PREPOSITIONS | DETERMINERS | {"it", "that", "who", "which", "what", "there", "this"}


class NameReader(TailReader):
    """Takes words for names by what stands around them."""

    def _take_name(self, k: int, phrase: Phrase) -> int:
        """A capitalised word that no list knows: a surname, part of an office's name."""
        token, evidence = self._words[k], phrase
        bare = token.bare
        if not bare[0].isupper() or self._is_shouting or token.low in NO_NAME:
            return self._take_shouted_name(k, phrase) if self._is_shouting else 0
        party = self._cast.people.get(bare)
        if party is not None:
            evidence.person_party = party
        if _STAFF.fullmatch(bare):
            evidence.add_party(self._cast.own, "office")
            phrase.head = k + 1
            return 1
        is_short = bare.isupper() and 1 < len(bare) < 9
        if party is None and k == 0 and not is_short and not self._next_is_name(k):
            return 0
        if k == 0 and token.is_act and k + 1 < len(self._words) and (
            self._words[k + 1].is_possessive
        ):  # fmt: skip
            return 0  # "Probe Vietnam's readiness"
        if is_short and bare.isalpha():
            evidence.abbreviations += (bare,)
        evidence.names += (bare,)
        if token.is_possessive:
            return 1
        if party is not None or evidence.titles or self._goes_on(k, phrase) or self._acts_next(k):
            phrase.head = k + 1
        return 1

    def _take_shouted_name(self, k: int, phrase: Phrase) -> int:
        """In an all-capitals sentence what follows a title is taken for a name, and what stands
        before a verb of saying or promising."""
        token = self._words[k]
        party = self._cast.people.get(token.bare) if phrase.head in {-1, k} else None
        if party is not None:
            phrase.person_party = party
            phrase.names += (token.bare,)
            if not token.is_possessive:
                phrase.head = k + 1
            return 1
        if self._order_from <= k < self._order and token.text.isalpha():
            phrase.names += (token.bare,)
            if k + 1 == self._order:
                phrase.head = k + 1
            return 1
        is_titled = phrase.head == k and (
            bool(phrase.titles) or (self._acts_next(k) and phrase.heads[-1:] in _TITLED)
        )
        is_before_head = self._is_before_head(k, phrase)
        if not token.text.isalpha() or not (is_titled or is_before_head or self._tells(k, phrase)):
            return 0
        if token.low in NO_NAME or token.is_act or token.low in MODALS or token.low in PRONOUNS:
            return 0
        if token.low in _SMALL:
            return 0
        phrase.names += (token.bare,)
        if not is_before_head:
            phrase.head = k + 1
        return 1

    def _is_before_head(self, k: int, phrase: Phrase) -> bool:
        """ "USDA SALINITY LABORATORY", "KHADI COMMISSION WILL": a word that belongs to the name of
        an office, of which a verb follows."""
        words = self._words
        if k + 2 >= len(words) or words[k + 1].low not in HEADS or words[k + 1].is_possessive:
            return False
        if words[k].low.endswith(("ed", "ly", "ing")) or words[k].is_possessive:
            return False
        if words[k + 1].low in _BOTH:
            return False  # "IN MEANTIME SIDES AGREED"
        after = words[k + 2].low
        return after in MODALS or (after == "to" and phrase.sorts[-1:] == ("office",))

    def _take_cities(self, k: int, count: int, phrase: Phrase) -> int:
        """ "Embassies London and Brussels": our posts, by the cities where they are."""
        end = k + count
        while end + 1 < len(self._words) and self._words[end].low in {",", "and"}:
            following = self._entry(self._words[end + 1], end + 1)
            if following is None or following.sort != "city":
                break
            end += 2
        phrase.names += (self._words[k].bare,)
        if not self._words[end - 1].is_possessive:
            phrase.head = end
        return end - k

    def _tells(self, k: int, phrase: Phrase) -> bool:
        """ "KURZ SAID": a single word before what only somebody can have done."""
        words = self._words
        following = words[k + 1].low if k + 1 < len(words) else ""
        if phrase.start != k or len(words[k].text) < 3 or following not in TELLING:
            return False
        if words[k].low in _HELPERS:
            return False  # "HE HAD BEEN PROMISED"
        return following != "agreed" or (k + 2 < len(words) and words[k + 2].low in {"to", "that"})
