"""What belongs to an actor behind its head: "of Foreign Affairs", "at the Embassy", a name.

Part of the grammar of actor phrases; where one begins is decided by ActorReader.
"""

from __future__ import annotations

from tracker.extract.actor_words import Phrase, WordReader
from tracker.extract.lexicon.words import HEADS, MISSIONS, OPEN_HEADS, PERSONS, PLACED_HEADS


class TailReader(WordReader):
    """Reads what follows the head of a phrase."""

    def _bridges(self, k: int, begun: int) -> bool:
        """ "CENTCOM's contracting command": a small word between an owner and its office."""
        words = self._words
        return (
            k > begun
            and words[k - 1].is_possessive
            and k + 1 < len(words)
            and words[k + 1].low in HEADS
            and words[k].is_small
        )

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
        return is_unit and evidence.sorts[-1:] == ["office"]

    def _read_tail(self, k: int, phrase: Phrase) -> int:
        """ "of Foreign Affairs", "at the Embassy" after a head: how many tokens it takes."""
        words, n = self._words, k + 1
        if n >= len(words):
            return 0
        low, head = words[n].low, words[k].low
        if low in {"at", "in"} and head in PLACED_HEADS:
            return self._read_place(n, phrase)
        if low == "on" and head in {"committee", "commission", "council", "group", "subcommittee"}:
            low = "of"
        if low not in {"of", "for"} or (head not in OPEN_HEADS and not phrase.titles):
            return 0
        n += 1
        begun = n
        while n < len(words) and n < begun + 8:
            token = words[n]
            if token.low in {"the", "and", "&", "of", "for"} and n + 1 < len(words):
                following = words[n + 1]
                if not following.is_capital and following.low != "the":
                    break
                if token.low == "and" and self._entry(following, n + 1) is not None:
                    break
            elif not token.is_capital:
                break
            else:
                entry = self._entry(token, n)
                if entry is not None and entry.sort in {"country", "adjective", "city"}:
                    phrase.add_party(entry.party, entry.sort)
            n += 1
            if token.is_possessive:
                return 0
        while n > begun and words[n - 1].low in {"the", "and", "&", "of", "for"}:
            n -= 1
        if not self._is_shouting:
            return n - k - 1 if n > begun else 0
        return min(n - k - 1, 4) if n > begun else 0

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
            phrase.add_party(entry.party, "country")
            return n - begun + 1
        return 0
