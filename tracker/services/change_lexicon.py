"""Changes an installation's lexicon.txt: switches a rule off or on, adds names and phrases.

Every other line and comment stays as it is, and a file is never left half-written or unreadable.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker.extract import Lexicon, LexiconError, read_lexicon
from tracker.extract.rules import RULES
from tracker.policy.errors import Conflict, InvalidInput, NotAllowed, NotFound, Unavailable
from tracker.policy.names import has_control_characters
from tracker.policy.statuses import date_in_words
from tracker.policy.visibility import Actor
from tracker.services.installation_lexicon import (
    FILE_NAME,
    is_known_phrase,
    party_of_office,
    read_installation_lexicon,
)

SORTS = {"party": "A party's name", "office": "An office or person", "phrase": "A phrase"}
MAX_FORM = 200
_MAX_LINE = 1_500
_LOCK_NAME = ".lexicon.lock"
_ADDITION = re.compile(r"\s*(?:party|office|phrase)\s*:", re.IGNORECASE)


def disable_rule(instance: Path, rule_id: str, *, actor: Actor, now: dt.datetime) -> None:
    """Makes a rule pick nothing from the next import on. Raises NotAllowed, NotFound for a rule
    that does not exist, Conflict where it is off already."""
    _require_right(actor)
    _require_rule(rule_id)

    def change(text: str, lexicon: Lexicon) -> str:
        if rule_id in lexicon.disabled:
            raise Conflict(f"The rule {rule_id} is switched off already.")
        return _with_line(text, f"disable: {rule_id}", actor, now)

    _rewrite(instance, change)


def enable_rule(instance: Path, rule_id: str, *, actor: Actor, now: dt.datetime) -> None:
    """Lets a rule pick again: its line becomes a comment. Raises NotAllowed, or Conflict where it
    is not switched off."""
    _require_right(actor)

    def change(text: str, lexicon: Lexicon) -> str:
        if rule_id not in lexicon.disabled:
            raise Conflict(f"The rule {rule_id} is not switched off.")
        line = re.compile(rf"[ \t]*disable[ \t]*:[ \t]*{re.escape(rule_id)}[ \t]*(?:#.*)?", re.I)
        note = f"# {_signed('on again', actor, now)}: "
        return "".join(
            note + one if line.fullmatch(one.rstrip("\r\n")) else one
            for one in text.splitlines(keepends=True)
        )

    _rewrite(instance, change)


def add_forms(
    instance: Path, sort: str, name: str, forms: list[str], *, actor: Actor, now: dt.datetime
) -> None:
    """Adds forms that mean a party, an office's party ("own" for ours) or a phrase that the rules
    know. Raises NotAllowed, InvalidInput with the field at fault, or Conflict where a form means
    something else already."""
    _require_right(actor)
    name, forms = name.strip(), [form.strip() for form in forms if form.strip()]
    _check_forms(sort, name, forms)

    def change(text: str, lexicon: Lexicon) -> str:
        _require_effect(sort, name, lexicon)
        written = (party_of_office(name, lexicon) or name) if sort == "office" else name
        known = {"party": lexicon.parties, "office": lexicon.offices, "phrase": lexicon.phrases}
        is_phrase = sort == "phrase"
        wanted = [form for form in forms if _is_new(form, written, known[sort], is_phrase)]
        if not wanted:
            raise Conflict("All of that is in the file already; nothing was changed.")
        return _with_line(text, f"{sort}: {written} = {', '.join(wanted)}", actor, now)

    _rewrite(instance, change)


def remove_line(instance: Path, line: str, *, actor: Actor, now: dt.datetime) -> None:
    """Takes back a line that adds names or phrases: it becomes a comment. Raises NotAllowed, or
    Conflict where the file holds no such line any more."""
    _require_right(actor)

    def change(text: str, _lexicon: Lexicon) -> str:
        lines = text.splitlines(keepends=True)
        at = next((n for n, one in enumerate(lines) if one.strip() == line.strip()), None)
        if at is None or not is_addition(line):
            raise Conflict("That is not in the file any more; nothing was changed.")
        lines[at] = f"# {_signed('removed', actor, now)}: {lines[at]}"
        return "".join(lines)

    _rewrite(instance, change)


def additions(text: str) -> list[str]:
    """The lines of a file that add names or phrases, as they stand."""
    return [line.strip() for line in text.splitlines() if is_addition(line)]


def is_addition(line: str) -> bool:
    """Whether a line adds names or phrases, rather than a comment or a rule switched off."""
    return _ADDITION.match(line) is not None


def _require_effect(sort: str, name: str, lexicon: Lexicon) -> None:
    """Refuses what no cable would be read differently for."""
    if sort == "phrase" and not is_known_phrase(name):
        raise InvalidInput(
            f"No rule knows “{name}”, so this would change nothing. Write a phrase of the rules, "
            "as in their examples on this page.",
            "name",
        )
    if sort == "office" and party_of_office(name, lexicon) is None:
        raise InvalidInput(
            f"No party is called {name}. Add it as a party's name first, or write “own” for ours.",
            "name",
        )


def _is_new(form: str, name: str, known: dict[str, str], is_phrase: bool) -> bool:
    if is_phrase:
        form, name = form.lower(), name.lower()
    if form in known and known[form] != name:
        raise Conflict(f"“{form}” means {known[form]} already. Change that line in the file first.")
    return form not in known


def _require_right(actor: Actor) -> None:
    if not actor.scope.is_administrator:
        raise NotAllowed("Administrators change the words and rules of this installation.")


def _require_rule(rule_id: str) -> None:
    if all(rule.id != rule_id for rule in RULES):
        raise NotFound("There is no such rule of extraction.")


def _check_forms(sort: str, name: str, forms: list[str]) -> None:
    if sort not in SORTS:
        raise InvalidInput("Choose what you want to add.", "sort")
    for field, given in (("name", [name]), ("forms", forms)):
        if not any(given):
            raise InvalidInput("Fill this in.", field)
        if any(len(one) > MAX_FORM for one in given) or sum(map(len, given)) > _MAX_LINE:
            raise InvalidInput(f"Each has at most {MAX_FORM} characters; add some later.", field)
        if any(has_control_characters(one) or set(one) & set("#=") for one in given):
            raise InvalidInput("Leave out # and = and control characters.", field)


def _signed(what: str, actor: Actor, now: dt.datetime) -> str:
    who = " ".join(actor.name.split())
    return f"{what} by {who}, {date_in_words(now.date())}"


def _with_line(text: str, line: str, actor: Actor, now: dt.datetime) -> str:
    end = "\r\n" if "\r\n" in text else "\n"
    joint = end if text and not text.endswith("\n") else ""
    return f"{text}{joint}{line}  # {_signed('added', actor, now)}{end}"


def _rewrite(instance: Path, change: Callable[[str, Lexicon], str]) -> None:
    """Replaces the file in one step by what ``change`` makes of it. One at a time, so that no
    change is lost. Raises InvalidInput where the file is not readable as it is."""
    path = instance / FILE_NAME
    try:
        with _alone(instance):
            kept = read_installation_lexicon(instance)
            if kept.error is not None:
                raise InvalidInput(f"{kept.error} Mend the file first; nothing was changed.")
            text = change(kept.text or "", kept.lexicon)
            read_lexicon(text)
            _replace(path, text)
    except LexiconError as error:
        raise InvalidInput(f"That cannot be written as a line of the file. {error}") from error
    except OSError as error:
        raise Unavailable(
            f"{FILE_NAME} could not be written ({error.strerror or 'no reason given'}); nothing "
            "was changed. Ask whoever runs this installation."
        ) from error


@contextmanager
def _alone(instance: Path) -> Iterator[None]:
    with (instance / _LOCK_NAME).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _replace(path: Path, text: str) -> None:
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as file:
        file.write(text.encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        shutil.copymode(path, fresh)
    os.replace(fresh, path)
