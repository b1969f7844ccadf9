"""Facts to messages, and the senders that hand them over.

No database: services fill a Digest, render it and send it.
"""

from tracker.mail.digest import Digest, DigestTask
from tracker.mail.outcomes import DeliveryFailure, PermanentFailure, TemporaryFailure
from tracker.mail.render import Link, render_digest, render_notice, write_digest
from tracker.mail.senders import FolderSender, MemorySender, Sender, sender_from
from tracker.mail.smtp import SmtpSender

__all__ = [
    "DeliveryFailure",
    "Digest",
    "DigestTask",
    "FolderSender",
    "Link",
    "MemorySender",
    "PermanentFailure",
    "Sender",
    "SmtpSender",
    "TemporaryFailure",
    "render_digest",
    "render_notice",
    "sender_from",
    "write_digest",
]
