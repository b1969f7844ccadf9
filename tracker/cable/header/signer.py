"""The signature: the name in capitals with which a cable ends. Nothing above it."""

from __future__ import annotations

import re

from tracker.cable.lines import Line, split_lines
from tracker.cable.model import Span

_WORD = r"(?:(?:MC|MAC|O'|D'|VAN |VON |DE |LA |DEL |ST\. ?)?[A-Z][A-Z'.-]+[A-Z])"
_NAME = re.compile(
    rf"(?:[A-Z]\.\s?){{0,2}}(?:DE LA |VAN DER |VAN DEN )?"
    rf"{_WORD}(?:\s+{_WORD}){{0,2}}(?:,? (?:JR|SR|III)\.?)?(?:\s?\(ACTING\))?$"
)
_RUN_IN = re.compile(r"(?:^|[.!?:)\"'-]\s*|\s)(" + _WORD + r")(?:\s+\1)?$")
_SMALL_NAME = re.compile(r"(?:Mc|Mac|O'|Van |De )?[A-Z][a-z]{2,15}(?:-[A-Z][a-z]{2,15})?$")
_NEVER = frozenset(
    str.split(
        """
        END ENDS UNQUOTE UNCLASSIFIED CONFIDENTIAL SECRET NOFORN SIPDIS BT COMMENT SUMMARY
        TEXT NNNN SENSITIVE NOTE AND THE OF OBJECTION DRAFT CLEARED USG NATO UNCLAS EXDIS
        LIMDIS NODIS NONE OMITTED TBD REGARDS THANKS BEST SINCERELY ENCLOSURE CLASSIFICATION
        PARAGRAPH MESSAGE CABLE DOCUMENT TRANSMISSION FOLLOWS TABLE ANNEX ATTACHMENT
        """
    )
)
_TRAILING = re.compile(r"^(?:[-=_*.#\s]+|N{3,4}|BT|#\d+|.*END OF DOCUMENT.*|END|PAGE \d+.*)$")
_BANNER = re.compile(
    r"^(?:T\s?O\s?P\s+)?(?:UNCLASSIFIED|CONFIDENTIAL|SECRET|S E C R E T|"
    r"C O N F I D E N T I A L|UNCLAS|"
    r"LIMITED OFFICIAL USE|SENSITIVE BUT UNCLASSIFIED|SBU)(?:\s*//?\s*[A-Z/ ]+)?$"
)
_LOOK_BACK = 1500


def find_signer(masked: str, body: int) -> tuple[str, Span] | None:
    """The signer and the place of the signature, None where the text ends otherwise.

    ``body`` is where the body begins: a header alone has no signature.
    """
    end = len(masked.rstrip())
    start = max(body, end - _LOOK_BACK)
    lines = [line for line in split_lines(masked, start, max(start, end)) if line.text]
    while lines and (_TRAILING.match(lines[-1].text) or _BANNER.match(lines[-1].text)):
        lines.pop()
    if not lines:
        return None
    last = lines[-1]
    text = last.text.rstrip(".\"' #")
    if (len(lines) > 1 or start == body) and (_is_name(text) or _is_small_name(text, lines)):
        return _once(text), (last.start, last.start + len(text))
    return _run_in(last.text, last.end)


def _is_name(text: str) -> bool:
    if len(text) > 50 or not _NAME.match(text):
        return False
    words = set(re.findall(r"[A-Z]+", text))
    return not words & _NEVER


def _is_small_name(text: str, lines: list[Line]) -> bool:
    """ "Tarn" alone below a finished text."""
    return (
        _SMALL_NAME.match(text) is not None
        and len(lines) > 1
        and lines[-2].text.endswith((".", '"', ")"))
        and text.upper() not in _NEVER
    )


def _once(text: str) -> str:
    words = text.split()
    half = len(words) // 2
    if len(words) % 2 == 0 and words[:half] == words[half:]:
        return " ".join(words[:half])
    return " ".join(words)


def _run_in(text: str, end: int) -> tuple[str, Span] | None:
    """A signature behind the last sentence on the same line."""
    tail = text[-80:]
    found = _RUN_IN.search(tail)
    if found is None or found[1] in _NEVER or len(found[1]) < 3:
        return None
    before = tail[: found.start(1)].rstrip()
    doubled = found.group().split().count(found[1]) > 1
    if not doubled and not before.endswith((".", "!", "?", '"', ")")):
        return None
    has_end = before.upper().endswith(("END COMMENT.", "END SUMMARY.", "END NOTE."))
    if not doubled and tail.isupper() and not has_end:
        return None
    begin = end - len(tail) + found.start(1)
    return found[1], (begin, end)
