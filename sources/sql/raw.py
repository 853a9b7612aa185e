"""What is copied of each registry's tables: an expression for each column. A SNILS leaves as a hash alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sources.raw import Range, RawTable
from sources.registry import Registry
from sources.sql.checks import LICENSE_FAULTS, ORGANIZATION_FAULTS, WORKER_FAULTS


@dataclass(frozen=True, slots=True)
class RawSelect:
    """How a table is read: an expression for each column, and the rows that it is read from."""

    table: RawTable
    expressions: Sequence[str]
    rows: str
    changed: str
    """The newest revision that has a part in the row."""

    def text(self, asked: Range) -> str:
        """The statement that reads a range of revisions."""
        listed = ", ".join(self.expressions).format(seed=asked.seed)
        return f"select {listed} from {self.rows} where {self.within(asked)}"  # noqa: S608  (numbers)

    def sums(self, width: int, until: int, seed: int) -> str:
        """The statement that gives of every so many revisions number, count of rows, sum of their hashes."""
        return (
            f"select (t.revision - 1) / {width}, count(*), sum({self._hash(seed)}::numeric)"  # noqa: S608
            f" from {self.rows} where t.revision <= {until} group by 1"
        )

    def hashes(self, asked: Range) -> str:
        """The statement that gives of each row of a range its key as it may be shown, and its hash."""
        hashed = self._hash(asked.seed)
        return f"select t.{self.shown}::text, {hashed} from {self.rows} where {self.within(asked)}"  # noqa: S608

    def later(self, after: int) -> str:
        """The statement that says which of some rows (`$1`) were changed after a revision."""
        kind = "varchar" if self.shown == "oid" else "uuid"
        return (
            f"select t.{self.shown}::text from {self.rows}"  # noqa: S608
            f" where t.{self.shown} = any($1::text[]::{kind}[]) and {self.changed} > {after}"
        )

    @property
    def shown(self) -> str:
        """The column that a row is called by."""
        return "oid" if self.table.key == "organization" else "id"

    def _hash(self, seed: int) -> str:
        return f"hashtextextended(row({', '.join(self.expressions).format(seed=seed)})::text, 0)"

    def within(self, asked: Range) -> str:
        """The condition of a range."""
        return f"t.revision > {asked.after} and t.revision <= {asked.until}"


PERSON = "hashtextextended({}::text, {{seed}}::bigint)"
ORGANIZATION = "hashtextextended({}::text, 0)"
HOLDER = "hashtextextended({inn} || '/' || {ogrn}, {{seed}}::bigint)"
OPEN = "coalesce({}, 'infinity'::date)"


def _select(
    name: str, registry: Registry, columns: Mapping[str, str], rows: str, key: str = "id", changed: str = ""
) -> RawSelect:
    """The columns by name: `~` is the column of that name as text, nothing is the column itself."""
    written = {
        column: {"": f"t.{column}", "~": f"t.{column}::text"}.get(how, how) for column, how in columns.items()
    }
    table = RawTable(name, registry, key, tuple(written))
    return RawSelect(table, tuple(written.values()), rows, changed or "t.revision")


_OF_WORKER = {"id": "", "worker_id": "", "person": PERSON.format("w.snils")}
_OF_PERSON = {"id": "", "person": PERSON.format("t.worker_snils")}
_WITH_WORKER = "{} t join worker w on w.id = t.worker_id"
_NEWER = "greatest(t.revision, w.revision)"

SELECTS: Sequence[RawSelect] = (
    _select(
        "worker",
        Registry.WORKERS,
        {
            "id": "",
            "person": PERSON.format("t.snils"),
            "registry_number": "~",
            "last_name": "~",
            "first_name": "~",
            "middle_name": "~",
            "sex": "~",
            "birth_date": "",
            "region_code": "~",
            "status": "~",
            "registered_on": "",
            "faults": WORKER_FAULTS,
            "revision": "",
        },
        "worker t",
    ),
    _select(
        "employment",
        Registry.WORKERS,
        _OF_WORKER
        | {
            "organization": ORGANIZATION.format("t.organization_oid"),
            "department_id": "",
            "position_code": "~",
            "kind": "~",
            "rate": "",
            "started_on": "",
            "ended_on": OPEN.format("t.ended_on"),
            "revision": "",
        },
        _WITH_WORKER.format("employment"),
        changed=_NEWER,
    ),
    _select(
        "restriction",
        Registry.WORKERS,
        _OF_WORKER | {"kind": "~", "imposed_on": "", "lifted_on": OPEN.format("t.lifted_on"), "revision": ""},
        _WITH_WORKER.format("restriction"),
        changed=_NEWER,
    ),
    _select(
        "organization",
        Registry.ORGANIZATIONS,
        {
            "organization": ORGANIZATION.format("t.oid"),
            "oid": "~",
            "parent": ORGANIZATION.format("t.parent_oid"),
            "legal_form": "~",
            "inn": "case when t.legal_form = 'ENTITY' then t.inn::text end",
            "holder": HOLDER.format(inn="t.inn", ogrn="t.ogrn"),
            "kind_code": "~",
            "ownership": "~",
            "region_code": "~",
            "status": "~",
            "registered_on": "",
            "closed_on": "",
            "full_name": "~",
            "short_name": "~",
            "faults": ORGANIZATION_FAULTS,
            "revision": "",
        },
        "organization t",
        key="organization",
    ),
    _select(
        "staffing_unit",
        Registry.ORGANIZATIONS,
        {
            "id": "",
            "organization": ORGANIZATION.format("t.organization_oid"),
            "department_id": "",
            "position_code": "~",
            "posts": "",
            "revision": "",
        },
        "staffing_unit t",
    ),
    _select(
        "license",
        Registry.LICENSES,
        {
            "id": "",
            "number": "~",
            "old_number": "~",
            "holder_kind": "~",
            "holder_inn": "case when length(t.holder_inn) = 10 then t.holder_inn::text end",
            "holder": HOLDER.format(inn="t.holder_inn", ogrn="t.holder_ogrn"),
            "holder_name": "~",
            "stated": ORGANIZATION.format("t.organization_oid"),
            "person": PERSON.format("t.worker_snils"),
            "region_code": "~",
            "issued_on": "",
            "valid_until": "",
            "suspended_on": "",
            "terminated_on": "",
            "status": "~",
            "faults": LICENSE_FAULTS,
            "revision": "",
        },
        "license t",
    ),
    _select(
        "activity",
        Registry.LICENSES,
        {"id": "", "license_id": "", "activity_code": "~", "care_kind": "~", "suspended": "", "revision": ""},
        "license_activity t",
    ),
    _select(
        "education",
        Registry.QUALIFICATIONS,
        _OF_PERSON
        | {
            "kind_code": "~",
            "specialty_code": "~",
            "finished_year": "",
            "is_foreign": "",
            "verified": "",
            "issued_on": "",
            "revision": "",
        },
        "education t",
    ),
    _select(
        "credential",
        Registry.QUALIFICATIONS,
        _OF_PERSON
        | {
            "kind": "~",
            "specialty_code": "~",
            "position_code": "~",
            "number": "~",
            "issued_on": "",
            "valid_until": "",
            "status": "~",
            "revision": "",
        },
        "credential t",
    ),
    _select(
        "category",
        Registry.QUALIFICATIONS,
        _OF_PERSON
        | {"category": "~", "specialty_code": "~", "assigned_on": "", "valid_until": "", "revision": ""},
        "category t",
    ),
    _select(
        "training",
        Registry.QUALIFICATIONS,
        _OF_PERSON
        | {
            "specialty_code": "~",
            "hours": "",
            "credits": "",
            "planned_on": "",
            "completed_on": "",
            "revision": "",
        },
        "training t",
    ),
)
"""Every table that is copied."""

RAW_TABLES: Sequence[RawTable] = tuple(each.table for each in SELECTS)

REVISED: Mapping[Registry, Sequence[str]] = {
    Registry.WORKERS: ("worker", "employment", "restriction", "absence"),
    Registry.ORGANIZATIONS: ("organization", "department", "staffing_unit"),
    Registry.LICENSES: ("license", "license_activity", "license_event"),
    Registry.QUALIFICATIONS: ("education", "credential", "category", "training"),
}
"""The tables that share a registry's counter of revisions, those that are not copied too."""
