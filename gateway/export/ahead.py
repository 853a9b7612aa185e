"""A reader of searches that looks ahead: an export's next pages are found together with the one it asks."""

from collections.abc import Sequence

from projections.search.condition import Search
from projections.search.reader import Bucket, Freshness, Hit, Position, SearchReader


class ReadAhead:
    """Answers one export's pages. To put the hits in order may cost as much for a page as for twenty."""

    def __init__(self, reader: SearchReader, most: int) -> None:
        """`most`: hits that are looked for at once."""
        self._reader, self._most = reader, most
        self._search: Search | None = None
        self._behind: Position | None = None
        self._hits: Sequence[Hit] = ()
        self._start = 0
        self._ends = False
        """Whether there are no hits behind those that are known."""
        self._asked = False

    async def page(
        self, search: Search, *, after: Position | None, before: Position | None, limit: int, backwards: bool
    ) -> Sequence[Hit]:
        """The page, out of what is known already where that reaches far enough."""
        if backwards or before is not None:
            return await self._reader.page(
                search, after=after, before=before, limit=limit, backwards=backwards
            )
        known = self._known(search, after)
        if known is not None and (self._ends or len(self._hits) - known >= limit):
            self._start = max(known - 1, 0)  # the same page may be asked again
            return self._hits[known : known + limit]
        # The first page is wanted soon; who wants a second one will want many.
        size = max(limit, self._most) if self._asked else limit
        self._asked = True
        found = await self._reader.page(search, after=after, before=None, limit=size, backwards=False)
        self._search, self._behind, self._hits = search, after, found
        self._start, self._ends = 0, len(found) < size
        return found[:limit]

    async def count(self, search: Search) -> int:
        """How many hits there are."""
        return await self._reader.count(search)

    async def facet(self, search: Search, by: str, top: int) -> Sequence[Bucket]:
        """The most frequent values."""
        return await self._reader.facet(search, by, top)

    async def freshness(self) -> Sequence[Freshness]:
        """How far each registry has been taken over."""
        return await self._reader.freshness()

    def _known(self, search: Search, after: Position | None) -> int | None:
        """Where among the known hits those behind this place begin."""
        if after is None or search != self._search:
            return None
        if after == self._behind:
            return 0
        for index in range(self._start, len(self._hits)):
            if self._hits[index].position == after:
                return index + 1
        return None
