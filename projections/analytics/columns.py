"""Dimensions in SQL: where each stands, and how it is narrowed to some of its values."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from projections.analytics.question import AGES, AgeBand, Dimension, Narrowing
from projections.search.binder import Binder
from projections.search.sights import organization_keys

D = Dimension
NAMED: Final = "left join name {alias} on {alias}.dictionary = '{list}' and {alias}.code = {code}"

CATEGORIES: Final = ("SECOND", "FIRST", "HIGHEST")


@dataclass(frozen=True, slots=True)
class Column:
    """A dimension of some rows: its expression, the type that its values are bound as, and what it joins."""

    sql: str
    type: str = "text"
    join: str = ""


STAFF: Final[Mapping[Dimension, Column]] = {
    D.REGION: Column("s.region_code"),
    D.FEDERAL_DISTRICT: Column(
        "nr.part", join=NAMED.format(alias="nr", list="regions", code="s.region_code")
    ),
    D.ORGANIZATION: Column("case when s.organization_kind is not null then s.organization end", "bigint"),
    D.ORGANIZATION_KIND: Column("s.organization_kind"),
    D.OWNERSHIP: Column("s.ownership"),
    D.DEPARTMENT: Column("s.department_id", "uuid"),
    D.POSITION: Column("s.position_code"),
    D.POSITION_GROUP: Column(
        "np.part", join=NAMED.format(alias="np", list="positions", code="s.position_code")
    ),
    D.EMPLOYMENT_KIND: Column("s.kind"),
    D.CATEGORY: Column("s.category", "smallint"),
    D.SEX: Column("s.sex"),
    D.ELIGIBLE: Column("s.allowed", "boolean"),
    D.AGE_BAND: Column("s.birth_date", "date"),
    D.SPECIALTY: Column(
        "sp.code",
        join="cross join lateral unnest(case when s.specialties = '{}' then array[null]::text[]"
        " else s.specialties end) as sp(code)",
    ),
}
"""Of an employment `s` of the day."""

OF_CREDENTIAL: Final[Mapping[Dimension, Column]] = {
    **STAFF,
    D.SPECIALTY: Column("c.specialty_code"),
    D.CREDENTIAL_STATUS: Column("c.status"),
    D.CREDENTIAL_YEAR: Column("c.year", "smallint"),
}
"""The same with a credential `c` of the person, unfolded from what stands beside the employment."""

OF_RECORD: Final[Mapping[Dimension, Column]] = {
    **OF_CREDENTIAL,
    D.CREDENTIAL_YEAR: Column("extract(year from c.issued_on)::integer", "integer"),
}
"""The same with the credential's own record `c`."""

HELD: Final = (
    "lateral unnest(s.held_specialties, s.held_years, s.held_statuses) with ordinality"
    " as c(specialty_code, year, status, place)"
)
"""What unfolds the credentials of an employment's person."""

OF_CATEGORY: Final[Mapping[Dimension, Column]] = {
    **STAFF,
    D.SPECIALTY: Column("c.specialty_code"),
    D.CATEGORY: Column("array_position(array['SECOND', 'FIRST', 'HIGHEST'], c.category::text)", "smallint"),
}
"""The same with a category `c` of the person beside it."""

OF_PLACE: Final[Mapping[Dimension, Column]] = {
    **STAFF,
    D.REGION: Column("s.organization_region"),
    D.FEDERAL_DISTRICT: Column(
        "nr.part", join=NAMED.format(alias="nr", list="regions", code="s.organization_region")
    ),
}
"""Of an employment, with the region of its organization."""

OF_POST: Final[Mapping[Dimension, Column]] = {
    D.REGION: Column("o.region_code"),
    D.FEDERAL_DISTRICT: Column(
        "nr.part", join=NAMED.format(alias="nr", list="regions", code="o.region_code")
    ),
    D.ORGANIZATION: Column("o.organization", "bigint"),
    D.ORGANIZATION_KIND: Column("o.kind_code"),
    D.OWNERSHIP: Column("o.ownership"),
    D.DEPARTMENT: Column("u.department_id", "uuid"),
    D.POSITION: Column("u.position_code"),
    D.POSITION_GROUP: Column(
        "np.part", join=NAMED.format(alias="np", list="positions", code="u.position_code")
    ),
}
"""Of the posts `u` of a position in an organization `o`."""

