"""Verification names what differs, by table and id, and nothing that is only not here yet."""

import datetime as dt
from collections.abc import Mapping

import asyncpg
import pytest

from projections.sync.definition import SCHEMA
from projections.sync.errors import NotBuilt
from projections.sync.verify import Difference, differences
from sources.registry import Registry
from tests.conftest import NewProjection, reading
from tests.demo.asking import asked
from tests.projections.sync.changing import registrars
from tests.projections.sync.conftest import NewStore
from tests.projections.sync.projected import DICTIONARIES, catch_up

COPIES = """
insert into category
select gen_random_uuid(), person, category, specialty_code, assigned_on, valid_until, revision
from category limit 2"""

Urls = Mapping[Registry, str]


async def found_at(url: str, registries: Urls) -> list[Difference]:
    async with reading(registries) as readers:
        return [each async for each in differences(url, readers, DICTIONARIES)]


async def spoil(url: str, statement: str) -> list[str]:
    """Change the projection behind Svod's back; the ids that the statement returns."""
    connection = await asyncpg.connect(url, server_settings={"search_path": SCHEMA})
    rows = await connection.fetch(statement)
    await connection.close()
    return sorted(str(row[0]) for row in rows)


async def test_a_true_projection_has_no_difference(projected: str, registries: Urls) -> None:
    assert await found_at(projected, registries) == []


async def test_what_is_not_here_yet_is_no_difference(
    own_registries: Urls, owner_urls: Urls, new_projection: NewProjection, today: dt.date
) -> None:
    url = await new_projection(own_registries)
    async with registrars(owner_urls, 21, today) as changing:
        await changing.change(200)
        await changing.learn()
        line = changing.lines[Registry.WORKERS]
        for row in await line.fetch("select * from worker order by id limit 30"):
            await changing.write("worker", "id", dict(row) | {"snils": changing.digits(11)})
    assert await found_at(url, own_registries) == []
    await catch_up(url, own_registries)
    assert await found_at(url, own_registries) == []


@pytest.mark.parametrize(
    ("statement", "table", "fault"),
    [
        ("delete from training where id in (select id from training limit 2)", "training", "missing"),
        (
            COPIES,
            "category",
            "too many",
        ),
        (
            "update category set valid_until = valid_until + 1 where id in (select id from category limit 2)",
            "category",
            "not as the registry has them",
        ),
        (
            "update employment set person = 1 where id in (select id from employment limit 2)",
            "employment",
            "not as the registry has them",
        ),
        (
            "update worker set reasons = reasons # 2 where id in (select id from worker limit 2)",
            "worker",
            "with a wrong reasons",
        ),
    ],
)
async def test_what_differs_is_named(
    registries: Urls, new_projection: NewProjection, statement: str, table: str, fault: str
) -> None:
    url = await new_projection(registries)
    ids = await spoil(url, f"{statement} returning id::text")
    found = await found_at(url, registries)
    assert Difference(table, fault, 2, ids) in found
    numbers = {
        each for (each,) in await asked(registries[Registry.WORKERS], "select trim(snils) from worker")
    }
    for each in found:
        assert numbers.isdisjoint(str(each).replace(",", " ").replace(":", " ").split())


async def test_sets_of_workers_are_compared(registries: Urls, new_projection: NewProjection) -> None:
    url = await new_projection(registries)
    wrong = "(name, value) in (('sex', 'F'), ('region', '77'))"
    await spoil(url, f"update term set people = ~people where {wrong}")
    assert await found_at(url, registries) == [
        Difference("term", "not as the workers are", 2, ["region:77", "sex:F"])
    ]


async def test_code_lists_words_and_posts_are_compared_too(
    registries: Urls, new_projection: NewProjection
) -> None:
    url = await new_projection(registries)
    await spoil(url, "delete from coverage where specialty_code = '8'")
    await spoil(url, "delete from surname where word = (select min(word) from surname)")
    await spoil(url, "delete from word where lexeme = (select max(lexeme) from word)")
    await spoil(
        url, "update post set taken = taken + 1 where organization = (select max(organization) from post)"
    )
    assert {each.table for each in await found_at(url, registries)} == {
        "coverage",
        "surname",
        "word",
        "post",
    }


async def test_a_projection_that_is_not_there_is_told(registries: Urls, new_store: NewStore) -> None:
    with pytest.raises(NotBuilt):
        await found_at(await new_store(), registries)
