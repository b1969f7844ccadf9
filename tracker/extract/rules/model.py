"""What a rule of extraction is, and how its pattern is written.

A rule is data: pattern over a skeleton, weight, reason, example and counter-example.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from tracker.extract.lexicon.words import SPEECH_PAST
from tracker.extract.mention import CLASSES, MARKS, OBLIQUE, SUBJECT


def _one_of(*names: str, oblique: bool = False, subject: bool = True) -> str:
    chars = [SUBJECT[n] for n in names] if subject else []
    chars += [OBLIQUE[n] for n in names] if oblique else []
    return "[" + "".join(chars) + "]"


# Names that a pattern may use between angle brackets. A doer is the subject of the act; an
# actor behind a preposition is `obl`. A pattern is over lower-case text with single spaces.
NAMES = {
    "we": _one_of("we"),
    "own": _one_of("we", "own"),
    "ours": _one_of("own", "we", "you"),
    "them": _one_of("them", "who"),
    "both": _one_of("both"),
    "doer": f"(?P<doer>{_one_of(*CLASSES)})",
    "doer_own": f"(?P<doer>{_one_of('we', 'own', 'both')})",
    "doer_ours": f"(?P<doer>{_one_of('we', 'own', 'both', 'you')})",
    "doer_other": f"(?P<doer>{_one_of('them', 'third', 'who')})",
    "doer_them": f"(?P<doer>{_one_of('them', 'who')})",
    "doer_listed": f"(?P<doer>{_one_of(*CLASSES[:-1], oblique=True)})",
    "you_any": _one_of("you", oblique=True),
    "doer_any": f"(?P<doer>{_one_of(*CLASSES, oblique=True)})",
    "doer_third": f"(?P<doer>{_one_of('third')})",
    "doer_addressee": f"(?P<doer>{_one_of('own', 'you', oblique=True)})",
    "speaker": f"(?P<speaker>{_one_of('we', 'own', 'them', 'both')})",
    "asked_other": f"(?P<asked>{_one_of('them', 'third', 'who', 'you', oblique=True)})",
    "doer_named": f"(?P<doer>{_one_of('own', 'them', 'both', 'third', 'who', 'you')})",
    "doer_obl": f"(?P<doer>{_one_of(*CLASSES, oblique=True)})",
    "any": _one_of(*CLASSES, oblique=True),
    "ours_any": _one_of("we", "own", "both", "you", oblique=True),
    "obl": _one_of(*CLASSES, oblique=True, subject=False),
    "asked": f"(?P<asked>{_one_of(*CLASSES, oblique=True)})",
    # By their first letters, since it stands in most rules, some of them three times.
    "adv": r"(?:(?:a(?:lso|gain|lways|s well)|both|e(?:ven|ach)|f(?:urther|irst)|"
    r"in(?:stead| (?:turn|the meantime|due course|parallel|(?:its|their|his|her) turn))|just|"
    r"for (?:our|its|their|his|her) part|he(?:nceforth|reafter)|however|meanwhile|now|"
    r"n(?:onetheless|evertheless)|once (?:again|more)|s(?:till|o(?:on)?)|"
    r"t(?:he(?:n|refore|reafter)|hus|oo)|"
    r"(?!(?:un)?likely|family|a(?:ssemb|pp|l)ly|july|early|only|italy|supply|reply|comply)"
    r"\w{2,14}ly) ){0,3}",
    "act": r"(?P<act>[a-z][a-z-]{1,20})\b",
    "acting": r"(?P<acting>[a-z][a-z-]{1,18}ing)\b",
    "speech": f"(?:{SPEECH_PAST})",
    "have": r"(?:(?:has|have|had|having) (?:also |already |repeatedly |long |often |since |again |"
    r"even |now |both |each |recently |previously |\w{2,14}ly )?)?",
    "be": r"(?:is|are|was|were|be|been|being|remains?|remained)",
    "is": r"(?:is|are|was|were)",
    "must": r"(?:should|must|shall|ought (?:also |however |therefore )?to|needs? to|ha(?:s|ve) to|"
    r"will (?:have|need) to)",
    "meeting": r"(?:session|meeting|talks|dialogue|agenda item|consultations?|visit|discussions?|"
    r"round|trip|engagement|conference|summit|forum|working group|agenda|conversation|exchange|"
    r"seminar|workshop|encounter|call|event|review|delegation's visit)",
}

_NAME = re.compile(r"(?<!\?P)<(\w+)>")


_GROUP = re.compile(r"\(\?P<(\w+)>")


def fill(pattern: str) -> str:
    """The pattern with its names between angle brackets replaced.

    A group that stands twice ("<act>" in two alternatives) becomes act, act2, act3.
    """
    counts: dict[str, int] = {}

    def number(match: re.Match[str]) -> str:
        counts[match[1]] = counts.get(match[1], 0) + 1
        return match[0] if counts[match[1]] == 1 else f"(?P<{match[1]}{counts[match[1]]}>"

    return _GROUP.sub(number, _NAME.sub(lambda m: NAMES[m[1]], pattern))


_SYNTAX = re.compile(r"\\.|\[\]?(?:\\.|[^\]\\])*\]|[()|]", re.DOTALL)


def _alternatives(pattern: str) -> list[str]:
    """A pattern cut at the signs of alternation that stand outside any bracket."""
    depth, cuts = 0, [-1]
    for sign in _SYNTAX.finditer(pattern):
        depth += {"(": 1, ")": -1}.get(sign[0], 0)
        if sign[0] == "|" and depth == 0:
            cuts.append(sign.start())
    return [pattern[start + 1 : end] for start, end in pairwise([*cuts, len(pattern)])]


# "[…] " or "(?P<doer>[…]) " at the beginning of a pattern.
_MARKS_FIRST = re.compile(rf"(?:\(\?P<\w+>)?\[(?P<marks>{MARKS.pattern}+)\]\)?(?![?*{{])")


@dataclass(frozen=True, eq=False)
class Rule:
    """One way in which a passage says that something is to be done.

    ``sort`` says what follows: a kind; "by_act" where the act decides between objective and
    action; "want" where the side decides between objective and request. ``weight`` is 0 to 1, and
    from LIKELY on an item is likely. An empty ``pattern`` is content with a cue. ``cues`` are words
    of which one must stand in the sentence, with spaces between; of those behind a "+" another one
    must, or a sign (":" or "-"). ``reason`` completes "Picked because …". ``needs_act`` drops a
    match whose verb is not in the lexicon of acts to the weight ``weight_otherwise``. A rule is
    tried on ``example`` (must pick) and ``counter`` (must not) by its tests.
    """

    id: str
    reason: str
    weight: float
    pattern: str
    cues: str
    sort: str
    example: str
    counter: str
    needs_act: bool = False
    weight_otherwise: float = 0.3
    is_anchored: bool = False
    """Whether every match begins with one of the cues, so that only those places are tried."""
    starts: str = ""
    """Where a match may begin elsewhere: with what, with spaces between; "<any>" is an actor,
    "<first>" the sentence itself. Only those places are tried, which is faster than a search from
    each letter on."""
    asked_is_doer: bool = False
    """Whether the one who is asked carries the item out, and so owns it."""
    is_opening: bool = False
    """Whether a cue must stand among the first few words; only then it is tried."""
    follows: str = ""
    """Words and signs of which one must stand right behind an actor."""
    asides: str = ""
    """The sign with which an aside may begin between an actor that comes first and the rest."""

    @cached_property
    def cue_words(self) -> frozenset[str]:
        """The cues, each once."""
        return frozenset(self.cues.partition("+")[0].split())

    @cached_property
    def further_words(self) -> frozenset[str]:
        """The words of which one must stand beside a cue; empty where a cue is enough."""
        return frozenset(self.cues.partition("+")[2].split())

    @cached_property
    def start_words(self) -> tuple[str, ...]:
        """That with which a match may begin, the actors left out."""
        return tuple(start for start in self.starts.split() if start[0] != "<")

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern with its names filled in."""
        return re.compile(fill(self.pattern))

    @cached_property
    def group_names(self) -> dict[str, tuple[int, ...]]:
        """Name of a group ─► its numbers, more than one where it stands in several alternatives."""
        found: dict[str, tuple[int, ...]] = {}
        for name, number in self.regex.groupindex.items():
            base = name.rstrip("23")
            found[base] = (*found.get(base, ()), number)
        return found

    def group(self, match: re.Match[str], name: str) -> int | None:
        """Where one of the named groups matched, None where it took no part."""
        for number in self.group_names[name]:
            if match.start(number) >= 0:
                return match.start(number)
        return None

    @cached_property
    def first_marks(self) -> frozenset[str]:
        """The marks of actors with one of which every match begins; empty where any word may."""
        marks = ""
        for each in _alternatives(self.regex.pattern):
            found = _MARKS_FIRST.match(each)
            if found is None:
                return frozenset()
            marks += found["marks"]
        return frozenset(marks)

    @cached_property
    def is_first(self) -> bool:
        """Whether a match can only be at the beginning."""
        return all(each.startswith("^") for each in _alternatives(self.pattern))


SPEECH_CUES = SPEECH_PAST.replace("|", " ")
MEETING_CUES = (
    "session meeting talks dialogue item consultation consultations visit discussion discussions "
    "round trip engagement conference videoconference teleconference summit forum group agenda "
    "conversation exchange seminar workshop encounter call event review"
)
MEETING_STARTS = (
    "session meeting talks dialogue agenda consultation visit discussion round trip engagement "
    "conference summit forum working conversation exchange seminar workshop encounter call event "
    "review delegation's"
)
LIKELY = 0.5
