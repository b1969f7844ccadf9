"""Rules for what parties agreed, promised or accepted.

Data only; see `model` for what the fields mean.
"""

from __future__ import annotations

from tracker.extract.rules.model import Rule

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

AGREEMENTS = (
    Rule(
        "agreed-to",
        "a promise or an agreement is reported",
        0.9,
        rf"\b{_AGREE}(?= |, ) ?(?:in principle )?(?:, ?in principle, ?)?"
        r"(?:, (?:however|though|nonetheless|finally|in the end|in turn|too|for \w+ part|"
        r"(?:after|in|at|when|during|before|on) [^,;]{1,50}), )?<adv>"
        r"(?:(?:last|this) \w+ |on [\w ]{1,14} |in "
        r"\w+ |"
        r"earlier |again |with <any> )?(?:to|upon) "
        r"(?!<any> |disagree|the |a |an |be |at |in |on |by |with )<adv><act>",
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
        "agreed-that",
        "it was agreed that something will be done",
        0.85,
        rf"\b{_AGREE},? <adv>(?:in principle )?(?:that <doer>"
        r"(?! (?:(?:will|would|should|shall|could|must) )?(?:also )?(?:grow|remain|include|cover|"
        r"consist|last|number|increase)\b)"
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
        rf"(?<!is )(?<!are )(?<!was )(?<!were )(?<!ly )\b(?:"
        rf"(?!accepted|offered|arranged|elected){_AGREE}|"
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
        r"\b(?<!the )(?<!its )(?<!a )(?<!their )(?<!had been )(?:promised|pledged|offered|"
        r"guaranteed|volunteered) (?:<any> )?(?!to\b|that\b|"
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
