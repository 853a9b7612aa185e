"""Random searches: the gateway finds what plain SQL finds over all registries in one database.

`make prove-search SEARCHES=10000` runs more of them, and walks all of them in both directions.
"""

import os
from functools import partial

import pytest

from tests.search.comparing import difference, walk_difference
from tests.search.proof import WANTED_HITS, prove
from tests.search.searched import Searched

SEARCHES = int(os.environ.get("PROVED_SEARCHES", "1000"))
WALKED = 25
SEED = int(os.environ.get("SEARCH_SEED", "5"))


@pytest.mark.parametrize("onwards", ["forwards", "backwards"])
async def test_the_gateway_finds_what_the_oracle_finds(proved: Searched, onwards: str) -> None:
    """Of each search the first page, its count and its facets; then half of them go on, half back."""
    forwards = onwards == "forwards"
    numbers = range(0 if forwards else 1, SEARCHES, 2)
    walking = partial(difference, forwards=forwards, backwards=not forwards)
    async with proved.asker() as asker:
        found = await prove(asker, proved.oracle, proved.rows, proved.today, SEED, numbers, differing=walking)
    assert found.failure is None, found.failure.told()
    assert found.with_hits > WANTED_HITS * found.searches, "most searches should find something"


async def test_pages_together_show_every_hit_once(proved: Searched) -> None:
    async with proved.asker() as asker:
        numbers = range(SEARCHES, SEARCHES + WALKED)
        found = await prove(
            asker, proved.oracle, proved.rows, proved.today, SEED, numbers, differing=walk_difference
        )
    assert found.failure is None, found.failure.told()
