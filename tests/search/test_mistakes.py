"""Each mistake planted in a searcher is found by the searches that prove the gateway without it."""

import pytest

from tests.search.mistakes import MISTAKES, Mistaken
from tests.search.oracle import Found, Search
from tests.search.searched import Searched
from tests.search.searches import search
from tests.search.test_proof import SEARCHES, SEED

Truth = list[tuple[Search, Found]]


@pytest.fixture(scope="module")
async def truth(proved: Searched) -> Truth:
    """What the oracle answers."""
    asked = (search(proved.rows, proved.today, SEED, number) for number in range(SEARCHES))
    return [(each, await proved.oracle.found(each)) for each in asked]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.__name__)
async def test_the_searches_find(mistake: type[Mistaken], truth: Truth, proved: Searched) -> None:
    mistaken = mistake(proved.remembering)
    for asked, found in truth:
        if await mistaken.found(asked) != found:
            return
    pytest.fail(f"{mistake.__doc__} Nobody noticed in {len(truth)} searches.")
