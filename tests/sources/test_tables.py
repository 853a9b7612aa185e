"""Records and tables are as the registries have them: every column, in its order, with its type."""

import inspect
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy.dialects.postgresql.asyncpg import dialect

from sources import license as licenses
from sources import organization, qualification, worker
from sources.registry import Registry
from sources.rows import columns_of
from sources.sql import license as sql_license
from sources.sql import organization as sql_organization
from sources.sql import qualification as sql_qualification
from sources.sql import worker as sql_worker
from sources.sql.contract import contract
from tests.sources.behind import Behind

ROOMS: dict[Registry, tuple[ModuleType, ModuleType]] = {
    Registry.WORKERS: (worker, sql_worker),
    Registry.ORGANIZATIONS: (organization, sql_organization),
    Registry.LICENSES: (licenses, sql_license),
    Registry.QUALIFICATIONS: (qualification, sql_qualification),
}

TYPES = {
    "uuid": "UUID",
    "character varying": "str",
    "character": "str",
    "date": "date",
    "timestamp with time zone": "datetime",
    "bigint": "int",
    "integer": "int",
    "smallint": "int",
    "numeric": "Decimal",
    "boolean": "bool",
}


def records(module: ModuleType) -> dict[str, Any]:
    """The records of a registry by noun."""
    classes: list[tuple[str, Any]] = inspect.getmembers(module, inspect.isclass)
    return {each.noun: each for name, each in classes if name.endswith("Record")}


def names(types: frozenset[type]) -> set[str]:
    """The names of the types, beside that of absence."""
    return {each.__name__ for each in types} - {"NoneType"}


@pytest.mark.parametrize("registry", Registry)
async def test_records_have_the_columns_of_the_registry(registry: Registry, behind: Behind) -> None:
    module, sql = ROOMS[registry]
    assert records(module).keys() == sql.NOUNS.keys()
    for noun, record in records(module).items():
        told = await behind.rows(
            registry,
            "select column_name, data_type, is_nullable = 'YES' from information_schema.columns"
            " where table_schema = 'public' and table_name = $1 order by ordinal_position",
            sql.NOUNS[noun].name,
        )
        assert columns_of(record) == tuple(name for name, _, _ in told)
        types = contract(record, columns_of(record))
        assert [(names(own), type(None) in own) for own in types] == [
            ({TYPES[kind]}, nullable) for _, kind, nullable in told
        ]


@pytest.mark.parametrize("registry", Registry)
async def test_tables_are_those_of_the_registry(registry: Registry, behind: Behind) -> None:
    made = dialect()  # type: ignore[no-untyped-call]
    for table in ROOMS[registry][1].NOUNS.values():
        told = await behind.rows(
            registry,
            "select attname, upper(format_type(atttypid, atttypmod)), not attnotnull from pg_attribute"
            " where attrelid = $1::regclass and attnum > 0 order by attnum",
            table.name,
        )
        own = [(each.name, each.type.compile(dialect=made), each.nullable) for each in table.columns]
        assert [(name, _plain(kind), nullable) for name, kind, nullable in own] == [
            (name, _plain(kind), nullable) for name, kind, nullable in told
        ]


@pytest.mark.parametrize("registry", Registry)
async def test_indexes_are_those_of_the_registry(registry: Registry, behind: Behind) -> None:
    for table in ROOMS[registry][1].NOUNS.values():
        told = await behind.rows(
            registry,
            "select relname, array(select attname::text"
            " from unnest(indkey::int[]) with ordinality as k(number, at)"
            " join pg_attribute on attrelid = indrelid and attnum = number order by at)"
            " from pg_index join pg_class on pg_class.oid = indexrelid"
            " where indrelid = $1::regclass and not indisunique",
            table.name,
        )
        assert {index.name: [column.name for column in index.columns] for index in table.indexes} == dict(
            told
        )


def _plain(kind: str) -> str:
    return kind.replace("CHARACTER VARYING", "VARCHAR").replace("CHARACTER", "CHAR").replace(" ", "")
