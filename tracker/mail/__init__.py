"""Facts to messages, and the senders that hand them over.

No database: services fill a Digest, render it and send it.
"""

from tracker.mail.digest import Digest, DigestTask
from tracker.mail.render import Link, render_digest, render_notice

__all__ = ["Digest", "DigestTask", "Link", "render_digest", "render_notice"]
