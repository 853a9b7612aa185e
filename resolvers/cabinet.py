"""What resolvers use of what callers keep."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from cabinet.saved_search import Kept
from cabinet.saved_searches import SavedSearches
from projections.moves import Moves


class Inputs(Protocol):
    """Reads what was kept as JSON as the schema reads it now."""

    def read(self, kept: Kept) -> Mapping[str, Any]:
        """The arguments of a root, by their Python names; null for what was not given.

        Raises BadSearch, with the path of what the schema does not know any more.
        """
        ...


@dataclass(frozen=True, slots=True)
class Cabinet:
    """What callers keep, and what is needed to run it; `moves`: None where there is nothing to search in."""

    searches: SavedSearches
    inputs: Inputs
    moves: Moves | None
