"""What speaks against a passage: each lowers the weight, none drops an item.

Data, and how a veto is found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from tracker.extract.rules.model import fill


@dataclass(frozen=True)
class Veto:
    """A pattern that makes an item less likely by ``weight``, with its reason in words."""

    id: str
    reason: str
    weight: float
    pattern: str
    cues: str
    """Words of which one must stand in the passage, with spaces between."""
    example: str
    counter: str

    @cached_property
    def cue_words(self) -> frozenset[str]:
        """The cues, each once."""
        return frozenset(self.cues.split())

    @cached_property
    def all_cue_words(self) -> frozenset[str]:
        """The cues, with those that only count beside a year."""
        return self.cue_words | frozenset(self.cues_of_years.split())

    cues_of_years: str = ""
    """Words that count as cues where a year stands in the passage."""

    is_near: bool = False
    """Whether it counts only close to the words that picked the passage."""

    def window(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Where in a skeleton it is looked for, given the match that governs.

        What is near ends at "but": "they had no funds, but would explore".
        """
        if not self.is_near:
            return 0, len(text)
        joint = text.rfind(" and ", 0, start + 6)
        begun = joint if joint >= start - 6 else 0  # "was not able to explain and said that"
        return max(start - 60, begun, text.rfind(" but ", 0, max(start + 8, end))), end + 25

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern with its names filled in."""
        return re.compile(fill(self.pattern))


VETOES = (
    Veto(
        "epistemic",
        "it predicts rather than assigns",
        0.35,
        r"\b(?:will|would|may|might|could|is|are|seems?|appears?) (?:also )?(?:likely|probably|"
        r"almost certainly|undoubtedly|presumably|surely|inevitably|no doubt|perhaps)\b|"
        r"\blikely (?:to|will)\b|\bis expected to (?:remain|be|grow|rise|fall|return)\b",
        "likely probably certainly undoubtedly presumably surely inevitably doubt perhaps expected",
        "They will likely raise the matter.",
        "They will raise the matter.",
    ),
    Veto(
        "negated",
        "it says that something is not done",
        0.4,
        r"\b(?:will|would|shall|could|can|should|did|does|do|has|have|had|is|are|was|were|may) "
        r"(?:also )?(?:not|never|no longer) (?!yet|only)\b|\b(?:cannot|won't|wouldn't|can't|"
        r"unwilling|refus\w+|"
        r"declin\w+|reject\w+|reluctan\w+|no (?:plans?|intention|interest|need|desire)|"
        r"(?:offered|promised|pledged|made|gave) no)\b|"
        r"\bthat no (?:\S+ ){1,4}(?:would|will|should)\b|"
        r"(?:^|, )(?:neither|none|nobody|nothing|no one|no) |"
        r"\b(?:no one|nobody|none) (?:agreed|offered|promised|volunteered|will|would)\b",
        "not never no longer cannot won't wouldn't can't unwilling refuse refused refuses refusing "
        "refusal decline declined declines declining reject rejected rejects rejecting rejection "
        "reluctant reluctance reluctantly no neither none nobody nothing",
        "They will not sign the treaty.",
        "They will sign the treaty.",
        is_near=True,
    ),
    Veto(
        "reported-by-press",
        "the source is the press or hearsay",
        0.3,
        r"\b(?:press|media|newspapers?) (?:reports?|reported|accounts|has reported)\b|"
        r"\breportedly\b|\ballegedly\b|"
        r"\brumor(?:s|ed)\b",
        "press media newspaper newspapers reportedly allegedly rumors rumored",
        "Reportedly they will sign.",
        "They will sign.",
    ),
    Veto(
        "past",
        "it is over",
        0.55,
        r"\b(?:last (?:year(?! that\b)|(?:month|week)(?! to\b| that\b)|summer|"
        r"spring|fall|autumn|winter)|"
        r"(?:years?|months?|weeks?|decades?) ago|in the past|historically|(?<!as . )previously|"
        r"formerly|"
        r"at the time(?! of)|"
        r"during the (?:cold )?war|reported \(ref|earlier this "
        r"(?:year|month|week)|in (?:19|20)\d\d,|since (?:19|20)\d\d)\b",
        "last ago past historically previously formerly time war earlier reported",
        "Last year they agreed to meet.",
        "They agreed to meet.",
        is_near=True,
        cues_of_years="in since",
    ),
    Veto(
        "programme",
        "it tells who speaks at the talks",
        0.3,
        r"\bwill <adv>(?:open|lead|chair|co-chair|close|present|moderate|introduce|speak|represent|"
        r"head)(?: off)?(?: (?:the|our|this|an?|on|for|at|with|in)\b[^.;,]{0,60}?\b(?:meeting|"
        r"session|talks|dialogue|plenary|delegation|discussion|opening|side|team)\b|"
        r" for (?:the )?<any>)",
        "open lead chair co-chair close present moderate introduce speak represent head",
        "The minister will open the meeting with a word of welcome.",
        "The minister will open the gate.",
        is_near=True,
    ),
    Veto(
        "composition",
        "it tells who or what belongs to something",
        0.35,
        r"(?:\b(?:delegations?|teams?|groups?|list|package|membership|members|participants|staff|"
        r"agenda|schedule|program|programme|itinerary)|<any>) (?:will|would|is to|was to|are to) "
        r"<adv>(?:include|comprise|consist of|number|be <adv>(?:composed|comprised|made up) of)\b",
        "include comprise consist number composed comprised made",
        "The delegation will consist of nine experts.",
        "The delegation will visit nine ports.",
        is_near=True,
    ),
    Veto(
        "attitude",
        "it tells what somebody stands for rather than what they will do",
        0.35,
        r"\b(?:is|are|was|were|remains?|remained|been|be) <adv>committed to (?!<adv>(?:provid|send|"
        r"deliver|complet|sign|ratify|submit)\w*)|\bwill <adv>(?:remain|stay) (?!in |ready|"
        r"available|seized|engaged)",
        "committed remain stay",
        "The minister is personally committed to reform.",
        "The minister committed to reform the court.",
        is_near=True,
    ),
    Veto(
        "supposed",
        "it only supposes a case",
        0.5,
        r"\bif [^.;,]{1,60}? were to\b|\bshould <any> (?:fail|refuse|decide)\b",
        "if should",
        "If the assembly were to pass the law, they would sign.",
        "The assembly was to pass the law.",
    ),
    Veto(
        "conditional",
        "it depends on a condition",
        0.1,
        r"^(?:if|unless|were|should) |\b(?:even if|unless|otherwise)\b",
        "if unless were should otherwise",
        "Unless they sign, we will wait.",
        "We will wait.",
    ),
)

_CUES = frozenset[str]().union(*(veto.cue_words for veto in VETOES))
_CUES_OF_YEARS = frozenset[str]().union(*(veto.cues_of_years.split() for veto in VETOES))


def against(text: str, words: frozenset[str], start: int, end: int) -> list[Veto]:
    """What speaks against a passage of these words, given where the match stands that governs."""
    cues = words & _CUES
    if "19" in text or "20" in text:
        cues |= words & _CUES_OF_YEARS
    if not cues:
        return []
    return [
        veto
        for veto in VETOES
        if not veto.all_cue_words.isdisjoint(cues)
        and veto.regex.search(text, *veto.window(text, start, end))
    ]


PREDICTED = frozenset(
    [
        "raise",
        "ask",
        "say",
        "tell",
        "recall",
        "complain",
        "seek",
        "press",
        "argue",
        "focus",
        "complain",
        "object",
        "emphasize",
        "stress",
        "want",
        "insist",
        "highlight",
        "reiterate",
        "underscore",
        "note",
        "probe",
        "repeat",
        "express",
        "claim",
        "respond",
        "push",
        "use",
        "try",
        "note",
        "pressure",
        "point",
        "cite",
        "request",
    ]
)
"""What a flat "they will …" only predicts."""

PREDICTIONS = frozenset({"will-other", "will-third", "and-will"})
"""Rules of which a match with one of these acts only predicts."""

PREDICTION_COSTS = 0.35
