"""Random searches: the gateway finds what plain SQL finds over all registries in one database.

`make prove-search SEARCHES=10000` runs more of them.
"""

import os

from tests.search.comparing import walk_difference
from tests.search.proof import WANTED_HITS, prove
from tests.search.searched import Searched

SEARCHES = int(os.environ.get("PROVED_SEARCHES", "1000"))
WALKED = 25
SEED = int(os.environ.get("SEARCH_SEED", "5"))


async def test_the_gateway_finds_what_the_oracle_finds(proved: Searched) -> None:
    async with proved.asker() as asker:
        found = await prove(asker, proved.oracle, proved.rows, proved.today, SEED, range(SEARCHES))
    assert found.failure is None, found.failure.told()
    assert found.with_hits > WANTED_HITS * found.searches, "most searches should find something"


async def test_pages_together_show_every_hit_once(proved: Searched) -> None:
    async with proved.asker() as asker:
        numbers = range(SEARCHES, SEARCHES + WALKED)
        found = await prove(
            asker, proved.oracle, proved.rows, proved.today, SEED, numbers, differing=walk_difference
        )
    assert found.failure is None, found.failure.told()
