"""With whom a cable's talks are: the other parties by subject line, TAGS and post.

Only names of countries are weighed here; people and offices are the cast's.
"""

from __future__ import annotations

import re
from collections import Counter

from tracker.cable import Cable
from tracker.extract.dictionary import Dictionary
from tracker.extract.lexicon.load import country_of_code, country_of_post

_PART = re.compile(r"[^\W\d_](?:[\w’']*[^\W_])?")
_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*[^\W_])?")


def _count_countries(cable: Cable, names: Dictionary) -> Counter[str]:
    """How often each country is named, by name or adjective; longer names win."""
    counts: Counter[str] = Counter()
    single = names.single
    for word in _WORD.findall(cable.masked):
        bare = word[:-2] if word.endswith(("'s", "’s")) else word
        entry = single.get(bare)
        if entry is not None and entry.sort in {"adjective", "country"}:
            counts[entry.party] += 1
    for first, longer in names.longer.items():
        if first in cable.masked:
            for words, entry in longer:
                # "The Bahamas" is not named by a "The" that stands before something else.
                if entry.sort in {"adjective", "country"}:
                    name = r"\s+".join(map(re.escape, words))
                    counts[entry.party] += len(re.findall(rf"\b{name}\b", cable.masked))
    return +counts


def find_counterparts(cable: Cable, names: Dictionary) -> tuple[str, ...]:
    """The other parties: of the subject line, else of TAGS and the post, else the most named."""
    together = _enumerated(cable, names)
    if together:
        return together
    subject = _named_in(cable.header.subject or "", names)
    codes = country_of_code()
    tagged = [codes[t].name for t in cable.header.tags if t in codes and t != "US"]
    origin = cable.header.origin or ""
    city = re.sub(r"^(?:AM)?(?:EMBASSY|CONSUL|CONGEN|USINT|USLO|USMISSION)\s+", "", origin.upper())
    post = country_of_post().get(city.strip())
    host = post.name if post and post.name != names.own else None
    named = _opposite(cable.header.subject or "", names) or [n for n in subject if n == host]
    if named:
        # "Consultations with France: Chad, Sudan and Mauritania": the rest is talked about.
        return tuple(named)
    order = [name for name in tagged if name in subject] or [
        name for name in ([host] if host else []) if name in tagged or name in subject or not tagged
    ]
    order += [n for n in subject if n not in order and (n in tagged or not (tagged or host))]
    if not order:
        counts = _count_countries(cable, names)
        order = sorted(tagged or ([host] if host else []), key=lambda name: -counts[name])
        order = order or [n for n, _ in counts.most_common() if n != names.own][:1]
    others = [name for name in dict.fromkeys(order) if name != names.own]
    return tuple(others)


# "U.S.-Ruritania dialogue", "talks with Ruritania": who sits opposite, before what it is about.
_OPPOSITE = re.compile(
    r"(?:\bU\.?S\.?A?\.?\s?[-/–]\s?|"
    r"\b(?:with|between the (?:U\.?S\.?|United States) and)\s+(?:the\s+)?(?:government\s+of\s+)?)"
    r"(?P<names>[A-Z][\w’'.]*(?:[-/–\s][A-Z][\w’'.]*){0,4})",
    re.IGNORECASE,
)


def _opposite(subject: str, names: Dictionary) -> list[str]:
    """The countries that a subject line puts opposite, empty where it puts none."""
    for match in _OPPOSITE.finditer(subject):
        words = re.split(r"[-/–]", match["names"])
        found = [name for word in words for name in _named_in(word.strip(), names)[:1]]
        if found:
            return list(dict.fromkeys(found))
    return []


_OPENING = 2500
# "the five members (Albania, Croatia and Montenegro)", "delegations from Kenya, Uganda and Somalia"
_TAKE_PART = re.compile(
    r"\b(?:members?|participants?|participated|delegations?|delegates|attended|represented|trilateral|"
    r"representatives (?:of|from)|parties to|signatories|riparians?)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?]\s")


def _enumerated(cable: Cable, names: Dictionary) -> tuple[str, ...]:
    """The parties of a meeting of more than two: at least three countries of TAGS that an opening
    sentence about those who take part lists one after another; empty where none does."""
    codes = country_of_code()
    tagged = {codes[tag].name for tag in cable.header.tags if tag in codes} - {names.own}
    if len(tagged) < 3 or not cable.blocks:
        return ()
    begun = cable.blocks[0].span[0]
    opening = cable.masked[begun : begun + _OPENING]
    for sentence in _SENTENCE_END.split(opening):
        if _TAKE_PART.search(sentence) is None:
            continue
        named = [name for name in _named_in(" ".join(sentence.split()), names) if name in tagged]
        if len(named) > 2 and _LIST.search(sentence):
            return tuple(named)
    return ()


_LIST = re.compile(r"[A-Z]\w+,\s+[A-Z][\w\s]{2,30}?(?:,\s+[A-Z]|,?\s+and\s+[A-Z])")


def _named_in(text: str, names: Dictionary) -> list[str]:
    """Countries named in a line, in order."""
    found: dict[str, int] = {}
    lowered = text.title() if text.isupper() else text
    for match in _PART.finditer(lowered):
        word = match[0][:-2] if match[0].lower().endswith(("'s", "’s")) else match[0]
        entry = names.single.get(word) or names.single.get(word.upper())
        for words, longer in names.longer.get(word, ()):
            if lowered.startswith(" ".join(words), match.start()):
                entry = longer
                break
        if entry and entry.sort in {"adjective", "country"} and entry.party != names.own:
            found.setdefault(entry.party, match.start())
    return sorted(found, key=lambda name: found[name])
