"""Rules for what the author proposes, recommends or asks of its own side.

Data only; see `model` for what the fields mean.
"""

from __future__ import annotations

from tracker.extract.lexicon.words import ACTS
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
        rf"<we> <adv>(?:would )?<adv>(?:strongly )?{_PROPOSE} ",
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
        r"<we> <adv>(?:requests?|would (?:also )?(?:appreciate|welcome|be grateful (?:for|to have|"
        r"to receive)|request)|"
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
        "is-requested",
        "somebody is asked or instructed to act",
        0.9,
        r"<doer> (?:<is>|will be) <adv>(?:hereby )?(?:requested|asked|instructed|directed|tasked|"
        r"invited|encouraged|urged|charged|required|obliged|authorized|mandated|assigned|"
        r"responsible|supposed) (?:to|for|with) <adv><act>",
        "requested asked instructed directed tasked invited encouraged urged charged required "
        "obliged authorized mandated assigned responsible supposed",
        "action",
        "Embassies are requested to report by June 1.",
        "The embassies are requested buildings.",
    ),
    Rule(
        "are-asked",
        "somebody is asked or instructed to act",
        0.8,
        r"(?:is|are|was|were|will be|has been|have been) <adv>(?:hereby )?(?:requested|asked|"
        r"instructed|directed|"
        r"tasked|invited) to <adv><act>",
        "requested asked instructed directed tasked invited",
        "action",
        "Posts of the region are asked to report.",
        "The region is asked about.",
        needs_act=True,
    ),
    Rule(
        "imperative",
        "the sentence is an order",
        0.6,
        r"^(?:also |then |first |finally |instead ?,? |do |rather, |\(?\w\) )?"
        r"(?!begin|end|note|see|comment|thank you)"
        r"<act> (?:the|an?|our|their|its|his|her|him|them|it|this|that|these|all|any|both|whether|"
        r"how|what|<any>|<acting>|[a-z]+'s)",
        " ".join(sorted(ACTS)),
        "by_act",
        "Consider announcing the opening of the office.",
        "Exports grew.",
        needs_act=True,
        weight_otherwise=0.1,
        is_opening=True,
    ),
    Rule(
        "please",
        "a polite order",
        0.9,
        r"(?:^|[,;:.)] |and |<doer_ours> |"
        r"\b(?:could|can|would|will) (?:someone|somebody|anyone|you|<doer_any>)[^.;:?]{0,40}? )"
        r"please (?!see (?:para|ref|sept|att|also|below|above))<adv><act>",
        "please",
        "by_act",
        "Please convey the following points.",
        "They were hard to please.",
        needs_act=True,
        weight_otherwise=0.6,
    ),
    Rule(
        "labelled-objective",
        "a label says that an objective follows",
        0.85,
        r"^(?:[\w.]+ ){0,3}(?:<any> )?(?:objectives?|goals?|asks?|aims?|"
        r"priority|priorities|desired outcomes?)(?: (?:for|of|in|at|during|on) [^.;:]{1,50})? "
        r"?(?:: ?|-- ?|- )(?:we should |to "
        r")?<adv>(?:<act>|<acting>)",
        "objective objectives goal goals ask asks aim aims priority priorities outcome outcomes "
        "+ : -",
        "objective",
        "U.S. goal: obtain access to the highlands.",
        "The goal was late.",
        needs_act=True,
        weight_otherwise=0.5,
    ),
    Rule(
        "labelled-act",
        "a label says that an act follows",
        0.85,
        r"^(?:[\w.]+ ){0,3}(?:<any> )?(?:recommendations?|actions?|deliverables?|next steps?|"
        r"follow-ups?|tasks?|proposals?|requests?|way forward)(?: (?:for|of|in|at|on) "
        r"[^.;:]{1,50})? ?(?:: ?|-- ?|- )(?:we should |to "
        r")?<adv>(?:<act>|<acting>)",
        "recommendation recommendations action actions deliverable deliverables step steps "
        "follow-up follow-ups task tasks proposal proposals request requests forward + : -",
        "by_act",
        "Recommendation: present an updated list of cases.",
        "The recommendation was late.",
        needs_act=True,
        weight_otherwise=0.5,
    ),
    Rule(
        "labelled-doer",
        "a label says that somebody's act follows",
        0.85,
        r"^(?:agreed )?(?:actions?(?: items?)?|due[- ]?outs?|deliverables?|taskings?|tasks?|"
        r"follow[- ]?ups?|to[- ]dos?|decisions?|commitments?|next steps?)(?: (?:for|of|in|at|on) "
        r"[^.;:]{1,50})? ?(?:: ?|-- ?|- )<doer_listed> (?:to|should|will|shall) <adv><act>",
        "action actions due-out due-outs out outs deliverable deliverables tasking taskings task "
        "tasks follow-up follow-ups up ups do dos to-do to-dos decision decisions commitment "
        "commitments step steps + : -",
        "action",
        "Action: Embassy to submit its comments by January 15.",
        "Action was taken by the embassy.",
        needs_act=True,
        weight_otherwise=0.6,
    ),
    Rule(
        "you-may-wish",
        "the reader is advised to act",
        0.9,
        r"<doer_ours> (?:may|might|could|can|will|"
        r"would) <adv>(?:(?:wish|want|like|choose|care|need) to|wish) <adv><act>",
        "wish want like choose care need",
        "by_act",
        "You may wish to note our hope for new routes.",
        "You may wish.",
    ),
    Rule(
        "author-welcomes",
        "the author takes up a suggestion of its own side",
        0.6,
        r"<we> <adv>(?:welcomes?|supports?|endorses?|concurs? (?:with|in)) "
        r"(?!<you_any>)(?:<doer_any>'s )?",
        "welcome welcomes support supports endorse endorses concur concurs",
        "objective",
        "We welcome Washington's suggestion to brief them.",
        "The crowd welcomed the delegation.",
    ),
)
