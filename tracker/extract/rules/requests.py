"""Rules for what one side asks the other to do.

Data only; see `model` for what the fields mean.
"""

from __future__ import annotations

from tracker.extract.rules.model import SPEECH_CUES, Rule

_ASKED = (
    r"(?:asked|requested|urged|encouraged|pressed|called (?:on|upon|for)|appealed (?:to|for)|"
    r"invited|pushed|lobbied|solicited|petitioned|demanded|proposed|suggested|recommended|"
    r"advocated|implored|besought|begged|exhorted|sought|challenged|tasked)"
)
_ASKED_CUES = (
    "asked requested urged encouraged pressed called appealed invited pushed lobbied "
    "solicited petitioned demanded proposed suggested recommended advocated insisted "
    "implored besought begged exhorted sought challenged tasked"
)

REQUESTS = (
    Rule(
        "asked-to",
        "one side asked the other to act",
        0.8,
        rf"\b{_ASKED} (?:(?:that )?<asked> (?:to|for|be|should|could|would|can|might|consider|not|"
        r"(?<!called on . )(?:in |on ))|that <asked> [a-z]{3,}\b)",
        _ASKED_CUES,
        "request",
        "The ambassador urged the ministry to ratify the treaty.",
        "They asked the way.",
        is_anchored=True,
    ),
    Rule(
        "asked-for",
        "one side asked for something or proposed it",
        0.7,
        rf"(?:<doer> |(?:^|,|;|and|but|also|who|which) )<adv><have><adv>{_ASKED} "
        r"(?!for[.,;]|(?:again )?about|(?:again )?after|whether|if |how|what|when|why|who|where|"
        r"questions?|<is>|by |objectives?|"
        r"(?<=called on )<obl>(?:,?(?: and)? (?:<any>|<obl>))*"
        r"(?: (?:on|in|at|during) [^.;,]{2,40})?(?:[.;]|$)|"
        r"<asked_other> (?:about|"
        r"whether|if|how|what|when|why|who|where))"
        r"(?:(?=that <asked> (?!is |are |was |were |be ))|(?=<asked> (?:to|not) )|)",
        _ASKED_CUES,
        "request",
        "The minister requested advice on a new law.",
        "They asked how we were.",
        starts="<any> <first> , ; and but also who which",
    ),
    Rule(
        "asked-whether",
        "one side asked whether the other could act",
        0.75,
        r"\b(?:asked|inquired|wondered)(?: <any>)? (?:whether|if) <asked> <adv>(?:could|would|"
        r"can|will|might)",
        "asked inquired wondered",
        "request",
        "The minister asked whether Washington could supply spare parts.",
        "The minister asked whether it had rained.",
        is_anchored=True,
    ),
    Rule(
        "asked-question",
        "a question was put that may call for an answer",
        0.35,
        r"\b(?:asked|inquired|wondered|questioned) (?:<any> )?(?:about|whether|if|how|"
        r"what|when|why|who|where|for)",
        "asked inquired wondered questioned",
        "request",
        "The minister asked when the equipment would arrive.",
        "The minister left.",
        is_anchored=True,
    ),
    Rule(
        "encourage",
        "one side asks the other to act",
        0.8,
        r"<speaker> <adv>(?:would )?<adv>(?:encourages?|urges?|asks?|calls? (?:on|upon)|"
        r"requests?|invites?|appeals? to|implores?) (?:that )?<asked_other> "
        r"(?:to|and|not|be|continue|as|please|[a-z]{3,}\b)",
        "encourage encourages urge urges ask asks call calls request requests invite invites "
        "appeal appeals implore implores",
        "request_to",
        "We encourage Armenia to review its procedures.",
        "We encourage trade.",
        asked_is_doer=True,
    ),
    Rule(
        "asks-present",
        "one side asks for something or proposes it",
        0.65,
        r"<doer_other> <adv>(?:requests?|asks?|proposes?|suggests?|urges?|calls? (?:on|for)|"
        r"demands?|insists?|advocates?|recommends?) ",
        "request requests ask asks propose proposes suggest suggests urge urges call calls "
        "demand demands insist insists advocate advocates recommend recommends",
        "request",
        "The ministry proposes a joint exercise.",
        "The ministry was silent.",
    ),
    Rule(
        "should-said",
        "one side said what ought to be done",
        0.6,
        r"(?<!is )(?<!are )(?<!was )(?<!were )"
        r"\b(?:<speech>|urged|argued|believes?|thinks?|felt|opined)(?: <any>)? (?:that "
        r")?[^.;:]{1,120}?"
        r"\b(?:should|must|needs? to|needed to|ought to|had to|important|would be (?:a key|"
        r"useful|helpful))\b",
        SPEECH_CUES + " urged argued believes believe thinks think felt opined + should must need "
        "needs needed ought had important useful helpful key",
        "request",
        "The minister said that the fund should be larger.",
        "The minister said hello.",
        is_anchored=True,
    ),
    Rule(
        "should-parenthetic",
        "one side said what ought to be done",
        0.65,
        r", <doer_named> <adv><have><adv>(?:<speech>|urged|argued|added|proposed|suggested)"
        r"(?: <any>)?, (?:should|must|are|is|needs? to|could|would)",
        SPEECH_CUES + " urged argued added proposed suggested",
        "request",
        "Talks, the minister said, should be kept small.",
        "The talks, the minister said.",
        starts=",",
    ),
    Rule(
        "raised",
        "a topic was raised that may call for action",
        0.45,
        r"<doer> <adv><have><adv>(?:raised|broached|reiterated|repeated|renewed|floated|put "
        r"forward|tabled|brought up|"
        r"presented|emphasized the (?:need|importance)|stressed the (?:need|importance)|"
        r"underscored the "
        r"(?:need|importance)|highlighted the (?:need|importance)|indicated the importance) ",
        "raised broached reiterated repeated renewed floated put tabled brought presented "
        "emphasized stressed underscored highlighted indicated",
        "request",
        "The minister raised the possibility of joint projects.",
        "Taxes rose.",
    ),
    Rule(
        "request-noun",
        "a request or proposal is mentioned",
        0.35,
        r"\b(?:requests?|proposals?|appeals?|calls?|invitations?|suggestions?) (?:for|to|that|by|"
        r"from) ",
        "request requests proposal proposals appeal appeals call calls invitation invitations "
        "suggestion suggestions",
        "request",
        "The proposal calls for five experts to assist.",
        "The calls ended.",
        is_anchored=True,
    ),
    Rule(
        "calls-for",
        "a document calls for something",
        0.5,
        r"\b(?:proposals?|plans?|drafts?|agreements?|memorandum|mou|papers?|programs?|texts?|"
        r"resolutions?|"
        r"statements?|communiques?|roadmaps?|contained?|work plan) <adv>(?:calls?|called|"
        r"provides?|contain\w*|envisag\w+|foresees?|"
        r"stipulates?|commits?|requires?|obliges?) (?:for|<any>|an?|that)",
        "call calls called provide provides contain contains contained foresees stipulates "
        "commits requires obliges envisages",
        "request",
        "The proposal calls for five experts to assist.",
        "The proposal was long.",
        starts="proposal plan draft agreement memorandum mou paper program text resolution "
        "statement communique roadmap contain work",
    ),
)
