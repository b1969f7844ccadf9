"""Names and addresses as they may stand in a header of a mail; what cannot is refused.

Whether an address exists, or a person may be written to, is not decided here.
"""

from __future__ import annotations

import re
from email.headerregistry import Address

from tracker.policy.errors import InvalidInput
from tracker.policy.names import breaks_a_line

_LOCAL_PART = re.compile(
    r"""
    [^\s"(),:;<>@\[\\\]]{1,64}      # "ana.derse", "jörg"; no quoting, which no person has
    """,
    re.VERBOSE,
)
_DOMAIN = re.compile(
    r"""
    (?=.{1,253}$)
    (?: [a-z0-9] (?: [a-z0-9-]{0,61} [a-z0-9] )? \. )*     # "mail.", "xn--bcher-kva."
    [a-z0-9] (?: [a-z0-9-]{0,61} [a-z0-9] )?               # "example"
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WITH_NAME = re.compile(r"""\s*"?(?P<name>[^"<>]*?)"?\s*<(?P<address>[^<>]+)>\s*""", re.VERBOSE)
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # What a broken decoder leaves; no encoding has it.


def refuse_line_breaks(text: str, what: str) -> str:
    """``text`` itself; InvalidInput, naming ``what`` ("name"), where it holds CR, LF, U+2028 or
    another character that has no place in a line: what follows could become a header."""
    if breaks_a_line(text) or _SURROGATE.search(text):
        raise InvalidInput(
            f"The {what} holds a line break or another control character. "
            "Enter it on one line, without them.",
            field=what,
        )
    return text


def mailbox(name: str, address: str) -> Address:
    """A person's name and address for a To or From header.

    A domain outside ASCII is put as IDNA (RFC 3490); a local part outside ASCII stays, and the
    mail then needs SMTPUTF8 (RFC 6531). Raises InvalidInput for what is no address, and for
    line breaks in either.
    """
    refuse_line_breaks(name, "name")
    refuse_line_breaks(address, "address")
    local_part, _, domain = address.strip().rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        ascii_domain = ""
    if not (
        _LOCAL_PART.fullmatch(local_part)
        and not local_part.startswith(".")
        and not local_part.endswith(".")
        and ".." not in local_part
        and _DOMAIN.fullmatch(ascii_domain)
    ):
        raise InvalidInput(
            f"“{address}” is no mail address. Enter one such as name@example.org.", field="address"
        )
    return Address(name.strip(), local_part, ascii_domain)


def parse_mailbox(text: str) -> Address:
    """Reads "Dialogue Tracker <tracker@example.org>" or a bare address; errors as ``mailbox``."""
    refuse_line_breaks(text, "sender")
    match = _WITH_NAME.fullmatch(text)
    return mailbox(match["name"], match["address"]) if match else mailbox("", text)
