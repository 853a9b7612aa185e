"""The findings that are kept are those of the oracle: at first, after changes, after the day has turned."""

import datetime as dt
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from random import Random

import asyncpg
import pytest

from gateway.servers import OwnServers
from projections.findings.rules import RULES
from projections.sync.change import prepare
from projections.sync.day import turn
from projections.sync.definition import SCHEMA
from projections.sync.writing import writing
from sources.registry import Registry
from tests.findings.world import World, found_wrong
from tests.projections.sync.changing import registrars, revision
from tests.projections.sync.test_sync import once
from tests.search.edges import change

CHANGES = 300


ALONE: Mapping[Registry, Sequence[tuple[str, str]]] = {
    Registry.WORKERS: (
        ("worker", "status = case status when 'ACTIVE' then 'DECEASED' else 'ACTIVE' end"),
        ("employment", "position_code = case position_code when '34' then '99999' else '34' end"),
        ("employment", "ended_on = case when ended_on is null then current_date - 9 end"),
    ),
    Registry.QUALIFICATIONS: (
        ("credential", "valid_until = valid_until + 1500"),
        ("credential", "valid_until = valid_until - 1500"),
        ("credential", "status = case status when 'ACTIVE' then 'REVOKED' else 'ACTIVE' end"),
        ("category", "valid_until = valid_until - 1500"),
    ),
}
"""Tables and the one field that changes, each in other rows: what is found follows from few of them."""
SHARE = "mod(abs(hashtext(id::text)), 20) = {}"
"""A part of a table's rows."""
OF_SOME = "mod(abs(hashtext(worker_id::text)), 3) = 0"
MAIN = "kind = case when mod(hashtext(t.id::text), 2) = 0 then 'MAIN' else 'COMBINATION' end"
"""Who has several employments may have another main one: whom his findings concern."""


@pytest.fixture(scope="module")
async def wrong(own_servers: OwnServers, pristine: str, today: dt.date) -> AsyncIterator[World]:
    """Registries with much that is wrong, which this module may change."""
    await own_servers.copy_registries(pristine, "wrong")
    async with found_wrong(own_servers, "wrong", today) as found:
        yield found


async def same(world: World) -> None:
    """Both find the same; the message names the rules of what differs, and some of it."""
    expected, kept = await world.expected(), await world.kept()
    missing, many = expected - kept, kept - expected
    rules = (Counter(line[0] for line in missing), Counter(line[0] for line in many))
    assert not missing | many, (rules, sorted(missing, key=str)[:2], sorted(many, key=str)[:2])


async def alter(url: str, registry: Registry, table: str, to: str, those: str) -> None:
    """Change those rows, each under a revision of its own."""
    line = await asyncpg.connect(url)
    try:
        await line.execute(
            f"update {table} t set {to}, revision = {await revision(line, registry)} + chosen.number"
            f" from (select id, row_number() over (order by id) as number from {table}"
            f" where {those}) as chosen where t.id = chosen.id"
        )
    finally:
        await line.close()


async def test_every_rule_finds_what_the_oracle_finds(wrong: World) -> None:
    await same(wrong)
    assert {line[0] for line in await wrong.kept()} == RULES.keys(), "the rows at the edges break every rule"


@pytest.mark.parametrize("number", range(1))
async def test_after_changes_by_chance_the_same_is_found(wrong: World, number: int) -> None:
    async with registrars(wrong.owner_urls, number, wrong.today) as changing:
        await changing.change(CHANGES)
    await change(wrong.owner_urls, wrong.today, Random(number))
    assert not await once(wrong.projection_url, wrong.urls, wrong.today), "no registry is away"
    await wrong.look_again()
    await same(wrong)


async def test_after_changes_of_single_fields_the_same_is_found(wrong: World) -> None:
    await alter(wrong.owner_urls[Registry.WORKERS], Registry.WORKERS, "employment", MAIN, OF_SOME)
    for registry, changes in ALONE.items():
        for number, (table, to) in enumerate(changes):
            await alter(wrong.owner_urls[registry], registry, table, to, SHARE.format(number))
    assert not await once(wrong.projection_url, wrong.urls, wrong.today), "no registry is away"
    await wrong.look_again()
    await same(wrong)


@pytest.mark.parametrize("days", [1, 40, -20])
async def test_when_the_day_turns_the_same_is_found(wrong: World, days: int) -> None:
    day = wrong.today + dt.timedelta(days)
    async with writing(wrong.projection_url, SCHEMA) as connection:
        await prepare(connection)
        assert await turn(connection, day)
    await wrong.look_again(day)
    await same(wrong)


async def test_without_taking_changes_over_the_findings_differ(wrong: World) -> None:
    await change(wrong.owner_urls, wrong.today, Random(7))
    await wrong.look_again()
    assert await wrong.kept() != await wrong.expected()
