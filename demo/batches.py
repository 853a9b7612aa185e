"""The rows of all four registries, a batch at a time, made by several processes and handed out in order."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from demo.calendar import calendar_of
from demo.plan import Plan
from demo.share import rows_of_share
from demo.stories import WORKERS
from demo.telling import rows_of_stories

_ALONE = 3_000
"""Up to so many workers, starting processes takes longer than making the rows."""
_MOST_MAKERS = 4
_AHEAD = 4 * 2**20
"""Bytes that are read from a maker before they are needed; it waits when nobody reads on."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows by table, in COPY's text format."""

    rows: Mapping[str, bytes]
    workers_so_far: int


async def batches(plan: Plan) -> AsyncIterator[Batch]:
    """Every row, in batches, the stories first; only a few batches are in memory at a time."""
    yield Batch(rows_of_stories(calendar_of(plan.today)), len(WORKERS))
    async with AsyncExitStack() as stack:
        count = 0 if plan.workers <= _ALONE else min(_MOST_MAKERS, os.cpu_count() or 1)
        makers = [await stack.enter_async_context(_maker(plan, part, count)) for part in range(count)]
        for share in plan.shares():
            if makers:
                rows = await _next_rows(makers[share.number % count])
            else:
                rows = rows_of_share(plan, share)
                await asyncio.sleep(0)
            yield Batch(rows, len(WORKERS) + share.first_worker + share.workers)


@asynccontextmanager
async def _maker(plan: Plan, part: int, parts: int) -> AsyncIterator[Process]:
    """A process that makes every so-manyth share. It ends when nobody reads what it makes."""
    order = (plan.workers, plan.today, plan.seed, part, parts)
    maker = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "demo.maker", *map(str, order)),
        stdout=PIPE,
        limit=_AHEAD,
        cwd=Path(__file__).parents[1],
        start_new_session=True,
    )
    try:
        yield maker
    finally:
        if maker.returncode is None:
            maker.kill()
        # Its end is only seen once its pipe is empty, and asyncio leaves a full one unread.
        await maker.communicate()


async def _next_rows(maker: Process) -> Mapping[str, bytes]:
    assert maker.stdout is not None  # noqa: S101 it was asked for
    sizes = json.loads(await maker.stdout.readline())
    return {table: await maker.stdout.readexactly(size) for table, size in sizes.items()}
