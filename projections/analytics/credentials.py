"""Credentials in SQL: those of the people of a group, each once."""

import datetime as dt
from collections.abc import Sequence

from projections.analytics.columns import HELD, OF_CREDENTIAL, OF_RECORD
from projections.analytics.question import STATUSES, Measure
from projections.analytics.rows import Part, Rows

M = Measure


class Credentials(Rows):
    """Credentials of the people of a group, by what stands of them beside the employment."""

    columns = OF_CREDENTIAL
    rows = f"staff s cross join {HELD}"
    key = "s.person, c.place"

    def part(self, measures: Sequence[Measure]) -> Part:
        """The statement that counts credentials of these kinds."""
        sums = [each.lower() for each in measures]
        counts = (self._count(each) for each in measures)
        listed = ", ".join(f"{sql} as {name}" for sql, name in zip(counts, sums, strict=True))
        conditions = [*self.conditions, *self.scoped(), *self.counted()]
        if not self.by_employment:
            conditions.append("s.head")
        where = f" where {' and '.join(conditions)}" if conditions else ""
        distinct = "distinct " if self.by_employment else ""
        rows = f"from {self.rows} {self.told.joins()}{where}"
        each = f"select {distinct}{self.keyed}{self.key}, c.status {rows}"
        names = "".join(f"{name}, " for name in self.names)
        return self.whole(f"select {names}{listed} from ({each}) c{self.grouping()}", sums)

    def counted(self) -> list[str]:
        """Which credentials are looked at."""
        return []

    def _count(self, measure: Measure) -> str:
        if measure in STATUSES:
            return f"count(*) filter (where c.status = '{STATUSES[measure]}')"
        return "count(*)"


class Expiring(Credentials):
    """Those that end soon, by their own records, which an index finds."""

    columns = OF_RECORD
    rows = "credential c join staff s on s.person = c.person"
    key = "c.id"

    def counted(self) -> list[str]:
        """Those in force today that end within the days."""
        today = self.binder.bind(self.day, "date")
        last = self.binder.bind(self.day + dt.timedelta(days=self.question.within), "date")
        return [
            "c.status in ('ACTIVE', 'RENEWING')",
            f"c.issued_on <= {today}",
            f"c.valid_until >= {today}",
            f"c.valid_until <= {last}",
        ]
