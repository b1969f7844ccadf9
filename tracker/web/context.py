"""What every view asks for: settings, database, the time, and who is acting.

A view opens ``with reading() as session`` or ``with transaction() as session`` itself.
"""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flask import current_app, g
from sqlalchemy.orm import Session

from tracker.config import Settings
from tracker.db import Database
from tracker.extract import Lexicon
from tracker.policy.visibility import Actor, Scope
from tracker.services.installation_lexicon import read_installation_lexicon

NOBODY = Actor(None, "somebody who is not signed in", Scope())


def settings() -> Settings:
    """The installation's settings."""
    found: Settings = current_app.extensions["tracker_settings"]
    return found


def database() -> Database:
    """The installation's database."""
    found: Database = current_app.extensions["tracker_database"]
    return found


def lexicon() -> Lexicon:
    """The words that the installation adds; none where its file cannot be read."""
    return read_installation_lexicon(settings().instance).lexicon


def transaction() -> AbstractContextManager[Session]:
    """A session whose work is committed at the end; see Database.transaction."""
    return database().transaction()


def reading() -> AbstractContextManager[Session]:
    """A session for reading; see Database.reading."""
    return database().reading()


def now() -> dt.datetime:
    """The instant of this request, the same for all that it does."""
    if "now" not in g:
        g.now = dt.datetime.now(dt.UTC)
    instant: dt.datetime = g.now
    return instant


def today() -> dt.date:
    """The date where the person who is signed in is."""
    return now().astimezone(person_zone()).date()


def person_zone() -> ZoneInfo:
    """The signed-in person's time zone, else the installation's."""
    name = getattr(getattr(g, "account", None), "contact", None)
    try:
        return ZoneInfo(name.time_zone) if name is not None else settings().time_zone
    except (ZoneInfoNotFoundError, ValueError):
        return settings().time_zone


def actor() -> Actor:
    """Who is signed in, with what they may see; NOBODY before sign-in.

    web/access.py puts it on ``g`` before each request.
    """
    found: Actor = getattr(g, "actor", NOBODY)
    return found


def scope() -> Scope:
    """What the person who is signed in may see."""
    return actor().scope
