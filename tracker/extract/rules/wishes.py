"""Rules for what a side wants, would welcome or is interested in.

Data only; see `model` for what the fields mean.
"""

from __future__ import annotations

from tracker.extract.rules.model import Rule

_THEY_WISH = (
    r"<doer_other> (?:(?:would|will|continues? to|do|does|did) )?<adv>(?:<be> )?<adv>"
    r"(?:seek|seeks|seeking|sought|want|wants|wanted|hope|hopes|hoped|hoping|wish|wishes|wished|"
    r"desires?|desired|aims?|aspires?|like|love|prefer|appreciate|welcome|grateful|keen|eager|"
    r"interested|open|receptive|anxious|looking|looks|needs?|needed|benefit|favors?|expects?|"
    r"envisions?|envisioned|envisaged?)"
)
_THEY_WISH_CUES = (
    "seek seeks seeking sought want wants wanted hope hopes hoped hoping wish wishes wished desire "
    "desires desired aim aims aspire aspires like love prefer appreciate welcome grateful keen "
    "eager interested open receptive anxious looking looks need needs needed benefit favor favors "
    "expect expects envision envisions envisioned envisage envisaged"
)

WISHES = (
    Rule(
        "what-we-want",
        "it says what our side seeks",
        0.7,
        r"^(?:and |but )?what <own> (?:would |will )?<adv>(?:need|want|seek|like|ask|hope for)s?\b"
        r"[^.;:]{0,60}? (?:is|are|would be) ",
        "what",
        "objective",
        "What we need from this session is an agreement in principle.",
        "What we need from them.",
        is_opening=True,
    ),
    Rule(
        "want-own-to",
        "it says what our side wants one of its own to do",
        0.85,
        r"<we> <adv>(?:would |should )?<adv>(?:like|want|prefer|wish)s? <doer_addressee> to "
        r"<adv><act>",
        "like want wants prefer prefers wish wishes",
        "by_act",
        "We would like the delegation to register concern.",
        "We would like the delegation to be large.",
        needs_act=True,
        weight_otherwise=0.6,
    ),
    Rule(
        "want-own",
        "it says what our side, or both, seek",
        0.8,
        r"<doer_own> <adv>(?:(?:is|are|remains?|will be) <adv>(?:intent|keen|eager|determined|"
        r"committed|focused|interested|asking)|(?:(?:is|are|will|continues?(?: to)?|would) )?<adv>"
        r"(?:seek|seeks|seeking|want|wants|hope|hopes|hoping|wish|wishes|aim|aims|aiming|look|looks|"
        r"looking|like|love|prefer|strive|strives|striving|try|tries|trying|endeavor|need|needs|"
        r"pushing|pressing|encouraging|urging)) (?:(?:to|for|that|in|on)\b|<any> to|"
        r"forward to (?!welcom|see|host|greet|your|the visit)|<any>|an?|the|<adv>greater|more|"
        r"further|your|their|his|[a-z]+'s )",
        "seek seeks seeking want wants hope hopes hoping wish wishes aim aims aiming look "
        "looks looking like love prefer strive strives striving try tries trying endeavor "
        "intent keen eager determined committed need needs pushing pressing encouraging "
        "urging asking focused interested",
        "want",
        "We seek to expand our exports.",
        "We looked at the sky.",
    ),
    Rule(
        "want-own-plain",
        "it says what our side, or both, seek",
        0.65,
        r"<doer_own> <adv>(?:is|are|will be)? ?<adv>(?:seeks?|seeking|pursues?|pursuing|"
        r"encourages?|encouraging|advances?|promotes?|wants?) ",
        "seek seeks seeking pursue pursues pursuing encourage encourages encouraging advances "
        "promotes want wants",
        "want",
        "The Department is seeking their cooperation.",
        "We are here.",
    ),
    Rule(
        "want-other",
        "it says what the other side wants of ours",
        0.6,
        rf"{_THEY_WISH} (?=[^.;]{{0,200}}(?:<ours_any>|\bour\b|\bour\s|more |"
        r"further |closer |greater |"
        r"engagement|assistance|cooperation|training|support|help|meeting|talks|dialogue|consult|"
        r"visit|"
        r"updates?|equipment|discuss|joint|assessment|briefing|exchange|u\.s\.|american|"
        r"partner))(?:to|for|that|in|on|from|<any>|an?|the|any|more|further|greater|"
        r"forward|[a-z]+ing\b|[a-z]+ [a-z]+)",
        _THEY_WISH_CUES,
        "want",
        "The ministry would welcome an assessment.",
        "The ministry was closed.",
    ),
    Rule(
        "want-other-done",
        "it says what the other side wants to be done",
        0.55,
        r"<doer_other> (?:would |also )?<adv>(?:like|prefer|wish|want|wants|wanted|needs?) "
        r"(?:[^ .;:,]{1,24} ){1,8}?to be <adv>"
        r"(?P<done>[a-z-]{1,20}(?:ed|en|de|pt|ld|ne|nt|ht|un|et|ut))\b",
        "like prefer wish want wants wanted need needs + be",
        "request",
        "The Ruritanians would like the schedule to be reviewed.",
        "The Ruritanians would like to be noted as friends.",
        needs_act=True,
        weight_otherwise=0.4,
    ),
    Rule(
        "want-other-self",
        "it says what the other side wants",
        0.45,
        rf"{_THEY_WISH} (?:to|for|that|in|on|from|<any>|an?|the|any|more|"
        r"further|greater|"
        r"forward|[a-z]+ing\b|[a-z]+ [a-z]+)",
        _THEY_WISH_CUES,
        "want",
        "The ministry seeks to modernize its fleet.",
        "The ministry was closed.",
    ),
    Rule(
        "would-welcome",
        "something would be welcome",
        0.5,
        r"\bwould <adv>(?:welcome|appreciate|be (?:welcome|grateful|useful|helpful|pleased|happy|"
        r"interested|beneficial|glad (?:of|to have|to receive|to see)|a key|an important)|"
        r"find [^.;:]{2,60}? (?:useful|helpful|valuable|of (?:use|value|help)|"
        r"an? (?:\w+ )?help)\b)",
        "welcome appreciate grateful useful helpful pleased happy interested beneficial key "
        "important glad find",
        "want",
        "Closer cooperation would be welcome.",
        "They were welcomed.",
        starts="would",
    ),
    Rule(
        "would-help",
        "the author thinks that a step would help",
        0.6,
        r"<we> (?:<adv>(?:believes?|thinks?|considers?|judges?|feels?) )(?:that )?(?!<own> would )"
        r"[^.;:]{3,160}? would <adv>(?:help|serve|strengthen|advance|further|assist|contribute|"
        r"go (?:a long way|far)|carry|be <adv>(?:useful|helpful|welcome|timely|valuable|worth)|do "
        r"(?:much|more)|make)|"
        r"\b(?:word|letter|call|note|visit|message|gesture|reminder) (?:<any> )?[^.;:]{3,120}? "
        r"would <adv>(?:help|carry|go (?:a long way|far)|be <adv>(?:useful|helpful|timely))",
        "would + help serve strengthen advance further assist contribute go carry do make useful "
        "helpful welcome timely valuable worth",
        "opportunity",
        "We believe that a letter from the Secretary would help keep the talks alive.",
        "A letter came which would surprise them.",
    ),
    Rule(
        "interest-in",
        "an interest or a wish is expressed",
        0.6,
        r"\b(?:express\w*|ha(?:s|ve|d)|indicat\w+|reiterat\w+|voic\w+|convey\w*|show\w*|signal\w*|"
        r"not(?:ed|ing)|stat\w+|underlin\w+|reaffirm\w*|remain\w*|declar\w+|cit\w+|stress\w+) "
        r"<adv>(?:an? |the |its "
        r"|their |his |her |some |great |strong |strongly |new |keen |continued |particular |"
        r"inherent |"
        r"his government's |clear |considerable |deep |a strong )*(?:interest(?:ed)?|desire|hope|"
        r"wish|eagerness|preference|appreciation for the need) "
        r"(?:in|for|to|that)",
        "interest interested desire hope wish eagerness preference need",
        "want",
        "The minister expressed interest in more training.",
        "The interest in the fair was great.",
        starts="express ha indicat reiterat voic convey show signal not stat underlin reaffirm "
        "remain declar cit stress",
    ),
)
