"""What stands between an actor and its verb: "TRANSCOM, for its part, will", "the Council (MRC)".

Only finds where it ends; who speaks in it is no business of these functions.
"""

from __future__ import annotations

from tracker.extract.lexicon.words import MODALS
from tracker.extract.tokens import Word

_LONGEST = 18
_PLAIN = 7
# Words with which a longer aside begins: "which will be represented by …".
_RELATIVE = frozenset({"which", "who", "whose", "led", "represented", "chaired", "speaking"})
# … and those with which a second doer, or another clause, begins.
_NO_ASIDE = frozenset(
    {"and", "or", "but", "together", "along", "jointly", "nor", "while", "that", "if", "when"}
)


def aside_end(tokens: list[Word], comma: int) -> int:
    """The index of the verb behind an aside that begins at ``comma``, 0 where there is none."""
    n = comma + 1
    if n >= len(tokens) or tokens[n].low in _NO_ASIDE or tokens[n].low in MODALS:
        return 0
    is_clause = tokens[n].low in _RELATIVE
    reach = _LONGEST if is_clause else _PLAIN
    for k in range(n, min(len(tokens) - 1, n + reach)):
        if tokens[k].text == ",":
            following = tokens[k + 1]
            return k + 1 if following.low in MODALS else 0
        if tokens[k].text in ";:." or (tokens[k].low in MODALS and not is_clause):
            return 0
    return 0


def bracket_end(tokens: list[Word], k: int) -> int:
    """The index past a bracket that begins at ``k`` and before which a phrase may go on, else 0."""
    if k >= len(tokens) or tokens[k].text != "(":
        return 0
    for n in range(k + 1, min(len(tokens), k + 30)):
        if tokens[n].text == ")":
            is_short = n <= k + 2
            following = tokens[n + 1].low if n + 1 < len(tokens) else ""
            return n + 1 if is_short or following in MODALS or following == "to" else 0
    return 0
