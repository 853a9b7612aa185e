"""One fact's test as SQL, in both polarities. True, false or null; null counts as false."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from projections.eligibility import EligibilityReason
from projections.search.binder import Binder, Bound
from projections.search.catalog import Column, Kind
from projections.search.condition import Absent, Fact, Is, OneOf, Test, Value, Within
from projections.search.sights import organization_keys
from projections.search.words import lexeme, normalised, tokens

_BITS = {str(reason): 1 << place for place, reason in enumerate(EligibilityReason)}


@dataclass(frozen=True, slots=True)
class _Tested:
    """A fact of one record: its column, written as `sql`, and whether its test must hold or must not."""

    column: Column
    sql: str
    alias: str
    positive: bool
    binder: Binder

    def bound(self, value: Bound, suffix: str = "") -> str:
        return self.binder.bind(value, self.column.type + suffix)


def stated(fact: Fact, column: Column, alias: str, positive: bool, binder: Binder, day: str) -> str:
    """The fact of the record under this alias, tested; `day`: the caller's today, bound."""
    tested = _Tested(column, column.sql.format(a=alias, day=day), alias, positive, binder)
    passed = _passed(fact.test, tested)
    if positive:
        return f"({passed})"
    return f"(({passed}) is not true)" if column.nullable else f"(not ({passed}))"


def _passed(test: Test, tested: _Tested) -> str:
    match test:
        case Absent() if tested.column.endless:
            return f"{tested.sql} = 'infinity'"
        case Absent():
            return f"{tested.sql} is null" if tested.column.nullable else "false"
        case Within(low, high):
            return _within(tested, low, high)
        case Is(value):
            return _IS[tested.column.kind](tested, (value,))
        case OneOf(values):
            return _IS[tested.column.kind](tested, values) if values else "false"


def _within(tested: _Tested, low: Value | None, high: Value | None) -> str:
    bounds = ((">=", low), ("<=", high))
    found = [f"{tested.sql} {sign} {tested.bound(value)}" for sign, value in bounds if value is not None]
    if tested.column.endless and high is None:
        found.append(f"{tested.sql} < 'infinity'")
    return " and ".join(found) or f"{tested.sql} is not null"


def _plain(tested: _Tested, values: Sequence[Value]) -> str:
    if len(values) > 1:
        return f"{tested.sql} = any({tested.bound(list(values), '[]')})"
    if tested.column.type == "boolean":
        return tested.sql if values[0] else f"not ({tested.sql})"
    return f"{tested.sql} = {tested.bound(values[0])}"


def _key(tested: _Tested, values: Sequence[Value]) -> str:
    return f"{tested.sql} = any({organization_keys([str(value) for value in values], tested.binder)})"


def _name(tested: _Tested, values: Sequence[Value]) -> str:
    """Whole names; where it must hold, by the words of the record too, which an index finds."""
    found = []
    for value in map(str, values):
        whole = f"translate(lower({tested.sql}), 'ё', 'е') = {tested.binder.bind(normalised(value), 'text')}"
        query = " & ".join(lexeme(tested.column.type, token) for token in tokens(value))
        if query and tested.positive:
            whole = f"{tested.alias}.words @@ {tested.binder.bind(query, 'text')}::tsquery and {whole}"
        found.append(f"({whole})")
    return " or ".join(found)


def _reasons(tested: _Tested, values: Sequence[Value]) -> str:
    mask = sum({_BITS[str(value)] for value in values})
    return f"({tested.sql} & {tested.bound(mask)}) <> 0"


def _activity(tested: _Tested, values: Sequence[Value]) -> str:
    codes = tested.binder.bind([str(value) for value in values], "text[]")
    return (
        f"exists (select from activity x where x.license_id = {tested.sql} and not x.suspended"
        f" and x.activity_code = any({codes}))"
    )


_IS: Mapping[Kind, Callable[[_Tested, Sequence[Value]], str]] = {
    Kind.PLAIN: _plain,
    Kind.KEY: _key,
    Kind.NAME: _name,
    Kind.REASONS: _reasons,
    Kind.ACTIVITY: _activity,
}
