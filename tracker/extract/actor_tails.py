"""What belongs to an actor behind its head: "of Foreign Affairs", "at the Embassy", a name.

Part of the grammar of actor phrases; where one begins is decided by ActorReader.
"""

from __future__ import annotations

from tracker.extract.actor_words import Phrase, WordReader
from tracker.extract.lexicon.words import (
    HEADS,
    MISSIONS,
    MODALS,
    OPEN_HEADS,
    PERSONS,
    PLACED_HEADS,
    TELLING,
)

_SIDES = frozenset({"sides", "side", "delegations", "delegation", "parties", "governments"})
_OF_A_BODY = frozenset(
    {"head", "heads", "chief", "leader", "leaders", "chair", "chairman", "member", "members"}
)
_SENT = frozenset(
    "team teams expert experts specialist specialists engineers inspectors representatives".split()
)
# "Daan du Toit", "Said bin Alawi"
_PARTICLES = frozenset("al bin da de del der di dos du el ibn la van von".split())
_UNITS = frozenset(
    """fleet wing brigade division regiment air infantry special armored marine army fighter airlift
    engineer signal expeditionary airborne cavalry military corps squadron battalion""".split()
)


class TailReader(WordReader):
    """Reads what follows the head of a phrase."""

    def _bridges(self, k: int, begun: int) -> bool:
        """ "CENTCOM's contracting command", "the port authority will": a small word before an
        office, behind its owner or an article."""
        words = self._words
        if k <= begun or k + 1 >= len(words) or not words[k].is_small:
            return False
        if words[k].low in _PARTICLES:
            return words[k - 1].is_capital and words[k + 1].is_capital
        if words[k].low in {"and", "of"}:
            return words[k].low == "and" and self._joins_a_name(k, begun)
        if words[k + 1].low not in HEADS:
            return False
        if any(word.is_possessive for word in words[begun:k]):
            return True  # "the ministry's international affairs chief"
        return words[k - 1].is_possessive or (
            words[k - 1].low == "the" and k + 2 < len(words) and words[k + 2].low in MODALS
        )

    def _joins_a_name(self, k: int, begun: int) -> bool:
        """ "the Tobacco and Alcohol Market Authority": one office with "and" in its name."""
        words, people = self._words, self._cast.people
        before, after = words[k - 1], words[k + 1]
        if words[begun].low != "the" or not (before.is_capital and after.is_capital):
            return False
        if before.bare in people or after.bare in people or before.low in HEADS:
            return False
        if self._entry(before, k - 1) is not None or self._entry(after, k + 1) is not None:
            return False
        return any(word.low in HEADS and word.is_capital for word in words[k + 2 : k + 5])

    def _goes_on(self, k: int, phrase: Phrase) -> bool:
        """Whether a name belongs to the head right before it: "Consulate Zenda", "USEUCOM J6",
        "Officer Carla Dunbar"."""
        if phrase.head != k or k == 0:
            return False
        before, evidence = self._words[k - 1], phrase
        if before.low in MISSIONS or before.low in {"general", "consulate"}:
            return bool({*evidence.heads} & {*MISSIONS, "general", "consulate"})
        if evidence.is_person:
            return True
        if before.low in PERSONS and evidence.heads and self._words[k].text[1:].islower():
            evidence.is_person = True
            return True
        is_unit = any(map(str.isdigit, self._words[k].text)) and self._words[k].is_upper
        return is_unit and evidence.sorts[-1:] == ("office",)

    def _read_tail(self, k: int, phrase: Phrase) -> int:
        """ "of Foreign Affairs", "at the Embassy" after a head: how many tokens it takes."""
        words, n = self._words, k + 1
        if n >= len(words):
            return 0
        low, head = words[n].low, words[k].low
        if low in {"at", "in"}:
            placed = self._read_place(n, phrase) if head in PLACED_HEADS else 0
            if taken := placed or self._past_place(n):
                return taken
        if low in {"of", "from"} and (taken := self._read_both(n)):
            phrase.is_of_both = True
            return taken
        if low == "from" and head in _SENT:
            return self._read_origin(n, phrase)
        if low == "on" and head in {"committee", "commission", "council", "group", "subcommittee"}:
            low = "of"
        if low not in {"of", "for"} or (head not in OPEN_HEADS and not phrase.titles):
            return 0
        end = self._end_of_name(n + 1, head, phrase)
        taken = end - k - 1 if end > n + 1 else 0
        return min(taken, 4) if self._is_shouting else taken

    def _end_of_name(self, begun: int, head: str, phrase: Phrase) -> int:
        """Where the name behind "of" or "for" ends: ``begun`` where none stands there."""
        words, n = self._words, begun
        while n < len(words) and n < begun + 8:
            token = words[n]
            if token.low in {"the", "and", "&", "of", "for"} and n + 1 < len(words):
                following = words[n + 1]
                is_body = head in _OF_A_BODY and following.low in HEADS and token.low == "the"
                if not (following.is_capital or following.low == "the" or is_body):
                    break
                if following.low in {"its", "their", "his", "her", "our"}:
                    break
                if token.low == "and" and self._entry(following, n + 1) is not None:
                    break
            elif n > begun and token.is_small and token.low in HEADS and head in _OF_A_BODY:
                n += 1  # "the head of the U.S. delegation"
                break
            elif not token.is_capital or (self._is_shouting and n > begun and self._is_finite(n)):
                break
            else:
                entry = self._entry(token, n)
                if entry is not None and entry.sort in {"country", "adjective", "city"}:
                    phrase.add_party(entry.party, entry.sort)
            n += 1
            if token.is_possessive:
                return begun
        while n > begun and words[n - 1].low in {"the", "and", "&", "of", "for"}:
            n -= 1
        return n

    def _read_origin(self, n: int, phrase: Phrase) -> int:
        """ "from Argonne National Laboratory": who sent a team; how many words that takes."""
        words, end = self._words, n + 1
        while end < len(words) and words[end].low == "the":
            end += 1
        longer = self._longer(end) if end < len(words) and (
            words[end].text in self._longer_names
        ) else None  # fmt: skip
        entry = longer[0] if longer else self._entry(words[end], end) if end < len(words) else None
        sorts = {"city", "country"} if self._is_shouting else {"city", "country", "office"}
        if entry is None or entry.sort not in sorts:
            return 0
        if not phrase.parties and entry.sort != "city":
            phrase.add_party(entry.party, "office")
        return end - n + (longer[1] if longer else 1)

    def _is_finite(self, n: int) -> bool:
        """Whether a word in a sentence in capitals is the verb behind an office's name."""
        low = self._words[n].low
        return low in MODALS or low in TELLING or low.endswith("ed")

    def _read_both(self, n: int) -> int:
        """ "of both sides", "from each delegation": how many words that takes."""
        words = [word.low for word in self._words[n + 1 : n + 4]]
        for count, word in enumerate(words, start=2):
            if count > 2 and word in _SIDES and words[0] in {"both", "each", "the"}:
                return count if words[0] != "the" or words[1] == "two" else 0
        return 0

    def _past_place(self, n: int) -> int:
        """ "in Strelsau" before a verb, which says nothing of whose it is."""
        if n + 1 >= len(self._words):
            return 0
        longer = self._longer(n + 1) if self._words[n + 1].text in self._longer_names else None
        count = longer[1] if longer is not None else 1
        entry = longer[0] if longer is not None else self._entry(self._words[n + 1], n + 1)
        end = n + 1 + count
        is_before_verb = end < len(self._words) and self._words[end].low in MODALS
        is_place = entry is not None and entry.sort in {"city", "country", "adjective"}
        return count + 1 if is_place and is_before_verb else 0

    def _is_unit(self, index: int) -> bool:
        """Whether "10th" begins the name of a unit: "10th AAMDC", "7th Fleet"."""
        following = self._words[index + 1] if index + 1 < len(self._words) else None
        if following is None or not following.is_capital or self._is_shouting:
            return False
        return (following.is_upper and following.is_long) or following.low in _UNITS

    def _read_place(self, n: int, phrase: Phrase) -> int:
        words, begun = self._words, n
        n += 1
        while n < len(words) and words[n].low == "the":
            n += 1
        if n >= len(words):
            return 0
        entry = self._entry(words[n], n)
        if words[n].low == "embassy":
            phrase.add_party(self._cast.own, "office")
            return n - begun + 1
        if entry is not None and entry.sort in {"country", "city"}:
            if not phrase.parties:
                phrase.add_party(entry.party, "country")
            also = self._entry(words[n + 2], n + 2) if n + 2 < len(words) else None
            is_pair = also is not None and words[n + 1].low == "and" and also.sort == entry.sort
            return n - begun + (3 if is_pair else 1)
        return 0
