"""Rules for objectives that are called so, and for what a side wants.

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
        r"<doer_other> (?:(?:would|will|continues? to|do|does|did) )?<adv>(?:<be> )?<adv>"
        r"(?:seek|seeks|seeking|sought|want|wants|wanted|hope|hopes|hoped|hoping|wish|wishes|"
        r"wished|"
        r"desires?|desired|aims?|aspires?|like|love|prefer|appreciate|welcome|grateful|keen|eager|"
        r"interested|open|receptive|anxious|looking|looks|needs?|needed|benefit|favors?|expects?|"
        r"envisions?|envisioned|envisaged?) (?=[^.;]{0,200}(?:<ours_any>|\bour\b|\bour\s|more |"
        r"further |closer |greater |"
        r"engagement|assistance|cooperation|training|support|help|meeting|talks|dialogue|consult|"
        r"visit|"
        r"updates?|equipment|discuss|joint|assessment|briefing|exchange|u\.s\.|american|"
        r"partner))(?:to|for|that|in|on|from|<any>|an?|the|any|more|further|greater|"
        r"forward|[a-z]+ing\b|[a-z]+ [a-z]+)",
        "seek seeks seeking sought want wants wanted hope hopes hoped hoping wish wishes "
        "wished desire desires desired aim aims aspire aspires like love prefer appreciate "
        "welcome grateful keen eager interested open receptive anxious looking looks need "
        "needs needed benefit favor favors expect expects envision envisions envisioned "
        "envisage envisaged",
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
        r"<doer_other> (?:(?:would|will|continues? to|do|does|did) )?<adv>(?:<be> )?<adv>"
        r"(?:seek|seeks|seeking|sought|want|wants|wanted|hope|hopes|hoped|hoping|wish|wishes|"
        r"wished|"
        r"desires?|desired|aims?|aspires?|like|love|prefer|appreciate|welcome|grateful|keen|eager|"
        r"interested|open|receptive|anxious|looking|looks|needs?|needed|benefit|favors?|expects?|"
        r"envisions?|envisioned|envisaged?) (?:to|for|that|in|on|from|<any>|an?|the|any|more|"
        r"further|greater|"
        r"forward|[a-z]+ing\b|[a-z]+ [a-z]+)",
        "seek seeks seeking sought want wants wanted hope hopes hoped hoping wish wishes "
        "wished desire desires desired aim aims aspire aspires like love prefer appreciate "
        "welcome grateful keen eager interested open receptive anxious looking looks need "
        "needs needed benefit favor favors expect expects envision envisions envisioned "
        "envisage envisaged",
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
    ),
)
