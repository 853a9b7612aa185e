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
    """A dimension of some rows: its expression, the type of its bound values, what it joins or unfolds."""

    sql: str
    type: str = "text"
    join: str = ""
    unfolds: str = ""
    """The array of an employment that it is a single value of."""


STAFF: Final[Mapping[Dimension, Column]] = {
    D.REGION: Column("s.region_code"),
    D.FEDERAL_DISTRICT: Column("s.federal_district"),
    D.ORGANIZATION: Column("case when s.organization_kind is not null then s.organization end", "bigint"),
    D.ORGANIZATION_KIND: Column("s.organization_kind"),
    D.OWNERSHIP: Column("s.ownership"),
    D.DEPARTMENT: Column("s.department_id", "uuid"),
    D.POSITION: Column("s.position_code"),
    D.POSITION_GROUP: Column("s.position_group"),
    D.EMPLOYMENT_KIND: Column("s.kind"),
    D.CATEGORY: Column("s.category", "smallint"),
    D.SEX: Column("s.sex"),
    D.ELIGIBLE: Column("s.allowed", "boolean"),
    D.AGE_BAND: Column("s.birth_date", "date"),
    D.SPECIALTY: Column("s.specialty", unfolds="s.specialties"),
}
"""Of an employment `s` of the day."""

OF_CREDENTIAL: Final[Mapping[Dimension, Column]] = {
    **STAFF,
    D.SPECIALTY: Column("s.held_specialty", unfolds="s.held_specialties"),
    D.CREDENTIAL_STATUS: Column("s.held_status", unfolds="s.held_statuses"),
    D.CREDENTIAL_YEAR: Column("s.held_year", "smallint", unfolds="s.held_years"),
}
"""The same with a credential of the person, unfolded from what stands beside the employment."""

OF_RECORD: Final[Mapping[Dimension, Column]] = {
    **STAFF,
    D.SPECIALTY: Column("c.specialty_code"),
    D.CREDENTIAL_STATUS: Column("c.status"),
    D.CREDENTIAL_YEAR: Column("extract(year from c.issued_on)::integer", "integer"),
}
"""The same with the credential's own record `c`."""

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
    none: bool = False
    """Whether who has no credential to unfold is told too, with null."""
    joined: dict[str, None] = field(default_factory=dict)
    unfolded: dict[str, str] = field(default_factory=dict)

    def grouped(self, dimension: Dimension) -> str:
        """What the rows are grouped by."""
        column = self.column(dimension)
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
        column = self.column(narrowing.dimension)
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

    def staff(self) -> str:
        """The employments, each as often as the expressions so far need it.

        What is unfolded among the columns costs a quarter of what is unfolded by a join.
        """
        if not self.unfolded:
            return "staff s"
        listed = ", ".join(f"{sql} as {name}" for name, sql in self.unfolded.items())
        return f"(select s.*, {listed} from staff s) s"

    def place(self) -> str:
        """Which one of what is unfolded a row has."""
        self.unfolded["held_place"] = "generate_subscripts(s.held_years, 1)"
        return "s.held_place"

    def column(self, dimension: Dimension) -> Column:
        """Where a dimension stands; the rows have it then."""
        column = self.columns[dimension]
        if column.join:
            self.joined[column.join] = None
        if column.unfolds:
            self.unfolded[column.sql.removeprefix("s.")] = f"unnest({self._filled(column)})"
        return column

    def _filled(self, column: Column) -> str:
        """The array to unfold, with null in it where it would be empty and that is wanted."""
        if not self.none or column is STAFF[D.SPECIALTY]:
            return column.unfolds
        return f"case when s.held_years = '{{}}' then array[null]::{column.type}[] else {column.unfolds} end"

    def _born(self, age: int) -> str:
        """The last day on which somebody was born who has this age."""
        return self.binder.bind(_years_before(self.day, age), "date")

    def _in_band(self, band: AgeBand) -> str:
        place = list(AgeBand).index(band)
        column = self.column(D.AGE_BAND).sql
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
