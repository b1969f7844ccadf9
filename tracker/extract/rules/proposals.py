"""Rules for what the author proposes, recommends or asks of its own side.

Data only; see `model` for what the fields mean.
"""

from __future__ import annotations

from tracker.extract.rules.model import Rule

_PROPOSE = r"(?:suggests?|recommends?|proposes?|advises?|advocates?|urges?)"
_CUES = (
    "suggest suggests recommend recommends propose proposes advise advises advocate "
    "advocates urge urges"
)

PROPOSALS = (
    Rule(
        "propose-that",
        "the author proposes that somebody act",
        0.95,
        rf"<we> <adv>(?:would )?<adv>{_PROPOSE} (?:that )?<doer> (?:(?:should|could|might|must|to|"
        r"be prepared to|be ready to|consider) )?(?:not )?<adv><act>",
        _CUES,
        "by_act",
        "We recommend that Washington encourage the ministry to sign.",
        "We recommend the restaurant.",
        needs_act=True,
        weight_otherwise=0.8,
    ),
    Rule(
        "would-ask-that",
        "the author asks for something",
        0.75,
        r"<we> <adv>(?:would )?<adv>(?:ask|request|urge)s? that (?!<doer_addressee>)"
        r"[^.;,]{2,60}? <act>",
        "ask asks request requests urge urges",
        "action",
        "We would ask that visitors send their names before then.",
        "We asked that of them.",
        needs_act=True,
        weight_otherwise=0.55,
    ),
    Rule(
        "propose-joint",
        "the author proposes something for both sides",
        0.9,
        rf"<we> <adv>(?:would )?<adv>{_PROPOSE} (?:an? |the )?(?:joint|bilateral|mutual|"
        r"reciprocal) [a-z]",
        _CUES,
        "joint",
        "We propose a joint inventory of the three sites.",
        "The ministry has a joint office.",
    ),
    Rule(
        "propose-meeting",
        "the author proposes that the talks be held",
        0.9,
        rf"<we> <adv>(?:would )?<adv>{_PROPOSE} (?:that )?(?:the |this |these |future |next )?"
        r"(?:[a-z-]+ ){0,2}?<meeting> (?:meet|convene|be held|take place|resume|continue|reconvene|"
        r"become)\b",
        _CUES,
        "joint",
        "We suggest that the dialogue meet once a year.",
        "We suggest the meeting room.",
    ),
    Rule(
        "propose-doing",
        "the author proposes a step",
        0.95,
        rf"<we> <adv>(?:would )?<adv>{_PROPOSE} <adv><acting>",
        _CUES,
        "by_act",
        "Post suggests soliciting the government's views.",
        "We suggest nothing.",
        needs_act=True,
        weight_otherwise=0.55,
    ),
    Rule(
        "propose-use",
        "the author proposes what a session be used for",
        0.95,
        rf"<we> <adv>(?:would )?{_PROPOSE} (?:that )?(?:this|the|these|our|each|such) "
        r"[^.;:]{1,80}? <adv>(?:be|serve|is|are) (?:used )?<adv>(?:to|as|for) ",
        _CUES,
        "objective",
        "We suggest this agenda item be used to solicit their plans.",
        "We suggest the report.",
    ),
    Rule(
        "propose",
        "the author makes a proposal",
        0.8,
        rf"<we> <adv>(?:would )?<adv>(?:strongly )?{_PROPOSE} (?!below|(?:the )?following (?:order|"
        r"agenda|format|schedule))",
        _CUES,
        "by_act",
        "We recommend a follow-up meeting in the spring.",
        "The press recommends a meeting.",
    ),
    Rule(
        "propose-elliptic",
        "telegraphic style: the author's proposal or request stands without its subject",
        0.9,
        r"^(?:strongly |urgently |also |again )?(?:suggest|propose|urge(?! <any> to)) (?:that "
        r")?<doer>? ?"
        r"(?:be |to |not )?<adv><act>",
        "suggest propose urge",
        "by_act",
        "SUGGEST DEPARTMENT RAISE MATTER WITH FOREIGN MINISTRY.",
        "The proposal was denied.",
        is_opening=True,
    ),
    Rule(
        "recommend-elliptic",
        "telegraphic style: the author's recommendation stands without its subject",
        0.9,
        r"^(?:\(?\w{1,3}\) ?)?(?:strongly |urgently |also |again )?recommend (?:that )?<doer>? ?"
        r"(?:be |to |not )?<adv><act>",
        "recommend",
        "by_act",
        "RECOMMEND DEPARTMENT RAISE MATTER WITH FOREIGN MINISTRY.",
        "The recommendation was denied.",
        is_opening=True,
    ),
    Rule(
        "request-elliptic",
        "telegraphic style: the author's request stands without its subject",
        0.9,
        r"^(?:\(?\w{1,3}\) ?)?(?:action requested? ?:? ?)?"
        r"(?:strongly |urgently |also |again |would |therefore )?"
        r"(?:request|appreciate|grateful(?: for| if)?) (?!(?:was|were|is|has|had)\b|"
        r"for [^.;,]{1,60}? (?:was|were|is|has|had)\b)(?:that )?"
        r"(?:<doer> ?)?(?!to\b)",
        "request appreciate grateful",
        "author_request",
        "REQUEST EMBASSY CALL ON FOREIGN MINISTRY.",
        "The request was denied.",
    ),
    Rule(
        "propose-impersonal",
        "the text recommends that something be done",
        0.85,
        r"it <is> <adv>(?:recommended|suggested|proposed|requested|advised|urged|hoped) that "
        r"(?:<doer> )?",
        "recommended suggested proposed requested advised urged hoped",
        "by_act",
        "It is recommended that both sides meet again.",
        "It is known that they met.",
        starts="it",
    ),
    Rule(
        "author-requests",
        "the author asks its own side for something",
        0.9,
        r"<we> <adv>(?:would )?(?:also )?(?:requests?|asks?|seeks?|urges?|tasks?|instructs?|"
        r"directs?|encourages?) "
        r"(?:that )?<doer_addressee>(?:, [^,;:.]{1,60},)? (?:to |should )?<adv>(?:<act>)?",
        "request requests ask asks seek seeks urge urges tasks instructs directs encourage "
        "encourages",
        "action",
        "Post requests that the Department provide guidance.",
        "The minister requests a visa.",
    ),
    Rule(
        "author-requests-thing",
        "the author asks its own side for something",
        0.8,
        r"<we> <adv>(?:requests?|"
        r"(?:would|should) (?:also )?"
        r"(?:appreciate|welcome|be grateful (?:for|to have|to receive)|request)|"
        r"asks? for|seeks? (?:guidance|instructions|approval|authority|clearance|concurrence|"
        r"clarification|confirmation|input|comments|views))"
        r"(?: <asked>'s|(?: [a-z-]+){1,5}? from <asked>)?|"
        r"<own> <adv>needs? (?:urgent |early |prompt )?"
        r"(?:guidance|instructions|clearance|approval|concurrence|clarification|authority)\b",
        "request requests appreciate welcome grateful ask asks seek seeks need needs",
        "author_request",
        "Post requests guidance on the proposal.",
        "The request of the post was denied.",
    ),
    Rule(
        "author-welcomes",
        "the author takes up a suggestion of its own side",
        0.6,
        r"<we> <adv>(?:welcomes? (?!<you_any>)(?:<doer_any>'s )?|"
        r"(?:supports?|endorses?|concurs? (?:with|in)) <doer_any>'s )",
        "welcome welcomes support supports endorse endorses concur concurs",
        "objective",
        "We welcome Washington's suggestion to brief them.",
        "The crowd welcomed the delegation.",
    ),
)
