"""What single words mean inside an actor phrase: names, verbs that look like nouns, things.

Look-ups only; putting a phrase together is the business of ActorReader.
"""

from __future__ import annotations

from tracker.extract.asides import aside_end
from tracker.extract.cast import Cast, meaning_of
from tracker.extract.dictionary import Entry
from tracker.extract.lexicon.words import (
    ACTS,
    ADDRESSING,
    AMBIGUOUS,
    BEFORE_VERBS,
    DETERMINERS,
    HEADS,
    INANIMATE,
    MISSIONS,
    MODALS,
    NO_NAME,
    OFFERS,
    PREPOSITIONS,
    PRODUCTS,
)
from tracker.extract.sides import Evidence
from tracker.extract.telegraph import order_at
from tracker.extract.tokens import Tokens, Word

# Abbreviations that in a sentence in capitals are ordinary words.
_ORDINARY = frozenset({"ARE", "WHO", "CAR", "SHAPE", "DOT", "GNU"})


# What in a sentence in capitals may follow an office: "AID WILL SEND", "COMMERCE ON HIS RETURN".
_BEHIND_OFFICES = MODALS | PREPOSITIONS - {"of"} | {"and", "to", "or"}
_BEFORE_OBJECTS = PREPOSITIONS | ADDRESSING
# Offices whose names are also ordinary words or parts of other names.
_ALSO_THINGS = frozenset({"State", "Commerce", "Department", "AID", "Treasury"})


# Heads that in a telegram in capitals are hardly ever verbs.
_SELDOM_VERBS = frozenset(
    "board bureau center commission council force fund institute mission service team".split()
)
# "would appreciate USTR's early views": who is to supply what the author waits for.
_AWAITING = frozenset({"appreciate", "welcome", "for", "have", "receive", "requests", "request"})


class Phrase(Evidence):
    """What has been read of an actor phrase so far, and what that says about whose it is.

    It begins at the token ``start``; ``head`` is the index past the last token that may end it, -1
    while there is none.
    """

    head = -1

    def __init__(self, start: int) -> None:
        self.start = start


def _is_shouting(words: list[Word]) -> bool:
    """Whether a sentence is in capitals, by its first longer words."""
    capitals = [word.is_upper for word in words[:40] if word.is_long]
    count = capitals.count(True)
    return (count > 2 and count * 10 > len(capitals) * 7) or (
        1 < count == len(capitals) and sum(word.is_upper for word in words[:5]) > 3
    )


