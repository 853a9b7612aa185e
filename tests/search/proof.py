"""The proof: so many searches, each found by the gateway as the oracle finds it."""

import datetime as dt
import json
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from tests.search.asked import Asker, variables
from tests.search.comparing import Answering, difference
from tests.search.oracle import Found, Search
from tests.search.rows import Rows
from tests.search.searches import search
from tests.search.shrinking import shrunk

WANTED_HITS: Final = 0.6
"""The least share of searches that should find something, so that something is proved."""


@dataclass(frozen=True)
class Failure:
    """A search that the two answer differently."""

    day: dt.date
    seed: int
    number: int
    search: Search
    difference: str

    def told(self) -> str:
        """All that is needed to see it again."""
        window: dict[str, Any] = {"first": self.search.size}
        if self.search.facets:
            window |= {"by": list(self.search.facets), "top": self.search.top}
        asked = json.dumps(variables(self.search) | window, ensure_ascii=False)
        alone = f"python -m tests.search --day {self.day} --seed {self.seed} --search {self.number}"
        return f"{alone}\n{self.search.root}, variables: {asked}\n{self.difference}"


@dataclass
class Proof:
    """What was proved: searches, how many of them found something, and the first that failed."""

    seed: int
    searches: int = 0
    with_hits: int = 0
    failure: Failure | None = None


Difference = Callable[[Asker, Answering, Search], Awaitable[str | None]]


@dataclass
class _Counting:
    """The oracle, with a count of the searches that found something."""

    oracle: Answering
    found_something: int = 0

    async def found(self, search: Search) -> Found:
        found = await self.oracle.found(search)
        self.found_something += bool(found.keys)
        return found


async def prove(
    asker: Asker,
    oracle: Answering,
    rows: Rows,
    today: dt.date,
    seed: int,
    numbers: Iterable[int],
    *,
    differing: Difference = difference,
    shrinking: bool = True,
    tell: Callable[[int], None] = lambda _: None,
) -> Proof:
    """Compares the searches of these numbers until one is different, and makes that one small."""
    found = Proof(seed)
    counting = _Counting(oracle)

    async def fails(search: Search) -> bool:
        return await differing(asker, oracle, search) is not None

    for number in numbers:
        asked = search(rows, today, seed, number)
        wrong = await differing(asker, counting, asked)
        found.searches += 1
        tell(found.searches)
        if wrong is not None:
            if shrinking:
                asked = await shrunk(asked, fails)
                wrong = await differing(asker, oracle, asked) or wrong
            found.failure = Failure(today, seed, number, asked, wrong)
            break
    found.with_hits = counting.found_something
    return found
