"""Rules for orders: imperatives, "please", labels, and what somebody is asked or may wish to do.

Data only; see `model` for what the fields mean.
"""

from __future__ import annotations

from tracker.extract.lexicon.words import ACTS
from tracker.extract.rules.model import Rule

ORDERS = (
    Rule(
        "is-requested",
        "somebody is asked or instructed to act",
        0.9,
        r"<doer> (?:<is>|will be) <adv>(?:hereby )?(?:requested|asked|instructed|directed|tasked|"
        r"invited|encouraged|urged|charged|required|obliged|authorized|mandated|assigned|"
        r"responsible|supposed) (?:to|for|with) <adv>"
        r"(?:<act>|<acting>)",
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
        starts="is are was were will has have",
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
        r"follow[- ]?ups?|to[- ]dos?|decisions?|commitments?|next steps?|"
        r"(?:suggested |possible |proposed )deliverables?)(?: (?:for|of|in|at|on) [^.;:]{1,50})? ?"
        r"(?:: ?|-- ?|- )<doer_listed> (?:(?:to|should|will|shall) |agrees? to )<adv><act>",
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
)
