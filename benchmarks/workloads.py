"""The questions, with arguments drawn from the registries: the same draw for the same data."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import asyncpg

from sources.registry import Registry

HERE = Path(__file__).parent
DRAWN = 1_000
PAGES = 100
OWNED = 10
LISTS = 200
NODES = 50

_NUMBERS = "select registry_number from worker order by registry_number"
_STAFFED = """
    select organization_oid from employment
    where started_on <= $1 and (ended_on is null or ended_on >= $1)
    group by organization_oid having count(*) between 101 and 600 order by organization_oid
"""


@dataclass(frozen=True, slots=True)
class Workload:
    """A question in GraphQL and the variables that it is asked with, in turn."""

    name: str
    title: str
    query: str
    variables: Sequence[Mapping[str, Any]]
    own: Sequence[str] = ()
    """Organizations whose employer asks, seeing more of his staff than others do: for who knows rights."""


async def workloads(urls: Mapping[Registry, str], day: date) -> list[Workload]:
    """The workloads over this data."""
    chance = Random(3)
    numbers = await _column(urls[Registry.WORKERS], _NUMBERS)
    staffed = await _column(urls[Registry.WORKERS], _STAFFED, day)
    lists = await _lists(urls, chance)
    pages = [{"oid": each} for each in _drawn(chance, staffed, PAGES)]
    own = pages[:OWNED]
    return [
        _workload("one_row", "one row", [{"number": each} for each in _drawn(chance, numbers, DRAWN)]),
        _workload(
            "profile_card", "profile card", [{"number": each} for each in _drawn(chance, numbers, DRAWN)]
        ),
        _workload("staff_page", "staff page", pages),
        _workload("own_staff", "own staff", own, own=[each["oid"] for each in own]),
        _workload("node_list", "node list", [{"ids": each} for each in lists]),
    ]


def _workload(
    name: str, title: str, variables: Sequence[Mapping[str, Any]], own: Sequence[str] = ()
) -> Workload:
    return Workload(name, title, (HERE / "queries" / f"{name}.graphql").read_text(), variables, own)


async def _lists(urls: Mapping[Registry, str], chance: Random) -> list[list[str]]:
    """Fifty global ids each, of four kinds."""
    kinds = (
        ("Worker", Registry.WORKERS, "select id from worker order by id", 20),
        ("Organization", Registry.ORGANIZATIONS, "select oid from organization order by oid", 10),
        ("License", Registry.LICENSES, "select id from license order by id", 10),
        ("Credential", Registry.QUALIFICATIONS, "select id from credential order by id", 10),
    )
    drawn: list[list[str]] = [[] for _ in range(LISTS)]
    for noun, registry, statement, count in kinds:
        keys = await _column(urls[registry], statement)
        for each in drawn:
            each += [_global_id(noun, key) for key in _drawn(chance, keys, count)]
    for each in drawn:
        chance.shuffle(each)
    return drawn


def _global_id(noun: str, key: object) -> str:
    return base64.urlsafe_b64encode(f"{noun}:{key}".encode()).decode().rstrip("=")


def _drawn(chance: Random, found: Sequence[Any], count: int) -> list[Any]:
    return chance.sample(found, min(count, len(found)))


async def _column(url: str, statement: str, *arguments: Any) -> list[Any]:
    connection = await asyncpg.connect(url)
    try:
        return [row[0] for row in await connection.fetch(statement, *arguments)]
    finally:
        await connection.close()
