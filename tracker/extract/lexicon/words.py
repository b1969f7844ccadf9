"""Closed classes of words: heads of actor phrases, their modifiers, verbs of acts and of speech.

Read once from words.txt; the grammar that uses them is elsewhere.
"""

from __future__ import annotations

from importlib import resources


def _sections() -> dict[str, frozenset[str]]:
    text = (resources.files(__package__) / "words.txt").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    current: set[str] = set()
    for line in text.splitlines():
        if line.startswith("["):
            current = found.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            current.update(line.split())
    return {name: frozenset(words) for name, words in found.items()}


_WORDS = _sections()
DETERMINERS = _WORDS["determiners"]
HEADS = _WORDS["heads"]
MODIFIERS = _WORDS["modifiers"]
OPEN_HEADS = _WORDS["open_heads"]
PLACED_HEADS = _WORDS["placed_heads"]
BOTH_HEADS = _WORDS["both_heads"]
OUTSIDE_HEADS = _WORDS["outside_heads"]
PERSONS = _WORDS["persons"]
TELLING = _WORDS["telling"]
VAGUE_HEADS = _WORDS["vague_heads"]
BEFORE_VERBS = _WORDS["before_verbs"]
AMBIGUOUS = _WORDS["ambiguous"]
INANIMATE = _WORDS["inanimate"]
PREPOSITIONS = _WORDS["prepositions"]
TALK = _WORDS["talk"]
DELIVER = _WORDS["deliver"]
MODALS = _WORDS["modals"]
ITS_VERBS = _WORDS["its_verbs"]
NOBODYS_VERBS = _WORDS["nobodys_verbs"]
OFFERS = _WORDS["offers"]
PRODUCTS = _WORDS["products"]
MISSIONS = _WORDS["missions"]
ADDRESSING = _WORDS["addressing"]
NO_NAME = _WORDS["no_name"]
STATES = _WORDS["states"]
ACTS = TALK | DELIVER

SPEECH_PAST = (
    "said|told|noted|stated|indicated|explained|added|confirmed|announced|replied|res"
    "ponded|remarked|informed|reported|assured|declared|stressed|emphasized|emphasise"
    "d|reiterated|affirmed|reaffirmed|mentioned|claimed|suggested|hinted|signaled|sig"
    "nalled|vowed|underlined|underscored|commented|observed|predicted|advised|insiste"
    "d|maintained|answered|conceded|acknowledged|disclosed|revealed|saying|adding|noting|stating|"
    "indicating|explaining|announcing"
)
