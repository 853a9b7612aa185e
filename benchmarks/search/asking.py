"""Published searches made into requests: values drawn, the caller signed, deep pages walked to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from auth.principal import Purpose, Role
from benchmarks.search.client import Line, Request, opened, request
from benchmarks.search.published.searching import Caller, Search
from benchmarks.search.values import Value, Values
from gateway.commands.token import signed_token

QUERIES = Path(__file__).parent / "queries"
PAGE = 20
STEP = 100
"""Hits of one step on the way to a deep page."""
MINUTES = 60


@dataclass(frozen=True, slots=True)
class Asker:
    """Makes requests of searches. `data_dir`: where the demo key that signs tokens lies."""

    values: Values
    data_dir: Path
    port: int

    async def requests(self, searches: Sequence[Search], times: int, seed: int) -> list[Request]:
        """Every search so many times, each time with other values, in mixed order."""
        chance = Random(seed)
        found: list[Request] = []
        line = await opened(self.port)
        for search in searches:
            count = times if search.page < STEP else max(1, times // 4)
            found += [await self._request(line, search, chance) for _ in range(count)]
        line.close()
        chance.shuffle(found)
        return found

    async def _request(self, line: Line, search: Search, chance: Random) -> Request:
        own = self.values.filled(Value.LARGE_OID, chance)
        variables = self.values.filled(_with(search.variables, Value.LARGE_OID, own), chance)
        region = self.values.filled(Value.LARGE_REGION, chance)
        headers = self._headers(search.caller, own, region)
        if search.page > 1:
            variables |= {"after": await _cursor(line, search, variables, headers)}
        return request(search.name, {"query": document(search.document), "variables": variables}, headers)

    def _headers(self, caller: Caller, organization: str, region: str) -> Sequence[str]:
        match caller:
            case Caller.PUBLIC:
                return ()
            case Caller.EMPLOYER:
                claims = {"sub": "benchmark", "roles": [Role.EMPLOYER], "organizations": [organization]}
            case Caller.REGULATOR:
                claims = {"sub": "benchmark", "roles": [Role.REGULATOR], "regions": [region]}
        signed = signed_token(self.data_dir, claims, MINUTES)
        return (f"authorization: Bearer {signed}", f"{Purpose.header()}: {Purpose.INSPECTION}")


@cache
def document(name: str) -> str:
    """A document of the published ones."""
    return (QUERIES / f"{name}.graphql").read_text("utf-8")


async def _cursor(line: Line, search: Search, variables: Mapping[str, Any], headers: Sequence[str]) -> Any:
    """Where the page begins; the end of what there is when that comes before."""
    cursor, left = None, (search.page - 1) * PAGE
    while left > 0:
        step = {**variables, "first": min(STEP, left), "after": cursor}
        body = {"query": document(f"{search.document}_walk"), "variables": step}
        answer = await line.answer(request(search.name, body, headers))
        page = next(iter(answer["data"].values()))["pageInfo"]
        if not page["endCursor"]:
            break
        cursor, left = page["endCursor"], left - STEP
    return cursor


def _with(template: Any, place: Value, value: Any) -> Any:
    """The template with this place filled everywhere with the same value."""
    match template:
        case Value():
            return value if template is place else template
        case dict():
            return {name: _with(each, place, value) for name, each in template.items()}
        case list() | tuple():
            return [_with(each, place, value) for each in template]
        case _:
            return template
