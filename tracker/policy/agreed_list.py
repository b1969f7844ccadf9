"""What the shared edition of an agreed list says, its canonical form and hash, and how two
versions differ word by word. Neither clock nor database, and nothing of either side's own.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from tracker.policy.errors import InvalidInput

FORMAT = "agreed-list/1"
LONGEST_TEXT = 2000
LONGEST_NAME = 200
_HIDDEN_KINDS = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_HIDDEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Fillers that Unicode counts among letters, marks and symbols, and that show nothing."""
_JOINERS = "\u200c\u200d"
"""What Persian and the scripts of India need inside a word."""


@dataclass(frozen=True, slots=True)
class AgreedItem:
    """One item as both sides read it. ``number`` is the list's own; ``agenda`` a label of the
    meeting's agenda, None where it stands under no item."""

    number: int
    text: str
    responsible: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    due_on: dt.date | None = None
    agenda: str | None = None


@dataclass(frozen=True, slots=True)
class AgreedContent:
    """All that both sides approve: nothing else is hashed, and nothing else is shared."""

    dialogue: str
    parties: tuple[str, ...]
    meeting: int
    starts_on: dt.date | None
    ends_on: dt.date | None
    version: int
    marking: str
    items: tuple[AgreedItem, ...]

    def find_item(self, number: int) -> AgreedItem | None:
        """The item of that number; None where the list has none."""
        return next((item for item in self.items if item.number == number), None)


def agreed_text_of(text: str) -> str:
    """A text as an agreed list holds it: composed (NFC), on one line, single spaces.

    Raises InvalidInput (field "text") for an empty or overlong one, and for characters that do
    not show or turn the reading direction: both sides must see all that they approve.
    """
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    if not plain:
        raise InvalidInput("Write what was agreed.", "text")
    if len(plain) > LONGEST_TEXT:
        raise InvalidInput(f"An agreed text has at most {LONGEST_TEXT:,} characters.", "text")
    if has_hidden_characters(plain):
        raise InvalidInput("The text holds characters that cannot be seen. Type it anew.", "text")
    return plain


def agreed_name_of(name: str) -> str:
    """An owner's name as an agreed list holds it, alike. Raises InvalidInput (field "owners")."""
    plain = " ".join(unicodedata.normalize("NFC", name).split())
    if not plain or len(plain) > LONGEST_NAME:
        raise InvalidInput(f"A name has at most {LONGEST_NAME} characters, and one.", "owners")
    if has_hidden_characters(plain):
        raise InvalidInput(
            "An owner's name holds characters that cannot be seen. Type it anew.", "owners"
        )
    return plain


def has_hidden_characters(text: str) -> bool:
    """Whether a text holds what nobody sees, or what turns its reading direction."""
    padded = f" {text} "
    return any(
        char in _HIDDEN or unicodedata.category(char) in _HIDDEN_KINDS
        for before, char, after in zip(padded, padded[1:], padded[2:], strict=False)
        if not (char in _JOINERS and _is_in_word(before) and _is_in_word(after))
    )


def _is_in_word(char: str) -> bool:
    return unicodedata.category(char)[0] in "LM"


def to_json(content: AgreedContent) -> dict[str, Any]:
    """The content as JSON values; days are ISO 8601."""
    return {
        "format": FORMAT,
        "dialogue": content.dialogue,
        "parties": list(content.parties),
        "meeting": content.meeting,
        "starts_on": _iso(content.starts_on),
        "ends_on": _iso(content.ends_on),
        "version": content.version,
        "marking": content.marking,
        "items": [
            {
                "number": item.number,
                "text": item.text,
                "responsible": list(item.responsible),
                "owners": list(item.owners),
                "due_on": _iso(item.due_on),
                "agenda": item.agenda,
            }
            for item in content.items
        ],
    }


def from_json(stored: Mapping[str, Any]) -> AgreedContent:
    """The content again, from what ``to_json`` gave."""
    return AgreedContent(
        dialogue=stored["dialogue"],
        parties=tuple(stored["parties"]),
        meeting=stored["meeting"],
        starts_on=_day(stored["starts_on"]),
        ends_on=_day(stored["ends_on"]),
        version=stored["version"],
        marking=stored["marking"],
        items=tuple(
            AgreedItem(
                number=item["number"],
                text=item["text"],
                responsible=tuple(item["responsible"]),
                owners=tuple(item["owners"]),
                due_on=_day(item["due_on"]),
                agenda=item["agenda"],
            )
            for item in stored["items"]
        ),
    )


