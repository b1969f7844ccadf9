"""Several actors as one: "Washington and the GOAJ", "the navy commander, Admiral Rao, will".

What one phrase says is read by ActorReader; here phrases are put together.
"""

from __future__ import annotations

from tracker.extract.actors import ActorReader
from tracker.extract.asides import aside_end, bracket_end
from tracker.extract.lexicon.words import MODALS, TELLING
from tracker.extract.mention import Mention, merge
from tracker.extract.tokens import Word

Actor = tuple[Mention, int]
"""An actor, and the index past its last token."""


_LINKS = frozenset({",", "and", "&", "/", "-"})
# Before any other word an actor stands alone.
_JOINTS = _LINKS | {"("}


def join_coordinated(reader: ActorReader, index: int, actor: Actor, tokens: list[Word]) -> Actor:
    """The actor at ``index`` with those that "and" joins to it, past what is only an aside."""
    if actor[1] >= len(tokens) or tokens[actor[1]].low not in _JOINTS:
        return actor
    mention, stop = _past_aside(reader, actor, tokens)
    alone = stop
    found = [mention]
    while len(found) < 6:
        n = stop
        while n < len(tokens) and n < stop + 2 and tokens[n].low in _LINKS:
            n += 1
        following = reader.read(n) if stop < n < len(tokens) else None
        if following is None or not _may_join(found, following, tokens, stop, n):
            break
        if found[0].is_oblique and _begins_clause(tokens, index, following[1]):
            break
        joined, stop = _past_aside(reader, following, tokens)
        found.append(joined)
    if len(found) == 1:
        return mention, stop
    if tokens[stop - 1].low == "," and tokens[min(stop, len(tokens) - 1)].low not in MODALS:
        return mention, alone
    return merge(found), stop


# Before a name that begins a clause.
_OPENS_CLAUSE = frozenset({"that", ",", ";", ":", "(", "and", "but", "which", "whom", "--"})


def join_before(
    reader: ActorReader, index: int, actor: Actor, tokens: list[Word], floor: int
) -> int:
    """Where an unknown name begins that "and" joins to the actor at ``index`` as the subject:
    "Hale and the attache would compare"; ``index`` where there is none from ``floor`` on."""
    if index < floor + 2 or tokens[index - 1].low not in {"and", "&"}:
        return index
    after = tokens[actor[1]].low if actor[1] < len(tokens) else ""
    if after not in MODALS and after not in TELLING:
        return index
    first = index - 1
    while first > max(floor, index - 5) and reader.may_be_unknown_name(first - 1):
        first -= 1
    opens = first == 0 or tokens[first - 1].low in _OPENS_CLAUSE
    return first if first < index - 1 and opens else index


def named_by(tokens: list[Word], first: int, stop: int, start: int) -> Mention:
    """An unknown name as an actor."""
    owner = " ".join(word.text for word in tokens[first:stop])
    return Mention((start, start), "who", (), (owner,))


def _past_aside(reader: ActorReader, actor: Actor, tokens: list[Word]) -> Actor:
    """An actor past "(MRC)" or ", for its part,"; a person's name in it says who it is."""
    mention, stop = actor
    if stop + 1 >= len(tokens):
        return actor
    if tokens[stop].text == "(" and (end := bracket_end(tokens, stop)):
        return _named_in(reader, mention, tokens, stop, end), end
    if tokens[stop].text != "," or not (end := aside_end(tokens, stop)):
        return actor
    name = reader.read(stop + 1) if tokens[stop + 1].may_start else None
    if name is None or name[1] != end - 1 or mention.sort == "we" or name[0].sort == "we":
        return mention, end
    return _apposed(mention, name[0]), end


def _apposed(office: Mention, name: Mention) -> Mention:
    """One actor of two names: the party of the one that has any, the owner that is a person."""
    party = office if office.parties or not name.parties else name
    return party._replace(span=(office.span[0], name.span[1]), owners=_longer(office, name),
                   is_oblique=office.is_oblique)  # fmt: skip


def _longer(office: Mention, name: Mention) -> tuple[str, ...]:
    """Of a pronoun and a name the name, of an office and a person both, else the office."""
    if not office.owners or office.owners[0].split()[0].lower() in {"your", "his", "her", "their"}:
        return name.owners
    if name.is_person and name.owners and len(office.owners) == 1:
        return (f"{office.owners[0]}, {name.owners[0]}",)
    return office.owners


def _named_in(
    reader: ActorReader, mention: Mention, tokens: list[Word], start: int, end: int
) -> Mention:
    """ "The secretaries (Colonel Reyes, attache; Dr. Wilk, ministry) will": those two persons."""
    persons: list[Mention] = []
    inside: list[Mention] = []
    k = start + 1
    while k < end - 1:
        found = reader.read(k) if tokens[k].may_start else None
        if found is not None:
            inside.append(found[0])
        if found is not None and tokens[k - 1].text in "(;" and found[0].owners:
            persons.append(found[0])
        k = found[1] if found is not None else k + 1
    if len(persons) < 2:
        return mention
    together = merge(inside)
    owners = tuple(owner for person in persons for owner in person.owners)
    return mention._replace(sort=together.sort, parties=together.parties, owners=owners)


def _begins_clause(tokens: list[Word], index: int, stop: int) -> bool:
    """ "will ship floats to Norvale and the ministry will load them": a verb on either side."""
    if stop >= len(tokens) or tokens[stop].low not in MODALS:
        return False
    for token in reversed(tokens[:index]):
        if token.text in ",;:":
            return False
        if token.low in MODALS:
            return True
    return False


def _may_join(
    found: list[Mention], following: Actor, tokens: list[Word], stop: int, n: int
) -> bool:
    """A comma alone joins only within a list that ends in "and"; ", and" with a verb behind the
    second of two begins a clause."""
    left, (right, right_stop) = found[-1], following
    if right.sort in {"we", "you", "who"} and not right.owners:
        return False
    words = [tokens[k].low for k in range(stop, n)]
    after = tokens[right_stop].low if right_stop < len(tokens) else ""
    if words in (["-"], [","]):
        return words == [","] and after in {",", "and", "or"} and left.sort != "we"
    return words != [",", "and"] or len(found) > 1 or after not in MODALS
