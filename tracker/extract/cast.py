"""Who is who in one cable: its parties, the people and the abbreviations that it introduces.

Reads the header and the whole text once; recognising a phrase in a sentence is the tagger's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tracker.cable import Cable
from tracker.cable.blanks import over_line_ends
from tracker.extract.confirmed import Confirmed
from tracker.extract.counterparts import find_counterparts
from tracker.extract.dictionary import Dictionary, Entry, dictionary_of
from tracker.extract.lexicon import Lexicon
from tracker.extract.lexicon.load import code_of_country, countries, country_of_code
from tracker.extract.lexicon.words import HEADS
from tracker.extract.model import Party
from tracker.extract.near import find_word, places_of
from tracker.extract.people import PeopleReader
from tracker.extract.people_forms import TO_BE

# "(MRE)" after a long name, "(the Council)" is none.
_DEFINED = re.compile(r"\(\s?[\"“]?(?P<short>[A-Z][A-Za-z/&-]{1,10})[\"”]?\s?\)")
# The words that may be the long name.
_LONG_NAME = re.compile(r"[A-Za-z][\w'’.-]{0,30}+(?:\s++[A-Za-z&][\w'’.-]{0,30}+){0,9}+\s*+\Z")
_NO_NAMES_HOLD = ',;:()/"'

_OUR_TEAM = re.compile(
    r"\b(?:U\.S\.|USG|American|[Ii]nteragency|[Aa]ssessment|[Aa]dvance|[Ss]urvey|EXBS|DOE|DOD|DHS|CBP|TSA|"
    r"FAA|NNSA|SLD|CDC|USAID|EUCOM|CENTCOM|SOUTHCOM|PACOM|AFRICOM)\s(?:[a-z-]+\s){0,2}team\b"
)
_SERVICES = ("Navy", "Guard", "Army", "Force")
# "the Omani Navy", "Royal Air Force"
_FOREIGN_SERVICE = re.compile(
    over_line_ends(
        r"\b(?!American)(?:[A-Z][a-z]+(?:an|ish|ese|i|ch)|Royal|GO[A-Z]{1,3})(?:['’]s)?\s"
        r"(?:Navy|Coast\sGuard|Army|Air\sForce|Naval\sForce)"
    )
)
_WITH_DEPARTMENTS = frozenset(
    {"Philippines", "South Africa", "Ireland", "Australia", "Canada", "Switzerland", "Hong Kong"}
)
_JOINT = re.compile(
    over_line_ends(
        r"\b(?:Joint|Bilateral|[A-Z]\w+-[A-Z]\w+)\s(?:\w+\s){0,4}"
        r"(?:Commission|Committee|Group|Force|Council|Board|Forum)\s*\Z"
    )
)
_MORE_THAN_TWO = re.compile(r"\b(?:tri|quadri|multi)lateral|\b(?:tripartite|three-way)\b", re.I)


@dataclass(slots=True)
class Cast:
    """The parties of a cable and what its own abbreviations and names mean.

    ``local`` maps an abbreviation that the cable defines to its party (None where it is no
    actor); ``people`` maps a surname to the party of the office it stood beside.
    """

    own: str
    others: tuple[str, ...]
    names: Dictionary
    local: dict[str, str | None] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    text: str = ""
    small: dict[str, bool] = field(default_factory=dict)
    """Words that the cable writes small, or not, as far as that was asked."""
    bodies: frozenset[str] = frozenset()
    """What the meeting's own body is called: "the Council" is both sides."""
    joint: frozenset[str] = frozenset()
    """Abbreviations that the cable gives for a body of both sides: "Joint Task Force (JTF)"."""
    names_their_services: bool = False
    """Whether the cable speaks of armed services of the other side by name."""
    is_report: bool = False
    """Whether the meeting is over; before it "the delegation" is the author's."""
    meanings: dict[str, Entry | None] = field(default_factory=dict)
    """What words were found to mean, so that each is looked up once."""
    author: str = "post"
    """ "post" or "department": who "we" is, and who is addressed."""

    posts: frozenset[str] = frozenset()
    """The cities whose posts the cable is sent to, in capitals: "BANGKOK PLEASE PASS TO DEA".
    What a post writes of the capital of a party may as well mean that government, and is left
    out."""

    has_team: bool = False
    """Whether it tells of a team of ours that came: "the team" is ours."""

    is_joint: bool = False
    """Whether more than two take part, so that "the next round" is for all of them."""

    def writes_small(self, word: str) -> bool:
        """Whether the cable writes a word small as well, so that it is no name."""
        low = word.lower()
        if low not in self.small:
            is_plain = len(low) > 2 and low.isascii() and low.isalpha()
            self.small[low] = is_plain and find_word(self.text, low) >= 0
        return self.small[low]

    @property
    def has_departments(self) -> bool:
        """Whether the other side's ministries are called departments, and its ministers
        secretaries."""
        return self.counterpart in _WITH_DEPARTMENTS

    @property
    def is_got(self) -> bool:
        """Whether "GOT" is a government here, and no verb in a text of capitals."""
        return self.counterpart is not None and self.counterpart.startswith("T")

    @property
    def everyone(self) -> tuple[str, ...]:
        """Both sides, or all where more than two take part."""
        return (self.own, *(self.others if self.is_joint else self.others[:1]))

    @property
    def counterpart(self) -> str | None:
        """The other party, None where the cable names none."""
        return self.others[0] if self.others else None

    def side_of(self, party: str | None) -> str:
        """ "own", "them" for a party of the talks, else "third"."""
        if party == self.own:
            return "own"
        return "them" if party in self.others else "third"

    def parties(self) -> tuple[Party, ...]:
        """The author's party, then the others by weight."""
        codes = code_of_country()
        found = [Party(self.own, True, codes.get(self.own))]
        return tuple(found + [Party(name, False, codes.get(name)) for name in self.others])


