"""Among whom all hits of a search are, as far as sets of workers tell, and who is one beyond doubt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from projections.search.between import Between
from projections.search.binder import Binder, Statement
from projections.search.bits import ALL, SEGMENT, chosen, segments
from projections.search.condition import Search
from projections.search.counted import bounds
from projections.search.question import State
from projections.search.sets import NOBODY
from projections.search.staffed import staffed


@dataclass(frozen=True, slots=True)
class Few:
    """How many workers are few: `named` are soon looked at one by one, whatever is asked of them; `doubtful`,
    of whom it is not sure, are named to a statement rather than found anew by it; a look at each of `light`
    is less than choosing a better way. The proof takes small ones, so that its small world goes every way.
    """

    named: int = 12_000
    doubtful: int = 30_000
    light: int = 2_000


def narrowing(search: Search, state: State, few: Few) -> Statement | None:
    """How many a search may find as far as sets tell, how many of them surely, and who they are where they
    are few; of organizations it is told of those whom they have to employ. None: sets tell nothing.
    """
    staff = staffed(search, state.day)
    found = bounds(search, state) if staff is None else Between(NOBODY, staff.sets)
    if found == Between():
        return None
    binder = Binder()
    hits = segments({"people": found.most, "doubtful": found.doubt}, binder)
    named, doubtful = binder.bind(few.named, "bigint"), binder.bind(few.doubtful, "bigint")
    everybody = f"(select count(*) * {SEGMENT} from term where {chosen(ALL, binder)})"
    return binder.statement(
        f"with hit as materialized ({hits}),"
        " total as (select coalesce(sum(bit_count(people)), 0)::bigint as number,"
        " coalesce(sum(bit_count(doubtful)), 0)::bigint as doubts from hit)"
        f" select {everybody} as everybody, number, doubts, segment,"
        f" case when number <= {named} then people end as people,"
        f" case when doubts <= {doubtful} then doubtful end as doubtful"
        f" from total left join hit on number <= {named} or doubts <= {doubtful}"
    )


@dataclass(frozen=True, slots=True)
class Among:
    """The workers among whom all hits are. `everybody`: about how many workers there are; `sure`: how many
    are hits beyond doubt. By number, where they are few: all, and those of whom it is not sure.
    """

    everybody: int
    number: int
    sure: int
    slots: Sequence[int] | None
    doubtful: Sequence[int] | None
    few: Few

    def is_few(self, limit: int) -> bool:
        """Whether to look at all is less than to walk in order until so many are found, were they evenly
        spread.
        """
        return self.slots is not None and self.number**2 <= 2 * limit * self.everybody


def among(rows: Sequence[Any], few: Few) -> Among:
    """What was found by narrowing."""
    first = rows[0]
    number, doubts = first["number"], first["doubts"]
    return Among(
        first["everybody"],
        number,
        number - doubts,
        _slots(rows, "people") if number <= few.named else None,
        _slots(rows, "doubtful") if doubts <= few.doubtful else None,
        few,
    )


def _slots(rows: Sequence[Any], column: str) -> list[int]:
    """The workers of these segments, by number."""
    return [
        row["segment"] * SEGMENT + place
        for row in rows
        if row[column] is not None
        for place in _places(row[column].to_int())
    ]


def _places(people: int) -> Iterator[int]:
    """Where bits are set. It looks for the next one: few are set of many."""
    bits = f"{people:0{SEGMENT}b}"
    place = bits.find("1")
    while place >= 0:
        yield place
        place = bits.find("1", place + 1)
