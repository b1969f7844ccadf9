"""Reads the word lists that ship with the package, each once.

Only tables of names live here; how they are recognised in a text is the tagger's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Country:
    """A country as cables write it; ``name`` is what a party is called."""

    code: str
    name: str
    adjectives: tuple[str, ...]
    posts: tuple[str, ...]
    aliases: tuple[str, ...]


def _lines(name: str) -> list[str]:
    text = (resources.files(__package__) / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _parts(field: str, separator: str = ",") -> tuple[str, ...]:
    return tuple(part.strip() for part in field.split(separator) if part.strip())


@cache
def countries() -> tuple[Country, ...]:
    """Every country that has a code in TAGS, with adjectives, posts and abbreviations."""
    rows = (line.split("|") for line in _lines("countries.txt"))
    return tuple(
        Country(c.strip(), n.strip(), _parts(adj), _parts(posts), _parts(also))
        for c, n, adj, posts, also in rows
    )


@cache
def country_of_code() -> dict[str, Country]:
    """Code in TAGS ─► country."""
    return {country.code: country for country in countries()}


@cache
def code_of_country() -> dict[str, str]:
    """Name of a country ─► its code in TAGS."""
    return {country.name: country.code for country in countries()}


@cache
def country_of_post() -> dict[str, Country]:
    """Name of a city with an embassy or consulate, in capitals ─► country.

    A country whose capital bears its name ("KUWAIT", "PANAMA") is found by that too.
    """
    named = {country.name.upper(): country for country in countries()}
    return named | {post.upper(): c for c in countries() for post in c.posts}


@cache
def offices() -> tuple[str, ...]:
    """Offices of the United States, as written."""
    return tuple(_lines("offices.txt"))


@cache
def organisations() -> dict[str, str]:
    """Any form of an organisation's name ─► the name a party is called by."""
    found: dict[str, str] = {}
    for line in _lines("organisations.txt"):
        name, _, forms = line.partition("|")
        found[name.strip()] = name.strip()
        found |= dict.fromkeys(_parts(forms), name.strip())
    return found


@cache
def titles() -> dict[str, str]:
    """Title before a name, as written ─► "own", "them" or "any"."""
    found: dict[str, str] = {}
    for line in _lines("titles.txt"):
        side, _, names = line.partition("|")
        found |= dict.fromkeys(_parts(names), side.strip())
    return found
