"""How a registry would run a statement: for its very values, and for any."""

import json
from collections.abc import Iterator
from typing import Any

import asyncpg

from tests.sources.recorder import Sent

LARGE = 10_000
"""Rows from which on a table must not be scanned."""


async def scanned(connection: asyncpg.Connection, sent: Sent) -> set[str]:
    """The large tables that the statement scans, in the plan for its values or in the one for any values."""
    plans = [await _for_values(connection, sent), await _for_any(connection, sent)]
    nodes = [node for plan in plans for node in _nodes(plan)]
    scans = {node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan"}
    return scans & await large_tables(connection)


async def large_tables(connection: asyncpg.Connection) -> set[str]:
    """The tables that must not be scanned, as far as the planner knows."""
    large = "select relname from pg_class where relkind = 'r' and reltuples > $1"
    return {row[0] for row in await connection.fetch(large, LARGE)}


async def _for_values(connection: asyncpg.Connection, sent: Sent) -> dict[str, Any]:
    return _plan(await connection.fetchval(f"explain (format json) {sent.statement.text}", *sent.arguments))


async def _for_any(connection: asyncpg.Connection, sent: Sent) -> dict[str, Any]:
    """The plan that a connection keeps once it has run a statement a few times."""
    nulls = ", ".join("null" for _ in sent.statement.parameters)
    async with connection.transaction():
        await connection.execute("set local plan_cache_mode = force_generic_plan")
        await connection.execute(f"prepare asked as {sent.statement.text}")
        call = f"asked({nulls})" if nulls else "asked"
        plan = await connection.fetchval(f"explain (format json) execute {call}")
        await connection.execute("deallocate asked")
    return _plan(plan)


def _plan(answer: str) -> dict[str, Any]:
    plan: dict[str, Any] = json.loads(answer)[0]["Plan"]
    return plan


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)
