"""Writes Outlook messages (.msg) as Outlook does: a compound file of small streams.

Only what a message of some kilobytes needs: streams of 4096 bytes and more in sectors of their own,
smaller ones in the mini stream, one table of sectors.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

SECTOR, MINI, LARGE = 512, 64, 4096
_FREE, _END, _TABLE, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_SUBJECT, _PLAIN, _HTML, _FILENAME, _CODEPAGE = 0x0037, 0x1000, 0x1013, 0x3707, 0x3FDE
_TEXT, _BYTES, _NUMBER = 0x001F, 0x0102, 0x0003


@dataclass
class _Node:
    """A storage (with what lies in it) or a stream (with its bytes)."""

    name: str
    data: bytes | None = None
    inner: list[_Node] = field(default_factory=list)


def outlook_message(
    plain: str | None = None,
    html: str | None = None,
    attachments: tuple[str, ...] = (),
    subject: str | None = None,
) -> bytes:
    """The bytes of a message with these bodies and with attachments of these names."""
    values: list[tuple[int, int, bytes]] = []
    if subject is not None:
        values.append((_SUBJECT, _TEXT, subject.encode("utf-16-le")))
    if plain is not None:
        values.append((_PLAIN, _TEXT, plain.replace("\n", "\r\n").encode("utf-16-le")))
    if html is not None:
        values.append((_HTML, _BYTES, html.encode("utf-8")))
    values.append((_CODEPAGE, _NUMBER, struct.pack("<I", 65_001)))
    count = len(attachments)
    inner = _values(values, struct.pack("<8x4I8x", 0, count, 0, count))
    for number, name in enumerate(attachments):
        named = [(_FILENAME, _TEXT, name.encode("utf-16-le"))]
        inner.append(_Node(f"__attach_version1.0_#{number:08X}", inner=_values(named, bytes(8))))
    return _compound(_Node("Root Entry", inner=inner))


def old_word_file() -> bytes:
    """The same container with what Word 97 puts into it."""
    return _compound(_Node("Root Entry", inner=[_Node("WordDocument", b"\xec\xa5\xc1\0" * 40)]))


def _values(values: list[tuple[int, int, bytes]], head: bytes) -> list[_Node]:
    """The streams of some properties: one that lists them, and one for each that has a length."""
    listed = head
    streams = []
    for number, sort, data in values:
        shown = data[:8].ljust(8, b"\0")
        if sort != _NUMBER:
            shown = struct.pack("<II", len(data) + (2 if sort == _TEXT else 0), 0)
            streams.append(_Node(f"__substg1.0_{number:04X}{sort:04X}", data))
        listed += struct.pack("<HHI", sort, number, 6) + shown
    return [_Node("__properties_version1.0", listed), *streams]


class _Container:
    """A compound file under way: its directory entries, its large streams with their table of
    sectors, and the mini stream with its chain."""

    def __init__(self) -> None:
        self.entries: list[bytes] = []
        self.large = bytearray()
        self.table: list[int] = []
        self.mini = bytearray()
        self.chain: list[int] = []

    def store(self, data: bytes) -> int:
        """Put a stream where its size belongs; where it begins there."""
        if len(data) >= LARGE:
            return self.store_large(data)
        first, pieces = len(self.chain), -(-len(data) // MINI)
        self.chain.extend([*range(first + 1, first + pieces), _END] if pieces else [])
        self.mini.extend(data.ljust(pieces * MINI, b"\0"))
        return first if pieces else _END

    def store_large(self, data: bytes) -> int:
        """Put a stream into sectors of its own; the first of them."""
        first = len(self.table)
        self.large += _sectors(data)
        self.table += [*range(first + 1, len(self.large) // SECTOR), _END]
        return first

    def add(self, node: _Node, sort: int, right: int = _NONE) -> int:
        """Write an entry and what lies in it, each chained to the one at its right; its number."""
        number = len(self.entries)
        self.entries.append(b"")
        data = node.data or b""
        start = self.store(data) if node.data is not None else 0
        first = _NONE
        in_order = sorted(node.inner, key=lambda each: (len(each.name), each.name.upper()))
        for child in reversed(in_order):
            first = self.add(child, _STREAM if child.data is not None else _STORAGE, first)
        name = node.name.encode("utf-16-le")
        head = struct.pack("<HBB3I", len(name) + 2, sort, 1, _NONE, right, first)
        tail = bytes(36) + struct.pack("<IQ", start, len(data))
        self.entries[number] = name.ljust(64, b"\0") + head + tail
        return number


def _compound(root: _Node) -> bytes:
    made = _Container()
    made.add(root, _ROOT)
    directory = _sectors(b"".join(made.entries))
    mini_table = _sectors(struct.pack(f"<{len(made.chain)}I", *made.chain), b"\xff")
    content = _sectors(bytes(made.mini))
    starts = [made.store_large(part) for part in (directory, mini_table, content)]
    table = made.table
    needed = 1
    while (len(table) + needed) * 4 > needed * SECTOR:
        needed += 1
    at_table = [len(table) + n for n in range(needed)]
    table += [_TABLE] * needed
    root_at = starts[0] * SECTOR
    struct.pack_into("<IQ", made.large, root_at + 116, starts[2], len(made.mini))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack(
        "<5H6x9I", 0x3E, 3, 0xFFFE, 9, 6, 0, needed, starts[0], 0, LARGE, starts[1],
        len(mini_table) // SECTOR, _END, 0,
    )  # fmt: skip
    header += struct.pack("<109I", *at_table, *[_FREE] * (109 - needed))
    tables = struct.pack(f"<{len(table)}I", *table).ljust(needed * SECTOR, b"\xff")
    return header + made.large + tables


def _sectors(data: bytes, filling: bytes = b"\0") -> bytes:
    """Filled up to whole sectors."""
    return data + filling * (-len(data) % SECTOR)