def read_cast(cable: Cable, lexicon: Lexicon, confirmed: Confirmed | None = None) -> Cast:
    """Find the parties of a cable, unless a person ``confirmed`` them, then the abbreviations and
    people it introduces."""
    names = dictionary_of(lexicon)
    others = find_counterparts(cable, names)
    cast = Cast(names.own, confirmed.others_instead_of(others) if confirmed else others, names)
    if re.match(r"SECSTATE|SECDEF|WHITE\s?HOUSE|STATE\b", cable.header.origin or ""):
        cast.author = "department"
    cast.bodies = _BODIES & frozenset(re.findall(r"[a-z]+", (cable.header.subject or "").lower()))
    cast.is_joint = (
        len(cast.others) > 2 or _MORE_THAN_TWO.search(cable.header.subject or "") is not None
    )
    cast.text = cable.masked
    services = places_of(cable.masked, _SERVICES, (0, len(cable.masked)))
    cast.names_their_services = any(
        _FOREIGN_SERVICE.search(cable.masked, max(0, at - 40), at + 5) for at in services
    )
    cast.has_team = _OUR_TEAM.search(cable.masked) is not None
    cast.posts = _posts_of(cable, cast)
    _prefer_parties(cast)
    _define_abbreviations(cable.masked, cast)
    _remember_addressed(cable, cast)
    _remember_people(cable, cast)
    return cast


_POST = re.compile(r"(?:AM|US)?(?:EMBASSY|EMB|CONSULATE|CONSUL|LIAISON OFFICE) (?P<city>.+)")


def _posts_of(cable: Cable, cast: Cast) -> frozenset[str]:
    found = (_POST.fullmatch(name.upper()) for name in cable.header.addressees_action)
    cities = frozenset(match["city"] for match in found if match)
    if cast.author == "department":
        return cities
    return cities - {city.upper() for c in countries() if c.name in cast.others for city in c.posts}


def _prefer_parties(cast: Cast) -> None:
    """Let names that several countries share mean the one that takes part: "GVN", "Korean"."""
    for country in countries():
        if country.name in cast.others:
            for form in (*country.adjectives, *country.aliases):
                if not (form.startswith("GO") and form.isupper()):
                    is_adjective = form in country.adjectives
                    entry = Entry("adjective" if is_adjective else "country", country.name)
                    cast.meanings[form] = cast.meanings[form.upper()] = entry


def _define_abbreviations(text: str, cast: Cast) -> None:
    for match in _DEFINED.finditer(text):
        short = match["short"]
        if short in cast.names.single or short in cast.local:
            continue
        before = text[max(0, match.start() - 120) : match.start()]
        name = _LONG_NAME.search(before, max(map(before.rfind, _NO_NAMES_HOLD)) + 1)
        if name is not None and _JOINT.search(name[0]):
            cast.joint |= {short}
        elif name is not None:
            cast.local[short] = _party_of_name(name[0].strip(), short, cast)


# "STATE FOR PM, SCA/INSB, S/CT AND IO/PSC; OSD FOR APSA"
_FOR = re.compile(r"\b(?:FOR|TO)\s+(?P<offices>[A-Z][^;:.()]*)")
_OFFICE = re.compile(r"[A-Z][A-Z0-9]*(?:[/-][A-Z0-9]+)*")
_NO_OFFICE = frozenset(
    """AND ALL ALSO AT BY DEPT EYES FOR FROM IN INFO IT NO OF ON ONLY OR PASS PLEASE PLS THE TO
    WITH""".split()
)


