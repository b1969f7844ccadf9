"""Reads a reply to one of our mails: who wrote, to which message, and what their first lines say.

Pure: bytes to facts, no database. Quoted text and signatures are cut off; what is unclear is said
to be so and never guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from email.headerregistry import AddressHeader
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

from tracker.intake.html_text import html_to_text

MOST_LINES = 40
_TOKEN = re.compile(r"\+(?P<token>[a-z2-7]{48})@", re.IGNORECASE)  # "reply+abc…@tracker.example"
_ID = re.compile(r"<[^<>\s]{1,190}@[^<>\s]{1,190}>")


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as it came. ``token`` is that of the address it went to, None where it went to
    another; ``answers_to`` are the ids of the messages it answers; ``lines`` what was typed."""

    sender: str
    message_id: str
    token: str | None
    answers_to: tuple[str, ...]
    lines: tuple[str, ...]


def read_reply(content: bytes, recipients: tuple[str, ...] = ()) -> Reply | None:
    """The reply; None for what a machine sent (RFC 3834), a list, a delivery report, and what has
    no single sender: none of these is ever answered. ``recipients`` are those of the envelope."""
    message = BytesParser(policy=default).parsebytes(content)
    senders = _addresses(message, "From")
    if len(senders) != 1 or is_automatic(message):
        return None
    to = (*recipients, *_addresses(message, "To"), *_addresses(message, "Delivered-To"))
    tokens = [match["token"].lower() for address in to if (match := _TOKEN.search(address))]
    referred = " ".join(_field(message, name) for name in ("In-Reply-To", "References"))
    return Reply(
        sender=senders[0].lower(),
        message_id=_field(message, "Message-ID")[:200],
        token=tokens[0] if tokens else None,
        answers_to=tuple(dict.fromkeys(_ID.findall(referred))),
        lines=tuple(cut_quoted(_text(message))),
    )


def is_automatic(message: EmailMessage) -> bool:
    """Whether a machine sent it: an absence note, a list, a report (RFC 3834, 2 and 5)."""
    submitted = _field(message, "Auto-Submitted").lower()
    precedence = _field(message, "Precedence").lower()
    marks = ("List-Id", "List-Unsubscribe", "X-Autoreply", "X-Autorespond", "X-Auto-Response-From")
    return (
        submitted not in ("", "no")
        or precedence in ("bulk", "list", "junk", "auto_reply")
        or any(message.get(name) is not None for name in marks)
        or _field(message, "Return-Path") == "<>"
        or message.get_content_type() == "multipart/report"
    )


