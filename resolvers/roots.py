"""How the roots are answered: one record by a key of its own, or a page of records."""

from asyncio import gather
from collections.abc import Sequence
from typing import Any

from auth.lines import Outcome
from auth.rights import Decision, Reason
from projections.search.condition import Root
from resolvers.context import Context
from resolvers.errors import BadArgument, BadId
from resolvers.ids import parsed_id
from resolvers.link import Ask
from resolvers.masks import asked_inn
from resolvers.search.roots import Listing, Searched
from resolvers.subject import about
from sources.keys import Inn, LicenseNumber, Ogrn, Oid, RegistryNumber, Snils
from sources.license import LicenseFilter
from sources.organization import OrganizationFilter
from sources.registry import Registry
from sources.worker import WorkerFilter

MOST_NODES = 100

BY_ID = {
    "Worker": "worker_by_id",
    "Employment": "employment_by_id",
    "Organization": "organization_by_oid",
    "Department": "department_by_id",
    "StaffingUnit": "staffing_unit_by_id",
    "License": "license_by_id",
    "LicenseActivity": "activity_by_id",
    "LicenseEvent": "event_by_id",
    "Education": "education_by_id",
    "Credential": "credential_by_id",
    "QualificationCategory": "category_by_id",
    "Training": "training_by_id",
}
"""Under which loader each type of record is found by the key in its global id."""


def node(global_id: str, wanted: str | None = None) -> Ask:
    """Where the record with a global id is asked; `wanted` is the only type that will do."""
    noun, key = parsed_id(global_id)
    if wanted is not None and noun != wanted:
        raise BadId(f"this is a global id of {noun}, not of {wanted}")
    return Ask(BY_ID[noun], key)


def nodes(ids: Sequence[str]) -> list[Ask | BadId]:
    """Where the records with these global ids are asked; the error in the place of an id that is none."""
    if len(ids) > MOST_NODES:
        raise BadArgument(f"argument `ids` may hold {MOST_NODES} ids at most, but holds {len(ids)}")
    return [_node_or_error(each) for each in ids]


def _node_or_error(global_id: str) -> Ask | BadId:
    try:
        return node(global_id)
    except BadId as error:
        return error


def worker(context: Context, registry_number: RegistryNumber | None, snils: Snils | None) -> Any:
    """One worker by one of his keys."""
    if (registry_number is None) == (snils is None):
        raise BadArgument("give exactly one of the arguments `registryNumber` and `snils`")
    if registry_number is not None:
        return Ask("worker_by_registry_number", registry_number)
    assert snils is not None  # noqa: S101  (one of the two was given)
    return _worker_by_snils(context, snils)


async def _worker_by_snils(context: Context, snils: Snils) -> Any:
    """A worker whose SNILS the caller knows and may know; whoever may not gets the answer for nobody.

    The rights come first: by nothing, not even by the calls made, is somebody told from nobody.
    """
    loaders = context.loaders
    found, caller = await gather(loaders.subject_by_snils.load(snils), context.reach.principal(context))
    decided, reason = context.gate.row("Worker", "snils", caller, context.purpose, about(found))
    if decided is not Decision.VALUE:
        context.access.note("Query.worker(snils:)", Outcome.WITHHELD, reason or Reason.EXTENT)
        return None
    if found is not None:
        loaders.subject_by_id.prime(found.id, found)  # his fields ask for it by id
        # That a SNILS is this person's is told by the answer, whatever else is asked of him.
        context.released.note("Query", "worker(snils:)", [found], masked=False)
    return await loaders.worker_by_snils.load(snils)


def organization(oid: Oid | None, inn: Inn | None, ogrn: Ogrn | None) -> Ask:
    """One organization by OID, or by INN and OGRN: of several branches, the one without a parent."""
    if oid is not None and inn is None and ogrn is None:
        return Ask("organization_by_oid", oid)
    business = asked_inn("inn", inn)
    if oid is None and business is not None and ogrn is not None:
        return Ask("organization_by_holder", (None, business, ogrn))
    raise BadArgument("give either the argument `oid`, or `inn` and `ogrn` together")


def license_by_number(number: LicenseNumber) -> Ask:
    """One licence by its number."""
    return Ask("license_by_number", number)


def credential_by_number(number: str) -> Ask:
    """One credential by its number."""
    return Ask("credential_by_number", number)


WORKERS = Searched(
    "workers",
    "WorkerConnection",
    Root.WORKER,
    Listing(
        Registry.WORKERS, "worker_page", "worker_count", "registry_number", RegistryNumber, WorkerFilter()
    ),
)
ORGANIZATIONS = Searched(
    "organizations",
    "OrganizationConnection",
    Root.ORGANIZATION,
    Listing(
        Registry.ORGANIZATIONS, "organization_page", "organization_count", "oid", Oid, OrganizationFilter()
    ),
)
LICENSES = Searched(
    "licenses",
    "LicenseConnection",
    Root.LICENSE,
    Listing(Registry.LICENSES, "license_page", "license_count", "number", LicenseNumber, LicenseFilter()),
)
CREDENTIALS = Searched("credentials", "CredentialConnection", Root.CREDENTIAL)
"""The roots that find records; all but the last are paged through by their registries too."""
