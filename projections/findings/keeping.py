"""Keeps the findings on a connection of the sync: fills them at a build, renews them with every change."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from projections.findings.kept import AFTER, BEFORE, DIRTY, EVERYONE, FORGET, KEPT, statement
from projections.practising import practising
from sources.dictionary import Dictionaries
from sources.registry import Registry

Connection: TypeAlias = Any
"""The driver's connection; it comes without types."""


async def make(connection: Connection, dictionaries: Dictionaries) -> None:
    """Make the empty tables of a build."""
    await connection.execute(statement("tables"))
    await connection.copy_records_to_table(
        "practising", records=[(code,) for code in practising(dictionaries)]
    )


async def fill(connection: Connection, former: str) -> None:
    """Find everything, once all records are there; `former`: the schema whose findings keep their moment."""
    is_there = await connection.fetchval("select to_regclass($1)", f"{former}.finding") is not None
    for each in KEPT:
        await connection.execute(each.fill(f"{former}.finding" if is_there else None))
    await connection.execute(statement("indexes"))
    await connection.execute("analyze finding")


async def prepare(connection: Connection) -> None:
    """Make the tables of those to be looked at anew, of this connection alone."""
    await connection.execute(DIRTY)


async def note(connection: Connection, registry: Registry) -> None:
    """Before a registry's staged rows are written: note of whom something else may be found."""
    await connection.execute(BEFORE[registry])


async def note_turn(connection: Connection, before: dt.date, day: dt.date) -> None:
    """When the day turns: note of whom a term has ended; an earlier day looks at everyone."""
    await connection.execute(FORGET)
    if day < before:
        await connection.execute(EVERYONE)
        return
    for each in statement("turned").split(";")[:-1]:
        await connection.execute(each, before, day)


async def renew(connection: Connection) -> None:
    """Within the transaction that derives: look anew at everyone noted, and at what else was derived."""
    await connection.execute(AFTER)
    for each in KEPT:
        if await connection.fetchval(f"select exists (select from {each.dirty})"):
            await connection.execute(f"analyze {each.dirty}")
            await connection.execute(each.renew())


async def wrong(connection: Connection) -> Mapping[str, Sequence[str]]:
    """Findings that are not as they would be found now: by fault, `rule record` each."""
    found: dict[str, list[str]] = {}
    for each in KEPT:
        for fault, shown in await connection.fetch(each.unlike()):
            found.setdefault(fault, []).append(shown)
    return {fault: sorted(rows) for fault, rows in found.items()}
