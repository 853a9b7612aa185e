"""What a search finds: the noun of its records, and under which loader a hit's key leads to them."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from projections.search.condition import Root


class Found(NamedTuple):
    """The records of one kind of search."""

    noun: str
    loader: str


FOUND: Final[Mapping[Root, Found]] = {
    Root.WORKER: Found("Worker", "worker_by_id"),
    Root.ORGANIZATION: Found("Organization", "organization_by_oid"),
    Root.LICENSE: Found("License", "license_by_id"),
    Root.CREDENTIAL: Found("Credential", "credential_by_id"),
}
