"""Forms of the acts that rules know: "preparing" and "prepared" for "prepare".

Made from the word lists once; what a form means in a sentence is not decided here.
"""

from __future__ import annotations

from tracker.extract.lexicon.words import ACTS

_IRREGULAR = {
    "done": "do", "made": "make", "held": "hold", "given": "give", "taken": "take",
    "begun": "begin", "brought": "bring", "built": "build", "chosen": "choose", "drawn": "draw",
    "found": "find", "kept": "keep", "led": "lead", "met": "meet", "paid": "pay", "put": "put",
    "sent": "send", "set": "set", "sought": "seek", "spent": "spend", "told": "tell",
    "written": "write", "undertaken": "undertake", "dealt": "deal", "cut": "cut", "shown": "show",
}  # fmt: skip


def _forms_in_ing() -> dict[str, str]:
    forms: dict[str, str] = {}
    for act in ACTS:
        stem = act[:-1] if act.endswith("e") and not act.endswith(("ee", "oe")) else act
        forms[stem + "ing"] = act
        forms[act + act[-1] + "ing"] = act
    return forms


def _participles() -> dict[str, str]:
    forms = dict(_IRREGULAR)
    for act in ACTS:
        forms[act + ("d" if act.endswith("e") else "ed")] = act
        forms[act + act[-1] + "ed"] = act
        if act.endswith("y"):
            forms[act[:-1] + "ied"] = act
    return forms


DONE = _participles()
ACTING = _forms_in_ing()