OF_LICENSE: Final[Mapping[Dimension, Column]] = {
    D.REGION: Column("u.region_code"),
    D.FEDERAL_DISTRICT: Column(
        "nr.part", join=NAMED.format(alias="nr", list="regions", code="u.region_code")
    ),
    D.ORGANIZATION: Column("o.organization", "bigint"),
    D.ORGANIZATION_KIND: Column("o.kind_code"),
    D.OWNERSHIP: Column("o.ownership"),
}
"""Of a licence `u` of an organization `o`."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of some rows by their dimensions: expressions, joins, conditions; all of one statement."""

    columns: Mapping[Dimension, Column]
    binder: Binder
    day: dt.date
    branches: bool = True
    by: Sequence[Dimension] = ()
    organization: str = "s.organization"
    """Where the key of the organization stands."""
    joined: dict[str, None] = field(default_factory=dict)

    def grouped(self, dimension: Dimension) -> str:
        """What the rows are grouped by."""
        column = self._column(dimension)
        if dimension is D.AGE_BAND:
            older = "".join(
                f" when {column.sql} <= {self._born(age)} then {place}"
                for place, age in reversed(list(enumerate(AGES)))
                if age
            )
            return f"case{older} else 0 end"
        return column.sql

    def condition(self, narrowing: Narrowing) -> str:
        """That a row has one of these values."""
        if narrowing.dimension is D.ORGANIZATION:
            return self.at(narrowing.values, branches=self.branches)
        if narrowing.dimension is D.AGE_BAND:
            bands = [self._in_band(AgeBand(value)) for value in narrowing.values]
            return f"({' or '.join(bands) or 'false'})"
        if (
            narrowing.dimension is D.SPECIALTY
            and self.columns[D.SPECIALTY] is STAFF[D.SPECIALTY]
            and D.SPECIALTY not in self.by
        ):
            return f"s.specialties && {self.binder.bind(list(narrowing.values), 'text[]')}"
        column = self._column(narrowing.dimension)
        values = _bound(narrowing)
        return f"{column.sql} = any({self.binder.bind(values, f'{column.type}[]')})"

    def at(self, oids: Sequence[str], *, branches: bool) -> str:
        """That it is at one of these organizations, or at a branch of one."""
        keys = organization_keys(sorted(oids), self.binder)
        own = f"{self.organization} = any({keys})"
        if not branches:
            return own
        below = f"array(select b.organization from organization b where b.parent = any({keys}))"
        return f"{self.organization} = any({keys} || {below})"

    def joins(self) -> str:
        """What the expressions so far need."""
        return " ".join(self.joined)

    def _column(self, dimension: Dimension) -> Column:
        column = self.columns[dimension]
        if column.join:
            self.joined[column.join] = None
        return column

    def _born(self, age: int) -> str:
        """The last day on which somebody was born who has this age."""
        return self.binder.bind(_years_before(self.day, age), "date")

    def _in_band(self, band: AgeBand) -> str:
        place = list(AgeBand).index(band)
        column = self._column(D.AGE_BAND).sql
        parts = [f"{column} <= {self._born(AGES[place])}"] if place else []
        if place + 1 < len(AGES):
            parts.append(f"{column} > {self._born(AGES[place + 1])}")
        return f"({' and '.join(parts)})"


def written(dimension: Dimension, value: object) -> str | None:
    """A value of a group as the answer's keys write it."""
    if value is None:
        return None
    match dimension, value:
        case D.AGE_BAND, int(place):
            return list(AgeBand)[place].value
        case D.CATEGORY, int(rank):
            return CATEGORIES[rank - 1]
        case _, bool(flag):
            return "true" if flag else "false"
    return str(value)


def _bound(narrowing: Narrowing) -> list[str]:
    """The values in the words of the column; the driver reads the texts of an array by its type."""
    match narrowing.dimension:
        case D.CATEGORY:
            found: list[object] = [CATEGORIES.index(value) + 1 for value in narrowing.values]
        case D.ELIGIBLE:
            found = [value == "true" for value in narrowing.values]
        case D.DEPARTMENT:
            found = [UUID(value) for value in narrowing.values]
        case D.CREDENTIAL_YEAR:
            found = [int(value) for value in narrowing.values]
        case _:
            found = list(narrowing.values)
    return found  # type: ignore[return-value]


def _years_before(day: dt.date, years: int) -> dt.date:
    """The same day so many years before; of a 29th of February the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
