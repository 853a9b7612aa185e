"""What fails is told as little as fails."""

from collections.abc import Mapping
from functools import partial

import pytest
from graphql import parse, print_ast

from gateway.servers import OwnServers
from sources.registry import Registry
from tests.asking import asking_over
from tests.proof.leaks import a_mask_that_shows_too_much
from tests.proof.oracle import Oracle
from tests.proof.proof import DAY, LIMITS, prove
from tests.proof.report import told
from tests.proof.test_proof import OPERATIONS, SEED
from tests.proof.trial import Judge, trial
from tests.proof.world import World


async def test_a_failure_is_made_small_and_told_whole(
    own_servers: OwnServers,
    proof_urls: Mapping[Registry, str],
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a_mask_that_shows_too_much(monkeypatch)
    over = partial(asking_over, proof_urls, own_servers.redis_url, DAY, **LIMITS)
    async with over() as compiled, over(compiled=False) as walking:
        judge = Judge(compiled, walking, Oracle(world), world)
        failure = (await prove(judge, world, SEED, OPERATIONS)).failure

    assert failure is not None
    small, number = failure.trial.operation.text, failure.trial.number
    assert len(failure.trial.callers) == 1
    assert len(print_ast(parse(small))) < len(print_ast(parse(trial(world, SEED, number).operation.text)))
    assert small.count("phone") == 1
    text = told(failure)
    for part in (f"--seed {SEED} --trial {number}", str(failure.caller), "+7 *** ***-", "variables: {"):
        assert part in text
