"""Both sides asked, and the first difference between them named."""

from collections.abc import AsyncIterator, Sequence
from typing import Final, Protocol

from tests.search.asked import Asker, Page, Refused
from tests.search.oracle import Found, Search

MOST_PAGES: Final = 2
"""Pages that are walked in each direction, where walking all would take more."""

SHOWN: Final = 6


class Answering(Protocol):
    """Who says what a search finds: the oracle."""

    async def found(self, search: Search) -> Found:
        """Its hits in order, and its facets."""
        ...


async def difference(
    asker: Asker, oracle: Answering, search: Search, *, forwards: bool = True, backwards: bool = True
) -> str | None:
    """How the gateway's answer is another than the oracle's; None where they are equal.

    The first page, the count and the facets are always compared, further pages in the directions asked for.
    """
    expected = await oracle.found(search)
    try:
        first = await asker.page(search, {"first": search.size}, whole=True)
        return (
            _whole_difference(expected, first)
            or await _walked(asker, search, expected.keys, first, MOST_PAGES if forwards else 1)
            or (await _walked_back(asker, search, expected.keys) if backwards else None)
        )
    except Refused as refused:
        return f"the oracle finds {len(expected.keys)}, the gateway refuses: {refused}"


def _whole_difference(expected: Found, page: Page) -> str | None:
    if page.total != len(expected.keys):
        told = _told(expected.keys, page.keys)
        return f"totalCount: expected {len(expected.keys)}, found {page.total}; {told}"
    if dict(page.facets) != dict(expected.facets):
        return f"facets: expected {expected.facets}, found {page.facets}"
    if False in page.marks:
        at = page.marks.index(False)
        return f"matches: nothing has changed, but {page.keys[at]} is marked as one that does not match"
    return None


async def _walked(asker: Asker, search: Search, keys: Sequence[str], first: Page, most: int) -> str | None:
    """Forwards from the first page."""
    start, page = 0, first
    for number in range(most):
        if number:
            page = await asker.page(search, {"first": search.size, "after": page.end})
        wrong = _page_difference(keys, start, start + search.size, page, f"page {number + 1}")
        if wrong or not page.next:
            return wrong
        start += search.size
    return None


async def _walked_back(asker: Asker, search: Search, keys: Sequence[str]) -> str | None:
    """Backwards from the last page; where all pages were walked, to the first."""
    end, before = len(keys), None
    for number in range(MOST_PAGES):
        page = await asker.page(search, {"last": search.size, "before": before})
        start = max(0, end - search.size)
        wrong = _page_difference(keys, start, end, page, f"page {number + 1} from the end")
        if wrong or not page.previous:
            return wrong
        end, before = start, page.start
    return None


def _page_difference(keys: Sequence[str], start: int, end: int, page: Page, name: str) -> str | None:
    shown = list(keys[start:end])
    if page.keys != shown:
        return f"{name}: {_told(shown, page.keys)}"
    if not shown:
        return None
    if page.next != (end < len(keys)):
        return f"{name}: hasNextPage is {page.next}, and {len(keys) - end} more follow"
    if page.previous != (start > 0):
        return f"{name}: hasPreviousPage is {page.previous}, and {start} come before"
    return None


def _told(expected: Sequence[str], found: Sequence[str]) -> str:
    missing = [key for key in expected if key not in set(found)]
    beyond = [key for key in found if key not in set(expected)]
    return (
        f"expected {list(expected[:SHOWN])}…, found {list(found[:SHOWN])}…; "
        f"missing here {missing[:SHOWN]}, too much {beyond[:SHOWN]}"
    )


async def walk_difference(asker: Asker, oracle: Answering, search: Search) -> str | None:
    """How all pages of a search together, forwards and backwards, are others than all its hits."""
    expected = await oracle.found(search)
    forwards = [key async for page in pages(asker, search) for key in page.keys]
    if forwards != expected.keys:
        return f"forwards: {_told(expected.keys, forwards)}"
    backwards = [page.keys async for page in pages_back(asker, search)]
    found = [key for keys in reversed(backwards) for key in keys]
    return None if found == expected.keys else f"backwards: {_told(expected.keys, found)}"


async def pages(asker: Asker, search: Search) -> AsyncIterator[Page]:
    """Every page of a search, forwards."""
    page = await asker.page(search, {"first": search.size})
    yield page
    while page.next:
        page = await asker.page(search, {"first": search.size, "after": page.end})
        yield page


async def pages_back(asker: Asker, search: Search) -> AsyncIterator[Page]:
    """Every page of a search, from the last one on."""
    page = await asker.page(search, {"last": search.size})
    yield page
    while page.previous:
        page = await asker.page(search, {"last": search.size, "before": page.start})
        yield page
