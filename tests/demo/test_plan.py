"""The same plan makes the same rows, whoever makes them."""

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from demo import batches as making
from demo.batches import batches
from demo.plan import Plan
from demo.stories import WORKERS

PLAN = Plan(4_000, date(2026, 11, 22))


async def digest(plan: Plan) -> str:
    """What identifies everything that a plan makes, order included."""
    seen = hashlib.sha256()
    async for batch in batches(plan):
        for table, rows in batch.rows.items():
            seen.update(f"{table} {len(rows)} ".encode() + rows)
    return seen.hexdigest()


async def made(plan: Plan) -> Mapping[str, bytes]:
    """Every row of a plan, by table."""
    tables: dict[str, bytes] = {}
    async for batch in batches(plan):
        for table, rows in batch.rows.items():
            tables[table] = tables.get(table, b"") + rows
    return tables


async def test_processes_make_what_one_alone_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    together = await digest(PLAN)
    assert await digest(PLAN) == together
    monkeypatch.setattr(making, "_ALONE", PLAN.workers)
    assert await digest(PLAN) == together


async def test_another_seed_or_day_makes_other_rows() -> None:
    small = replace(PLAN, workers=300)
    first = await digest(small)
    assert await digest(replace(small, seed=2)) != first
    assert await digest(replace(small, today=date(2026, 11, 23))) != first


@pytest.mark.parametrize("workers", [1, len(WORKERS), 12, 100, 999])
async def test_so_many_workers_as_were_asked_for(workers: int) -> None:
    tables = await made(replace(PLAN, workers=workers))
    assert tables["worker"].count(b"\n") == max(workers, len(WORKERS))


def test_a_national_plan_has_national_proportions() -> None:
    shares = list(Plan(3_000_000, date(2026, 11, 22)).shares())
    sizes = [size for share in shares for size in share.sizes]
    assert sum(sizes) == 3_000_000 - len(WORKERS)
    assert max(sizes) == 6_000
    assert 85_000 < len(sizes) < 115_000
    assert sum(size < 50 for size in sizes) > 0.8 * len(sizes)
    assert max(share.workers for share in shares) < 7_000, "a share fits into memory, however large the plan"


async def test_makers_end_when_nobody_reads_on() -> None:
    source = batches(Plan(50_000, date(2026, 11, 22)))
    async for batch in source:
        if batch.workers_so_far > len(WORKERS):
            break
    await asyncio.wait_for(source.aclose(), 30)  # type: ignore[attr-defined]
