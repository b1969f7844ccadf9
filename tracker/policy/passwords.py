"""Which passwords are taken: long ones that are neither common nor made of what all can know.

No clock, no files: the list of common passwords is passed in. After NIST SP 800-63B, 3.1.1.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

SHORTEST = 15
LONGEST = 256
FEWEST_DIFFERENT = 6
"""A password of fewer different characters is a pattern rather than a phrase."""
_ROWS = ("1234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_RUNS = tuple(run for row in _ROWS for run in (row, row[::-1]))
_LONGEST_KNOWN_RUN = 4


def password_fault(
    password: str, *, personal: Iterable[str] = (), common: Collection[str] = ()
) -> str | None:
    """Why this password cannot be taken, in a sentence; None where it can.

    ``personal`` are words that others know of the person (name, address); ``common`` is a list
    of passwords in the form that ``plain_form`` gives.
    """
    if len(password) < SHORTEST:
        return f"Use at least {SHORTEST} characters; three or four unrelated words make a good one."
    if len(password) > LONGEST:
        return f"Use at most {LONGEST} characters."
    plain = plain_form(password)
    if plain in common or _without_tail(plain) in common:
        return "This is one of the passwords that are tried first. Choose words of your own."
    if len(set(password.casefold())) < FEWEST_DIFFERENT or _is_repeated(plain):
        return "This repeats a few characters or one word. Choose several different words."
    if _is_mostly(password, plain, _without_runs(plain)):
        return "This follows the keys or the alphabet. Choose several unrelated words."
    if _is_mostly(password, plain, _without_words(plain, personal)):
        return "Others know these words of you. Choose words that have nothing to do with you."
    return None


def plain_form(text: str) -> str:
    """Without case, accents, spaces and signs, so that small changes do not hide a common one."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\W_]+", "", "".join(c for c in folded if not unicodedata.combining(c)))


def _without_tail(plain: str) -> str:
    """Without the digits that people add at the end: "…password2024"."""
    return re.sub(r"\d{1,8}$", "", plain)


def _is_repeated(plain: str) -> bool:
    """Whether it is one stretch of at most half its length over and over: "sunsunsunsun"."""
    doubled = (plain + plain)[1:-1]
    return plain in doubled


def _without_runs(plain: str) -> str:
    """What is left without runs along the keyboard, the alphabet or one key: "abcd", "8765"."""
    left, at = [], 0
    while at < len(plain):
        length = _run_at(plain, at)
        if length < _LONGEST_KNOWN_RUN:
            left.append(plain[at])
            at += 1
        else:
            at += length
    return "".join(left)


def _run_at(plain: str, at: int) -> int:
    """How many characters from ``at`` on follow one another on one of the rows."""
    best = 1
    while at + best < len(plain) and plain[at + best] == plain[at]:
        best += 1
    for run in _RUNS:
        length = 1
        while plain[at : at + length + 1] in run and at + length < len(plain):
            length += 1
        best = max(best, length)
    return best


def _without_words(plain: str, texts: Iterable[str]) -> str:
    """What is left without the words of ``texts`` and without the texts as a whole."""
    whole = list(texts)
    words = {plain_form(part) for text in whole for part in re.split(r"[\s@.,_-]+", text)}
    words |= set(map(plain_form, whole))
    for word in sorted((w for w in words if len(w) > 2), key=len, reverse=True):
        plain = plain.replace(word, "")
    return plain


def _is_mostly(password: str, plain: str, left: str) -> bool:
    """Whether taking something out of the plain form left too little, its signs counted once."""
    signs = {c for c in password if not c.isalnum() and not c.isspace()}
    return left != plain and len(left) + len(signs) <= SHORTEST // 2
