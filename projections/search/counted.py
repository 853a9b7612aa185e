"""Counts and facets from sets of workers: bits put together and counted, segment by segment."""

from collections.abc import Sequence
from dataclasses import replace

from projections.search.between import Between, between, sets
from projections.search.binder import Binder, Statement
from projections.search.bits import NO_BITS, SEGMENT, hits, placed, within
from projections.search.condition import Root, Search, Value
from projections.search.literals import Formula, check_size, every, formula
from projections.search.question import State
from projections.search.sets import EVERYBODY, FACETS, NOBODY, NONE, Sets, both


def counting(search: Search, state: State) -> Statement | None:
    """The count of a search by sets; None where it has to be searched."""
    found = _sets(search, state)
    if found is None:
        return None
    binder = Binder()
    counted = f"select coalesce(sum(bit_count(people)), 0)::bigint from ({hits(found, binder)}) hit"
    return replace(binder.statement(counted), light=True)


def faceting(search: Search, by: str, top: int, state: State) -> Statement | None:
    """A facet of a search by sets; None where it has to be searched."""
    found, name = _sets(search, state), FACETS.get(by)
    if found is None or name is None:
        return None
    binder = Binder()
    faceted = _faceting(f"with hit as materialized ({hits(found, binder)})", name, top, binder)
    return replace(faceted, light=True)


def counting_pieces(
    pieces: Sequence[str], found: Sets, binder: Binder, sure: int = 0, several: int | None = None
) -> Statement:
    """The count of the workers `r` that these conditions choose, nobody twice, and that are in sets, beside
    those that are known.

    `several`: so many are in the sets, which choose whom the conditions look at, and not the other way round.
    """
    known, join = within(found, binder, several=several)
    number = binder.bind(sure, "bigint")
    counts = " union all ".join(
        f"select count(*) as number from worker r{join} where {piece}" for piece in pieces
    )
    return binder.statement(f"{known}select {number} + sum(number)::bigint from ({counts}) piece")


def finding_pieces(pieces: Sequence[str], found: Sets, most: int, binder: Binder) -> Statement:
    """The workers by number whom these conditions choose and who are in sets, at most so many."""
    known, slots = _slots(pieces, found, binder)
    bound = binder.bind(most, "bigint")
    chosen = f"select slot from ({slots}) piece limit {bound}"
    return replace(binder.statement(f"{known}select array_agg(slot) as slots from ({chosen}) s"), light=True)


def faceting_found(people: Sequence[int], by: str, top: int) -> Statement | None:
    """A facet of workers who are known by number."""
    name = FACETS.get(by)
    if name is None:
        return None
    binder, bits = Binder(), placed(people)
    places: list[Value] = [*bits]
    segments, written = binder.bind(places, "integer[]"), binder.bind([*bits.values()], "text[]")
    written_down = f"unnest({segments}, {written}) h(segment, people)"
    told = f"select segment, ('x' || people)::bit({SEGMENT}) from {written_down}"
    hit = f"with hit(segment, people) as materialized ({told})"
    return replace(_faceting(hit, name, top, binder), light=True)


def faceting_pieces(
    pieces: Sequence[str], found: Sets, by: str, top: int, binder: Binder
) -> Statement | None:
    """A facet of the workers `r` that these conditions choose and that are in sets."""
    name = FACETS.get(by)
    if name is None:
        return None
    known, slots = _slots(pieces, found, binder)
    chosen = (
        f"hit as materialized (select slot / {SEGMENT} as segment,"
        f" bit_or(set_bit({NO_BITS}, slot % {SEGMENT}, 1)) as people from ({slots}) piece group by 1)"
    )
    return _faceting(f"{known.strip()}, {chosen}" if known else f"with {chosen}", name, top, binder)


def _slots(pieces: Sequence[str], found: Sets, binder: Binder) -> tuple[str, str]:
    """What makes known who is in sets, and the numbers of those of them whom the conditions choose."""
    known, join = within(found, binder, "of_sets")
    return known, " union all ".join(f"select r.slot from worker r{join} where {piece}" for piece in pieces)


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


def bounds(search: Search, state: State) -> Between:
    """Who surely is a hit of a search for workers, and who may be one."""
    if not of_sets(search, state):
        return Between()
    check_size(search.where)
    found = between(formula(search.where), state.day)
    return found if search.text is None else Between(NOBODY, found.most)


def divided(search: Search, state: State) -> tuple[Sets, Sequence[Formula]]:
    """The part of a search's filter that is sets, and the parts that have to be searched."""
    check_size(search.where)
    parts = list(every(formula(search.where)))
    if not of_sets(search, state):
        return EVERYBODY, parts
    found = [(part, sets(part, state.day)) for part in parts]
    known = both(*(each for _, each in found if each is not None))
    return known, [part for part, each in found if each is None]
