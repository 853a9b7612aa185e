"""What writes rows as a file of one kind, piece by piece, so that no file is ever held whole."""

from collections.abc import Sequence
from typing import Any, Protocol

from gateway.export.cells import Cells
from gateway.export.told import Told


class Writer(Protocol):
    """Writes one file. Each piece is bytes to be sent at once; a piece may be empty."""

    def head(self) -> bytes:
        """What comes before the rows."""
        ...

    def rows(self, cells: Cells) -> bytes:
        """The rows of a page."""
        ...

    def tail(self, told: Told) -> bytes:
        """What comes after the last row."""
        ...

    def broken(self, told: Told, fault: dict[str, Any]) -> bytes:
        """What says that there should be more; the transfer is broken off behind it."""
        ...

    def leave(self) -> None:
        """Let go of what is held, whether the file is whole or never will be."""
        ...


def joined(values: Sequence[Any]) -> str:
    """Several texts in one cell."""
    return "; ".join(map(str, values))
