"""Rules for occasions: what a session could do, what would be worth doing or is in our interest.

Data only; see `model` for what the fields mean.
"""

from __future__ import annotations

from tracker.extract.rules.model import MEETING_CUES, MEETING_STARTS, Rule

OCCASIONS = (
    Rule(
        "could-own",
        "it says what our side, or both, could do",
        0.7,
        r"<doer_ours> <adv>(?:could|can|might|may) <adv>(?:use [^.;:]{1,80}? "
        r"to |seek to |usefully )?<adv><act>",
        "could can might may",
        "by_act",
        "We could use this item to underscore our position.",
        "We could not.",
        needs_act=True,
        weight_otherwise=0.35,
    ),
    Rule(
        "could-other",
        "a step that the other side could take",
        0.55,
        r"<doer_them> <adv>(?:could|can|might) <adv>(?!see )<act>",
        "could can might",
        "action",
        "The government could agree to report back.",
        "The government could not.",
        needs_act=True,
        weight_otherwise=0.3,
    ),
    Rule(
        "session-could",
        "it says what a session could achieve",
        0.75,
        r"<meeting> (?:could|should|can|might|must|would|may)(?:, [^,;.:]{3,30},)? <adv>"
        r"(?:seek to |be used to |serve to |"
        r"aim to |help to |help )?<adv>(?!take place)<act>",
        "could should can might must would may + " + MEETING_CUES,
        "objective",
        "This session could also seek to clarify their roles.",
        "The session could not.",
        needs_act=True,
        weight_otherwise=0.45,
        starts=MEETING_STARTS,
    ),
    Rule(
        "session-will",
        "it says what a meeting is to achieve",
        0.5,
        r"<meeting> will <adv>(?!be\b|likely|probably)<act>",
        "will + " + MEETING_CUES,
        "session",
        "The meeting will permit the two sides to cement their ties.",
        "The meeting was long.",
        needs_act=True,
        weight_otherwise=0.4,
        starts=MEETING_STARTS,
    ),
    Rule(
        "important-to",
        "the author calls a step important or useful",
        0.7,
        r"(?<!how )\b(?:important|useful|helpful|worthwhile|essential|crucial|critical|vital|"
        r"necessary|advisable|desirable|appropriate|imperative|worth|timely|prudent|wise|best|incumbent|"
        r"right|fitting|sensible)"
        r"(?: <obl>| for <doer_obl>| for [^.;:,]{1,40}?)? (?:that (?:<doer> )?|to <act>|<acting>)",
        "important useful helpful worthwhile essential crucial critical vital necessary "
        "advisable desirable appropriate imperative worth timely prudent wise best incumbent "
        "right fitting sensible",
        "by_act",
        "It is important that we identify the remaining gaps.",
        "It was an important visit.",
        needs_act=True,
        weight_otherwise=0.4,
        is_anchored=True,
    ),
    Rule(
        "in-our-interest",
        "a step is called to be in our interest",
        0.55,
        r"\binterests? (?:to <act>|in <acting>)|\bbenefit from <adv>(?:<acting>|the|a|more|"
        r"additional|further)",
        "interest interests benefit",
        "interest",
        "It is strongly in our interest to engage in the groups.",
        "The interest rate rose.",
        is_anchored=True,
    ),
    Rule(
        "opportunity",
        "an opportunity to act",
        0.6,
        r"\b(?:opportunit(?:y|ies)|chance|occasion|vehicle|venue|moment|platform|avenue|scope|"
        r"room) "
        r"(?:<obl> )?(?:to (?:<any> to )?<adv>(?:<act>|lay|see|be)|(?:for|of) (?:<any> to <act>|"
        r"<adv><acting>|<act>))",
        "opportunity opportunities chance occasion vehicle venue moment platform avenue scope room",
        "opportunity",
        "The talks are an opportunity to take stock.",
        "They missed the opportunity.",
        needs_act=True,
        weight_otherwise=0.45,
        is_anchored=True,
    ),
    Rule(
        "need-for",
        "a need is stated",
        0.45,
        r"\bneed(?:s|ed)? (?:for|to|a|an|more|further|additional|greater) ",
        "need needs needed",
        "action",
        "They noted the need for a revision of the law.",
        "They need us.",
        is_anchored=True,
    ),
)
