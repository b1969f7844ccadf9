"""A real mail server for tests, of which mail is fetched by IMAP (RFC 3501), as far as ours asks.

In a test it runs in threads (`with ImapServer() as server`).
"""

from __future__ import annotations

import re
import socketserver
import ssl
import threading
from dataclasses import dataclass, field
from typing import Literal, Self

from tests.smtp import CERTIFICATE

_STORE = re.compile(r"STORE (\d+) \+FLAGS\.SILENT \((.*)\)", re.IGNORECASE)
_FETCH = re.compile(r"FETCH (\d+) \((RFC822\.SIZE|BODY\.PEEK\[\])\)", re.IGNORECASE)


@dataclass
class Stored:
    """A mail in the folder, with its flags."""

    content: bytes
    flags: set[str] = field(default_factory=set)


class ImapServer:
    """Listens on 127.0.0.1. ``mails`` are those of INBOX by UID; ``drops_at`` is a command at which
    it hangs up instead of answering, ``stalls_at`` one that it answers once ``goes_on`` is set,
    ``refuses`` one that it refuses; ``logins`` are those who came in, ``said`` every command."""

    def __init__(self, *, tls: Literal["implicit", "starttls", None] = "implicit") -> None:
        self.mails: dict[int, Stored] = {}
        self.drops_at = ""
        self.refuses = ""
        self.stalls_at = ""
        self.goes_on = threading.Event()
        self.logins: list[str] = []
        self.said: list[str] = []
        self.tls = tls
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(CERTIFICATE)
        self._server = _Listener(self)
        self.port = int(self._server.server_address[1])

    @property
    def url(self) -> str:
        """What goes into TRACKER_IMAP_URL."""
        scheme = "imaps" if self.tls == "implicit" else "imap"
        where = f"127.0.0.1:{self.port}/INBOX?cafile={CERTIFICATE}"
        return f"{scheme}://tracker%40example.org:p%40ss@{where}"

    def put(self, content: bytes) -> int:
        """A new mail; returns its UID."""
        uid = len(self.mails) + 7
        self.mails[uid] = Stored(content)
        return uid

    def flags(self, uid: int) -> set[str]:
        return self.mails[uid].flags

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.goes_on.set()
        self._server.shutdown()
        self._server.server_close()


class _Listener(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, owner: ImapServer) -> None:
        self.owner = owner
        super().__init__(("127.0.0.1", 0), _Session)

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is no news."""


class _Session(socketserver.StreamRequestHandler):
    """One connection."""

    server: _Listener

    def handle(self) -> None:
        try:
            self._serve()
        finally:
            for opened in (self.rfile, self.wfile, self.request):
                opened.close()

    def finish(self) -> None:
        """All is closed already, the encrypted part too."""

    def _serve(self) -> None:
        owner = self.server.owner
        if owner.tls == "implicit":
            self._encrypt()
        self._say("* OK ready")
        while line := self.rfile.readline():
            tag, _, said = line.decode().strip().partition(" ")
            owner.said.append(re.sub(r"(?i)(login \S+) .*", r"\1", said))
            if owner.drops_at and owner.drops_at in said:
                return
            if owner.stalls_at and owner.stalls_at in said:
                owner.goes_on.wait(20)
                return
            if owner.refuses and owner.refuses in said:
                self._say(f"{tag} NO not today")
                continue
            answer = self._answer(said)
            self._say(f"{tag} {answer}")
            if said.upper() == "STARTTLS":
                self._encrypt()

    def _answer(self, said: str) -> str:
        word, _, rest = said.partition(" ")
        if word.upper() == "CAPABILITY":
            more = " STARTTLS" if self.server.owner.tls == "starttls" else ""
            self._say(f"* CAPABILITY IMAP4rev1{more}")
        elif word.upper() == "LOGIN":
            return self._log_in(rest)
        elif word.upper() == "SELECT":
            self._say(f"* {len(self.server.owner.mails)} EXISTS")
        elif word.upper() == "UID":
            self._uid(rest)
        elif word.upper() == "LOGOUT":
            self._say("* BYE")
        return "OK done"

    def _log_in(self, rest: str) -> str:
        user, _, password = rest.replace('"', "").partition(" ")
        if password != "p@ss":
            return "NO [AUTHENTICATIONFAILED] wrong"
        self.server.owner.logins.append(user)
        return "OK in"

    def _uid(self, rest: str) -> None:
        mails = self.server.owner.mails
        if rest.upper() == "SEARCH UNSEEN":
            new = (str(uid) for uid, mail in mails.items() if "\\Seen" not in mail.flags)
            self._say(" ".join(("* SEARCH", *new)))
        elif stored := _STORE.fullmatch(rest):
            mails[int(stored[1])].flags.update(stored[2].split())
        elif (asked := _FETCH.fullmatch(rest)) and int(asked[1]) in mails:
            content = mails[int(asked[1])].content
            if asked[2].upper() == "RFC822.SIZE":
                self._say(f"* 1 FETCH (UID {asked[1]} RFC822.SIZE {len(content)})")
            else:
                self._say(f"* 1 FETCH (UID {asked[1]} BODY[] {{{len(content)}}}", content, ")")

    def _say(self, line: str, content: bytes = b"", end: str = "") -> None:
        self.wfile.write(f"{line}\r\n".encode() + content + (f"{end}\r\n".encode() if end else b""))

    def _encrypt(self) -> None:
        for opened in (self.rfile, self.wfile):
            opened.close()
        self.request = self.server.owner.context.wrap_socket(self.request, server_side=True)
        self.connection = self.request
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)
