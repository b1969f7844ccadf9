"""Makes words fit on one line of a list: clean, at most 90 characters, ended where a phrase ends.

What the line says is decided in `titles`.
"""

from __future__ import annotations

import re

from tracker.extract.date_forms import month_of
from tracker.extract.dictionary import Dictionary
from tracker.extract.lexicon.words import ACTS, MODALS, PREPOSITIONS
from tracker.extract.tokens import is_government

LONGEST = 90
_SHORTEST, _GOOD = 28, 40
# Words that a cut title must not end with.
_LOOSE_ENDS = frozenset(
    """and or to of for the a an in on with by that which as at from its their our is be how what
    whether than into between including such both not no his her this these those""".split()
)
# "continue to", "able to": what follows is wanted.
_WANTS_MORE = ACTS | {"able", "ready", "order", "way", "likely", "willing", "prepared", "efforts"}
_NOTE = re.compile(r"\s*\((?:refs?|septel|para|note|see)\b[^)]{0,80}\)", re.IGNORECASE)
_MARKER = re.compile(r"^\s*(?:\(?(?:[a-h]|\d{1,2}|[ivx]{1,4})\)|[-•*–—]+)\s*", re.IGNORECASE)
# Before one of these a phrase may end at the comma or the bracket.
_LOOSE = re.compile(
    r"""[,;]\ (?:including|especially|such\ as|which|noting|taking|with|given|as|but|marking|in|
    thus|while|so|and\ to|provided|subject|particularly|based|using|depending|where|who|if|when|
    for\ example|possibly|none|or\ else)\b | \ \( | \ --\ | ;\ """,
    re.VERBOSE,
)
# Before one of these words a phrase may end at all.
_WEAK = re.compile(
    r"""(?:,\ |\ )(?P<word>which|that|who|in\ order\ to|to|by|for|regarding|concerning|on|and|or|
    with|under|through|between|among|into|from|against|towards?|during|after|before|at|in|of|using|
    given|including|as\ (?:well\ as|part)|without|within|when|where|while|if|so|because)\ """,
    re.VERBOSE,
)
# After "and" these begin a phrase of its own.
_OPENS = frozenset("the a an its their our to for in on with by all any other".split())
# "responsible for", "based on": what follows is wanted.
_GOVERNED = frozenset({"to", "for", "on", "in", "with", "by", "as", "from"})
_GOVERNS = frozenset("responsible depending meant attaches due able relevant subject".split())
_ASIDE = re.compile(r",? (?:perhaps|probably|possibly|specifically|particularly|only|also)\Z")
_QUOTES = str.maketrans("", "", '"“”')


def clean(text: str) -> str:
    """A passage on one line, without list sign, references and lone quotation marks."""
    text = " ".join(text.split())
    if not text[:1].isalpha() or ")" in text[:6]:
        text = _MARKER.sub("", text)
    if "(" in text:
        text = _NOTE.sub("", text)
    if ('"' in text or "“" in text or "”" in text) and (
        text.count('"') % 2 or text.count("“") != text.count("”")
    ):
        text = text.translate(_QUOTES)
    return text


def shorten(text: str) -> str:
    """At most LONGEST characters, cut at the end of a phrase where there is one."""
    text = clean(text).strip().rstrip(" .;:,")
    if text.endswith((" and", " or")):
        for ending in (" and", " or"):
            text = text.removesuffix(ending).rstrip(" .;:,")
    if len(text) <= LONGEST:
        return text
    loose = [m.start() for m in _LOOSE.finditer(text[:LONGEST]) if m.start() > 40]
    if loose:
        return _closed(text[: loose[-1]])
    weak = [*_WEAK.finditer(text, 0, LONGEST + 2)][::-1]
    best = next((m.start() for m in weak if m["word"] != "of" and _may_end(text, m)), 0)
    if best < _GOOD:
        any_end = next((m.start() for m in weak if _may_end(text, m)), 0)
        best = any_end if any_end >= _GOOD else best
    return _closed(text[:best]) if best else _cut(text)


