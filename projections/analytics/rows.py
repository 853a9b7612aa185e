"""What every statement of an aggregate has in common: whom it counts, by what, within which scope."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from projections.analytics.columns import OF_CREDENTIAL, STAFF, Column, Told
from projections.analytics.question import OF_CREDENTIAL as CREDENTIAL_DIMENSIONS
from projections.analytics.question import OF_EMPLOYMENT, Dimension, Question, touches
from projections.search.binder import Binder, Statement


@dataclass(frozen=True, slots=True)
class Part:
    """A statement, and the names of the sums that its rows hold after their keys."""

    statement: Statement
    sums: Sequence[str]
    sorted: bool = False
    """Whether its groups are so many that they are better made in the order of an index."""


class Rows:
    """What the statements have in common: whom they count, and by what."""

    columns: Mapping[Dimension, Column] = STAFF
    none = False
    """Whether who has no credential is told by credentials too, with null."""

    def __init__(
        self, question: Question, day: dt.date, columns: Mapping[Dimension, Column] | None = None
    ) -> None:
        self.question, self.day, self.binder = question, day, Binder()
        self.of_credentials = touches(question.dimensions, CREDENTIAL_DIMENSIONS)
        chosen = columns or self.columns
        if self.of_credentials and chosen is STAFF:
            chosen = OF_CREDENTIAL
        self.told = Told(chosen, self.binder, day, question.branches, question.by, none=self.none)
        self.groups = [self.told.grouped(each) for each in question.by]
        self.conditions = [self.told.condition(each) for each in question.where]
        self.names = [f"k{place}" for place in range(len(question.by))]

    @property
    def by_employment(self) -> bool:
        """Whether one employment of a person may belong to a group and another one not."""
        scope = self.question.scope
        return touches(self.question.dimensions, OF_EMPLOYMENT) or bool(scope and scope.organizations)

    def scoped(self) -> list[str]:
        """The conditions of the scope."""
        scope, found = self.question.scope, []
        if scope and scope.organizations is not None:
            found.append(self.told.at(sorted(scope.organizations), branches=False))
        if scope and scope.regions is not None:
            found.append(f"s.region_code = any({self.binder.bind(sorted(scope.regions), 'text[]')})")
        return found

    @property
    def keyed(self) -> str:
        """The groups under their names."""
        return "".join(f"{sql} as {name}, " for sql, name in zip(self.groups, self.names, strict=True))

    def grouping(self, *more: str) -> str:
        """The clause that makes the groups."""
        names = [*map(str, range(1, len(self.names) + 1)), *more]
        return f" group by {', '.join(names)}" if names else ""

    def whole(self, sql: str, sums: Sequence[str]) -> Part:
        """The statement over its groups; an organization's key becomes its OID."""
        shown = [named(each, name) for each, name in zip(self.question.by, self.names, strict=True)]
        listed = ", ".join([*shown, *sums])
        return Part(
            self.binder.statement(f"select {listed} from ({sql}) g limit {self.question.most + 1}"), sums
        )


def named(dimension: Dimension, column: str) -> str:
    """A group's value as it leaves the database: of an organization the OID."""
    if dimension is not Dimension.ORGANIZATION:
        return column
    return f"(select o.oid from organization o where o.organization = {column})"
