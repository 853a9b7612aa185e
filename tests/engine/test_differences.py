"""The engine against graphql-core on random worlds. More of them: `make fuzz N=20000`."""

from tests.engine.differences import main


async def test_five_hundred_random_operations_are_answered_alike() -> None:
    tally = await main(500, seed=0)
    assert tally.differences == []
    assert tally.clean_walks == 0
    assert tally.unsupported == 0
    assert tally.with_errors > 100
    assert tally.operations - tally.with_errors > 100
