"""Each leak that is planted is found by the same operations that prove the gateway without it."""

from collections.abc import Mapping
from functools import partial

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
from tests.turns import in_turn


@pytest.mark.parametrize("leak", in_turn(LEAKS), ids=lambda leak: leak.__name__)
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
        found = await prove(judge, world, SEED, OPERATIONS, shrinking=False)
    assert found.failure is not None, f"{leak.__doc__} Nobody noticed in {found.operations} operations."
