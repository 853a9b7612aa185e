"""Both executors over one projection that says what a test says, and five workers that it finds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from auth.principal import PUBLIC, Grant, Principal, Role
from demo import stories
from gateway.operation.execution import Answer
from resolvers.ids import parsed_id
from tests.asking import Asking
from tests.fake_search import FakeSearch

EMPLOYER = Principal("employer", frozenset({Grant(Role.EMPLOYER, frozenset({stories.CITY_HOSPITAL}))}))
AUDITOR = Principal("auditor", frozenset({Grant(Role.AUDITOR)}))
INSPECTOR = Principal("inspector", frozenset({Grant(Role.REGULATOR)}))
FIVE = "{ workers(first: 5) { nodes { id registryNumber lastName } } }"
BANNED = "{ workers(%s where: {restrictions: {some: {kinds: [PRACTICE_BAN]}}}) { %s } }"


@dataclass
class Searching:
    """Both executors over one projection, and five workers that it finds."""

    executors: tuple[Asking, Asking]
    search: FakeSearch
    five: list[dict[str, Any]]

    async def ask(self, query: str, caller: Principal = PUBLIC, **options: Any) -> Answer:
        """The answer of both executors, which is the same, by the same calls."""
        told, calls = [], []
        for each in self.executors:
            each.clear()
            told.append(await each.ask(query, options.get("variables"), caller, options.get("purpose")))
            calls.append(dict(each.calls))
        assert _sorted(told[0]) == _sorted(told[1])
        assert calls[0] == calls[1]
        return told[0]

    @property
    def calls(self) -> Mapping[str, int]:
        """How often the registries were asked for one answer."""
        return dict(self.executors[0].calls)

    @property
    def names(self) -> list[str]:
        """The surnames of the five."""
        return [each["lastName"] for each in self.five]

    @property
    def released(self) -> list[Any]:
        """What was put on record for the last answer."""
        journal: Any = self.executors[0].journal
        return list(journal.events[-1].released) if journal.events else []


def _sorted(answer: Answer) -> bytes:
    """The answer's bytes; which of several errors is told first is nobody's promise."""
    body = answer.body()
    body["errors"] = sorted(answer.errors, key=lambda each: [str(step) for step in each.get("path", ())])
    return orjson.dumps(body)


def uuid_of(worker: Mapping[str, Any]) -> UUID:
    found = parsed_id(worker["id"])[1]
    assert isinstance(found, UUID)
    return found
