"""What can be wrong with a file somebody hands in; each message says what to do about it.

Only errors: what is checked where is the business of the readers beside this one.
"""

from __future__ import annotations

from tracker.policy.errors import InvalidInput


class IntakeError(InvalidInput):
    """Base of all that is wrong with a file."""


class EmptyFile(IntakeError):
    """There is no text in it."""


class FileTooLarge(IntakeError):
    """It is over the limit, as it is or inflated."""


class NotText(IntakeError):
    """It is binary, or of a format that no reader here knows."""


class UnsafeFile(IntakeError):
    """It is built to exhaust or deceive its reader."""


class DamagedFile(IntakeError):
    """It is of a known format and broken."""
