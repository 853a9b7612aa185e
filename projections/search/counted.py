"""Counts and facets from sets of workers: bits put together and counted, segment by segment."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from projections.search.binder import Binder, Statement
from projections.search.condition import Root, Search
from projections.search.literals import Formula, check_size, every, formula
from projections.search.question import State
from projections.search.sets import FACETS, NONE, Both, Either, Having, Sets, Without, implied, named, sets

SEGMENT = 8192
"""Workers of one row of a set."""
_NOBODY = f"0::bit({SEGMENT})"
_ALL = Having("all", ("",))
FEW = 30_000
"""So many workers are named to a statement, rather than found anew by it."""
EVERYBODY = Both(())
"""Sets that leave nobody out."""


def counting(search: Search, state: State) -> Statement | None:
    """The count of a search by sets; None where it has to be searched."""
    found = _sets(search, state)
    if found is None:
        return None
    binder = Binder()
    counted = f"select coalesce(sum(bit_count(people)), 0)::bigint from ({_hits(found, binder)}) hit"
    return replace(binder.statement(counted), light=True)


def faceting(search: Search, by: str, top: int, state: State) -> Statement | None:
    """A facet of a search by sets; None where it has to be searched."""
    found, name = _sets(search, state), FACETS.get(by)
    if found is None or name is None:
        return None
    binder = Binder()
    faceted = _faceting(f"with hit as materialized ({_hits(found, binder)})", name, top, binder)
    return replace(faceted, light=True)


def narrowing(search: Search, state: State) -> Statement | None:
    """All whom a search may find, as far as sets tell, in segments, if few; None: sets tell nothing."""
    if not of_sets(search, state):
        return None
    known, rest = divided(search, state)
    more = tuple(each for part in rest for each in implied(part))
    if known == EVERYBODY and not more:
        return None
    binder = Binder()
    hits = _hits(Both((known, *more)), binder)
    return binder.statement(
        "select segment, people from (select *, sum(bit_count(people)) over () as number"
        f" from ({hits}) hit) hit where number <= {FEW}"
    )


def slots(rows: Sequence[Any]) -> list[int]:
    """The workers of these segments, by number."""
    return [segment * SEGMENT + place for segment, people in rows for place in _places(people.to_int())]


def _places(people: int) -> Iterator[int]:
    """Where bits are set. It looks for the next one: few are set of many."""
    bits = f"{people:0{SEGMENT}b}"
    place = bits.find("1")
    while place >= 0:
        yield place
        place = bits.find("1", place + 1)


def counting_pieces(pieces: Sequence[str], found: Sets, binder: Binder) -> Statement:
    """The count of the workers `r` that these conditions choose, nobody twice, and that are in sets."""
    within, join = _within(found, binder)
    counts = " union all ".join(
        f"select count(*) as number from worker r{join} where {piece}" for piece in pieces
    )
    return binder.statement(f"{within}select sum(number)::bigint from ({counts}) piece")


def faceting_pieces(
    pieces: Sequence[str], found: Sets, by: str, top: int, binder: Binder
) -> Statement | None:
    """A facet of the workers `r` that these conditions choose and that are in sets."""
    name = FACETS.get(by)
    if name is None:
        return None
    within, join = _within(found, binder, "of_sets")
    slots = " union all ".join(f"select r.slot from worker r{join} where {piece}" for piece in pieces)
    hits = (
        f"hit as materialized (select slot / {SEGMENT} as segment,"
        f" bit_or(set_bit({_NOBODY}, slot % {SEGMENT}, 1)) as people from ({slots}) piece group by 1)"
    )
    return _faceting(f"{within.strip()}, {hits}" if within else f"with {hits}", name, top, binder)


def _within(found: Sets, binder: Binder, name: str = "hit") -> tuple[str, str]:
    """What makes known who is in sets, and the join that leaves of workers `r` those alone."""
    if found == EVERYBODY:
        return "", ""
    here = f"{name}.segment = r.slot / {SEGMENT} and get_bit({name}.people, r.slot % {SEGMENT}) = 1"
    return f"with {name} as materialized ({_hits(found, binder)}) ", f" join {name} on {here}"


def _faceting(hits: str, name: str, top: int, binder: Binder) -> Statement:
    """The workers of `hit`, counted by the values of a set."""
    value = f"nullif(value, {binder.bind(NONE, 'text')})"
    # Counted before they are grouped (`offset 0`): a kilobyte of bits is not sorted along with each number.
    return binder.statement(
        f"{hits} select {value}, sum(people)::bigint from ("
        "select t.value, bit_count(t.people & hit.people) as people from hit"
        f" join term t on t.name = {binder.bind(name, 'text')} and t.segment = hit.segment offset 0) f"
        " group by value having sum(people) > 0"
        f' order by 2 desc, {value} collate "C" nulls last limit {binder.bind(top, "bigint")}'
    )


def _sets(search: Search, state: State) -> Sets | None:
    """The search as sets: without a text."""
    return None if search.text is not None else filtering(search, state)


def filtering(search: Search, state: State) -> Sets | None:
    """The filter of a search as sets: of workers, on the projection's own day."""
    known, rest = divided(search, state)
    return known if not rest and of_sets(search, state) else None


def of_sets(search: Search, state: State) -> bool:
    """Whether the sets speak of what is searched: workers, on the projection's own day."""
    return search.root is Root.WORKER and search.day == state.day


def divided(search: Search, state: State) -> tuple[Sets, Sequence[Formula]]:
    """The part of a search's filter that is sets, and the parts that have to be searched."""
    check_size(search.where)
    parts = list(every(formula(search.where)))
    if not of_sets(search, state):
        return EVERYBODY, parts
    found = [(part, sets(part)) for part in parts]
    known = tuple(each for _, each in found if each is not None)
    return Both(known), [part for part, each in found if each is None]


def _hits(found: Sets, binder: Binder) -> str:
    """For each segment the bits of the hits."""
    base = next(_bases(found), _ALL)
    whole = Both((base, found))
    columns: dict[Having, str] = {}
    for each in named(whole):
        columns.setdefault(each, f"s{len(columns)}")
    merged = ", ".join(
        f"bit_or(people) filter (where {_chosen(each, binder)}) as {name}" for each, name in columns.items()
    )
    mentioned = " or ".join(_chosen(each, binder) for each in columns)
    narrow = f"segment in (select segment from term where {_chosen(base, binder)})"
    return (
        f"select segment, {_bits(whole, columns)} as people from"
        f" (select segment, {merged} from term where ({mentioned}) and {narrow} group by segment) s"
    )


def _bases(found: Sets) -> Iterator[Having]:
    """Sets in which every hit is; the first narrows what is looked at."""
    if isinstance(found, Having):
        yield found
    elif isinstance(found, Both):
        for part in found.parts:
            yield from _bases(part)


def _chosen(having: Having, binder: Binder) -> str:
    values = binder.bind(list(having.values), "text[]")
    return f"(name = {binder.bind(having.name, 'text')} and value = any({values}))"


def _bits(found: Sets, columns: dict[Having, str]) -> str:
    match found:
        case Having():
            return f"coalesce({columns[found]}, {_NOBODY})"
        case Without(part):
            return f"(~{_bits(part, columns)})"
        case Both(parts):
            return f"({' & '.join(_bits(each, columns) for each in parts)})" if parts else f"(~{_NOBODY})"
        case Either(parts):
            return f"({' | '.join(_bits(each, columns) for each in parts)})" if parts else _NOBODY
