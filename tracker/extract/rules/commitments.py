"""Rules for what somebody says they will do, or is said to.

Data only; see `model` for what the fields mean.
"""

from __future__ import annotations

from tracker.extract.rules.model import SPEECH_CUES, Rule

_WILL = (
    r"(?:would|will|shall|is going to|are going to|plans? to|planned to|intends? to|intended to|"
    r"(?:is|are|was|were) <adv>(?:prepared|ready|planning|willing|set|about|able) to|expects? to|"
    r"expected to|"
    r"hopes? to|hoped to|could|might|(?:stands?|stood) ready to|(?:is|are|was|were) in a position "
    r"to|"
    r"would be (?:happy|prepared|willing|able|ready|glad|pleased|open) to|ha(?:s|d|ve) (?:agreed|"
    r"decided|promised) to)"
)

COMMITMENTS = (
    Rule(
        "would-reported",
        "what somebody would do is reported without “said”",
        0.6,
        r"^(?:and |but |however, |in turn, )?<doer_named> would(?:, \w+,)? <adv>(?:be (?:prepared|"
        r"ready|willing|able|happy|glad|pleased) to )?<adv>(?!be\b|like|welcome|prefer|appreciate|"
        r"have|need|want|benefit|support|help|require|love|include|become|remain|mean|cost|find it|"
        r"not\b)<act>",
        "would",
        "reported",
        "He would send a list within ten days.",
        "He would like a list.",
        needs_act=True,
        weight_otherwise=0.35,
        is_opening=True,
    ),
    Rule(
        "said-and-would",
        "somebody is reported to have said what will be done",
        0.8,
        r"\b(?:<speech>|thought|believed)(?: <any>)? (?:that )?(?:<doer> |it )"
        r"(?!<adv>(?:would|will) )[^.;:]{3,120}? (?:and|but)(?: that)? (?:<any> )?<adv>"
        r"would <adv>(?!be\b|like|welcome|prefer|appreciate|"
        r"have\b(?! an? (?:answer|reply|response|decision|draft)\b)|need|want|"
        r"benefit|support|help|require|include|become|remain|mean|cost|not\b)<act>|"
        r"\b<speech>(?: <any>)? that [^.;:,]{3,80}? (?:had|has|was|were|is) [^.;:,]{3,80}? and "
        r"would <adv>(?!be\b|have|need|want|not\b)<act>|"
        r"\b<speech>(?: <any>)? that [^.;:]{3,140}? and that <doer> <adv>would <adv>(?!be\b|like|"
        r"have|need|want|not\b)<act>",
        SPEECH_CUES + " thought believed + would",
        "commitment",
        "The minister said he sympathized and would speak to the port.",
        "The minister said he sympathized.",
        needs_act=True,
        weight_otherwise=0.4,
        is_anchored=True,
    ),
    Rule(
        "would-parenthetic",
        "somebody is reported to have said what will be done",
        0.8,
        r"<doer>(?: (?:would|will), <any> <adv>(?:<speech>|added|continued),|"
        r", <any> <adv>(?:<speech>|added|continued), (?:would|will)) <adv><act>",
        SPEECH_CUES + " + would will",
        "commitment",
        "The ministry would, the minister said, send a list.",
        "The ministry would, the minister said, not.",
        needs_act=True,
        weight_otherwise=0.5,
    ),
    Rule(
        "and-would",
        "what somebody would do is reported",
        0.7,
        r", (?:and|but) <adv>would <adv>(?:be (?:prepared|ready|willing|able|happy|glad|pleased) "
        r"to )?<adv>(?!be\b|like|welcome|prefer|appreciate|have|need|want|benefit|support|help|"
        r"require|include|become|remain|mean|cost|not\b)<act>",
        "would",
        "reported",
        "The minister said that he had no funds, but would explore whether others had.",
        "The minister had no funds, but would have liked some.",
        needs_act=True,
        weight_otherwise=0.35,
        starts=",",
    ),
    Rule(
        "said-would",
        "somebody is reported to have said what will be done",
        0.85,
        rf"\b<speech>(?: <any>)? ?(?:, [^,]{{1,60}}, )?(?:(?:in|on) [^,.;:]{{1,30}} |"
        r"(?:last|this) \w+ |earlier |again |privately |recently |yesterday |today )?"
        rf"(?:that [^.;:,]{{3,80}} but )?(?:that )?<doer> <adv>{_WILL} <adv>(?!not |likely |"
        r"probably |rather )<act>",
        SPEECH_CUES,
        "commitment",
        "The minister said it would circulate the draft.",
        "The minister said it was late.",
        needs_act=True,
        weight_otherwise=0.5,
        is_anchored=True,
    ),
    Rule(
        "said-would-be-done",
        "somebody is reported to have said what will be done",
        0.65,
        r"\b<speech>(?: <any>)? (?:that )?[^.;:,]{1,90}? (?:would|will) <adv>be <adv>"
        r"(?P<done>[a-z-]{1,20}(?:ed|en|de|pt|ld|ne|nt|ht|un|et|ut))\b",
        SPEECH_CUES + " + be",
        "commitment",
        "The ministry confirmed that six boats would be delivered in May.",
        "The ministry confirmed that the boats were large.",
        needs_act=True,
        weight_otherwise=0.45,
        is_anchored=True,
    ),
    Rule(
        "said-would-begin",
        "somebody is reported to have said what will happen",
        0.6,
        r"\b<speech>(?: <any>)? (?:that )?[^.;:,]{1,110}? (?:would|will) <adv>(?:begin|start|"
        r"commence|open|resume|follow|arrive|take effect|enter into force|go into effect|"
        r"be (?:ready|available|complete|operational|in place|open))\b",
        SPEECH_CUES + " + would will",
        "commitment",
        "The ministry replied that publication would begin in January.",
        "The ministry replied that publication was late.",
        is_anchored=True,
    ),
    Rule(
        "we-shall",
        "our side says what it will do",
        0.9,
        r"<we> <adv>shall <adv>(?!be |not |see\b(?! that| to))<act>",
        "shall",
        "commitment",
        "We shall ask the chamber for its views.",
        "We shall be judged by it.",
        needs_act=True,
        weight_otherwise=0.5,
    ),
    Rule(
        "will-own",
        "our side, or both, say what they will do",
        0.86,
        r"<doer_own> <adv>(?:will|shall) <adv>(?:seek to |continue to |be "
        r"(?:able|ready|prepared|pleased|happy) to )?<adv>(?!likely|probably|not )<act>",
        "will shall",
        "commitment",
        "We will circulate a draft next week.",
        "We will.",
        needs_act=True,
        weight_otherwise=0.5,
    ),
    Rule(
        "will-other",
        "it says what the other side will do",
        0.65,
        r"<doer_them> <adv>(?:will|shall) <adv>(?:continue to )?<adv>(?!likely|probably|not )<act>",
        "will shall",
        "commitment",
        "The State Border Service will outline its needs.",
        "The ministry will.",
        needs_act=True,
        weight_otherwise=0.35,
    ),
    Rule(
        "will-third",
        "it says what somebody else will do",
        0.5,
        r"<doer_third> <adv>(?:will|shall) <adv>(?!likely|probably|not )<act>",
        "will shall",
        "commitment",
        "NATO will send an assessment team.",
        "NATO will.",
        needs_act=True,
        weight_otherwise=0.3,
    ),
    Rule(
        "and-will",
        "it says what somebody will do",
        0.65,
        r"\band (?:(?:unless|if) [^,;.]{3,60}? )?<adv>(?:will|shall) <adv>(?!likely|probably|not )"
        r"<act>",
        "will shall + and",
        "commitment",
        "The ministry accepted and will designate an officer.",
        "The ministry accepted and left.",
        needs_act=True,
        weight_otherwise=0.3,
        starts="and",
    ),
    Rule(
        "will-have-ready",
        "it says what somebody will have ready",
        0.65,
        r"(?:<doer>|\band) <adv>will <adv>have (?:[^.;:,]|,\d){3,90}? (?:ready|in hand|in place|"
        r"drawn up|sent|made|[a-z]{3,14}ed)\b",
        "will + have",
        "commitment",
        "The Embassy will have a summary ready by Monday.",
        "The Embassy will have a party.",
        starts="<any> and",
    ),
    Rule(
        "expects-to",
        "somebody expects to do something",
        0.55,
        r"<doer> <adv>(?:expects?|means?|anticipates) (?:to|[a-z]+ing) <adv>(?!be\b)<act>",
        "expects expect means mean anticipates",
        "commitment",
        "USAID now expects to field the team in January.",
        "USAID expects rain.",
        needs_act=True,
        weight_otherwise=0.35,
    ),
)
