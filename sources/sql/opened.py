"""The four registries over their databases, ready to be asked. Connects to none of them yet."""

from collections.abc import Callable, Mapping
from datetime import date

from sources.dictionary import Dictionaries
from sources.registry import Registry
from sources.resilience import Limits
from sources.sources import Sources
from sources.sql.database import Database
from sources.sql.license import SqlLicenses
from sources.sql.organization import SqlOrganizations
from sources.sql.qualification import SqlQualifications
from sources.sql.worker import SqlWorkers


class SqlRegistries:
    """The databases of the four registries and what is read from them; to be closed at the end."""

    def __init__(
        self,
        urls: Mapping[Registry, str],
        limits: Limits,
        dictionaries: Dictionaries,
        today: Callable[[], date],
    ) -> None:
        """`today` says which employments are current."""
        self.databases = {registry: Database(registry, urls[registry], limits) for registry in Registry}
        self.sources = Sources(
            workers=SqlWorkers(self.databases[Registry.WORKERS], today),
            organizations=SqlOrganizations(self.databases[Registry.ORGANIZATIONS]),
            licenses=SqlLicenses(self.databases[Registry.LICENSES]),
            qualifications=SqlQualifications(self.databases[Registry.QUALIFICATIONS]),
            dictionaries=dictionaries,
        )

    async def close(self) -> None:
        """Close the pools."""
        for database in self.databases.values():
            await database.close()
