"""Credentials in one pass: of groups of people who have the same ones, unfolded one by one."""

import datetime as dt
from collections.abc import Mapping, Sequence

from projections.analytics.columns import OF_CREDENTIAL
from projections.analytics.crowd import Crowd, Table
from projections.analytics.question import STATUSES, Dimension, Measure, Question

D = Dimension
_STATUS = {measure.lower(): status for measure, status in STATUSES.items()}


class Held(Crowd):
    """Credentials of people who are alike."""

    none = False
    adds_up = True

    def __init__(self, question: Question, day: dt.date, measures: Sequence[Measure]) -> None:
        super().__init__(question, day, OF_CREDENTIAL)
        self._by_status = bool(set(measures) & set(STATUSES))
        if self._by_status:
            self.told.column(D.CREDENTIAL_STATUS)

    def names_of(self, sums: Sequence[str], tables: Mapping[Table, bool]) -> list[str]:
        """The sums of a row, by the bit that people are told apart by."""
        return [f"{name}_{number}" for number in sorted({self.bit(each) for each in tables}) for name in sums]

    def _counts(self, sums: Sequence[str], tables: Mapping[Table, bool]) -> dict[str, str]:  # noqa: ARG002
        """What is summed of people: how many they are."""
        return super()._counts((), tables)

    def _arrays(self) -> list[str]:
        more = {OF_CREDENTIAL[D.CREDENTIAL_STATUS].unfolds} if self._by_status else set()
        return sorted({*super()._arrays(), *more})

    def _each(self, rows: str, listed: str, names: Sequence[str]) -> str:
        people = sorted({f"s.workers_{name.rpartition('_')[2]}" for name in names})
        status = ", s.held_status" if self._by_status else ""
        return f"(select {listed}{', '.join(people)}{status} from {rows}) s"

    def _summed(self, name: str) -> str:
        measure, _, number = name.rpartition("_")
        status = _STATUS.get(measure)
        only = "" if status is None else f" filter (where s.held_status = '{status}')"
        return f"coalesce(sum(s.workers_{number}){only}, 0)::bigint as {name}"