def canonical_json(value: Any) -> bytes:
    """The one way to write these values, after RFC 8785: keys in the order of their UTF-16 code
    units, no spaces, UTF-8, only what must be is escaped. Raises ValueError for a number with a
    fraction, whose form the RFC takes from ECMAScript and this list never has."""
    return _write(value).encode()


def hash_of(value: Any) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def _write(value: Any) -> str:
    if isinstance(value, float):
        raise ValueError("an agreed list holds whole numbers only")
    if isinstance(value, Mapping):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{_write(key)}:{_write(value[key])}" for key in keys) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_write, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def verify_export(exported: Any) -> list[str]:
    """What is wrong with an exported list, a sentence a fault; none where it is as it was
    exported: the hash is that of the list, every approval is of that hash and of one of its
    parties, and a list that says it is frozen has them all. Who approved is what the file says:
    only a hash that a person knows from elsewhere, such as a printed one, proves the text.

    Raises InvalidInput for what is no exported list.
    """
    if not isinstance(exported, Mapping) or not isinstance(exported.get("list"), Mapping):
        raise InvalidInput("This is not an agreed list that the tracker exported as JSON.")
    try:
        found = hash_of(exported["list"])
        content = from_json(exported["list"])
        is_list = to_json(content) == exported["list"]
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
        is_list = False
    if not is_list:
        return ["The list holds values that no agreed list has."]
    faults = _faults_of_approvals(exported, content.parties)
    if exported.get("sha256") != found:
        faults.append(f"The list was changed: it says {exported.get('sha256')}, but it is {found}.")
    faults.extend(
        f"{approval.get('party')} approved something else."
        for approval in _approvals(exported)
        if approval.get("sha256") != found
    )
    return faults


def _faults_of_approvals(exported: Mapping[str, Any], parties: Sequence[str]) -> list[str]:
    found = exported.get("approvals")
    if not isinstance(found, list) or not all(isinstance(entry, Mapping) for entry in found):
        return ["The approvals are not those that the tracker writes."]
    named = [str(entry.get("party")) for entry in found]
    faults = [f"{name} is no party to this list." for name in dict.fromkeys(named)
              if name not in parties]  # fmt: skip
    faults += [f"{name} approves more than once." for name in parties if named.count(name) > 1]
    if exported.get("state") == "frozen":
        faults += [f"The approval of {name} is missing." for name in parties if name not in named]
    return faults


def parties_of(exported: Mapping[str, Any]) -> list[str]:
    """Who has approved an exported list, as it says."""
    return [str(approval.get("party")) for approval in _approvals(exported)]


def _approvals(exported: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = exported.get("approvals")
    entries = found if isinstance(found, list) else []
    return [entry for entry in entries if isinstance(entry, Mapping)]


Mark = Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words that both versions have, that only the old or that only the new one has."""

    mark: Mark
    text: str


def compare_words(before: str, after: str) -> list[Words]:
    """Two texts word by word, in reading order; what is gone stands before what is new."""
    old, new = before.split(), after.split()
    found: list[Words] = []
    for _, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[i:j] == new[k:m]:
            found.append(Words("same", " ".join(old[i:j])))
            continue
        if i < j:
            found.append(Words("gone", " ".join(old[i:j])))
        if k < m:
            found.append(Words("new", " ".join(new[k:m])))
    return found


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """How an item differs between two versions; ``fields`` are those that do, by name, each as
    runs of words. ``how`` is "added", "dropped" or "changed"."""

    number: int
    how: Literal["added", "dropped", "changed"]
    fields: dict[str, list[Words]]


def compare_lists(before: AgreedContent, after: AgreedContent) -> list[ItemDifference]:
    """The items that differ, by number."""
    old = {item.number: item for item in before.items}
    new = {item.number: item for item in after.items}
    found: list[ItemDifference] = []
    for number in sorted(old.keys() | new.keys()):
        one, other = _fields(old.get(number)), _fields(new.get(number))
        changed = {name: compare_words(one[name], other[name]) for name in one
                   if one[name] != other[name]}  # fmt: skip
        if changed:
            how: Literal["added", "dropped", "changed"] = "changed"
            if number not in old or number not in new:
                how = "added" if number in new else "dropped"
            found.append(ItemDifference(number, how, changed))
    return found


def _fields(item: AgreedItem | None) -> dict[str, str]:
    """What a person compares, each in words."""
    if item is None:
        return {"text": "", "responsible": "", "owners": "", "due_on": "", "agenda": ""}
    return {
        "text": item.text,
        "responsible": ", ".join(item.responsible),
        "owners": ", ".join(item.owners),
        "due_on": f"{item.due_on.day} {item.due_on:%B %Y}" if item.due_on else "no date",
        "agenda": item.agenda or "",
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
