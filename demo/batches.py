"""The rows of all four registries, a batch of organizations at a time."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from demo.plan import Plan
from demo.tables import TABLES


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows by table, in COPY's text format."""

    rows: Mapping[str, bytes]
    workers_so_far: int


async def batches(plan: Plan) -> AsyncIterator[Batch]:
    """Every row, in batches."""
    yield Batch({table: b"" for tables in TABLES.values() for table in tables}, plan.workers)
