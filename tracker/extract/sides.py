"""Decides on which side an actor stands, from what its phrase says.

The decision alone; reading the phrase is the business of ActorReader.
"""

from __future__ import annotations

import re

from tracker.extract.cast import Cast
from tracker.extract.lexicon.words import BOTH_HEADS, OUTSIDE_HEADS, VAGUE_HEADS

_MANY = frozenset({"three", "all", "four"})
# "The two foreign ministers": one of each side.
_OF_EACH = frozenset(
    """ministers ministries presidents spokesmen spokespersons secretaries agencies services armies
    navies militaries banks teams experts embassies coordinators generals leaders
    directors""".split()
)
_COUNTED = frozenset({"three", "four", "both", "two", "our"})
# "The Navy", "the Coast Guard": ours, unless the other side's is spoken of by name.
_SERVICES = frozenset({"navy", "guard", "army", "force"})
_SHARED = frozenset({"working", "joint", "bilateral"})
# "Each member is to name": all of those who take part.
_ONE_OF_BOTH = frozenset(
    """side party government delegation member country nation chair chairman co-chair agency
    ministry secretariat capital""".split()
)
_MISSION_HEADS = frozenset(
    {"embassy", "post", "mission", "consulate", "congen", "embassies", "consulates", "missions"}
)


class Evidence:
    """What an actor phrase says about whose it is.

    ``is_named`` tells whether a capital inside the sentence marks it as a name, ``is_unit`` whether
    it is a numbered unit of an army ("10th AAMDC"), ``is_of_both`` whether it belongs to both sides
    ("legal advisers of both sides"), ``is_person`` whether the name of a person stands behind the
    office.
    """

    # Made for every phrase that might be an actor, and most say little: what a phrase says nothing
    # of is read off the class.
    determiners: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    sorts: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    title_side: str | None = None
    person_party: str | None = None
    is_named = is_unit = is_of_both = is_person = False

    def add_party(self, party: str | None, sort: str) -> None:
        """Note a country, an office or an organisation that the phrase names."""
        if party is not None and party not in self.parties:
            self.parties += (party,)
        self.sorts += (sort,)


Judged = tuple[str, tuple[str, ...]]


def judge(evidence: Evidence, cast: Cast) -> Judged | None:
    """The class and the parties of an actor; None where the phrase is no actor after all."""
    head = evidence.heads[-1] if evidence.heads else ""
    if evidence.is_of_both or _is_both(evidence, head, cast):
        is_all = not _MANY.isdisjoint(evidence.determiners)
        return "both", (cast.own, *cast.others) if is_all else cast.everyone
    if not cast.joint.isdisjoint(evidence.abbreviations) and not evidence.parties:
        return "both", (cast.own, *cast.others)
    if evidence.person_party and not evidence.parties:
        return _named(evidence.person_party, cast)
    if head == "posts" and _are_ours(evidence):
        return "own", (cast.own,)
    if not evidence.parties and not _MISSION_HEADS.isdisjoint(evidence.heads[:-1]):
        return "own", (cast.own,)  # "the Embassy's labor officer"
    if head in _MISSION_HEADS:
        found = _judge_mission(evidence, head, cast)
        if found is not None:
            return found
    if evidence.parties:
        return _judge_parties(evidence, head, cast)
    if "our" in evidence.determiners or evidence.is_unit:
        return "own", (cast.own,)
    if "your" in evidence.determiners:
        return "you", ()
    if head in {"addressee", "addressees", "recipients"}:
        return "own", (cast.own,)
    if head in OUTSIDE_HEADS or _is_private(evidence):
        return "third", ("private sector",)
    if evidence.determiners[:1] in (("a",), ("an",)) and not evidence.titles:
        return "who", ()
    if evidence.titles:
        return _judge_title(evidence, cast)
    return _judge_rest(evidence, head, cast)


def _named(party: str, cast: Cast) -> Judged:
    side = cast.side_of(party)
    return side, (party,)


def _is_both(evidence: Evidence, head: str, cast: Cast) -> bool:
    determiners = evidence.determiners
    if "two" in determiners and "the" in determiners and not evidence.parties and head in _OF_EACH:
        return True
    if head not in BOTH_HEADS:
        return "each" in evidence.determiners and head in _ONE_OF_BOTH
    if evidence.parties:
        return False
    if head in {"countries", "nations", "governments", "principals", "chairs", "capitals"}:
        return not _COUNTED.isdisjoint(evidence.determiners)
    return "our" not in evidence.determiners and not evidence.abbreviations


def _is_private(evidence: Evidence) -> bool:
    """Whether it is of "the private sector"."""
    words = evidence.modifiers + evidence.heads
    return "sector" in words and "private" in words


