"""What an error page says where the error itself says nothing better.

Words only: what happened, what was kept, and where to go next. No page decides a code here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """An error page's four parts; ``next_step`` is a sentence, the links are the template's."""

    title: str
    happened: str
    kept: str
    next_step: str


_NOTHING_CHANGED = "Nothing was changed."
_WORDS = {
    400: ErrorWords(
        "That request could not be read",
        "The form may have been open for too long, or the address was cut short.",
        "Nothing was changed. What you typed is still on the page before this one.",
        "Go back, reload the page and send it again.",
    ),
    401: ErrorWords(
        "You are signed out",
        "Your session ended before this was sent; it lasts a working day or until you sign out.",
        "Nothing was changed. What you typed stands below.",
        "Sign in, open the page again and paste what should be saved.",
    ),
    403: ErrorWords(
        "You may not do that",
        "You can see this, but your role in the dialogue does not let you do that to it.",
        _NOTHING_CHANGED,
        "Ask the lead of the dialogue, who can do it or give you the role.",
    ),
    404: ErrorWords(
        "There is no such page",
        "It may have moved, the address may be mistyped, or it is not shared with you.",
        _NOTHING_CHANGED,
        "Check the address, or start from one of these.",
    ),
    409: ErrorWords(
        "Somebody else changed this meanwhile",
        "While you were writing, somebody saved a change to the same thing: another person, or you "
        "in another window.",
        "Neither text is lost: that one is saved, and yours stands beside it here.",
        "Compare the two, then save what should stand.",
    ),
    410: ErrorWords(
        "This link has served its time",
        "The link was already used, has expired, or was replaced by a newer one.",
        "What it was used for earlier stands.",
        "Sign in to go on, or use the link in the latest mail.",
    ),
    413: ErrorWords(
        "That file is too large",
        "The file is larger than the tracker takes.",
        "Nothing of it was stored.",
        "Send the text of the cable alone, or paste it into the page.",
    ),
    422: ErrorWords(
        "That could not be taken as it is",
        "Something in what was sent does not fit.",
        _NOTHING_CHANGED,
        "Go back, correct it and send it again.",
    ),
    429: ErrorWords(
        "Too many tries in a short time",
        "To keep accounts safe, further tries have to wait for a few minutes.",
        "The account is not locked and nothing was changed.",
        "Wait a few minutes, then try again.",
    ),
    500: ErrorWords(
        "Something went wrong on our side",
        "The tracker met an error that it did not expect. It has been written to the log.",
        "Whatever was being saved was not saved by halves: it was undone.",
        "Try again. If it happens once more, tell your administrator the time and the reference.",
    ),
    503: ErrorWords(
        "The tracker cannot save just now",
        "The database is busy or does not answer.",
        "Nothing was written by halves, and no mail was sent.",
        "Wait a minute, then send it again.",
    ),
}
CODES = tuple(_WORDS)


def words_for(code: int) -> ErrorWords:
    """The words for an HTTP status; one that has none of its own takes its family's."""
    return _WORDS.get(code) or _WORDS[500 if code >= 500 else 400]