def _remember_addressed(cable: Cable, cast: Cast) -> None:
    """The offices that a cable is to be passed to at home; "PM" is one of them, or a title."""
    for line in cable.header.pass_to:
        for match in _FOR.finditer(line):
            for office in _OFFICE.findall(match["offices"]):
                if office not in _NO_OFFICE and (1 < len(office) < 6 or "/" in office):
                    cast.meanings[office] = Entry("office", cast.own)


def _spelled_by(words: list[str], short: str, cast: Cast) -> list[str]:
    """The end of a long name that an abbreviation stands for, with a nationality before it.

    In "State and the Ministry of External Relations (MRE)" State has no part.
    """
    letters = short.upper()
    begins = [i for i, w in enumerate(words) if w[0].upper() == letters[0]]
    for i in begins:
        initials = "".join(w[0].upper() for w in words[i:] if w[0].isupper())
        if initials == letters or initials.startswith(letters):
            break
    else:
        i = begins[-1] if begins else 0
    while i > 0:
        entry = cast.names.single.get(words[i - 1])
        if entry is None or entry.sort != "adjective":
            break
        i -= 1
    return words[i:]


def _party_of_name(name: str, short: str, cast: Cast) -> str | None:
    """Whose office a long name is; None where it names no actor (a plan, a treaty)."""
    bare = [w.removesuffix("'s") for w in name.replace("’", "'").split()]
    bare = _spelled_by(bare, short, cast)
    if not any(w.lower() in HEADS for w in bare):
        return None
    for n, word in enumerate(bare):
        entry = cast.names.single.get(word)
        following = [w.lower() for w in bare[n + 1 : n + 3]]
        if "of" in following[:1] + following[1:] * (following[:1] == ["department"]) and (
            word.title() in {"Department", "State"}
        ):
            longer = [e for names, e in cast.names.longer.get(word, ()) if names == (*bare[n:],)]
            entry = longer[0] if longer else None
        if entry and entry.sort in {"adjective", "country", "office", "organisation"}:
            return entry.party
    return cast.counterpart


_BODIES = frozenset({"council", "commission", "committee", "subcommittee", "group", "forum"})


_BEGINNING = re.compile(r"[A-Z][\w'’-]{0,40}")


def _remember_people(cable: Cable, cast: Cast) -> None:
    """Surnames with the side that they are of; who wrote and signed is the author's own."""
    signer = (cable.header.signed_by or "").split()
    authors = {name.title() for name in (cable.header.classified_by or "").split()[-1:] + signer}
    reader = PeopleReader(cable.masked, cast.names, cast.own, cast.counterpart, authors)
    begins = cable.blocks[0].span[0] if cable.blocks else 0
    cast.people |= reader.read((begins, len(cable.masked)))


def government_of(abbreviation: str, cast: Cast) -> str | None:
    """The party that "GOAJ" means here: of the cable's own parties the one that fits best."""
    letters = abbreviation[2:]
    for name in cast.others:
        initials = "".join(word[0] for word in name.split() if word[0].isupper())
        if letters in {code_of_country().get(name), initials} or name.upper().startswith(letters):
            return name
    country = country_of_code().get(letters)
    if country is not None and len(letters) == 2 and country.name != cast.own:
        return country.name
    return cast.counterpart


# "AF/RSA", "EUR/CACEN", "L/PM": an office of the Department of State by its symbol.
_OFFICE_SYMBOL = re.compile(
    r"(?!(?:M|R|S|F|T)/[AV]\Z)(?:ACDA|AF|ARA|AC|AID|CA|CT|CU|DRL|DS|EAP|EA|ECA|EEB|EB|E|EUR|F|G|HA|HR|H|IIP|INL|INR|IO|"
    r"ISN|L|M|NEA|NP|OES|OSD|PA|PM|PRM|P|RP|R|SA|SCA|S|T|VCI|VC|WHA)/[A-Z]{1,8}(?:[/-][A-Z0-9]{1,6})*"
)


def meaning_of(text: str, bare: str, cast: Cast) -> Entry | None:
    """What a word means alone in this cable, with and without a possessive ending; also by a
    part of a compound, and by what the cable itself says that an abbreviation means."""
    single = cast.names.single
    entry = single.get(text) or single.get(bare)
    if entry is None and "-" in bare:
        title, _, last = bare.rpartition("-")
        entry = single.get(title if TO_BE.fullmatch(f"-{last}") else last)
    if entry is None and "/" in bare:
        if _OFFICE_SYMBOL.fullmatch(bare):
            return Entry("office", cast.own)
        entry = single.get(bare.split("/")[0])
        if entry is not None and entry.sort == "title":
            entry = None
    if entry is None and (party := cast.local.get(bare)):
        entry = Entry("office", party)
    return entry
