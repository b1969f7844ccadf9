"""Reads one actor phrase: "the Azerbaijani delegation", "SEPPIR Minister Edson Santos".

The grammar of such phrases lives here; sides and parties are the business of `sides`.
"""

from __future__ import annotations

from tracker.cable import Span
from tracker.extract.actor_names import NameReader
from tracker.extract.actor_words import Phrase
from tracker.extract.cast import government_of
from tracker.extract.dictionary import Entry
from tracker.extract.lexicon.words import (
    ACTS,
    DETERMINERS,
    HEADS,
    INANIMATE,
    ITS_VERBS,
    MISSIONS,
    MODALS,
    MODIFIERS,
    NOBODYS_VERBS,
    PERSONS,
    PREPOSITIONS,
)
from tracker.extract.mention import Mention
from tracker.extract.sides import judge
from tracker.extract.telegraph import is_label
from tracker.extract.tokens import PRONOUNS, Word

_LONGEST = 14
# "each of the", "two of our"
_BEFORE_OF = frozenset({"each", "all", "both", "some", "many", "several", "two"})
# Heads that are also verbs, so that it depends on the words around them.
_ALSO_VERBS = ACTS | {"post", "chair", "lead"}
_BEHIND_PEOPLE = PREPOSITIONS | {"and", "to"}


