"""Counts and facets from sets of workers: bits put together and counted, segment by segment."""

from collections.abc import Iterator

from projections.search.binder import Binder, Statement
from projections.search.condition import Root, Search
from projections.search.literals import check_size, formula
from projections.search.question import State
from projections.search.sets import FACETS, NONE, Both, Either, Having, Sets, Without, named, sets

_NOBODY = "0::bit(8192)"
_EVERYBODY = Having("all", ("",))


def counting(search: Search, state: State) -> Statement | None:
    """The count of a search by sets; None where it has to be searched."""
    found = _sets(search, state)
    if found is None:
        return None
    binder = Binder()
    return binder.statement(
        f"select coalesce(sum(bit_count(people)), 0)::bigint from ({_hits(found, binder)}) hit"
    )


def faceting(search: Search, by: str, top: int, state: State) -> Statement | None:
    """A facet of a search by sets; None where it has to be searched."""
    found, name = _sets(search, state), FACETS.get(by)
    if found is None or name is None:
        return None
    binder = Binder()
    value = f"nullif(value, {binder.bind(NONE, 'text')})"
    # Counted before they are grouped (`offset 0`): a kilobyte of bits is not sorted along with each number.
    return binder.statement(
        f"with hit as materialized ({_hits(found, binder)})"
        f" select {value}, sum(people)::bigint from ("
        "select t.value, bit_count(t.people & hit.people) as people from hit"
        f" join term t on t.name = {binder.bind(name, 'text')} and t.segment = hit.segment offset 0) f"
        " group by value having sum(people) > 0"
        f' order by 2 desc, {value} collate "C" nulls last limit {binder.bind(top, "bigint")}'
    )


def _sets(search: Search, state: State) -> Sets | None:
    """The search as sets: of workers, without a text, on the projection's own day."""
    check_size(search.where)
    if search.root is not Root.WORKER or search.text is not None or search.day != state.day:
        return None
    return sets(formula(search.where))


def _hits(found: Sets, binder: Binder) -> str:
    """For each segment the bits of the hits."""
    base = next(_bases(found), _EVERYBODY)
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