_QUOTES = re.compile(
    r"""
    ^\s*(?:
      >                                                      # "> quoted"
      | --\s*$                                               # a signature (RFC 3676, 4.3)
      | _{5,}\s*$ | -{5,}\s*$                                # Outlook's rule
      | -+\s*(?:Original|Forwarded|Urspr\S+|Message\ d|Mensaje\ o|Messaggio\ o|Исходное|Orijinal)
      | (?:On|Am|Le|El|Il|Em|Op|Den|W\ dniu|Dnia)\b.*
        (?:wrote|schrieb|a\ écrit|escribió|ha\ scritto|escreveu|schreef|skrev|napisał\w*)\b.*:?\s*$
      | .*\b(?:пишет|написал|написала|yazdı|yazmışdır)\s*:?\s*$
      | (?:From|Von|De|Da|Van|Från|Fra|Od|От|Kimden|Kimdən)\s*:\s.*[@<].*$    # Outlook's header
      | (?:Sent\ from\ my|Get\ Outlook\ for|Gesendet\ von|Von\ meinem|Envoyé\ de|Enviado\ de(?:sde)?
          |Inviato\ da|Verzonden\ vanaf|Отправлено\ с|iPhone'umdan)\b.*$
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_OPENS_QUOTE = re.compile(
    r"^\s*(?:On|Am|Le|El|Il|Em|Op|Den)\b.{0,200}$", re.IGNORECASE
)  # "On Thu, 3 Jan 2008, Dialogue Tracker <tracker@example.org>" with "wrote:" on the next line
_CLOSES_QUOTE = re.compile(
    r"\b(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|skrev)\s*:\s*$",
    re.IGNORECASE,
)


def cut_quoted(text: str) -> list[str]:
    """The lines above what is quoted and above a signature, without empty lines around them."""
    kept: list[str] = []
    lines = [" ".join(line.split()) for line in text.splitlines()[:400]]
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else ""
        is_split = _OPENS_QUOTE.match(line) and _CLOSES_QUOTE.search(following)
        if _QUOTES.match(line) or is_split:
            break
        kept.append(line[:2_000])
    while kept and not kept[-1]:
        kept.pop()
    while kept and not kept[0]:
        kept.pop(0)
    return kept[:MOST_LINES]


@dataclass(frozen=True, slots=True)
class Command:
    """What one line asks for. ``number`` is the task's, None where the line names none; ``words``
    what stands behind it. ``days`` and ``day`` are a date asked for; ``kind`` None where the line
    begins like a command and is none."""

    line: str
    number: int | None
    kind: str | None
    words: str = ""
    days: int | None = None
    day: dt.date | None = None


_COMMAND = re.compile(
    r"""
    ^(?:(?:task\ |\#)?(?P<number>\d{1,6})\b[.:)]?\ *)?      # "17", "task 17:", "#17"
    (?:
      (?P<done>done|completed?|finished)\b
      | (?P<not_mine>not\ (?:mine|me|my\ task))\b
      | (?P<on_track>on\ track|ok)\b
      | \+\ ?(?P<days>\d{1,3})\ ?(?P<unit>d|days?|w|weeks?)?\b
      | (?:new\ date|due|until)\ (?P<day>\d{4}-\d{2}-\d{2})\b
    )
    (?P<words>.*)$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(?:task |#)?(?P<number>\d{1,6})\b(?P<words>.*)$", re.IGNORECASE)


def read_command(line: str) -> Command | None:
    """ "17 done", "17 +7 days", "17 not mine", "done": what a line asks for. None where it is a
    remark. A line that begins with a number and asks for nothing known has the kind None."""
    match = _COMMAND.match(line)
    if match is None:
        numbered = _NUMBERED.match(line)
        if numbered is None:
            return None
        return Command(line, int(numbered["number"]), None, numbered["words"].strip(" .:,;-)"))
    number = int(match["number"]) if match["number"] else None
    words = match["words"].strip(" .:,;-–")
    if number is None and words and not match["days"]:
        return None  # "Done some of it yesterday" is a sentence.
    kind = next((name for name in ("done", "not_mine", "on_track") if match[name]), "new_date")
    days = (
        int(match["days"]) * (7 if (match["unit"] or "d")[0] in "wW" else 1)
        if match["days"]
        else None
    )
    try:
        day = dt.date.fromisoformat(match["day"]) if match["day"] else None
    except ValueError:
        return Command(line, number, None, words)
    return Command(line, number, kind, words, days, day)


def _text(message: EmailMessage) -> str:
    """What was typed, from the plain part or else from the HTML one."""
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        content = str(part.get_content())
    except (LookupError, ValueError, KeyError):
        return ""
    return html_to_text(content) if part.get_content_subtype() == "html" else content


def _addresses(message: EmailMessage, name: str) -> tuple[str, ...]:
    try:
        header = message[name]
    except (ValueError, LookupError, AttributeError, IndexError):
        return ()
    if header is None:
        return ()
    if not isinstance(header, AddressHeader) and not hasattr(header, "addresses"):
        return (" ".join(str(header).split()),)
    return tuple(str(address.addr_spec) for address in header.addresses)


def _field(message: EmailMessage, name: str) -> str:
    """A field's value on one line; "" where it is missing or cannot be read."""
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, LookupError, AttributeError, IndexError):
        return ""
