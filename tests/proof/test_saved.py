"""A saved search is the same search: for random searches and random callers it gives what asking gives.

It is saved by somebody who may ask by everything, and run by a caller of the same name with other rights. The
answer of asking directly is proved elsewhere; here the two have to be equal: hits, cursors, counts, what is
shown, masked and withheld of each hit, what is refused, and what goes on record.
"""

import os
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any

import orjson
import pytest

from auth.principal import Grant, Principal, Role
from gateway.operation.execution import Answer
from gateway.record.store import StoreUrls
from gateway.servers import OwnServers
from projections.search.reader import SearchReader
from sources.registry import Registry
from tests.asking import Asking, asking_over
from tests.memory_journal import MemoryJournal
from tests.proof.callers import principal
from tests.proof.proof import DAY, LIMITS
from tests.proof.search_trial import Searching, SearchWorld, classes, searching
from tests.search.asked import TYPES, variables

SEARCHES = int(os.environ.get("PROVED_SAVED_SEARCHES", "100"))
SEED = int(os.environ.get("PROOF_SEED", "41"))
WANTED = {"found", "nothing", "FORBIDDEN", "BAD_USER_INPUT", "not kept"}

ANALYST = frozenset({Grant(Role.ANALYST)})
SAVE = "mutation ($input: SavedSearchInput!) { createSavedSearch(input: $input)"
SAVE += " { id query where orderBy } }"
DELETE = "mutation ($id: ID!) { deleteSavedSearch(id: $id) }"
PAGE = "{ totalCount edges { cursor node { id %s } } pageInfo { hasNextPage endCursor } }"
SHOWN = {
    "workers": "snils phone birthDate birthYear restrictions { kind } employments { rate personnelNumber }",
    "organizations": "inn departments { id }",
    "licenses": "holderInn",
    "credentials": "protocolNumber worker { email passportNumber }",
}
"""What is shown of each hit, much of which is not for everyone."""


@pytest.fixture(scope="module")
async def asking(
    own_servers: OwnServers, proof_urls: Mapping[Registry, str], reader: SearchReader
) -> AsyncIterator[Asking]:
    """The gateway that is proved, with a store."""
    await own_servers.make_store("proof_saved")
    urls = StoreUrls(own_servers.store_url("proof_saved"), own_servers.store_owner_url("proof_saved"))
    async with asking_over(
        proof_urls,
        own_servers.redis_url,
        DAY,
        search=reader,
        store_url=urls.runtime,
        store_owner_url=urls.owner,
        **LIMITS,
    ) as asking:
        yield asking


async def test_a_saved_search_is_the_same_search(asking: Asking, search_world: SearchWorld) -> None:
    outcomes: Counter[str] = Counter()
    for number in range(SEARCHES):
        trial = searching(search_world, SEED, number)
        caller = principal(trial.caller)
        if not caller.is_public:
            for each in (caller, replace(caller, grants=ANALYST)):
                outcomes[await compared(asking, trial, each)] += 1
    assert outcomes.keys() >= WANTED, "every kind of outcome should be met"
    assert outcomes["found"] > SEARCHES / 10


async def compared(asking: Asking, trial: Searching, caller: Principal) -> str:
    """How the trial ended, the same both ways."""
    asked, root = variables(trial.search), trial.search.root
    keeper = replace(caller, grants=frozenset({Grant(Role.REGULATOR)}))
    given = {"input": {"name": "x", root: asked}}
    kept = await asking.ask(SAVE, given, keeper, "inspection")
    if kept.errors:
        assert _codes(kept) == ["BAD_USER_INPUT"], kept.errors
        assert "PERSONAL" in classes(trial.search), kept.errors
        return "not kept"
    assert '"born' not in orjson.dumps(kept.data).decode()
    # What is shown of it is what is asked directly: a null, which asks by nothing, is not kept.
    asked = dict(kept.data["createSavedSearch"])
    key = asked.pop("id")
    _recorded(asking)
    direct = await asking.ask(_direct(root), asked, caller, trial.caller.purpose)
    recorded = _recorded(asking)
    saved = await asking.ask(_saved(root), {"id": key}, caller, trial.caller.purpose)
    told = f"trial {trial.number}: {orjson.dumps(asked).decode()}"
    assert _codes(saved) == _codes(direct), told
    found = direct.data and direct.data["found"]
    assert saved.data["savedSearch"]["found"] == found, told
    if direct.executed:
        assert saved.extensions.get("access") == direct.extensions.get("access"), told
        assert _recorded(asking) == recorded, told
    await asking.ask(DELETE, {"id": key}, keeper)
    if direct.errors:
        return _codes(direct)[0]
    return "found" if found["edges"] else "nothing"


def _direct(root: str) -> str:
    of = TYPES[root]
    return f"""query ($query: String, $where: {of}Where, $orderBy: [{of}Order!]) {{
        found: {root}(query: $query, where: $where, orderBy: $orderBy, first: 5) {PAGE % SHOWN[root]} }}"""


def _saved(root: str) -> str:
    return f"query ($id: ID!) {{ savedSearch(id: $id) {{ found: {root}(first: 5) {PAGE % SHOWN[root]} }} }}"


def _codes(answer: Answer) -> list[str]:
    return [each["extensions"]["code"] for each in answer.errors]


def _recorded(asking: Asking) -> Any:
    """What went on record since the last look."""
    journal = asking.journal
    assert isinstance(journal, MemoryJournal)
    found = [each.released for each in journal.events]
    journal.events.clear()
    return found
