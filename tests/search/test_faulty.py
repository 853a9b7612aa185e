"""Faults between the gateway and its projection are found by the searches that prove it without them."""

import pytest

from tests.search.faulty import FAULTS, Faulty
from tests.search.proof import prove
from tests.search.searched import Searched
from tests.search.test_proof import SEARCHES, SEED


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
async def test_the_proof_finds(fault: type[Faulty], proved: Searched) -> None:
    async with proved.asker(wrapped=fault) as asker:
        numbers = range(SEARCHES)
        found = await prove(asker, proved.oracle, proved.rows, proved.today, SEED, numbers, shrinking=False)
    assert found.failure is not None, f"{fault.__doc__} Nobody noticed in {SEARCHES} searches."
    assert "refuses" not in found.failure.difference, "it is another answer that is found, not an error"


async def test_a_failure_is_made_small_and_told(proved: Searched) -> None:
    async with proved.asker(wrapped=FAULTS[0]) as asker:
        whole = await prove(
            asker, proved.oracle, proved.rows, proved.today, SEED, range(SEARCHES), shrinking=False
        )
        assert whole.failure is not None
        numbers = [whole.failure.number]
        small = await prove(asker, proved.oracle, proved.rows, proved.today, SEED, numbers)
    assert small.failure is not None
    assert len(small.failure.told()) <= len(whole.failure.told())
    assert str(small.failure.search.where).count("every") == 1
    assert small.failure.search.order_by == ()
    assert small.failure.search.facets == ()
    for part in (f"--seed {SEED} --search {numbers[0]}", '"where"', "expected", "found"):
        assert part in small.failure.told()
