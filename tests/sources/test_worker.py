"""The worker registry answers by every key, with the asked columns, and absence is absence."""

from sources.registry import Registry
from sources.sources import Sources
from tests.sources.behind import Behind


async def test_workers_by_snils(sources: Sources, behind: Behind) -> None:
    rows = await behind.rows(Registry.WORKERS, "select snils, last_name from worker limit 3")
    found = await sources.workers.workers_by_snils([snils for snils, _ in rows], ("last_name",))
    assert {snils: row.last_name for snils, row in found.items()} == dict(rows)
