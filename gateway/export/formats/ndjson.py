"""Rows as lines of JSON: each an object with typed values."""

from functools import partial
from typing import Any, Final

import orjson

from gateway.export.asked import Asked, Ending
from gateway.export.cells import Cells
from gateway.export.told import Told

END: Final = "@end"
"""The only key of a last line that tells what was not given."""

BROKEN: Final = "@broken"
"""The only key of a last line that tells that there should be more."""

_line = partial(orjson.dumps, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE)


class NdjsonWriter:
    """Writes a line a row."""

    def __init__(self, asked: Asked) -> None:
        self._names = tuple(asked.heads)
        self._end = asked.style.end

    def head(self) -> bytes:
        """Nothing: each line says what it holds."""
        return b""

    def rows(self, cells: Cells) -> bytes:
        """A line a row."""
        names = self._names
        return b"".join([_line(dict(zip(names, row, strict=True))) for row in zip(*cells, strict=True)])

    def tail(self, told: Told) -> bytes:
        """`{"@end": {…}}`, where there is something to say."""
        if self._end is Ending.NONE or (self._end is Ending.AUTO and told.is_plain):
            return b""
        return _line({END: told.summary()})

    def broken(self, told: Told, fault: dict[str, Any]) -> bytes:
        """`{"@broken": {…}}`: from where to go on, and why."""
        return _line({BROKEN: told.summary() | {"error": fault}})

    def leave(self) -> None:
        """Nothing is held."""