class WordReader:
    """Answers questions about the words of one sentence."""

    def __init__(self, tokens: Tokens, cast: Cast) -> None:
        self._tokens, self._words = tokens, tokens.words
        self._cast = cast
        self._longer_names = cast.names.longer
        self._is_shouting = _is_shouting(tokens.words)
        self._order_from, self._order = order_at(tokens.words)

    def _offers(self, k: int) -> bool:
        """ "Washington's suggestion to …": the possessive is who does it."""
        owner = self._words[k - 1]
        if not owner.is_possessive or k >= len(self._words):
            return False
        after = self._words[k].low
        if after in OFFERS or (after in PRODUCTS and owner.bare_low in MISSIONS):
            return True
        before = self._words[k - 2].low if k > 1 else ""
        if before == "the" and k > 2:
            before = self._words[k - 3].low
        return before in _AWAITING and (self._words[k].is_small or self._is_shouting)

    def _is_verb(self, index: int) -> bool:
        """ "To press the minister": a word that could be a noun, behind a modal."""
        token = self._words[index]
        return (
            index > 0
            and (token.is_small or self._is_shouting)
            and token.is_act
            and self._words[index - 1].low in BEFORE_VERBS
        )

    def _noun_fits(self, k: int, phrase: Phrase) -> bool:
        """Whether "post", "chair" or "host" is a noun here and not a verb."""
        after = self._words[k + 1].low if k + 1 < len(self._words) else "."
        return (
            bool(phrase.determiners)
            or k > phrase.start
            or (self._is_shouting and self._words[k].low in _SELDOM_VERBS)
            or (after in MODALS or not after[0].isalpha())
            or (self._words[k].low == "post" and after not in {"the", "a", "an", "on"})
        )

    def _is_post(self, k: int, count: int) -> bool:
        """Whether a city's name stands for our post there, to which the cable is sent."""
        posts = self._cast.posts
        return bool(posts) and " ".join(w.bare for w in self._words[k : k + count]).upper() in posts

    def _city_acts(self, k: int, entry: Entry) -> bool:
        """ "Washington" decides; "in Washington" is a place."""
        before = self._words[k - 1].low if k else ""
        return before not in {"in", "at", "from", "near", "outside"} and (
            self._cast.side_of(entry.party) != "third"
            or before in {"embassy", "post"}
            or (before not in PREPOSITIONS and self._acts_next(k))
        )

    def _next_is_name(self, k: int) -> bool:
        if k + 1 >= len(self._words):
            return False
        following = self._words[k + 1]
        is_office = following.text in HEADS and self._words[k].low not in ACTS
        return following.is_capital or is_office or (self._acts_next(k) and self._may_be_name(k))

    def may_be_unknown_name(self, k: int) -> bool:
        """Whether a word is a name, or part of one, that no list knows."""
        word = self._words[k]
        if not word.is_capital or word.low in NO_NAME or word.low in DETERMINERS:
            return False
        if self._is_shouting or word.is_possessive or self._entry(word, k) is not None:
            return False
        return k > 0 or self._may_be_name(k)

    def _may_be_name(self, k: int) -> bool:
        """Whether the first word of a sentence can be a surname: "Deliverables could" is none."""
        bare = self._words[k].bare
        return bare.isupper() or not (
            bare.endswith(("s", "ing", "ion", "ment", "ity", "ance", "ence", "ship"))
            or self._cast.writes_small(bare)
        )

    def _acts_next(self, k: int) -> bool:
        """Whether a verb follows that only an actor can have, an aside before it left out; or
        the "to" of an order, or "and" before another doer of it."""
        following = self._words[k + 1].low if k + 1 < len(self._words) else ""
        if following in {"in", "for"}:
            following = self._past_turn(k + 1)
        if following == "," and k >= self._order:
            past = aside_end(self._words, k + 1)
            following = self._words[past].low if past else ""
        if following == "to" and self._acts_after_stop(k):
            return True
        return following in MODALS or (
            self._order_from <= k < self._order
            and (k + 1 == self._order or following in {"and", ",", "&", "("})
        )

    def _past_turn(self, k: int) -> str:
        """The word behind "in turn", "in his turn", "for their part"; else the word here."""
        low = [word.low for word in self._words[k : k + 4]]
        for count in (2, 3):
            if len(low) > count and low[count - 1] in {"turn", "part"}:
                return low[count]
        return low[0]

    def _acts_after_stop(self, k: int) -> bool:
        """ "; MFA to circulate it": a further order behind a semicolon."""
        before = [word.text for word in self._words[max(0, k - 4) : k]]
        return ";" in before and k + 2 < len(self._words) and self._words[k + 2].low in ACTS

    def _longer(self, k: int) -> tuple[Entry, int] | None:
        words = self._words
        second = words[k + 1].bare if k + 1 < len(words) else ""
        for name, entry in self._longer_names[words[k].text]:
            # Most names that begin alike differ in their second word.
            if name[1] == second and (
                len(name) == 2 or [word.bare for word in words[k : k + len(name)]] == [*name]
            ):
                return (entry, len(name)) if words[k].bare == name[0] else None
        return None

    def _entry(self, token: Word, k: int) -> Entry | None:
        """What a word means alone; words that are offices only by themselves are checked."""
        bare = token.bare
        if self._is_shouting and bare in _ORDINARY:
            return None
        meanings = self._cast.meanings
        try:
            entry = meanings[token.text]
        except KeyError:
            entry = meanings[token.text] = meaning_of(token.text, bare, self._cast)
        if entry is None:
            return None
        if bare == "DEPARTMENT" and self._is_shouting and self._is_named_department(k):
            return None
        if entry.sort == "office" and bare in _ALSO_THINGS and not token.is_possessive:
            after = self._words[k + 1] if k + 1 < len(self._words) else None
            is_verb = after is not None and self._is_shouting and after.low in _BEHIND_OFFICES
            if after is not None and not is_verb and (after.is_capital or after.low == "of"):
                return None
            if bare == "Department" and self._is_named_department(k):
                return None
            if self._is_shouting and bare == "STATE":
                return None
        return entry

    def _is_named_department(self, k: int) -> bool:
        """ "MFA Legal Department" is no department of ours: ours stands alone or is known."""
        before = self._words[k - 1] if k else None
        if before is None or not before.is_capital or before.low in DETERMINERS:
            return False
        return not self._is_shouting or not (
            before.is_act or before.low in PREPOSITIONS or before.low in MODALS
            or before.low in NO_NAME or before.low in {"that", "which", "when", "where", "as"}
        )  # fmt: skip

    def _is_oblique(self, index: int) -> bool:
        return index > 0 and self._words[index - 1].low in _BEFORE_OBJECTS

    def _is_modifier(self, head: int) -> bool:
        """Whether a thing follows, of which the actor only tells the sort: "U.S. interests"."""
        words = self._words
        if head >= len(words) or words[head - 1].is_possessive:
            return False
        if words[head].low in INANIMATE:
            return True
        if words[head].low not in AMBIGUOUS or head + 1 >= len(words):
            return words[head].low in AMBIGUOUS
        following = words[head + 1]
        return not (
            following.low in DETERMINERS
            or following.low in {"to", "on", "back", "by", "it", "them", "him", "her", "us"}
            or following.is_capital
        )
