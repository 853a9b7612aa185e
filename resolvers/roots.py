"""How the roots are answered: one record by a key of its own, or a page of records."""

from asyncio import gather
from collections.abc import Sequence
from typing import Any

from auth.lines import Outcome
from auth.rights import Decision, Reason
from resolvers.connection import Connection, listing
from resolvers.context import Info
from resolvers.errors import BadArgument, BadId
from resolvers.ids import parsed_id
from resolvers.masks import asked_inn
from resolvers.subject import about
from sources.keys import Inn, LicenseNumber, Ogrn, Oid, RegistryNumber, Snils
from sources.license import LicenseFilter
from sources.organization import OrganizationFilter
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


def node(info: Info, global_id: str, wanted: str | None = None) -> Any:
    """The record with a global id, when it is loaded; `wanted` is the only type that will do."""
    noun, key = parsed_id(global_id)
    if wanted is not None and noun != wanted:
        raise BadId(f"this is a global id of {noun}, not of {wanted}")
    return getattr(info.context.loaders, BY_ID[noun]).load(key)


def nodes(info: Info, ids: Sequence[str]) -> list[Any]:
    """The records with these global ids, in their order; the error in the place of an id that is none."""
    if len(ids) > MOST_NODES:
        raise BadArgument(f"argument `ids` may hold {MOST_NODES} ids at most, but holds {len(ids)}")
    return [_node_or_error(info, each) for each in ids]


def _node_or_error(info: Info, global_id: str) -> Any:
    try:
        return node(info, global_id)
    except BadId as error:
        return error


async def worker(info: Info, registry_number: RegistryNumber | None, snils: Snils | None) -> Any:
    """One worker by one of his keys."""
    if (registry_number is None) == (snils is None):
        raise BadArgument("give exactly one of the arguments `registryNumber` and `snils`")
    if registry_number is not None:
        return await info.context.loaders.worker_by_registry_number.load(registry_number)
    assert snils is not None  # noqa: S101  (one of the two was given)
    return await _worker_by_snils(info, snils)


async def _worker_by_snils(info: Info, snils: Snils) -> Any:
    """A worker whose SNILS the caller knows and may know; whoever may not gets the answer for nobody.

    The rights come first: by nothing, not even by the calls made, is somebody told from nobody.
    """
    context = info.context
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


async def organization(info: Info, oid: Oid | None, inn: Inn | None, ogrn: Ogrn | None) -> Any:
    """One organization by OID, or by INN and OGRN: of several branches, the one without a parent."""
    loaders = info.context.loaders
    if oid is not None and inn is None and ogrn is None:
        return await loaders.organization_by_oid.load(oid)
    business = asked_inn("inn", inn)
    if oid is None and business is not None and ogrn is not None:
        return await loaders.organization_by_holder.load((None, business, ogrn))
    raise BadArgument("give either the argument `oid`, or `inn` and `ogrn` together")


def license_by_number(info: Info, number: LicenseNumber) -> Any:
    """One licence by its number."""
    return info.context.loaders.license_by_number.load(number)


def credential_by_number(info: Info, number: str) -> Any:
    """One credential by its number."""
    return info.context.loaders.credential_by_number.load(number)


def workers(info: Info, where: WorkerFilter, first: int, after: str | None) -> Connection:
    """Workers by registry number."""
    pages = info.context.loaders.pages
    return listing(
        ("workers", where),
        first,
        after,
        key=lambda row: str(row.registry_number),
        parse=RegistryNumber,
        fetch=lambda start, limit: pages.workers(where, start, limit),
        count=lambda: pages.worker_count(where),
    )


def organizations(info: Info, where: OrganizationFilter, first: int, after: str | None) -> Connection:
    """Organizations by OID."""
    pages = info.context.loaders.pages
    return listing(
        ("organizations", where),
        first,
        after,
        key=lambda row: str(row.oid),
        parse=Oid,
        fetch=lambda start, limit: pages.organizations(where, start, limit),
        count=lambda: pages.organization_count(where),
    )


def licenses(info: Info, where: LicenseFilter, first: int, after: str | None) -> Connection:
    """Licences by number."""
    pages = info.context.loaders.pages
    return listing(
        ("licenses", where),
        first,
        after,
        key=lambda row: str(row.number),
        parse=LicenseNumber,
        fetch=lambda start, limit: pages.licenses(where, start, limit),
        count=lambda: pages.license_count(where),
    )
