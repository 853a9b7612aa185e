"""Which part of a search is wanted: page arguments checked, cursors read and written."""

import base64
from dataclasses import dataclass

import orjson

from loaders.search import Window
from projections.search.reader import Position
from resolvers.connection import DEFAULT_FIRST, bounded
from resolvers.errors import BadArgument, BadCursor


@dataclass(frozen=True, slots=True)
class Paging:
    """The page arguments as they were given; None: not given."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None

    @property
    def goes_back(self) -> bool:
        """Whether a registry's own listing, which goes forwards, does not do."""
        return self.last is not None or self.before is not None

    def window(self, scope: str, most: int) -> Window:
        """The same, checked. Raises BadArgument, or BadCursor for a cursor of another connection."""
        after, before = _read("after", scope, self.after), _read("before", scope, self.before)
        return Window(after, before, self._size(most), self.last is not None)

    def _size(self, most: int) -> int:
        if self.last is None:
            return bounded(DEFAULT_FIRST if self.first is None else self.first, most=most)
        if self.first is not None:
            raise BadArgument("give either the argument `first` or `last`, not both")
        return bounded(self.last, "last", most)


def written(scope: str, position: Position) -> str:
    """The opaque cursor of a hit: of which connection it is, and where in its order."""
    return base64.urlsafe_b64encode(orjson.dumps([scope, *position])).decode().rstrip("=")


def _read(argument: str, scope: str, text: str | None) -> Position | None:
    """The position that a cursor holds; `BadCursor` where it is none, or of another connection."""
    if text is None:
        return None
    try:
        found = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError as exc:
        raise BadCursor(f"argument `{argument}` holds no cursor of Svod") from exc
    match found:
        case [str(owner), *position] if position and all(_is_part(each) for each in position):
            if owner == scope:
                return tuple(position)
            raise BadCursor(
                f"argument `{argument}` holds a cursor of another connection or of another filter"
            )
    raise BadCursor(f"argument `{argument}` holds no cursor of Svod")


def _is_part(each: object) -> bool:
    return each is None or isinstance(each, str)
