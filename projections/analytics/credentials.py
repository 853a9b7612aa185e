"""Credentials in SQL: those of the people of a group, each once."""

import datetime as dt
from collections.abc import Sequence

from projections.analytics.columns import OF_CREDENTIAL
from projections.analytics.question import STATUSES, Measure
from projections.analytics.rows import Part, Rows

M = Measure


class Credentials(Rows):
    """Credentials of the people of a group, each once."""

    columns = OF_CREDENTIAL

    def part(self, measures: Sequence[Measure]) -> Part:
        """The statement that counts credentials of these kinds."""
        counts = {each: self._count(each) for each in measures}
        sums = [each.lower() for each in counts]
        listed = ", ".join(f"{sql} as {name}" for sql, name in zip(counts.values(), sums, strict=True))
        conditions = [*self.conditions, *self.scoped()]
        if not self.by_employment:
            conditions.append("s.head")
        if list(measures) == [M.EXPIRING]:
            conditions.append(self._expiring())
        where = f" where {' and '.join(conditions)}" if conditions else ""
        rows = f"from credential c join staff s on s.person = c.person {self.told.joins()}{where}"
        distinct = "distinct " if self.by_employment else ""
        each = f"select {distinct}{self.keyed}c.id, c.status, c.issued_on, c.valid_until {rows}"
        names = "".join(f"{name}, " for name in self.names)
        return self.whole(f"select {names}{listed} from ({each}) c{self.grouping()}", sums)

    def _count(self, measure: Measure) -> str:
        if measure is M.CREDENTIALS:
            return "count(*)"
        if measure is M.EXPIRING:
            return f"count(*) filter (where {self._expiring()})"
        return f"count(*) filter (where c.status = '{STATUSES[measure]}')"

    def _expiring(self) -> str:
        """That it is in force today and ends within the days."""
        today = self.binder.bind(self.day, "date")
        last = self.binder.bind(self.day + dt.timedelta(days=self.question.within), "date")
        return (
            f"c.status in ('ACTIVE', 'RENEWING') and c.issued_on <= {today}"
            f" and c.valid_until >= {today} and c.valid_until <= {last}"
        )
