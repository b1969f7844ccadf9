"""Portion marks and levels of classification: how they are written and which is the higher.

What people may see because of them is decided elsewhere (policy), never here.
"""

from __future__ import annotations

import re

LEVELS = {"U": 0, "SBU": 1, "LOU": 2, "C": 3, "S": 4, "TS": 5}
CLASSIFIED = LEVELS["C"]
FULL_NAMES = {
    "UNCLASSIFIED": "U",
    "SENSITIVE BUT UNCLASSIFIED": "SBU",
    "LIMITED OFFICIAL USE": "LOU",
    "CONFIDENTIAL": "C",
    "SECRET": "S",
    "TOP SECRET": "TS",
}

_LEVEL = re.compile(  # "C", "S", "SBU", "UNCLAS": the level at the head of a mark without blanks
    r"(TOPSECRET|TS|SECRET|SENSITIVEBUTUNCLASSIFIED|SBU|S|CONFIDENTIAL|C|UNCLASSIFIED|UNCLAS|U|"
    r"LIMITEDOFFICIALUSE|LOU|FOUO)(?=$|[/,;-]|REL|NF|NOFORN)"
)
_LEVEL_NAMES = {
    "TOPSECRET": "TS", "SECRET": "S", "SENSITIVEBUTUNCLASSIFIED": "SBU", "CONFIDENTIAL": "C",
    "UNCLASSIFIED": "U", "UNCLAS": "U", "LIMITEDOFFICIALUSE": "LOU", "FOUO": "U//FOUO",
}  # fmt: skip
_CAVEATS = {
    "NF": "NF", "NOFORN": "NF", "FOUO": "FOUO", "FOROFFICIALUSEONLY": "FOUO", "REL": "REL",
    "OC": "OC", "ORCON": "OC", "PR": "PR", "PROPIN": "PR", "RELIDO": "RELIDO", "EXDIS": "XD",
    "XD": "XD", "NODIS": "ND", "ND": "ND", "SBU": "SBU", "SI": "SI", "HCS": "HCS", "TK": "TK",
    "FGI": "FGI", "NATO": "NATO", "LES": "LES", "EYESONLY": "EYES ONLY", "LIMDIS": "LIMDIS",
}  # fmt: skip
_RELEASE = re.compile(r"REL(?:TO)?([A-Z]{2,20}(?:[,/;&][A-Z]{2,20})*)?$")  # "RELTOUSA,GBR"
_CONTROL = re.compile(r"[A-Z-]{2,20}$")  # A handling control that this list does not know: "FRD"

# A portion mark as printed: "(C)", "( S//NF )", "(C-REL TO USA, GBR)", "[C]".
# A list of countries may be long, and broken at the end of a line.
PORTION = re.compile(r"[(\[{]\s{0,3}([A-Za-z][A-Za-z/,;&\s-]{0,300}?)\s{0,3}[)\]}]")

# Letters of other scripts that look like those of a mark.
_LOOKALIKES = str.maketrans("СЅТВАМНОРЕХІСΤΒυ", "CSTBAMHOPEXICTBu")
_LOOKALIKE_PORTION = re.compile(r"[(\[{]\s{0,3}([^\s()\[\]{}]{1,8})\s{0,3}[)\]}]")


def read_portion(content: str) -> str | None:
    """The short form of what stands between the brackets ("S/NF" is ``S//NF``), None if no mark."""
    squeezed = re.sub(r"\s+", "", content).upper()
    found = _LEVEL.match(squeezed)
    if found is None:
        return None
    level = _LEVEL_NAMES.get(found[1], found[1])
    rest = squeezed[found.end() :]
    # After "//" stands a control and nothing else, so an unknown one does not undo the level.
    keeps_unknown = rest.startswith("//") and content == content.upper()
    caveats = _read_caveats(rest.lstrip("/-,;"), keeps_unknown=keeps_unknown)
    return None if caveats is None else "//".join([level, *caveats])


def _read_caveats(rest: str, *, keeps_unknown: bool) -> list[str] | None:
    caveats: list[str] = []
    while rest:
        release = _RELEASE.match(rest)
        if release is not None:
            to = release[1]
            caveats.append("REL TO " + ", ".join(re.split(r"[,/;&]", to)) if to else "REL")
            break
        word, _, rest = re.sub(r"[-,;]", "/", rest, count=1).partition("/")
        rest = rest.lstrip("/")
        known = _CAVEATS.get(word)
        if known is None and not (keeps_unknown and _CONTROL.match(word)):
            return None
        caveats.append(known or word)
    return caveats


def lookalike_portion(text: str) -> str | None:
    """The mark that the start of ``text`` only looks like ("(С)" with a Cyrillic letter)."""
    found = _LOOKALIKE_PORTION.match(text)
    if found is None or found[1].isascii():
        return None
    return read_portion(found[1].translate(_LOOKALIKES))


def level_of(marking: str) -> int:
    """Where a short form stands on the ladder; an unknown one counts as unclassified."""
    return LEVELS.get(marking.partition("//")[0], 0)


def join(first: str, second: str) -> str:
    """The higher level of two short forms with the caveats of both."""
    higher, lower = (first, second) if level_of(first) >= level_of(second) else (second, first)
    parts = higher.split("//")
    parts += [caveat for caveat in lower.split("//")[1:] if caveat not in parts]
    return "//".join(parts)


def short_form(classification: str | None, captions: tuple[str, ...]) -> str:
    """What holds for an unmarked portion: "C" in a confidential document, "SBU" in an unclassified
    one captioned SENSITIVE, else "U"."""
    if classification is None:
        return "SBU" if "SENSITIVE" in captions else "U"
    level, *caveats = classification.split("//")
    short = FULL_NAMES.get(level, "U")
    if short == "U" and "SENSITIVE" in captions:
        short = "SBU"
    known = [_CAVEATS.get(re.sub(r"\s+", "", caveat)) for caveat in caveats]
    release = [c for c in caveats if c.startswith("REL TO")]
    return "//".join([short, *filter(None, known), *release])
