"""Rules that pick a passage only as possible, so that little is missed.

Data only; see `model` for what the fields mean.
"""

from __future__ import annotations

from tracker.extract.rules.model import Rule

WEAK = (
    Rule(
        "weak-future",
        "it speaks of what is still ahead",
        0.3,
        r"\b(?:will|shall|going to|plans?|planned|intends?|scheduled|upcoming|expects?|expected) ",
        "will shall going plan plans planned intend intends scheduled upcoming expect expects "
        "expected",
        "weak",
        "Education will be central.",
        "It was late.",
    ),
    Rule(
        "weak-wish",
        "it speaks of a wish or a possible step",
        0.3,
        r"\b(?:would|could|should|must|need|needs|seeks?|seeking|wants?|hopes?|hoped|wish|wishes|"
        r"interest|interested|"
        r"encourag\w+|propos\w+|suggest\w*|request\w*|urg\w+|press|goal|objective|priority|"
        r"important|"
        r"opportunity|effort|efforts|desire|desired|helping|continue|continues|support) ",
        "would could should must need needs seek seeks seeking want wants hope hopes hoped "
        "wish wishes interest interested encourage encouraged encouraging encourages propose "
        "proposed proposal proposing suggest suggested suggests request requested requests "
        "urge urged urging press goal objective priority important opportunity effort efforts "
        "desire desired helping continue continues support",
        "weak",
        "Deeper cooperation could help.",
        "It was late.",
    ),
)
