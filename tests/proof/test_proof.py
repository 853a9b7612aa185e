"""Random operations of random callers: the gateway gives what the oracle gives, which redacts first.

`make prove-rights N=100000` runs more of them.
"""

import os

from tests.proof.proof import prove
from tests.proof.report import told
from tests.proof.trial import Judge
from tests.proof.world import World

OPERATIONS = int(os.environ.get("PROVED_OPERATIONS", "2000"))
SEED = int(os.environ.get("PROOF_SEED", "28"))


async def test_the_gateway_keeps_the_law(judge: Judge, world: World) -> None:
    found = await prove(judge, world, SEED, OPERATIONS)
    assert found.failure is None, told(found.failure)
    assert found.invalid < found.operations * 0.01, "most of what is made should be asked"
    assert not found.unmet, f"nothing was asked that makes a difference for {sorted(found.unmet)}"
