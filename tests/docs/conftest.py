"""The gateway that every example of the documentation is asked of, over demo data."""

from collections.abc import AsyncIterator, Mapping
from datetime import date

import pytest

from gateway.servers import OwnServers
from projections.analytics.projected import ProjectedAnalytics
from projections.database import Projection
from projections.findings.projected import ProjectedFindings
from projections.search.projected import ProjectionReader
from sources.dictionary import Dictionaries
from sources.registry import Registry
from tests.asking import UNHURRIED, Asking, asking_over


@pytest.fixture(scope="session")
async def documented(
    own_servers: OwnServers, registries: Mapping[Registry, str], projected: str, today: date
) -> AsyncIterator[Asking]:
    """A gateway in this process over the demo data as of today, and their projection."""
    projection = Projection(projected)
    search = ProjectionReader(projection, Dictionaries.load(), UNHURRIED)
    analytics = ProjectedAnalytics(projection, Dictionaries.load(), UNHURRIED)
    findings = ProjectedFindings(projection, UNHURRIED)
    async with asking_over(
        registries, own_servers.redis_url, today, search=search, analytics=analytics, findings=findings
    ) as asked:
        yield asked
    await projection.close()
