"""What single words mean inside an actor phrase: names, verbs that look like nouns, things.

Look-ups only; putting a phrase together is the business of ActorReader.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.extract.cast import Cast, local_entry
from tracker.extract.dictionary import Entry
from tracker.extract.lexicon.words import (
    ACTS,
    AMBIGUOUS,
    BEFORE_VERBS,
    DETERMINERS,
    HEADS,
    INANIMATE,
    MISSIONS,
    MODALS,
    OFFERS,
    PREPOSITIONS,
    PRODUCTS,
)
from tracker.extract.sides import Evidence
from tracker.extract.tokens import Token

# Abbreviations that in a sentence in capitals are ordinary words.
_ORDINARY = frozenset({"ARE", "WHO", "CAR", "SHAPE", "DOT", "GNU"})


@dataclass(slots=True)
class Phrase:
    """What has been read of an actor phrase so far."""

    start: int
    evidence: Evidence = field(default_factory=Evidence)
    head: int = -1
    """Index past the last token that may end the phrase, -1 while there is none."""


class WordReader:
    """Answers questions about the words of one sentence."""

    def __init__(self, tokens: list[Token], cast: Cast) -> None:
        self._tokens = tokens
        self._cast = cast
        letters = [t.text for t in tokens[:40] if len(t.text) > 3]
        capitals = sum(map(str.isupper, letters))
        self._is_shouting = (capitals > 2 and capitals * 10 > len(letters) * 7) or (
            1 < capitals == len(letters) and sum(t.text.isupper() for t in tokens[:5]) > 3
        )

    def _offers(self, k: int) -> bool:
        """ "Washington's suggestion to …": the possessive is who does it."""
        after = self._tokens[k].low if k < len(self._tokens) else ""
        owner = self._tokens[k - 1]
        products = OFFERS | PRODUCTS if owner.bare.lower() in MISSIONS else OFFERS
        return owner.is_possessive and after in products

    def _is_verb(self, index: int) -> bool:
        """ "To press the minister": a word that could be a noun, behind a modal."""
        token = self._tokens[index]
        return (
            index > 0
            and (token.text[0].islower() or self._is_shouting)
            and token.low in ACTS
            and self._tokens[index - 1].low in BEFORE_VERBS
        )

    def _noun_fits(self, k: int, phrase: Phrase) -> bool:
        """Whether "post", "chair" or "host" is a noun here and not a verb."""
        after = self._tokens[k + 1].low if k + 1 < len(self._tokens) else "."
        return (
            bool(phrase.evidence.determiners)
            or k > phrase.start
            or (after in MODALS or not after[0].isalpha())
            or (self._tokens[k].low == "post" and after not in {"the", "a", "an", "on"})
        )

    def _city_acts(self, k: int, entry: Entry) -> bool:
        """ "Washington" decides; "in Washington" is a place."""
        before = self._tokens[k - 1].low if k else ""
        return before not in {"in", "at", "from", "near", "outside"} and (
            self._cast.side_of(entry.party) != "third" or before in {"embassy", "post"}
        )

    def _next_is_name(self, k: int) -> bool:
        if k + 1 >= len(self._tokens):
            return False
        text = self._tokens[k + 1].text
        is_office = text in HEADS and self._tokens[k].low not in ACTS
        return text[0].isupper() or is_office or (self._acts_next(k) and self._may_be_name(k))

    def _may_be_name(self, k: int) -> bool:
        """Whether the first word of a sentence can be a surname: "Deliverables could" is none."""
        bare = self._tokens[k].bare
        return bare.isupper() or not (
            bare.endswith(("s", "ing", "ion", "ment", "ity", "ance", "ence", "ship"))
            or bare.lower() in self._cast.common
        )

    def _acts_next(self, k: int) -> bool:
        """Whether a verb follows that only an actor can have, or "to" at the beginning."""
        following = self._tokens[k + 1].low if k + 1 < len(self._tokens) else ""
        return following in MODALS or (
            k == 0 and following in {"to", ":"} and self._tokens[k].bare.isupper()
        )

    def _longer(self, k: int) -> tuple[Entry, int] | None:
        for words, entry in self._cast.names.longer.get(self._tokens[k].text, ()):
            stop = k + len(words)
            if stop <= len(self._tokens) and all(
                self._tokens[k + n].bare == word for n, word in enumerate(words)
            ):
                return entry, len(words)
        return None

    def _entry(self, token: Token, k: int) -> Entry | None:
        """What a word means alone; words that are offices only by themselves are checked."""
        bare = token.bare
        if self._is_shouting and bare in _ORDINARY:
            return None
        entry = self._cast.names.single.get(token.text) or self._cast.names.single.get(bare)
        if entry is None and "-" in bare:
            entry = self._cast.names.single.get(bare.rsplit("-", 1)[1])
        if entry is None and "/" in bare:
            entry = self._cast.names.single.get(bare.split("/")[0])
            if entry is not None and entry.sort == "title":
                entry = None
        if entry is None:
            return local_entry(bare, self._cast)
        if entry.sort == "office" and bare in {
            "State",
            "Commerce",
            "Department",
            "AID",
            "Treasury",
        }:
            after = self._tokens[k + 1] if k + 1 < len(self._tokens) else None
            if after is not None and (after.text[0].isupper() or after.low == "of"):
                return None
            if self._is_shouting and bare == "STATE":
                return None
        return entry

    def _is_oblique(self, index: int) -> bool:
        return index > 0 and self._tokens[index - 1].low in PREPOSITIONS

    def _is_modifier(self, head: int) -> bool:
        """Whether a thing follows, of which the actor only tells the sort: "U.S. interests"."""
        tokens = self._tokens
        if head >= len(tokens) or tokens[head - 1].is_possessive:
            return False
        if tokens[head].low in INANIMATE:
            return True
        if tokens[head].low not in AMBIGUOUS or head + 1 >= len(tokens):
            return tokens[head].low in AMBIGUOUS
        following = tokens[head + 1]
        return not (
            following.low in DETERMINERS
            or following.low in {"to", "on", "back", "by"}
            or following.text[0].isupper()
        )
