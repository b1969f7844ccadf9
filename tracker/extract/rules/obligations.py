"""Rules for what somebody should or must do, and for whom a step falls to.

Data only; see `model` for what the fields mean.
"""

from __future__ import annotations

from tracker.extract.rules.model import Rule

_MUST_CUES = "should must shall ought need needs has have"

OBLIGATIONS = (
    Rule(
        "should-own",
        "it says what our side, or both, should do",
        0.85,
        r"<doer_ours> <adv><must> <adv>(?:not )?(?!appreciate|be grateful|welcome)"
        r"(?:be (?:in a position|ready|prepared|able) to )?"
        r"(?!be (?!prepared|determined|guided|involved)\w+(?:ed|en)\b)(?:seek to |be sure to |"
        r"use [^.;:]{1,80}? to |continue to |take [^.;:]{1,40}? to |try to |work to )?<adv><act>",
        _MUST_CUES,
        "by_act",
        "The Department should encourage them to join.",
        "The ministers have tea.",
        needs_act=True,
        weight_otherwise=0.65,
    ),
    Rule(
        "should-other",
        "it says what the other side should do",
        0.6,
        r"<doer_other> <adv><must> <adv>(?:not )?<act>",
        _MUST_CUES,
        "by_act",
        "The ministry must submit the list first.",
        "The ministry has tea.",
        needs_act=True,
        weight_otherwise=0.45,
    ),
    Rule(
        "should-be-done",
        "something should be done",
        0.6,
        r"(?:should|must|ought to|needs? to|ha(?:s|ve) to|shall|are to|is to) <adv>be "
        r"<adv>(?!noted|remembered|recalled|said|understood|mentioned|stressed|emphasized|pointed|"
        r"borne|added)(?P<done>[a-z-]{1,20}(?:ed|en|de|pt|ld|ne|nt|ht|un|et|ut))\b",
        "be",
        "action",
        "More has to be done to involve civil society.",
        "It should be hot.",
        needs_act=True,
        weight_otherwise=0.4,
        starts="should must ought need ha shall are is",
    ),
    Rule(
        "can-be-done-by",
        "somebody could do something",
        0.65,
        r"\b(?:could|can|might|may|would) <adv>be <adv>(?P<done>[a-z-]{1,20}(?:ed|en|de|pt|ld|ne|"
        r"nt|ht|un|et|ut))\b(?: \w+)? by <any>",
        "be + by",
        "action",
        "The list can be approved by both parties.",
        "The list can be long.",
        needs_act=True,
        weight_otherwise=0.4,
    ),
    Rule(
        "is-expected",
        "somebody is expected to act",
        0.5,
        r"<doer> (?:<is>|will be) <adv>expected to (?!remain|be |grow|rise|fall|return|stay|win|"
        r"become|leave)<adv><act>",
        "expected",
        "action",
        "Embassies are expected to report by June 1.",
        "The minister is expected to remain.",
        needs_act=True,
    ),
    Rule(
        "should-anyone",
        "something ought to happen",
        0.4,
        r"\b(?:should|must|ought to|needs? to|shall) <adv>(?:be )?[a-z]",
        "should must ought need needs shall",
        "action",
        "Private sector involvement should focus on benefits.",
        "It is needed.",
        starts="should must ought need shall",
    ),
    Rule(
        "is-to",
        "an assignment",
        0.85,
        r"<doer> (?:<is>|will be) <adv>to <adv><act>",
        "is are was were be",
        "action",
        "The ministry is to report back by March 1.",
        "The aim is to report.",
        needs_act=True,
        weight_otherwise=0.5,
    ),
    Rule(
        "each-is-to",
        "an assignment to each of them",
        0.7,
        r"\b(?:each|every|all) (?:\w+ ){1,3}(?:is|are) to <adv><act>",
        "each every all + is are",
        "step",
        "Each project is to name one coordinator.",
        "Each project is large.",
        needs_act=True,
        weight_otherwise=0.6,
        is_anchored=True,
    ),
    Rule(
        "referred-to",
        "a matter was referred to somebody",
        0.65,
        r"\b(?:was|were|be|is|are|been) (?:referred|submitted|passed|left) (?:back )?(?:up )?to "
        r"<doer_any> for\b",
        "referred submitted passed left",
        "action",
        "The matter was referred to the co-chairmen for decision.",
        "The matter was referred to at length.",
    ),
    Rule(
        "falls-to",
        "an assignment",
        0.75,
        r"\b(?:falls?|fell|is left|was left|is up|was left up) to <doer_obl> to <adv><act>",
        "falls fall fell left up",
        "action",
        "It falls to the ministry to find an adviser.",
        "It fell to the ground.",
        needs_act=True,
        weight_otherwise=0.45,
    ),
    Rule(
        "named-doer",
        "an assignment in note form: who is to do what",
        0.75,
        r"^(?:[a-z]{1,4}[.-]\d{1,2}[a-z]?[.):]? )?(?:[\w ()-]{2,24}: )?(?:\(?\w{1,3}\) ?)?<doer>"
        r"(?:, [^,]{1,40},)? ?(?:: ?(?:to )?|to )<adv><act>",
        "to",
        "action",
        "Embassy Strelsau to send the ministry its draft by May 3.",
        "The ministry.",
        needs_act=True,
        weight_otherwise=0.0,
        follows="to : ,",
    ),
    Rule(
        "left-to",
        "an assignment",
        0.7,
        r"\b(?:left|entrusted|assigned|delegated|gave|given) (?:it )?to (?:their |its |the )?"
        r"<doer_any> (?:the (?:task|job|drafting|preparation|writing|choice|selection|compilation)"
        r" of|to <act>)",
        "left entrusted assigned delegated gave given",
        "action",
        "The council left to the ministries the drafting of a protocol.",
        "The council left to applause.",
        is_anchored=True,
    ),
    Rule(
        "instructed",
        "somebody was told to act",
        0.75,
        r"(?P<doer><both>) <adv><have>(?:instructed|directed|tasked|charged|ordered|authorized|"
        r"mandated|commissioned|assigned) <any> (?:to|with) [a-z]|"
        r"<any> <adv><have>(?:instructed|directed|tasked|charged|ordered|authorized|mandated|"
        r"commissioned|assigned) (?:the (?:\w+ ){1,3})?<doer_any> (?:to|with) [a-z]",
        "instructed directed tasked charged ordered authorized mandated commissioned assigned",
        "action",
        "The ministers instructed the experts to report back.",
        "The ministers were instructed.",
    ),
    Rule(
        "named-as",
        "somebody is given a part to play",
        0.65,
        r"<doer_any> (?:\([^)]{1,40}\) )?(?:<is> |will be |be |were )?(?:designated|named|"
        r"appointed|chosen|serving|acting) (?:as )?(?:the |its |their |joint )?"
        r"(?:points? of (?:contact|<any>)|pocs?|coordinators?|secretar(?:y|ies)|co-chairs?|chairs?|"
        r"leads?|liaisons?|focal points?|principal investigators?|moderators?|rapporteurs?)",
        "designated named appointed chosen serving acting",
        "action",
        "The Embassy and the ministry were designated points of contact.",
        "The minister was named after his uncle.",
        asides="(",
    ),
    Rule(
        "to-be-done",
        "telegraphic style: something is to be done",
        0.6,
        r"^(?:\(?\w{1,3}\) ?)?(?:[\w ()-]{2,24}: )?(?:(?!is\b|are\b|was\b|were\b|will\b|would\b|"
        r"has\b|have\b|had\b|expects?\b|wants?\b|likely\b|asked\b|said\b|hopes?\b|needs?\b|"
        r"wanting\b|came\b|appears?\b|seems?\b|proved?\b|remains?\b|began\b|continues?\b)"
        r"[^ .;:]{1,24} ){1,18}to be <adv>"
        r"(?P<done>[a-z-]{1,20}(?:ed|en|de|pt|ld|ne|nt|ht|un|et|ut))\b",
        "be",
        "step",
        "Draft memorandum to be reviewed by legal staffs.",
        "The draft is to be long.",
        needs_act=True,
        weight_otherwise=0.4,
    ),
    Rule(
        "responsible-for",
        "somebody is made responsible",
        0.75,
        r"<doer> (?:would|will|should|is|are|could) <adv>(?:be |serve as |act as |take )"
        r"(?:responsible for|the lead|lead|the point of contact|charge|point)",
        "responsible lead point charge",
        "action",
        "The ministry would be responsible for funding the upgrade.",
        "The responsible minister left.",
    ),
)
