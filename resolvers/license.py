"""How a licence's fields are answered."""

from typing import Any

from resolvers.context import Context
from resolvers.dictionary import coded
from resolvers.link import HIDDEN, OWN, Ask, computed, link, lookup
from resolvers.masks import business_inn

activities = link("activities_by_license", "id")
events = link("events_by_license", "id")
of_license = link("license_by_id", "license_id", reference=True)
region = coded("regions", "region_code")
activity = coded("license_activities", "activity_code")
care_kind = coded("care_kinds", "care_kind")
holder_inn = computed(lambda found: business_inn(found.holder_inn), "holder_inn")

HOLDER = ("organization_oid", "holder_inn", "holder_ogrn")


def _organization(root: Any, _context: Context) -> Ask:
    """The organization by the OID where the registry knows it, by INN and OGRN where not."""
    key = (root.organization_oid, root.holder_inn, root.holder_ogrn)
    reference = root.organization_oid or f"{business_inn(root.holder_inn)}/{root.holder_ogrn}"
    return Ask("organization_by_holder", key, reference)


organization = lookup(_organization, {OWN: HOLDER})


def _holder(root: Any, context: Context) -> Ask:
    """The proprietor as a worker where the registry names him, otherwise the organization."""
    if root.holder_kind != "WORKER" or root.worker_snils is None:
        return _organization(root, context)
    return Ask("worker_by_snils", root.worker_snils, HIDDEN)


holder = lookup(_holder, {OWN: (*HOLDER, "holder_kind", "worker_snils")})