def _are_ours(evidence: Evidence) -> bool:
    """ "Posts should reply" are the author's own; "the border posts" and "nine posts" are not."""
    is_bare = not (evidence.parties or evidence.names or evidence.modifiers or evidence.titles)
    return is_bare and evidence.determiners in ((), ("all",))


def _judge_mission(evidence: Evidence, head: str, cast: Cast) -> Judged | None:
    """Our own post writes "the Embassy", "post"; the Department writes to it."""
    foreign = [p for p in evidence.parties if p != cast.own]
    if foreign and "adjective" in evidence.sorts:
        return _named(foreign[0], cast)
    if evidence.names and not evidence.parties:
        return "own", (cast.own,)
    is_author = cast.author == "post"
    return ("we" if is_author and not evidence.parties else "own"), (cast.own,)


def _judge_parties(evidence: Evidence, head: str, cast: Cast) -> Judged:
    parties = evidence.parties
    if len(parties) > 1 and "adjective" in evidence.sorts:
        if head in BOTH_HEADS or head.endswith("s"):
            known = tuple(p for p in parties if cast.side_of(p) != "third")
            if cast.own in known and len(known) > 1:
                return "both", known
        elif set(parties) >= {cast.own, cast.counterpart} and head not in {"embassy"}:
            return "both", cast.everyone
    party = _main_party(evidence)
    if head in OUTSIDE_HEADS and "adjective" in evidence.sorts:
        return "third", ("private sector",)
    if (
        cast.author == "department"
        and party == cast.own
        and evidence.sorts == ("office",)
        and not evidence.titles
    ):
        return "we", (party,)
    return _named(party, cast)


def _main_party(evidence: Evidence) -> str:
    """ "U.S. Embassy in Baku" is American, "Brazilian Embassy, Washington" Brazilian."""
    for party, sort in zip(evidence.parties, evidence.sorts, strict=False):
        if sort in {"adjective", "government", "office"}:
            return party
    return evidence.parties[0]


# "MFA", "MOD", "MOFA", "MINDEF": ministries by the name that cables give them anywhere.
_MINISTRY = re.compile(r"M(?:O[A-Z]{1,4}|FA|ND|EA|AE|RE|IA|IIT|FAIT|IN[A-Z]{2,6})\Z")


def _judge_title(evidence: Evidence, cast: Cast) -> Judged:
    if evidence.abbreviations and cast.counterpart:
        return "them", (cast.counterpart,)
    if evidence.title_side == "own":
        return "own", (cast.own,)
    if evidence.title_side == "them" and cast.counterpart:
        return "them", (cast.counterpart,)
    return "who", ()


def _judge_rest(evidence: Evidence, head: str, cast: Cast) -> Judged | None:
    if head == "interagency" and not evidence.names:
        return "own", (cast.own,)
    if head in {"attache", "attaché"} and cast.author == "post":
        return "own", (cast.own,)
    if evidence.heads == ("secretary",) and not evidence.modifiers:
        return "own", (cast.own,)  # "THE SECRETARY" of a telegram in capitals
    is_plain = not (evidence.names or evidence.modifiers) and not {"the", "this"}.isdisjoint(
        evidence.determiners
    )
    if head in _SERVICES and not evidence.names and not cast.names_their_services:
        return "own", (cast.own,)
    if {"group", "groups", "taskforce", "subgroup"} & {*evidence.heads} and (
        not _SHARED.isdisjoint(evidence.modifiers) or is_plain
    ):
        return "both", (cast.own, *cast.others)
    if head in cast.bodies and not evidence.names and not evidence.modifiers:
        return "both", (cast.own, *cast.others)
    if head == "head" and "delegation" in evidence.heads:
        head = "delegation"
    if head in {"delegation", "team", "administration"} and not evidence.names:
        own = head == "administration" or not cast.is_report or (head == "team" and cast.has_team)
        return (
            ("own", (cast.own,))
            if own or cast.counterpart is None
            else ("them", (cast.counterpart,))
        )
    if any(_MINISTRY.match(a) for a in evidence.abbreviations) and cast.counterpart:
        return "them", (cast.counterpart,)
    if evidence.names and not head:
        if not evidence.abbreviations and len(evidence.names) == 1:
            return "who", ()
        if evidence.abbreviations and _is_no_actor(evidence, cast):
            return None
        return "who", ()
    if not head or (head in VAGUE_HEADS and not evidence.names and not evidence.is_named):
        return None
    if cast.counterpart is None:
        return "who", ()
    return "them", (cast.counterpart,)


def _is_no_actor(evidence: Evidence, cast: Cast) -> bool:
    return any(
        short in cast.local and cast.local[short] is None for short in evidence.abbreviations
    )
