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
        "",
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
        "",
        "would could should must need needs seek seeks seeking want wants hope hopes hoped "
        "wish wishes interest interested encourage encouraged encouraging encourages propose "
        "proposed proposal proposing suggest suggested suggests request requested requests "
        "urge urged urging press goal objective priority important opportunity effort efforts "
        "desire desired helping continue continues support ready asked ask asks accepted promised "
        "agreed committed prepared willing appealed called pressed raised sought agree commit "
        "offer offered undertook instructed tasked directed deadline pending outstanding action "
        "follow-up consider considering explore exploring await awaits urgently assist",
        "weak",
        "Deeper cooperation could help.",
        "It was late.",
    ),
)
