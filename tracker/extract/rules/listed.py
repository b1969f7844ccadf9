"""Rules for elements of lists: bullets, "(a) …; (b) …", lines under "Next steps".

Data only; their pattern is tried at the beginning of an element, see `candidates`.
"""

from __future__ import annotations

from tracker.extract.rules.model import Rule

LISTED = (
    Rule(
        "listed-act",
        "an element of a list that begins with an act",
        0.85,
        r"^(?:\(?\w{1,3}\) ?)?(?:to |and |also |please |not to |then "
        r")*<adv>(?!thank you)(?P<act>[a-z][a-z-]{1,20})\b",
        "",
        "inherit",
        "provide a list of participants;",
        "the list of participants",
        needs_act=True,
        weight_otherwise=0.0,
    ),
    Rule(
        "listed-doing",
        "an element of a list that begins with an act",
        0.75,
        r"^(?:\(?\w{1,3}\) ?)?(?:by |and )*<adv><acting>",
        "",
        "inherit",
        "strengthening the preamble",
        "The preamble is long.",
    ),
    Rule(
        "listed-doer",
        "a doer with an act, in a list",
        0.85,
        r"^(?:\(?\w{1,3}\) ?)?(?:for )?<doer_listed>(?: ?(?::|-|--) ?(?:to )?| (?:to|should|"
        r"will|shall) )<adv><act>",
        "",
        "action",
        "Embassy to prepare a draft by June 1.",
        "Embassy of Ruritania.",
        needs_act=True,
        weight_otherwise=0.0,
    ),
    Rule(
        "listed-subjunctive",
        "one of ours with an act, in a list",
        0.8,
        r"^(?:\(?\w{1,3}\) ?)?(?:that )?<doer_addressee> (?:also |then )?<act> ",
        "",
        "action",
        "Embassy Zenda speak to the minister.",
        "Embassy staff left.",
        needs_act=True,
        weight_otherwise=0.0,
    ),
    Rule(
        "listed-thing",
        "an element of a list whose lead-in announces steps",
        0.65,
        r"^(?:\(?\w{1,3}\) ?)?(?:and )?(?:an?|the|this|that|further|more|new|joint|next|possible|"
        r"additional|enhance\w*|"
        r"[a-z-]+|<any>(?=:|'s)(?:'s)?:?|"
        r"<any>(?= (?!(?:is|are|was|were|has|have|had|will|would|could|should|to|and|or|said|also|"
        r"[a-z]+ed|[a-z]+s)\b)[a-z-]+ (?:<any> |[a-z-]+ )?[a-z-]+ (?:in|on|for|of|at|to|by)\b)) ",
        "",
        "inherit",
        "enhancement of civil society involvement",
        "1.",
    ),
)
