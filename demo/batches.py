"""The rows of all four registries, a batch at a time, made by several processes and handed out in order."""

import asyncio
import multiprocessing
import os
from collections import deque
from collections.abc import AsyncIterator, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice

from demo.calendar import calendar_of
from demo.plan import Plan, Share
from demo.share import rows_of_share
from demo.stories import WORKERS
from demo.telling import rows_of_stories

_ALONE = 3_000
"""Up to so many workers, starting processes takes longer than making the rows."""
_MOST_PROCESSES = 4


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows by table, in COPY's text format."""

    rows: Mapping[str, bytes]
    workers_so_far: int


async def batches(plan: Plan) -> AsyncIterator[Batch]:
    """Every row, in batches; only a few of them are in memory at a time."""
    yield Batch(rows_of_stories(calendar_of(plan.today)), len(WORKERS))
    shares = plan.shares()
    if plan.workers <= _ALONE:
        for share in shares:
            yield Batch(rows_of_share(plan, share), len(WORKERS) + share.first_worker + share.workers)
            await asyncio.sleep(0)
        return
    processes = min(_MOST_PROCESSES, os.cpu_count() or 1)
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        async for batch in _made(plan, shares, pool, processes + 1):
            yield batch


async def _made(
    plan: Plan, shares: Iterator[Share], pool: ProcessPoolExecutor, ahead: int
) -> AsyncIterator[Batch]:
    loop = asyncio.get_running_loop()

    def begun(share: Share) -> tuple[Share, asyncio.Future[Mapping[str, bytes]]]:
        return share, loop.run_in_executor(pool, rows_of_share, plan, share)

    waiting = deque(begun(share) for share in islice(shares, ahead))
    try:
        while waiting:
            share, rows = waiting.popleft()
            batch = Batch(await rows, len(WORKERS) + share.first_worker + share.workers)
            waiting.extend(begun(share) for share in islice(shares, 1))
            yield batch
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
