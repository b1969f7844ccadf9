"""Rules for what a party promised, agreed, planned or said it would do.

Data only; see `model` for what the fields mean.
"""

from __future__ import annotations

from tracker.extract.rules.model import SPEECH_CUES, Rule

_AGREE = (
    r"(?:agreed|promised|pledged|undertook|undertaken|committed(?: (?:itself|themselves|himself|"
    r"herself|us))?|vowed|consented|volunteered|offered|decided|resolved|arranged|guaranteed|"
    r"accepted|concurred|assented|elected|swore|determined|opted)"
)
_AGREE_CUES = (
    "agreed promised pledged undertook undertaken committed vowed consented volunteered "
    "offered decided resolved arranged guaranteed accepted concurred assented elected "
    "swore determined opted"
)
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
        "agreed-to",
        "a promise or an agreement is reported",
        0.9,
        rf"\b{_AGREE}(?= |, ) ?(?:in principle )?(?:, ?in principle, ?)?"
        r"(?:, (?:however|though|nonetheless|finally|in the end|in turn|too|for \w+ part|"
        r"(?:after|in|at|when|during|before|on) [^,;]{1,50}), )?<adv>"
        r"(?:(?:last|this) \w+ |on [\w ]{1,14} |in "
        r"\w+ |"
        r"earlier |again |with <any> )?(?:to|upon) (?!<any> |disagree|the |a |an |be )<adv><act>",
        _AGREE_CUES,
        "commitment",
        "The delegation agreed to prepare a written response.",
        "They agreed with our views.",
        needs_act=True,
        weight_otherwise=0.7,
        is_anchored=True,
    ),
    Rule(
        "agreed-telegraphic",
        "a promise or an agreement is reported",
        0.8,
        r"<doer> (?:agreed|undertook|promised|offered) <adv><act> (?!will|would|should|could|"
        r"must|is|are|was|were)",
        "agreed undertook promised offered",
        "commitment",
        "MINISTRY AGREED FURNISH A COPY OF THE PLAN.",
        "The ministry agreed with us.",
        needs_act=True,
        weight_otherwise=0.0,
    ),
    Rule(
        "committed-other",
        "somebody was committed to act",
        0.92,
        r"\b(?:committed|commit|obliged|bound) <doer_obl> to <adv><act>",
        "committed commit obliged bound",
        "commitment",
        "The minister committed the ministry to pay half of the cost.",
        "The minister committed a crime.",
        needs_act=True,
        weight_otherwise=0.5,
        is_anchored=True,
    ),
    Rule(
        "did-agree",
        "a promise or an agreement is reported",
        0.9,
        r"\bdid(?:, (?:however|though|nonetheless|finally|in the end),)? <adv>(?:agree|promise|"
        r"pledge|undertake|consent|volunteer|offer|accept|commit(?: (?:itself|himself|herself|"
        r"themselves))?) <adv>to (?!the |a |an )<act>",
        "did",
        "commitment",
        "The ministry did, however, agree to send a list.",
        "The ministry did not agree to a list.",
        needs_act=True,
        weight_otherwise=0.6,
        is_anchored=True,
    ),
    Rule(
        "agreed-on-terms",
        "an agreement is reported",
        0.55,
        r"<doer_named> <adv>(?:agreed|accepted|consented|assented|concurred)(?: to this| to do so|"
        r" to the (?:request|proposal|suggestion)| in principle| with thanks)?(?:, (?:subject to|"
        r"provided|pending|on condition|but asked|with the proviso)|(?<!agreed)(?<!accepted)"
        r"(?<!consented)(?<!assented)(?<!concurred)\.?$)",
        "agreed accepted consented assented concurred",
        "commitment",
        "The minister agreed, subject to approval by the cabinet.",
        "The minister agreed.",
    ),
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
        r"have|need|want|benefit|support|help|require|include|become|remain|mean|cost|not\b)<act>|"
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
        r"<doer> (?:would|will), <any> <adv>(?:<speech>), <adv><act>",
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
    ),
    Rule(
        "agreed-that",
        "it was agreed that something will be done",
        0.85,
        rf"\b{_AGREE},? <adv>(?:in principle )?(?:that <doer>"
        r"(?!(?: (?:on|of|for|in) \w+(?: \w+)?)? (?:(?:will|would|should|shall|could) )?"
        r"be \w+(?:ed|en|de|pt|ld|ne|nt|ht|un|et|ut)"
        r"\b)|that|<any>) "
        r"[^.;]{0,160}?"
        r"\b(?:will|would|should|shall|could|must|be|to)\b",
        _AGREE_CUES,
        "commitment",
        "The sides agreed that they will meet in March.",
        "They agreed that the talks had been useful.",
        is_anchored=True,
    ),
    Rule(
        "agreed-on",
        "an agreement on something is reported",
        0.75,
        rf"(?<!is )(?<!are )(?<!was )(?<!were )(?<!ly )\b(?:(?!accepted|offered|arranged){_AGREE}|"
        r"settled|fixed|converged) (?:on|upon|to|in principle on|in principle to) "
        r"(?!the spot|disagree)",
        _AGREE_CUES + " settled fixed converged",
        "commitment",
        "Both sides agreed on technical meetings.",
        "They agreed with our views.",
        is_anchored=True,
    ),
    Rule(
        "agreed-list",
        "it announces what was agreed",
        0.6,
        r"\b(?:agreed|decided|resolved|concluded|recorded|read|adopted|undertook|settled)"
        r"[^.;:]{0,40}? (?:as follows|the following|on the following|these points)\b|"
        r"\bthe following (?:\w+ ){0,3}(?:was|were) <adv>(?:agreed|decided|recorded|adopted)",
        "agreed decided resolved concluded recorded read adopted undertook settled following "
        "+ follows following points",
        "step",
        "The delegations agreed as follows:",
        "They agreed with the speaker.",
    ),
    Rule(
        "reached-agreement",
        "an agreement is reported",
        0.85,
        r"\b(?:reached|came to|struck|arrived at|concluded|achieved) (?:an? |the )?(?:\w+ "
        r")?(?:agreement|"
        r"understanding|consensus|deal|compromise) (?:to|on|that|under)",
        "reached came struck arrived concluded achieved",
        "commitment",
        "The sides reached agreement to conclude the talks by July.",
        "They reached the capital on Monday.",
        is_anchored=True,
    ),
    Rule(
        "promised-thing",
        "a promise or an offer is reported",
        0.7,
        r"\b(?:promised|pledged|offered|guaranteed|volunteered) (?:<any> )?(?!to\b|that\b|"
        r"by\b)[a-z]",
        "promised pledged offered guaranteed volunteered",
        "commitment",
        "The ministry promised a written response.",
        "They were promised.",
        is_anchored=True,
    ),
    Rule(
        "agreed",
        "an agreement is reported",
        0.45,
        rf"\b{_AGREE}\b(?! with)",
        _AGREE_CUES,
        "commitment",
        "The two sides agreed there was an imbalance.",
        "They agreed with our views.",
        is_anchored=True,
    ),
    Rule(
        "was-agreed",
        "it was agreed to do something",
        0.9,
        r"\b(?:it|this|that) <is> <adv>(?:agreed|decided|resolved|determined|left|"
        r"settled|understood|arranged) (?:that (?:<doer> <adv>(?:would|will|should|shall) "
        r"(?!be \w+(?:ed|en|de|pt|ld|ne|nt|ht|un|et|ut)\b))?|to )|"
        r"\b(?:sides|parties|delegations|<both>) <adv>(?:undertook|resolved|agreed)\b",
        "agreed decided resolved undertook determined left settled understood arranged",
        "joint_commitment",
        "It was agreed that a list be drawn up.",
        "It was a good talk.",
    ),
    Rule(
        "said-would",
        "somebody is reported to have said what will be done",
        0.85,
        rf"\b<speech>(?: <any>)? ?(?:, [^,]{{1,60}}, )?(?:in [^,.;:]{{1,30}} |on [^,.;:]{{1,30}} )?"
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
        r"(?P<done>[a-z-]{2,20}(?:ed|en|de|pt|ld|ne|nt|ht|un|et|ut))\b",
        SPEECH_CUES + " + be",
        "commitment",
        "The ministry confirmed that six boats would be delivered in May.",
        "The ministry confirmed that the boats were large.",
        needs_act=True,
        weight_otherwise=0.45,
        is_anchored=True,
    ),
    Rule(
        "we-shall",
        "our side says what it will do",
        0.9,
        r"<we> <adv>shall <adv>(?!be |not )<act>",
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
        "accepted-proposal",
        "a proposal was accepted",
        0.7,
        r"<doer> <adv><have><adv>(?:accepted|approved|endorsed|welcomed|embraced|supported|"
        r"responded positively to|reacted positively to|agreed with) (?:the |our |this |that |"
        r"<any> ?)?"
        r"(?:\w+ ){0,3}(?:proposals?|offers?|suggestions?|invitations?|requests?|"
        r"recommendations?)",
        "accepted approved endorsed welcomed embraced supported responded reacted agreed",
        "commitment",
        "The minister accepted the invitation to visit.",
        "The minister accepted the award.",
    ),
)
