"""Sets of workers put together in SQL: their bits, segment by segment."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from projections.search.binder import Binder
from projections.search.sets import EVERYBODY, Both, Either, Having, Sets, Without, named

SEGMENT: Final = 8192
"""Workers of one row of a set."""
NO_BITS: Final = f"0::bit({SEGMENT})"
_ONE: Final = ord("1")
ALL: Final = Having("all", ("",))


def hits(found: Sets, binder: Binder) -> str:
    """For each segment the bits of those in sets, as `people`."""
    return segments({"people": found}, binder)


def within(found: Sets, binder: Binder, name: str = "hit", *, several: int | None = None) -> tuple[str, str]:
    """What makes known who is in sets, and the join that leaves of workers `r` those alone. `several`: about
    how many these are, where the sets choose whom other conditions look at, and not the other way round.
    """
    if found == EVERYBODY:
        return "", ""
    known = f"with {name} as materialized ({hits(found, binder)}) "
    if several is None:
        here = f"r.slot / {SEGMENT} = {name}.segment and get_bit({name}.people, r.slot % {SEGMENT}) = 1"
        return known, f" join {name} on {here}"
    # The planner is told how many: it thinks that there are far more, for a series of one whose end it does
    # not know, but no more than the limit. Since they were counted not as many as a segment's came.
    most = binder.bind(several + SEGMENT, "bigint")
    places = (
        f"select {name}.segment * {SEGMENT} + place from {name}, generate_series(0, {SEGMENT - 1}) place,"
        f" generate_series(1, (select 1)) where get_bit({name}.people, place) > 0 limit {most}"
    )
    return known, f" join ({places}) of_{name}(slot) on r.slot = of_{name}.slot"


def segments(asked: Mapping[str, Sets], binder: Binder) -> str:
    """For each segment the bits of several sets, all within the first, each under its name."""
    base = next(_bases(next(iter(asked.values()))), ALL)
    columns: dict[Having, str] = {}
    for each in named(Both((base, *asked.values()))):
        columns.setdefault(each, f"s{len(columns)}")
    merged = ", ".join(
        f"bit_or(people) filter (where {chosen(each, binder)}) as {name}" for each, name in columns.items()
    )
    mentioned = " or ".join(chosen(each, binder) for each in columns)
    narrow = f"segment in (select segment from term where {chosen(base, binder)})"
    bits = ", ".join(f"{_bits(Both((base, each)), columns)} as {name}" for name, each in asked.items())
    return (
        f"select segment, {bits} from"
        f" (select segment, {merged} from term where ({mentioned}) and {narrow} group by segment) s"
    )


def placed(slots: Sequence[int]) -> Mapping[int, str]:
    """The bits of workers who are known by number, in hexadecimal, for each segment that has some."""
    digits = bytearray(b"0" * SEGMENT * (max(slots, default=-1) // SEGMENT + 1))
    for slot in slots:
        digits[slot] = _ONE
    parts = (digits[start : start + SEGMENT] for start in range(0, len(digits), SEGMENT))
    return {segment: f"{int(part, 2):0{SEGMENT // 4}x}" for segment, part in enumerate(parts) if _ONE in part}


def _bases(found: Sets) -> Iterator[Having]:
    """Sets in which every hit is; the first narrows what is looked at."""
    if isinstance(found, Having):
        yield found
    elif isinstance(found, Both):
        for part in found.parts:
            yield from _bases(part)


def chosen(having: Having, binder: Binder) -> str:
    """The condition of the rows of a set in `term`."""
    values = binder.bind(list(having.values), "text[]")
    return f"(name = {binder.bind(having.name, 'text')} and value = any({values}))"


def _bits(found: Sets, columns: dict[Having, str]) -> str:
    match found:
        case Having():
            return f"coalesce({columns[found]}, {NO_BITS})"
        case Without(part):
            return f"(~{_bits(part, columns)})"
        case Both(parts):
            return f"({' & '.join(_bits(each, columns) for each in parts)})" if parts else f"(~{NO_BITS})"
        case Either(parts):
            return f"({' | '.join(_bits(each, columns) for each in parts)})" if parts else NO_BITS
