"""The errors that people meet, each with a sentence that says what to do.

Raised anywhere, turned into pages by web/errors.py and into exit codes by cli.py alone.
"""


class TrackerError(Exception):
    """Base of all errors that are shown to a person as they are."""


class InvalidInput(TrackerError):
    """What was entered cannot be taken; the message says what to enter instead.

    ``field`` names the form field at fault, None where it is the whole input.
    """

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class NeedsAmendment(InvalidInput):
    """Both sides have agreed on it, so only an amendment that both approve may change it."""


class NotFound(TrackerError):
    """The thing does not exist, or not for this person: the two look the same."""


class NotAllowed(TrackerError):
    """The person may see the thing but not do this to it."""


class Gone(TrackerError):
    """A link that worked once: used, expired, or replaced by a newer one."""


class TooManyTries(TrackerError):
    """Too many failed tries in a short time; the message says how long to wait."""


class Conflict(TrackerError):
    """Somebody else changed the thing meanwhile. ``current`` holds the stored values by field."""

    def __init__(self, message: str, current: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.current = current or {}


class Unavailable(TrackerError):
    """A part the tracker needs (database, port, mail server) does not answer."""
