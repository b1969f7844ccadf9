"""Whose people are: surnames with the side of the office, delegation or list that they stand in.

Reads the whole text once, for the cast; recognising a name in a sentence is ActorReader's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tracker.cable import Span
from tracker.extract.dictionary import Dictionary, Entry
from tracker.extract.lexicon.words import (
    ACTS,
    HEADS,
    MODALS,
    MODIFIERS,
    NO_NAME,
    PERSONS,
    PREPOSITIONS,
    TELLING,
)
from tracker.extract.near import matches_near, places_of
from tracker.extract.people_forms import (
    BEFORE_TITLE,
    BODIES,
    HOLDER_FIRST,
    HOLDER_LAST,
    HOLDER_OF_SIDE,
    HOLDERS,
    LEADS,
    LISTED,
    MEMBERS,
    OFFICE_OF,
    OWN_UNDER,
    SENTENCE_END,
    SIDE,
    TITLE_OF,
    TITLES,
    TO_BE,
)

# A word with a capital, and several that follow one another at once.
_CAPITAL = re.compile(r"[A-Z][\w'’/-]{0,40}\.?")
_CAPITALS = re.compile(
    r"[A-Z][\w'’/-]{0,40}+\.?(?:(?:.|[^\S\n]{1,9}+\n[^\S\n]{0,9}+)?[A-Z][\w'’/-]{0,40}+\.?)+",
    re.DOTALL,
)
# "State Department of Intellectual Property", "Department of Fisheries", "State Customs Committee":
# of any state.
_OF_ANY_STATE = re.compile(
    r"\b(?:State\s+)?Department\s+of\s+(?!(?:State|Defense|Justice|Commerce|Energy|Homeland|Labor|"
    r"Transportation|the\s+(?:Treasury|Interior))\b)|\bState\s+(?!Department\b)(?=[A-Z])"
)
_PARTIES = frozenset({"adjective", "office", "country"})
# Offices of one person, so that a name may follow: "DATT Commander Ellis".
_ONE_PERSON = frozenset({"RSO", "DATT", "LEGATT", "USTR", "SecState", "SecDef", "Attache"})
_POSSESSIVE = frozenset({"'s", "’s", "'S", "’S"})
_HELPERS = NO_NAME - {"and"} | frozenset(
    "will would has had have was were is are should could may can might must shall".split()
)
# Titles that in capitals may be any word, so that the dictionary leaves them out.
_SHOUTED_TITLES = PERSONS - {"head", "leader", "general", "judge", "chief", "deputy"}
_SHOUTED = frozenset(map(str.upper, _SHOUTED_TITLES))
_BEGINNING = re.compile(r"[A-Z][\w'’-]{0,40}")
# What in a text of capitals ends a name: "MINISTER GORMAN EXPLAINED".
_NO_SURNAME = (
    ACTS | HEADS | MODALS | MODIFIERS | NO_NAME | PREPOSITIONS
    | frozenset(
        """thought felt saw met gave made held spoke knew began rose found heard put read left went
        came who which that whose led was were be been not only then now there here his her himself
        today tomorrow yesterday amembassy amconsul secstate""".split()
    )
)  # fmt: skip


@dataclass(slots=True)
class PeopleReader:
    """Collects the people of one cable: ``found`` maps a surname to a party."""

    masked: str
    names: Dictionary
    own: str
    counterpart: str | None
    authors: set[str]
    found: dict[str, str] = field(default_factory=dict)

    def read(self, span: Span) -> dict[str, str]:
        """Surname ─► party: by the title before it, then by the delegation that it belongs to;
        the authors are the author's own."""
        titles = self.names.title_words
        for run in _CAPITALS.finditer(self.masked, *span):
            # Few runs hold a title (or one with a stroke, "A/S"); the others say nothing.
            words = _BEGINNING.findall(run[0])
            is_compound = "/" in run[0] or TO_BE.search(run[0]) is not None
            if is_compound or not titles.isdisjoint(words) or not _SHOUTED.isdisjoint(words):
                self._read_run(run.span(), None)
        for at in places_of(self.masked, TITLES, span):
            if (match := TITLE_OF.match(self.masked, at)) is not None:
                self._read_title_of(match)
        holders = places_of(self.masked, HOLDERS, span)
        for at in holders:
            if (match := HOLDER_LAST.match(self.masked, at)) is not None:
                self._read_apposed(match)
        for match in matches_near(HOLDER_FIRST, self.masked, holders, 220, span):
            self._read_apposed(match)
        for match in matches_near(HOLDER_OF_SIDE, self.masked, holders, 60, span):
            self._read_holder_of_side(match)
        for at in holders:
            if (match := HOLDER_OF_SIDE.match(self.masked, at)) is not None:
                self._read_holder_of_side(match)
        brackets = places_of(self.masked, (" (",), span)
        for match in matches_near(OFFICE_OF, self.masked, brackets, 9, span):
            entry = self.names.single.get(match["office"])
            if entry is not None and entry.sort == "office" and (
                self._meaning(match["name"])[0] is None
            ):  # fmt: skip
                self._remember(match["name"], entry.party)
        for stretch, party in self._delegations(span):
            for run in _CAPITALS.finditer(self.masked, *stretch):
                self._read_run(run.span(), party)
        return self.found | dict.fromkeys(self.authors, self.own)

    def _read_run(self, span: Span, member_of: str | None) -> None:
        """The surnames among words with capitals that follow one another: those after a title,
        or, in the list of a delegation, all that nothing else is known of."""
        is_shouted = self.masked[span[0] : span[1]].isupper()
        open_title = "any" if member_of is not None and not is_shouted else None
        title, of_office = open_title, False
        party = party_before = None
        last, previous, before_it, named_party = span[0], "", "", False
        for match in _CAPITAL.finditer(self.masked, *span):
            start = match.start()
            plain = TO_BE.sub("", match[0])
            entry, word = self._meaning(plain)
            if start > last + 1 and not self.masked[last:start].isspace():
                title, of_office, previous, before_it = open_title, False, "", ""
                party = party_before = None
            # An initial goes on with the name behind its point, another word with a point ends it.
            last = start + len(word) + (len(word) == 1) + len(match[0]) - len(plain)
            pair = self._known(before_it, previous, word) or self._known(previous, word)
            if pair is not None:
                # "State Secretary": the first word is no office after all.
                entry, party = pair, party_before if named_party else party
            before_it, previous = previous, word
            named_party = entry is not None and entry.sort in _PARTIES
            if entry is not None and entry.sort == "title":
                title, of_office = entry.party, False
            elif word in _ONE_PERSON:
                title, of_office, party = "own", False, self.own
            elif entry is not None and entry.sort in _PARTIES:
                if not (of_office and word == "STATE"):
                    party_before, party = party, entry.party
            elif (len(word) == 1 and member_of is not None) or (
                word.isupper() and word.lower() in _SHOUTED_TITLES
            ):
                title, of_office = title or "any", False
            elif title is None:
                continue
            elif word in {"OF", "FOR"}:
                title, of_office = "them" if word == "FOR" else title, True
            elif not word.isupper() or self._may_be_surname(word):
                side = member_of or self._side(title, party, word)
                if side is not None:
                    self._remember(word, side)
            elif not (of_office or len(word) == 1) or _ends_title(word):
                title, of_office = open_title, False

    def _known(self, *words: str) -> Entry | None:
        """What words mean together: "Attorney General", "Assistant Attorney General"."""
        for known, entry in self.names.longer.get(words[0], ()):
            if known == words:
                return entry
        return None

    def _read_apposed(self, match: re.Match[str]) -> None:
        """ "the head of the Migration Service, Larysa Horban": an office and its holder."""
        name = match["name"].split()[-1]
        office = _OF_ANY_STATE.sub("", match["office"])
        entries = [self._meaning(word.strip("(),"))[0] for word in office.split()]
        parties = [e.party for e in entries if e is not None and e.sort in _PARTIES]
        party = parties[0] if parties else self.counterpart
        if party is not None and name not in self.found and self._meaning(name)[0] is None:
            self._remember(name, party)

    def _read_holder_of_side(self, match: re.Match[str]) -> None:
        """ "the U.S. chair, Deputy Assistant Attorney General Ann Moss": of the side named first,
        whatever the title says."""
        party, name = self._party_of(match["whose"]), match["who"].split()[-1]
        if party is not None and self._meaning(name)[0] is None and not name.isupper():
            self._remember(name, party)

    def _read_title_of(self, match: re.Match[str]) -> None:
        """ "Director of Public Prosecutions Ernest Cargill": the name stands last."""
        words = match["rest"].split()
        known = [self._meaning(word)[0] for word in words]
        if known[-1] is not None or len(words[-1]) < 3 or words[-1].isupper():
            return
        lead = BEFORE_TITLE.search(self.masked, max(0, match.start() - 64), match.start())
        lead_words = lead[0].split() if lead is not None else []
        before = [self._meaning(word)[0] for word in lead_words]
        parties = [e.party for e in [*before, *known] if e is not None and e.sort in _PARTIES]
        is_assistant = lead_words[-1:] == ["Assistant"] and match[0].startswith("Secretary")
        is_own = is_assistant or match["rest"].startswith(OWN_UNDER)
        party = parties[0] if parties else self.own if is_own else self.counterpart
        if party is not None:
            self._remember(words[-1], party)

    def _meaning(self, word: str) -> tuple[Entry | None, str]:
        """What a word means, and the word without its point."""
        single = self.names.single
        entry = single.get(word)
        if entry is None and word.endswith("."):
            word = word.rstrip(".")
            entry = single.get(word) if len(word) > 1 else None
        if entry is None and "/" in word:
            entry = single.get(word.partition("/")[0])  # "EUR/CE Director Renner"
        if entry is None and word[-2:] in _POSSESSIVE:
            owner = single.get(word[:-2])  # "ICE's Special Agent Bledsoe"
            entry = owner if owner is not None and owner.sort in _PARTIES else None
        return entry, word

    def _side(self, title: str, party: str | None, word: str) -> str | None:
        if party is not None or title == "any":
            return party
        return self.own if title == "own" or word in self.authors else self.counterpart

    def _may_be_surname(self, word: str) -> bool:
        """Whether a word in capitals can be a surname in a text of capitals."""
        low = word.lower()
        return len(word) > 2 and word.isalpha() and low not in _NO_SURNAME and not _ends_title(word)

    def _remember(self, word: str, party: str) -> None:
        bare = word[:-2] if word[-2:] in _POSSESSIVE else word
        low = bare.lower()
        if len(bare) > 1 and low not in HEADS and low not in MODIFIERS and low not in NO_NAME:
            self.found[bare] = party

    def _delegations(self, span: Span) -> Iterator[tuple[Span, str]]:
        """Stretches of text that name the members of a delegation, and whose it is."""
        bodies = places_of(self.masked, BODIES, span)
        for match in matches_near(SIDE, self.masked, bodies, 120, span):
            party = self._party_of(match["whose"])
            if party is None:
                continue
            ends = SENTENCE_END.finditer(
                self.masked, max(span[0], match.start() - 300), match.start()
            )
            begun = max((end.end() for end in ends), default=max(span[0], match.start() - 300))
            before = (begun, match.start())
            if LEADS.search(self.masked, *before):
                yield before, party
            members = MEMBERS.match(self.masked, match.end())
            if members is not None:
                yield members.span("who"), party
        colons = places_of(self.masked, (":",), span)
        for match in matches_near(LISTED, self.masked, colons, 100, span):
            party = self._party_of(match["whose"])
            if party is not None:
                yield match.span("who"), party

    def _party_of(self, whose: str) -> str | None:
        """Of which party a delegation is, by the word before it."""
        word = " ".join(whose.split())
        word = word[:-2] if word[-2:] in _POSSESSIVE else word
        if word.lower() in {"our", "own", "u.s", "american", "united states"}:
            return self.own
        known = self.names.single.get(word) or self.names.single.get(word.title())
        if known is None and " " in word:
            first, _, _ = word.partition(" ")
            longer = self.names.longer.get(first, [])
            known = next((e for words, e in longer if " ".join(words) == word), None)
        if known is not None and known.sort in {"adjective", "country"}:
            return known.party
        return self.counterpart if word.upper().startswith("GO") and word.isupper() else None


def _ends_title(word: str) -> bool:
    """Whether a word in capitals is a verb or the like, so that no name follows the title."""
    low = word.lower()
    return low in _HELPERS or low in TELLING or low.endswith(("ed", "ing", "ly"))
