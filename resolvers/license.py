"""How a licence's fields are answered."""

from typing import Any

from resolvers.context import Info
from resolvers.dictionary import coded
from resolvers.link import HIDDEN, OWN, Resolver, computed, link, note_dangling
from resolvers.masks import business_inn

activities = link("activities_by_license", "id")
events = link("events_by_license", "id")
of_license = link("license_by_id", "license_id", reference=True)
region = coded("regions", "region_code")
activity = coded("license_activities", "activity_code")
care_kind = coded("care_kinds", "care_kind")
holder_inn = computed(lambda found: business_inn(found.holder_inn), "holder_inn")

HOLDER = ("organization_oid", "holder_inn", "holder_ogrn")


async def _organization(root: Any, info: Info) -> Any:
    """The organization by the OID where the registry knows it, by INN and OGRN where not."""
    key = (root.organization_oid, root.holder_inn, root.holder_ogrn)
    found = await info.context.loaders.organization_by_holder.load(key)
    if found is None:
        note_dangling(info, root.organization_oid or f"{business_inn(root.holder_inn)}/{root.holder_ogrn}")
    return found


organization = Resolver(_organization, {OWN: HOLDER})


async def _holder(root: Any, info: Info) -> Any:
    """The proprietor as a worker where the registry names him, otherwise the organization."""
    if root.holder_kind != "WORKER" or root.worker_snils is None:
        return await _organization(root, info)
    found = await info.context.loaders.worker_by_snils.load(root.worker_snils)
    if found is None:
        note_dangling(info, HIDDEN)
    return found


holder = Resolver(_holder, {OWN: (*HOLDER, "holder_kind", "worker_snils")})
