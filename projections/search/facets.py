"""What hits can be counted by: values of the record, one or several of each, as data.

`r` is the record. A facet of several values gives a set that is joined to it; a hit without any counts under
null.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from auth.rights import FieldClass
from projections.eligibility import EligibilityReason
from projections.search.condition import Root


@dataclass(frozen=True, slots=True)
class Facet:
    """How a facet's values are found. `many`: a set of them, distinct; `derived`: the same as the projection
    keeps it for its own day. `field_class`: hits outside the caller's sight of it are not counted.
    """

    value: str = "m.value"
    many: str = ""
    derived: str = ""
    field_class: FieldClass = FieldClass.PUBLIC

    def source(self, *, same_day: bool) -> str:
        """What is to be joined to the record. `same_day`: the projection's day is the caller's."""
        many = self.derived if same_day and self.derived else self.many
        return f"left join lateral {many} m(value) on true" if many else ""


def _one(sql: str) -> Facet:
    return Facet(sql)


def _of_person(table: str, column: str, condition: str = "true") -> str:
    return f"(select distinct t.{column} from {table} t where t.person = r.person and {condition})"


_NOW: Final = "t.started_on <= {day} and t.ended_on >= {day}"
_IN_FORCE: Final = "t.status in ('ACTIVE', 'RENEWING') and t.issued_on <= {day} and t.valid_until >= {day}"
_BITS: Final = ", ".join(f"({1 << place}, '{reason}')" for place, reason in enumerate(EligibilityReason))


def _of_employers(column: str) -> Facet:
    """Of employers now; one that the organization registry does not know gives null."""
    return Facet(
        many=f"(select distinct o.{column} from employment t left join organization o"
        f" on o.organization = t.organization where t.person = r.person and {_NOW})",
        derived=f"(select distinct o.{column} from unnest(r.organizations) k(organization)"
        " left join organization o on o.organization = k.organization)",
    )


FACETS: Final[Mapping[Root, Mapping[str, Facet]]] = {
    Root.WORKER: {
        "REGION": _one("r.region_code"),
        "STATUS": _one("r.status"),
        "SEX": _one("r.sex"),
        "SPECIALTY": Facet(
            many=_of_person("credential", "specialty_code", _IN_FORCE), derived="unnest(r.specialties)"
        ),
        "POSITION": Facet(
            many=_of_person("employment", "position_code", _NOW), derived="unnest(r.positions)"
        ),
        "ORGANIZATION": _of_employers("oid"),
        "ORGANIZATION_KIND": _of_employers("kind_code"),
        "ORGANIZATION_REGION": _of_employers("region_code"),
        "OWNERSHIP": _of_employers("ownership"),
        "CREDENTIAL_STATUS": Facet(many=_of_person("credential", "status")),
        "CATEGORY": _one(
            "case r.category when 1 then 'SECOND' when 2 then 'FIRST' when 3 then 'HIGHEST' end"
        ),
        "EDUCATION_KIND": Facet(many=_of_person("education", "kind_code")),
        "ELIGIBLE": _one("r.allowed"),
        "ELIGIBILITY_REASON": Facet(
            many=f"(select b.reason from (values {_BITS}) b(bit, reason) where r.reasons & b.bit <> 0)",
            field_class=FieldClass.RESTRICTED,
        ),
    },
    Root.ORGANIZATION: {
        "REGION": _one("r.region_code"),
        "KIND": _one("r.kind_code"),
        "OWNERSHIP": _one("r.ownership"),
        "STATUS": _one("r.status"),
        "LICENSED": _one("r.licensed"),
        "ACTIVITY": Facet(many="unnest(r.works)"),
    },
    Root.LICENSE: {
        "REGION": _one("r.region_code"),
        "STATUS": _one("r.status"),
        "HOLDER_KIND": _one("r.holder_kind"),
        "ACTIVITY": Facet(
            many="(select distinct t.activity_code from activity t"
            " where t.license_id = r.id and not t.suspended)"
        ),
    },
    Root.CREDENTIAL: {
        "SPECIALTY": _one("r.specialty_code"),
        "KIND": _one("r.kind"),
        "STATUS": _one("r.status"),
        "REGION": Facet(many="(select t.region_code from worker t where t.person = r.person)"),
        "YEAR": _one("extract(year from r.valid_until)::integer"),
        "VALID_UNTIL": _one("r.valid_until"),
    },
}
