"""Asks a registry's database as a test: one statement, one connection."""

from typing import Any

import asyncpg


async def asked(url: str, statement: str, *values: object) -> list[tuple[Any, ...]]:
    """The rows of the answer."""
    line = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await line.fetch(statement, *values)]
    finally:
        await line.close()
