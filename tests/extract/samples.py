"""Cables of invented countries, and short cuts to read a sentence as one of them would stand.

Fixtures of the tests of extraction; no expectations live here.
"""

from __future__ import annotations

import datetime as dt

from tracker.cable import Cable, parse_cable
from tracker.extract import Extraction, Lexicon, extract, read_lexicon
from tracker.extract.cast import read_cast
from tracker.extract.skeleton import Skeleton, read_skeletons

TODAY = dt.date(2012, 1, 1)

LEXICON: Lexicon = read_lexicon(
    """
    party: Ruritania = Ruritanian, Ruritanians, GORU, Strelsau
    party: Graustark = Graustarkian, Graustarkians, Edelweiss
    party: Armenia = Armenian
    """
)

HEADER = """P 101200Z APR 08
FM AMEMBASSY STRELSAU
TO SECSTATE WASHDC PRIORITY 1234
UNCLAS STRELSAU 000123

SENSITIVE
SIPDIS

E.O. 12958: N/A
TAGS: PREL, MARR
SUBJECT: {subject}

"""

SCENESETTER = "SCENESETTER FOR THE APRIL 21-22 U.S.-RURITANIA SECURITY DIALOGUE"
READ_OUT = "READ-OUT OF THE APRIL 8-9 U.S.-RURITANIA SECURITY DIALOGUE"


def cable_of(body: str, subject: str = SCENESETTER) -> Cable:
    """A cable with this body."""
    return parse_cable(HEADER.format(subject=subject) + body + "\n\nRASSENDYLL\n")


def extracted(body: str, subject: str = SCENESETTER, lexicon: Lexicon = LEXICON) -> Extraction:
    """What is drawn from a cable with this body."""
    return extract(cable_of(body, subject), today=TODAY, lexicon=lexicon)


def sentence(text: str, subject: str = SCENESETTER) -> Skeleton:
    """The skeleton of one sentence of such a cable."""
    cable = cable_of(f"1. (U) {text}", subject)
    start = cable.source.index(text)
    span = (start, start + len(text))
    return read_skeletons(cable.masked, [span], read_cast(cable, LEXICON), LEXICON)[0]
