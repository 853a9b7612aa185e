"""How entries hang together: each holds the hash of the one before. The same words as in migrations/."""

import hashlib
from typing import Final, NamedTuple

LAYOUT: Final = b"\x01"
"""Version of what is hashed: this byte, the hash before, the number in eight bytes, the body in UTF-8."""

BEGINNING: Final = bytes(32)
"""What the first entry of all holds as the hash before it."""


class Head(NamedTuple):
    """The newest entry at some moment: whoever keeps it can tell later that nothing behind it was altered."""

    number: int
    hash: bytes


class Entry(NamedTuple):
    """One entry as it is kept."""

    number: int
    previous: bytes
    hash: bytes
    body: str

    @property
    def head(self) -> Head:
        """This entry as the newest one."""
        return Head(self.number, self.hash)


def link(previous: bytes, number: int, body: str) -> bytes:
    """The hash of an entry (SHA-256)."""
    return hashlib.sha256(LAYOUT + previous + number.to_bytes(8, "big") + body.encode()).digest()
