"""The four searches: what is found, how it may be ordered, and by what its hits are counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Root:
    """A search for one kind of record, whose row is `r`."""

    entity: str
    key: str
    """What the gateway shows of a hit."""
    field: str
    id: str
    source: str
    name: str
    orders: Mapping[str, str]
    facets: Mapping[str, str]


def rank(dictionary: str, code: str) -> str:
    """Where the name of a code stands among the names of its list."""
    return f"(select k.rank from ranked k where k.dictionary = '{dictionary}' and k.code = {code})"


def text(value: str) -> str:
    """A text in the order of its letters' numbers."""
    return f'({value})::text collate "C"'


EMPLOYER: Final = "join organization o on o.oid = f.organization_oid"


def main(what: str, joined: str = "", of: str = "r.id") -> str:
    """What was worked out of a worker."""
    return f"(select {what} from of_worker f {joined} where f.id = {of})"


WORKERS_NAME: Final = "plain(concat_ws(' ', {0}.last_name, {0}.first_name, {0}.middle_name))"

HIS_NAME: Final = text(f"(select {WORKERS_NAME.format('w')} from worker w where w.snils = r.worker_snils)")
HIS_ID: Final = "(select w.id from worker w where w.snils = r.worker_snils)"

WORKERS: Final = Root(
    entity="worker",
    key="r.registry_number",
    field="registryNumber",
    id="r.id::text",
    source="worker r",
    name=text(WORKERS_NAME.format("r")),
    orders={
        "NAME": text(WORKERS_NAME.format("r")),
        "REGISTRY_NUMBER": text("r.registry_number"),
        "REGION": rank("regions", "r.region_code"),
        "STATUS": text("r.status"),
        "REGISTERED_ON": "r.registered_on",
        "ORGANIZATION": text(main("plain(o.short_name)", EMPLOYER)),
        "POSITION": rank("positions", main("f.position_code")),
        "SPECIALTY": rank("specialties", main("f.specialty_code")),
        "NEAREST_EXPIRY": main("f.nearest_expiry"),
        "CATEGORY": main("f.category"),
        "ELIGIBLE": main("f.reasons = '{}'"),
    },
    facets={
        "REGION": "select r.region_code::text",
        "STATUS": "select r.status",
        "SEX": "select r.sex",
        "SPECIALTY": "select c.specialty_code from credential c where c.worker_snils = r.snils and lasts(c)",
        "POSITION": "select e.position_code from employment e where e.worker_id = r.id and lasts(e)",
        "ORGANIZATION": "select o.oid from employment e"
        " left join organization o on o.oid = e.organization_oid where e.worker_id = r.id and lasts(e)",
        "ORGANIZATION_KIND": "select o.kind_code from employment e"
        " left join organization o on o.oid = e.organization_oid where e.worker_id = r.id and lasts(e)",
        "ORGANIZATION_REGION": "select o.region_code::text from employment e"
        " left join organization o on o.oid = e.organization_oid where e.worker_id = r.id and lasts(e)",
        "OWNERSHIP": "select o.ownership from employment e"
        " left join organization o on o.oid = e.organization_oid where e.worker_id = r.id and lasts(e)",
        "CREDENTIAL_STATUS": "select c.status from credential c where c.worker_snils = r.snils",
        "CATEGORY": "select (array['SECOND', 'FIRST', 'HIGHEST'])[f.category]"
        " from of_worker f where f.id = r.id",
        "EDUCATION_KIND": "select d.kind_code from education d where d.worker_snils = r.snils",
        "ELIGIBLE": "select case when f.reasons = '{}' then 'true' else 'false' end"
        " from of_worker f where f.id = r.id",
        "ELIGIBILITY_REASON": "select unnest(f.reasons) from of_worker f where f.id = r.id",
    },
)

ORGANIZATIONS: Final = Root(
    entity="organization",
    key="r.oid",
    field="oid",
    id="r.oid",
    source="organization r",
    name=text("plain(r.short_name)"),
    orders={
        "NAME": text("plain(r.short_name)"),
        "OID": text("r.oid"),
        "REGION": rank("regions", "r.region_code"),
        "KIND": rank("organization_kinds", "r.kind_code"),
        "OWNERSHIP": text("r.ownership"),
        "STATUS": text("r.status"),
        "REGISTERED_ON": "r.registered_on",
        "STAFF": "(select f.staff from of_organization f where f.oid = r.oid)",
        "LICENSE_UNTIL": "(select f.license_until from of_organization f where f.oid = r.oid)",
    },
    facets={
        "REGION": "select r.region_code::text",
        "KIND": "select r.kind_code",
        "OWNERSHIP": "select r.ownership",
        "STATUS": "select r.status",
        "LICENSED": "select case when f.licensed then 'true' else 'false' end"
        " from of_organization f where f.oid = r.oid",
        "ACTIVITY": "select a.activity_code from allowed_work a where a.owner = r.oid",
    },
)

LICENSES: Final = Root(
    entity="license",
    key="r.number",
    field="number",
    id="r.id::text",
    source="owned r",
    name=text("plain(r.holder_name)"),
    orders={
        "NUMBER": text("r.number"),
        "HOLDER": text("plain(r.holder_name)"),
        "REGION": rank("regions", "r.region_code"),
        "STATUS": text("r.status"),
        "ISSUED_ON": "r.issued_on",
        "VALID_UNTIL": "r.valid_until",
        "ORGANIZATION": text("(select plain(o.short_name) from organization o where o.oid = r.owner)"),
    },
    facets={
        "REGION": "select r.region_code::text",
        "STATUS": "select r.status",
        "HOLDER_KIND": "select r.holder_kind",
        "ACTIVITY": "select a.activity_code from license_activity a"
        " where a.license_id = r.id and not a.suspended",
    },
)

CREDENTIALS: Final = Root(
    entity="credential",
    key="r.number",
    field="number",
    id="r.id::text",
    source="credential r",
    name=HIS_NAME,
    orders={
        "NUMBER": text("r.number"),
        "WORKER": HIS_NAME,
        "SPECIALTY": rank("specialties", "r.specialty_code"),
        "STATUS": text("r.status"),
        "ISSUED_ON": "r.issued_on",
        "VALID_UNTIL": "r.valid_until",
        "ORGANIZATION": text(main("plain(o.short_name)", EMPLOYER, HIS_ID)),
    },
    facets={
        "SPECIALTY": "select r.specialty_code",
        "KIND": "select r.kind",
        "STATUS": "select r.status",
        "REGION": "select w.region_code::text from worker w where w.snils = r.worker_snils",
        "YEAR": "select extract(year from r.valid_until)::int::text",
        "VALID_UNTIL": "select to_char(r.valid_until, 'YYYY-MM-DD')",
    },
)

ROOTS: Final = {
    "workers": WORKERS,
    "organizations": ORGANIZATIONS,
    "licenses": LICENSES,
    "credentials": CREDENTIALS,
}
"""By the name of the field that is asked."""
