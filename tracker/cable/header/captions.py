"""Captions: the lines that say how a cable may be distributed. Not its classification."""

from __future__ import annotations

import re

_WORDS = {
    "SIPDIS", "NOFORN", "EXDIS", "NODIS", "LIMDIS", "STADIS", "SENSITIVE", "TERREP", "ORCON",
    "PROPIN", "NOCONTRACT", "AIDAC", "RODCA", "SPECAT", "LIMITED", "CHEROKEE", "EYESONLY", "CODEL",
    "FODAG", "TOFAA", "EAGLE", "NOFORN/SIPDIS", "RELIDO", "FOUO", "SIPIDS", "SBU",
}  # fmt: skip
_PHRASES = (
    "ROGER CHANNEL", "DISSENT CHANNEL", "MEDICAL CHANNEL", "DS CHANNEL", "CEDAR CHANNEL",
    "DIRECTOR GENERAL CHANNEL", "DG CHANNEL", "INSPECTOR GENERAL CHANNEL", "CORRECTED COPY",
    "NOT FOR INTERNET DISTRIBUTION", "SENSITIVE BUT UNCLASSIFIED", "FOR OFFICIAL USE ONLY",
    "EYES ONLY", "LIMITED OFFICIAL USE", "NOT FOR INTERNET PUBLICATION",
    "PLEASE PROTECT ACCORDINGLY",
    "NO FOREIGN DISSEMINATION",
)  # fmt: skip
_NAMES = {
    "SENSITIVE BUT UNCLASSIFIED": "SENSITIVE", "SBU": "SENSITIVE", "FOUO": "FOR OFFICIAL USE ONLY",
    "SIPIDS": "SIPDIS", "EYESONLY": "EYES ONLY", "NO FOREIGN DISSEMINATION": "NOFORN",
}  # fmt: skip
_PHRASE = re.compile(r"\b(?:" + "|".join(map(re.escape, _PHRASES)) + r")\b")
_SPACED = re.compile(r"\b(?:[A-Z] ){3,}[A-Z]\b")  # "S I P D I S", "C O R R E C T E D"


def read_captions(text: str) -> list[str] | None:
    """The captions of a line that holds nothing else, None where it holds something else."""
    if not text or len(text) > 120:
        return None
    left = _SPACED.sub(lambda found: found.group().replace(" ", ""), text.upper())
    phrases = [found.group() for found in _PHRASE.finditer(left)]
    words = re.split(r"[\s,/;.:&()-]+", _PHRASE.sub(" ", left).strip(" .,/;:-()"))
    words = [word for word in words if word]
    if not (phrases or words) or any(word not in _WORDS for word in words):
        return None
    found = sorted([*phrases, *words], key=left.find)
    return list(dict.fromkeys(_NAMES.get(name, name) for name in found))


def is_caption_line(text: str) -> bool:
    """A line holds captions and nothing else, in capitals."""
    return text.isupper() and read_captions(text) is not None
