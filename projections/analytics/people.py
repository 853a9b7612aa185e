"""People who are compared, to be counted once in a group, and the rates of their employments there."""

from collections.abc import Mapping, Sequence
from typing import Final

from projections.analytics.rows import Part, Rows

PEOPLE: Final[Mapping[str, str]] = {
    "workers": "1",
    "with_category": "(s.category is not null)::integer",
    "days": "{day} - s.birth_date",
    "active": "s.active",
    "renewing": "s.renewing",
    "expired": "s.expired",
    "revoked": "s.revoked",
}
"""What is summed over people, each once, by its name in the rows."""
RATES: Final = "rates"
"""What is summed over employments."""


class People(Rows):
    """People, each once in a group, and the rates of their employments there."""

    none = True

    def part(self, sums: Sequence[str]) -> Part:
        """The statement of these sums."""
        if self.of_credentials:
            return self.whole(self._each_once(sums, ""), sums)
        both = f"{self._of_the_alone(sums)} union all {self._each_once(sums, 'not s.alone')}"
        names = "".join(f"{name}, " for name in self.names)
        listed = ", ".join(f"sum({name})::bigint as {name}" for name in sums)
        grouped = f"select {names}{listed} from ({both}) u{self.grouping()}"
        # Of nobody there is a sum, but no group.
        return self.whole(grouped, sums)

    def _of_the_alone(self, sums: Sequence[str]) -> str:
        """Those with one employment: they need not be told from each other."""
        listed = ", ".join(
            f"sum(s.rate) as {name}" if name == RATES
            else f"count(*) as {name}" if name == "workers"
            else f"sum({self._value(name)}) as {name}"
            for name in sums
        )  # fmt: skip
        return f"select {self.keyed}{listed} {self._from('s.alone')}{self.grouping()}"

    def _each_once(self, sums: Sequence[str], condition: str) -> str:
        """People who may be in a group several times, made one each first."""
        kept = ", ".join(
            f"sum(p.rate) as {name}" if name == RATES else f"min(p.{name}) as {name}" for name in sums
        )
        told = "".join(f", {self._value(name)} as {name}" for name in sums if name != RATES)
        # A person with two credentials of a group has one employment there twice.
        distinct = "distinct " if self.of_credentials and RATES in sums else ""
        rows = f"select {distinct}{self.keyed}s.id, s.person, s.rate{told} {self._from(condition)}"
        names = "".join(f"{name}, " for name in self.names)
        each = f"select {names}p.person, {kept} from ({rows}) p{self.grouping('p.person')}"
        listed = ", ".join(f"coalesce(sum({name}), 0)::bigint as {name}" for name in sums)
        return f"select {names}{listed} from ({each}) e{self.grouping()}"

    def _value(self, name: str) -> str:
        return PEOPLE[name].format(day=self.binder.bind(self.day, "date"))

    def _from(self, condition: str) -> str:
        conditions = [each for each in (condition, *self.conditions, *self.scoped()) if each]
        where = f" where {' and '.join(conditions)}" if conditions else ""
        return f"from {self.told.staff()} {self.told.joins()}{where}"