class ActorReader(NameReader):
    """Reads actor phrases off the tokens of one sentence."""

    def read(self, index: int) -> tuple[Mention, int] | None:
        """The actor that begins at a token and the index past it, None where none begins."""
        token = self._words[index]
        if not token.opens or (token.is_act and self._is_verb(index)):
            return None
        if index == 0 and is_label(token.text):
            return None
        if token.low == "it":
            return self._read_it(index)
        if token.low in PRONOUNS:
            if token.text != "US" or self._is_shouting:
                found = self._read_pronoun(index)
                if found is not None:
                    return found
            if not (token.is_capital or token.low in DETERMINERS):
                return None
        phrase = Phrase(start=index)
        k = self._read_determiners(index, phrase) if token.low in DETERMINERS else index
        if token.text[0].isdigit():
            if not self._is_unit(index):
                return None
            phrase.is_unit, k = True, index + 1
        words, stop = self._words, k + _LONGEST
        while k < stop and k < len(words):
            if not words[k].belongs:
                if self._is_head_of(k, phrase):
                    k += self._take_head(k, phrase)
                    break
                if not self._bridges(k, index):
                    break
                k += 1
                continue
            taken = self._take(k, phrase)
            if not taken:
                break
            k += taken
        if phrase.head < 0 and k > index and self._offers(k):
            phrase.head = k
        if phrase.head < 0 and index < k < len(words) and self._is_all_of_them(k):
            phrase.heads += ("sides",)
            phrase.head = k
        if phrase.head < 0:
            return None
        return self._finish(phrase)

    def _is_head_of(self, k: int, phrase: Phrase) -> bool:
        """ "The head of the U.S. delegation": a word that is mostly a verb."""
        following = self._words[k + 1].low if k + 1 < len(self._words) else ""
        return self._words[k].low == "head" and following == "of" and bool(phrase.determiners)

    def _is_all_of_them(self, k: int) -> bool:
        """ "All three agreed": a number that stands for the parties."""
        return self._words[k - 1].low in {"three", "four", "two"} and self._words[k].low in MODALS

    def _read_it(self, index: int) -> tuple[Mention, int] | None:
        """ "It would respond" is somebody; "it would be useful" is nobody."""
        low = [t.low for t in self._words[index + 1 : index + 4] if t.low != "also"]
        if len(low) < 2 or low[0] not in ITS_VERBS or low[1] in NOBODYS_VERBS:
            return None
        return Mention(self._span(index), "who", (), (), self._is_oblique(index)), index + 1

    def _read_pronoun(self, index: int) -> tuple[Mention, int] | None:
        token = self._words[index]
        sort = PRONOUNS[token.low]
        following = self._words[index + 1].low if index + 1 < len(self._words) else ""
        if token.text in {"i", "I"} and index > 0 and self._words[index - 1].text == "(":
            return None
        if sort == "both" and index > 0 and self._words[index - 1].low in MODALS:
            return None  # "have both agreed"
        if sort == "both" and following not in MODALS and following not in {":", "to"}:
            return None
        if self._is_shouting and token.low == "us":
            return None
        parties = {"we": (self._cast.own,), "both": self._both()}.get(sort, ())
        oblique = self._is_oblique(index) or token.low in {"us", "him", "them"}
        owners = (token.text,) if sort == "both" else ()
        is_person = token.low in {"he", "she", "him"}
        return Mention(self._span(index), sort, parties, owners, oblique, is_person), index + 1

    def _span(self, index: int) -> Span:
        return self._tokens.starts[index], self._tokens.end(index)

    def _both(self) -> tuple[str, ...]:
        return self._cast.everyone

    def _read_determiners(self, index: int, phrase: Phrase) -> int:
        k = index
        for word in self._words[index : index + 4]:
            low = word.low
            if low not in DETERMINERS and low != "of":
                break
            if low == "of" and self._words[k - 1].low not in _BEFORE_OF:
                break
            k += 1
        phrase.determiners = tuple(word.low for word in self._words[index:k])
        return k

    def _take(self, k: int, phrase: Phrase) -> int:
        """Read on by one name or word; how many tokens that took, 0 at the end of the phrase."""
        token, evidence = self._words[k], phrase
        if token.text in self._longer_names and (longer := self._longer(k)) is not None:
            entry, count = longer
            return self._take_entry(k, count, entry, self._words[k + count - 1], phrase)
        single = self._entry(token, k)
        if single is not None:
            return self._take_entry(k, 1, single, token, phrase)
        if token.is_government or (token.bare == "GOT" and self._cast.is_got):
            evidence.add_party(government_of(token.bare, self._cast), "government")
            return self._end_unless_possessive(k, 1, phrase)
        if token.low in HEADS and (token.low not in _ALSO_VERBS or self._noun_fits(k, phrase)):
            return self._take_head(k, phrase)
        if token.low == "head" and phrase.head == k and self._acts_next(k):
            return self._take_head(k, phrase)  # "the delegation head may"
        if token.low in MODIFIERS or (token.is_possessive and token.bare_low in HEADS):
            if token.is_possessive:
                evidence.heads += (token.bare_low,)
            else:
                evidence.modifiers += (token.bare_low,)
            evidence.is_named |= k > 0 and token.is_capital and not self._is_shouting
            if token.is_capital and phrase.head == k and self._acts_next(k):
                phrase.head = k + 1
            return 1
        return self._take_name(k, phrase)

    def _take_head(self, k: int, phrase: Phrase) -> int:
        token = self._words[k]
        phrase.heads += (token.bare_low,)
        phrase.is_named |= k > 0 and token.is_capital and not self._is_shouting
        if token.is_possessive:
            return 1
        tail = 1 if self._is_numbered(k) else self._read_tail(k, phrase)
        phrase.head = k + 1 + tail
        return 1 + tail

    def _is_numbered(self, k: int) -> bool:
        """ "Office 33 accepted": a number that is part of a name."""
        after = self._words[k + 1 : k + 3]
        is_number = len(after) == 2 and after[0].text.isdigit() and len(after[0].text) < 4
        return is_number and self._words[k].is_capital and after[1].low in MODALS

    def _take_entry(self, k: int, count: int, entry: Entry, last: Word, phrase: Phrase) -> int:
        evidence = phrase
        if entry.sort == "adjective" and k > phrase.start and self._words[k - 1].low in MISSIONS:
            entry = Entry("city", entry.party)  # "Embassy Strelsau"
        if entry.sort == "city" and k > phrase.start and self._words[k - 1].low in MISSIONS:
            return self._take_cities(k, count, phrase)
        if entry.sort == "office" and self._cast.has_departments and not phrase.parties:
            entry = self._of_whom(entry, k, count)
        if entry.sort == "office" and count > 1 and _is_of_another(phrase, self._cast.own):
            entry = Entry("office", phrase.parties[-1])  # "Vietnam Maritime Administration"
        if entry.sort == "city" and self._is_post(k, count):
            entry = Entry("office", self._cast.own)
        if entry.sort == "city" and not self._city_acts(k, entry):
            return 0 if phrase.head >= 0 or k == phrase.start else count
        if entry.sort == "title":
            evidence.titles += (" ".join(t.text for t in self._words[k : k + count]),)
            evidence.title_side = entry.party
            if not last.is_possessive:
                phrase.head = k + count
                tail = self._read_tail(k + count - 1, phrase)
                phrase.head += tail
                return count + tail
            return count
        evidence.add_party(entry.party, entry.sort)
        if entry.sort == "adjective":
            if self._is_people(k, last, phrase):
                phrase.head = k + count
            return count
        return self._end_unless_possessive(k, count, phrase)

    def _of_whom(self, entry: Entry, k: int, count: int) -> Entry:
        """ "The Department of Agriculture" in a cable from Manila is theirs."""
        name = [word.low for word in self._words[k : k + count]]
        is_ours = {"state", "defense", "homeland", "commerce", "treasury"} & {*name}
        if "department" in name and not is_ours and self._cast.counterpart is not None:
            return Entry("office", self._cast.counterpart)
        return entry

    def _end_unless_possessive(self, k: int, count: int, phrase: Phrase) -> int:
        if not self._words[k + count - 1].is_possessive:
            phrase.head = k + count
        return count

    def _is_people(self, k: int, last: Word, phrase: Phrase) -> bool:
        """ "the Brazilians", "the French" as against "the French ministry"."""
        after = self._words[k + 1].low if k + 1 < len(self._words) else "."
        if last.text in {"U.S.", "US"}:
            return after in MODALS or not after[0].isalpha() or after in _BEHIND_PEOPLE
        if last.bare.endswith(("s", "S")):
            return True
        return after in MODALS

    def _is_object(self, phrase: Phrase) -> bool:
        """ "assigned the directorate to open a lane": a verb of the past before, none behind."""
        before = self._words[phrase.start - 1].low if phrase.start else ""
        if not before.endswith("ed") or len(before) < 5:
            return False
        after = self._words[phrase.head].low if phrase.head < len(self._words) else "."
        return not (
            after in MODALS or after in ACTS or after.endswith("ly") or after in {"and", ","}
        )

    def _is_thing(self, phrase: Phrase) -> bool:
        """ "The Indonesia-U.S. Security Dialogue will": a name of two countries that ends in what
        is no actor."""
        last = self._words[phrase.head - 1]
        return (
            not phrase.heads and not phrase.titles and not last.is_possessive
            and last.low in INANIMATE and {*phrase.sorts} <= {"adjective", "country"}
        )  # fmt: skip

    def _finish(self, phrase: Phrase) -> tuple[Mention, int] | None:
        words = self._words
        if self._is_modifier(phrase.head):
            return None
        if self._is_thing(phrase):
            return None
        judged = judge(phrase, self._cast)
        if judged is None and phrase.heads and self._acts_next(phrase.head - 1):
            judged = "who", ()
        if judged is None:
            return None
        sort, parties = judged
        first = phrase.start
        while first < phrase.head - 1 and words[first].low in {"the", "a", "an"}:
            first += 1
        owner = words[phrase.head - 1].bare
        if first < phrase.head - 1:
            owner = " ".join([*(word.text for word in words[first : phrase.head - 1]), owner])
        if "- " in owner or " ." in owner:
            owner = owner.replace(" - ", "-").replace("- ", "-").replace(" .", ".")
        span = (self._tokens.starts[phrase.start], self._tokens.end(phrase.head - 1))
        is_oblique = self._is_oblique(phrase.start) or self._is_object(phrase)
        return Mention(span, sort, parties, (owner,), is_oblique, _is_person(phrase)), phrase.head


def _is_of_another(phrase: Phrase, own: str) -> bool:
    """Whether a country or nationality stands right before that is not the author's."""
    return phrase.sorts[-1:] in (("country",), ("adjective",)) and phrase.parties[-1] != own


def _is_person(phrase: Phrase) -> bool:
    evidence = phrase
    return bool(
        evidence.titles
        or evidence.person_party
        or evidence.is_person
        or (evidence.heads and evidence.heads[-1] in PERSONS)
        or (evidence.names and not evidence.heads and not evidence.abbreviations)
    )
