"""Credentials in SQL: those of the people of a group, each once."""

import datetime as dt
from collections.abc import Sequence

from projections.analytics.columns import OF_CREDENTIAL, OF_RECORD
from projections.analytics.question import STATUSES, Dimension, Measure
from projections.analytics.rows import Part, Rows

M = Measure


class Credentials(Rows):
    """Credentials of the people of a group, by what stands of them beside the employment."""

    columns = OF_CREDENTIAL

    def part(self, measures: Sequence[Measure]) -> Part:
        """The statement that counts credentials of these kinds."""
        sums = [each.lower() for each in measures]
        status = f", {self._status()} as status" if set(measures) & set(STATUSES) else ""
        counts = (self._count(each) for each in measures)
        listed = ", ".join(f"{sql} as {name}" for sql, name in zip(counts, sums, strict=True))
        if self.by_employment:
            each = f"{self._each('s.alone', status)} union all {self._each('not s.alone', status, once=True)}"
        else:
            each = self._each("s.head", status)
        names = "".join(f"{name}, " for name in self.names)
        return self.whole(f"select {names}{listed} from ({each}) c{self.grouping()}", sums)

    def _each(self, who: str, status: str, *, once: bool = False) -> str:
        """A row for each credential of these people; `once`: in a group, whatever employments they have."""
        conditions = [*self.conditions, *self.scoped(), *self.counted(), who]
        found = f"{'distinct ' if once else ''}{self.keyed}{self._key()} as credential, s.person{status}"
        return f"select {found} from {self._rows()} {self.told.joins()} where {' and '.join(conditions)}"

    def _rows(self) -> str:
        return self.told.staff()

    def _key(self) -> str:
        """What tells a person's credentials apart."""
        return self.told.place() if self.by_employment else "null"

    def _status(self) -> str:
        return self.told.column(Dimension.CREDENTIAL_STATUS).sql

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

    def _rows(self) -> str:
        return "credential c join staff s on s.person = c.person"

    def _key(self) -> str:
        return "c.id"

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
