"""How handing over a message can fail, with the other side's words.

Nothing is sent here.
"""

from __future__ import annotations

from tracker.policy.errors import Unavailable


class DeliveryFailure(Unavailable):
    """A message was not taken over. ``reply`` is what the server said, or what happened, on one
    line; a person reads it.

    ``is_server_wide`` where it has nothing to do with this message (no connection, a refused
    log-in): the next one would fare the same, so a batch had better stop.
    """

    def __init__(self, reply: str, *, is_server_wide: bool = False) -> None:
        super().__init__(reply)
        self.reply = reply
        self.is_server_wide = is_server_wide


class TemporaryFailure(DeliveryFailure):
    """A later try may succeed: a 4xx reply, a time-out, no connection or a lost one."""


class PermanentFailure(DeliveryFailure):
    """No later try of the same message will succeed: a 5xx reply to it or its recipient."""
