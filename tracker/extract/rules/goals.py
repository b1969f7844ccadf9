"""Rules for objectives and steps that are called so.

Data only; see `model` for what the fields mean.
"""

from __future__ import annotations

from tracker.extract.rules.model import Rule

_GOAL = (
    r"\b(?:objectives?|goals?|aims?|priorit(?:y|ies)|purposes?|desired outcomes?|"
    r"intent|intention|ask|asks|focus|targets?|ambitions?|agenda)"
)
_STEP = (
    r"\b(?:action[- ]items?|next steps?|first steps?|follow[- ]ups?|follow-up items?|deliverables?|"
    r"due[- ]outs?|taskings?|tasks?|to-dos?|concrete steps?|steps?)"
)

GOALS = (
    Rule(
        "objective-is",
        "it names an objective",
        0.9,
        _GOAL + r"[^.;:,]{0,70}? (?:<is>|would be|should be|will be|could be|might be|include|"
        r"includes|included|remains?) (?:<adv>(?:to <act>|(?:to|for <any> to|that) )|<adv><acting>|"
        r":|an? \w+ )",
        "objective objectives goal goals aim aims priority priorities purpose purposes "
        "outcome outcomes intent intention ask asks focus target targets ambition ambitions "
        "agenda",
        "objective",
        "The suggested objective is to secure new contributions.",
        "The objective was unclear.",
        is_anchored=True,
    ),
    Rule(
        "our-aim-is",
        "it names an objective of ours",
        0.85,
        r"(?:\bour|\bu\.s\.|<own>'s) (?:\w+ ){0,2}(?:aim|goal|objective|purpose|priority|"
        r"interest)\b[^.;:]{0,110}? (?:is|remains|should be|will be|ought to be) <adv>to <act>",
        "aim goal objective purpose priority interest",
        "objective",
        "Our aim over the next year, here as in Zenda, is to secure their consent.",
        "Our aim was to secure it.",
        needs_act=True,
        weight_otherwise=0.5,
        starts="our u.s. <any>",
    ),
    Rule(
        "our-aims-follow",
        "it announces objectives of ours",
        0.85,
        r"(?:\bour|\bu\.s\.|<own>'s) (?:\w+ ){0,2}(?:aims|goals|objectives|priorities|asks)\b"
        r"[^.;:]{0,80}: ?(?:to\b|$)",
        "aims goals objectives priorities asks",
        "objective",
        "Our aims are modest here: to obtain a list and to see the port.",
        "Our aims are modest.",
        starts="our u.s. <any>",
    ),
    Rule(
        "best-course-is",
        "the author recommends a course",
        0.75,
        r"\b(?:best|better|wiser|wisest|sensible|prudent|right|preferred|preferable|principal|"
        r"main|productive|promising|fruitful|useful|simplest|safest|surest) (?:course|"
        r"approach|tack|way|outcome|step|thing|line|answer|purpose|result)\b[^.;:]{0,50}? "
        r"(?:is|would be|might be|may be|should be|ought to be) <adv>(?:to <adv><act>|<acting>|"
        r"(?:for )?<any> to <act>|for <any>|[^.;:]{0,40}?that )",
        "best better wiser wisest sensible prudent right preferred preferable principal main "
        "productive promising fruitful useful simplest safest surest + "
        "course approach tack way outcome step thing line answer purpose result",
        "by_act",
        "The sensible approach is to ask for something specific.",
        "The best approach was theirs.",
        is_anchored=True,
    ),
    Rule(
        "objectives-are",
        "it names objectives",
        0.85,
        r"(?:<own> <adv>(?:sees?|has|have|sets?|pursues?|suggests?|proposes?) |\bour |\bu\.s\. |"
        r"\bsuggested )(?:\w+ ){0,3}(?:aims|goals|objectives|priorities|purposes)"
        r"(?: (?:for|of|in|at|here)\b[^.;:]{0,50})? ?: (?:first,? |one,? )?to ",
        "aims goals objectives priorities purposes + :",
        "objective",
        "We see two aims here: to settle the fee and to hear his plans.",
        "They have two goals.",
        starts="<any> our u.s. suggested",
    ),
    Rule(
        "objective-named",
        "it speaks of an objective",
        0.4,
        r"<any> (?:has|have|had|set|sets|share|shares) [^.;:]{0,40}?(?:goals?|objectives?|priorit)|"
        r"\b(?:was|is|are|were|as) (?:a |an |our |its |their )?(?:\w+ ){0,2}(?:priority|goal|"
        r"objective)\b|"
        r"\b(?:priority|goal|objective) (?:is|was|of)\b",
        "goal goals objective objectives priority priorities",
        "want",
        "The ministry has two goals for these talks.",
        "They scored a goal.",
        starts="<any> was is are were as priority goal objective",
    ),
    Rule(
        "step-is",
        "it names a step to be taken",
        0.85,
        _STEP + r"[^.;:]{0,90}? (?:<is>|would be|should be|will be|could be|include|includes|"
        r"included|involves?|comprises?) (?:<adv>(?:to|for <doer_obl> to) |that |<adv><acting>|:|"
        r"an? |the |[a-z]{4,16}(?:al|ion|ment|ure|ance|sis) of )",
        "action items item step steps follow follow-up follow-ups deliverable deliverables "
        "due-out due-outs tasking taskings task tasks action-item action-items due next",
        "step",
        "Another action item is for both sides to come up with a list.",
        "They stepped aside.",
        is_anchored=True,
    ),
    Rule(
        "steps-follow",
        "it announces steps to be taken",
        0.5,
        r"\b(?:following|these|agreed|proposed|recommended|suggested|concrete) (?:\w+ )?(?:"
        r"action[- ]items?|steps|next steps|deliverables|measures|tasks|taskings|points|actions|"
        r"follow-ups?|commitments|recommendations|due-outs)\b",
        "following these agreed proposed recommended suggested concrete + item items steps "
        "deliverables measures tasks taskings points action-item action-items actions follow-up "
        "follow-ups commitments recommendations due-outs",
        "step",
        "The following action items were recorded:",
        "The following day they left.",
        starts="following these agreed proposed recommended suggested concrete",
    ),
    Rule(
        "first-is-to",
        "it counts objectives and steps",
        0.7,
        r"^(?:and |but )?(?:the |our |your )?(?:first|second|third|fourth|fifth|next|last|other|"
        r"chief) "
        r"(?:(?:one|aim|task|thing|step|priority|of (?:these|them)) )?"
        r"(?:is|would be|should be|will be) <adv>to <adv><act>",
        "first second third fourth fifth next last other chief",
        "by_act",
        "The second is to obtain a permit for the study.",
        "The second is the larger one.",
        needs_act=True,
        weight_otherwise=0.5,
        is_opening=True,
    ),
    Rule(
        "next-steps",
        "it speaks of possible cooperation or steps",
        0.5,
        r"\b(?:areas?|possibilit(?:y|ies)|possible|potential|proposals?|options?|ideas?|plans?|"
        r"efforts?|projects?|"
        r"strategy) [^.;:]{0,60}?(?<!that )(?<!which )(?:include|includes|included|<is> "
        r"identified|have been identified)",
        "include includes included identified",
        "joint",
        "Areas for cooperation include training.",
        "The menu included fish.",
        starts="area possib potential proposal option idea plan effort project strategy",
    ),
)