def _may_end(text: str, boundary: re.Match[str]) -> bool:
    """Whether a phrase may end before a word such as "to", "and" or "which"."""
    end, word = boundary.start(), boundary["word"]
    before = text[:end].rstrip(" ,").lower().split(" ")
    if end < _SHORTEST or end > LONGEST or before[-1] in _LOOSE_ENDS:
        return False
    if word == "to" and before[-1] in _WANTS_MORE:
        return False
    if word == "that" and before[-1] in ACTS:
        return False
    if word in _GOVERNED and (before[-1].endswith("ed") or before[-1] in _GOVERNS):
        return False
    if word in {"and", "or"} and text[end] != ",":
        following = text[boundary.end() :].split(" ", 1)[0].lower()
        return "between" not in before[-4:] and (following in _OPENS or following in ACTS)
    return True


def _closed(text: str) -> str:
    """Without signs at the end and without a quotation that the cut left open."""
    return clean(_ASIDE.sub("", text.rstrip(" ,;:(-")))


def _cut(text: str) -> str:
    """The last resort: as many words as fit, and dots."""
    clause = text[: LONGEST - 1]
    cut = clause.rfind(" ")
    clause = clause[:cut] if cut > 20 else clause
    words = clause.rstrip(" ,;:.-–—(").split(" ")
    while len(words) > 3 and words[-1].lower().strip(",;:.-–—(") in _LOOSE_ENDS | {""}:
        words.pop()
    return " ".join(words).rstrip(" ,;:.-–—(") + "…"


_CAPITALS = re.compile(r"[A-Z]{2}(?: [A-Z]{2}|[A-Z]{7})")


def lower_capitals(text: str, names: Dictionary) -> str:
    """A line in capitals as one would write it, where that can be told from the names known."""
    if _CAPITALS.search(text) is None:
        return text
    letters = [c for c in text if c.isalpha()]
    if len(letters) < 12 or sum(map(str.isupper, letters)) < 0.6 * len(letters):
        return text
    words = text.split(" ")
    found = [_first_as_written(words[0], names)]
    for n, word in enumerate(words[1:], start=1):
        core = _CORE.sub("", word)
        before = names.single.get(_CORE.sub("", words[n - 1]))
        is_person = before is not None and before.sort == "title" and core.lower() not in _COMMON
        starts_name = any(
            words[n : n + len(longer)] == list(longer) for longer, _ in names.longer.get(core, ())
        )
        is_date = _is_month(core) and (core not in _ALSO_WORDS or words[n + 1 : n + 2] != [])
        found.append(_as_written(word, core, names, is_name=is_person or starts_name or is_date))
    return " ".join(found)


_CORE = re.compile(r"\A[(\"']+|(?:'S)?[.,;:)\"']*\Z")
_COMMON = MODALS | PREPOSITIONS | ACTS | {"and", "or", "to", "that", "who", "which", "argued"}
_ALSO_WORDS = frozenset({"MAR", "MAY", "MARCH"})
_NO_NAMES = frozenset({"ARE", "WHO", "CAR", "SHAPE", "DOT", "IT", "US"})


def _first_as_written(word: str, names: Dictionary) -> str:
    core = _CORE.sub("", word)
    is_name = core in names.single and core.capitalize() not in names.single
    return word if is_name or not core.isupper() or is_government(core) else word.capitalize()


def _as_written(word: str, core: str, names: Dictionary, *, is_name: bool) -> str:
    """One word in capitals: a name, an abbreviation, or an ordinary word."""
    entry = names.single.get(core.capitalize()) or names.single.get(core)
    if not core.isupper() or core in _NO_NAMES or (entry is not None and entry.sort == "title"):
        return word.lower() if core.isupper() else word
    if is_name or core.capitalize() in names.single:
        return word.capitalize()
    is_short = not re.search("[AEIOUY]", core) or any(not c.isalpha() for c in core)
    if entry is not None or is_short or is_government(core):
        return word
    return word.lower()


def _is_month(word: str) -> bool:
    try:
        return len(word) > 2 and month_of(word) > 0
    except StopIteration:
        return False
