"""Each leak that is planted is found by the same operations that prove the gateway without it."""

from collections.abc import Mapping
from functools import partial
from typing import Final

import pytest

from gateway.servers import OwnServers
from sources.registry import Registry
from tests.asking import asking_over
from tests.proof.leaks import LEAKS, Leak
from tests.proof.oracle import Oracle
from tests.proof.proof import DAY, LIMITS, prove
from tests.proof.test_proof import OPERATIONS, SEED
from tests.proof.trial import Judge
from tests.proof.world import World

NOTICED: Final[Mapping[str, int]] = {
    "a_field_carried_by_no_guarded_link": 100,
    "rights_kept_without_purpose": 169,
    "an_unguarded_entity": 37,
    "an_entity_found_by_snils": 127,
    "a_lookup_by_snils_without_rights": 33,
    "a_birth_date_compared_for_anybody": 228,
    "a_persons_inn_to_ask_by": 74,
    "a_liquidated_organization": 359,
    "a_branch_reached_by_its_parents_name": 359,
    "an_error_that_tells_of_a_value": 259,
    "an_employment_that_ended_yesterday": 24,
    "a_column_decided_by_its_first_row": 14,
}
"""The trial of the proof that notices what few notice: it is run first, and all where it notices no more."""


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.__name__)
async def test_the_proof_finds(
    leak: Leak,
    own_servers: OwnServers,
    proof_urls: Mapping[Registry, str],
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    leak(monkeypatch)
    over = partial(asking_over, proof_urls, own_servers.redis_url, DAY, **LIMITS)
    async with over() as compiled, over(compiled=False) as walking:
        judge = Judge(compiled, walking, Oracle(world), world)
        found = await prove(
            judge, world, SEED, OPERATIONS, shrinking=False, first=NOTICED.get(leak.__name__, 0)
        )
    assert found.failure is not None, f"{leak.__doc__} Nobody noticed in {found.operations} operations."
