"""A line to the oracle's database that answers a statement which it was asked before from memory."""

from typing import Any

from tests.search.database import Line


class Remembering:
    """For many oracles over the same rows, most of whose statements are the same."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._known: dict[tuple[str, str], Any] = {}

    async def fetch(self, statement: str, /, *values: Any) -> Any:
        """The rows."""
        key = (statement, repr(values))
        if key not in self._known:
            self._known[key] = await self._line.fetch(statement, *values)
        return self._known[key]

    def forget(self) -> None:
        """Rows changed."""
        self._known.clear()
