"""What a plan gives: decided once, masked by column, decided by rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from graphql import GraphQLObjectType

from engine.execution import PLAIN, Engine
from engine.kinds import RESOLVER, Attribute, Kind, Link
from engine.loading import Loader
from engine.rights import Decision, Decisions, Question, Verdict
from engine.values import Failure
from tests.engine.asking import asked, at_once, prepared, schema_of, told

SCHEMA = schema_of("""
    type Query { rows: [Row!]! }
    type Row { id: Int! name: String secret: Part must: String! }
    type Part { id: Int! }
""")
TEXT = "{ rows { id name secret { id } } }"


class Row(NamedTuple):
    """A row."""

    id: int
    name: str | None = "name"
    must: str = "must"


ROWS = {"rows": [Row(1), Row(2, None), Row(3)]}


@dataclass
class Rights:
    """Rights by field name; rows are decided by their identity."""

    decisions: Mapping[str, Decision]
    by_row: Mapping[int, Decision] = field(default_factory=dict)
    notes: list[tuple[str, int]] = field(default_factory=list)
    fault: Exception | None = None
    reasons: list[Any] = field(default_factory=list)
    by_part: bool = False
    standing_rows: int | None = None
    judged: list[tuple[str, Any]] = field(default_factory=list)

    def decision(self, _type: str, field_name: str) -> Decision:
        """What was decided for this field."""
        return self.decisions.get(field_name, Decision.VALUE)

    def watched(self, _type: str, _field: str) -> bool:
        """Nothing."""
        return False

    def released(
        self,
        context: Any,
        type_name: str,
        field_name: str,
        rows: Sequence[Any],
        values: Sequence[Any],
        decisions: Decisions,
    ) -> None:
        """Never told."""

    def withheld(
        self, _context: Any, type_name: str, field_name: str, rows: int, verdict: Verdict | None = None
    ) -> None:
        """Noted."""
        if verdict:
            self.reasons.append(verdict.reason)
        self.notes.append((f"{type_name}.{field_name}", rows))

    def masked(
        self, _context: Any, _type: str, _field: str, values: list[Any], reasons: list[Any] | None
    ) -> list[Any]:
        """The first letter."""
        if self.fault:
            raise self.fault
        self.reasons.append(reasons)
        return [each and f"{each[0]}***" for each in values]

    def questions(self, _context: Any, _type: str, rows: Sequence[Any]) -> Sequence[Question]:
        """The part of each row, where parts decide."""
        return [Question("parts", [each.id for each in rows])] if self.by_part else []

    def standings(
        self, _context: Any, _type: str, rows: Sequence[Any], answers: Sequence[Sequence[Any]]
    ) -> Sequence[Any]:
        """The id of a row, or of its part; an exception where there is none."""
        if self.fault:
            raise self.fault
        return [
            each if isinstance(each, Exception) else each.id for each in (answers[0] if answers else rows)
        ][: self.standing_rows]

    def verdict(self, _context: Any, _type: str, field_name: str, standing: Any) -> Verdict:
        """What the row of this id decides."""
        self.judged.append((field_name, standing))
        return Verdict(self.by_row[standing], f"of {standing}")


def describe(parent: GraphQLObjectType, name: str) -> Kind:
    """Links and attributes."""
    if parent.name == "Query":
        return RESOLVER
    return Link("parts", ("id",)) if name == "secret" else Attribute(name)


class Parts:
    """The parts' registry."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []
        self.loader: Loader[int, Row] = Loader(self._read)

    async def _read(self, keys: Sequence[int]) -> Mapping[int, Row]:
        self.asked.append(list(keys))
        return {key: Row(key + 10) for key in keys}


ENGINE = Engine(SCHEMA, replace(PLAIN, describe=describe, loader=lambda parts, _name: parts.loader))


async def test_a_withheld_field_is_null_noted_once_and_never_asked_for() -> None:
    parts, rights = Parts(), Rights({"secret": Decision.WITHHELD})
    result = await asked(ENGINE, TEXT, ROWS, parts, rights=rights)
    assert result.data is not None
    assert [row["secret"] for row in result.data["rows"]] == [None, None, None]
    assert result.errors is None
    assert rights.notes == [("Row.secret", 3)]
    assert parts.asked == []


def test_a_withheld_field_that_may_not_be_null_is_an_error() -> None:
    rights = Rights({"must": Decision.WITHHELD})
    result = at_once(ENGINE, "{ rows { id must } }", ROWS, rights=rights)
    assert result.data is None
    assert told(result) == [("Cannot return null for non-nullable field Row.must.", ["rows", 0, "must"])]


def test_a_mask_stands_in_for_the_value() -> None:
    result = at_once(ENGINE, "{ rows { name } }", ROWS, rights=Rights({"name": Decision.MASK}))
    assert result.data == {"rows": [{"name": "n***"}, {"name": None}, {"name": "n***"}]}


def test_a_mask_that_cannot_be_made_gives_nothing_away() -> None:
    rights = Rights({"name": Decision.MASK}, fault=LookupError("no mask"))
    result = at_once(ENGINE, "{ rows { name } }", ROWS, rights=rights)
    assert result.data == {"rows": [{"name": None}] * 3}
    assert [message for message, _ in told(result)] == ["no mask"] * 3


async def test_rows_decide_and_only_those_that_may_be_seen_are_asked_for() -> None:
    by_row = {1: Decision.WITHHELD, 2: Decision.VALUE, 3: Decision.MASK}
    parts, rights = Parts(), Rights({"name": Decision.ROW, "secret": Decision.ROW}, by_row)
    rows = {"rows": [Row(1), Row(2)]}
    result = await asked(ENGINE, "{ rows { name secret { id } } }", rows, parts, rights=rights)
    assert result.data == {"rows": [{"name": None, "secret": None}, {"name": "name", "secret": {"id": 12}}]}
    assert parts.asked == [[2]]
    assert rights.notes == [("Row.name", 1), ("Row.secret", 1)]
    masked = await asked(ENGINE, "{ rows { name } }", {"rows": [Row(3), Row(1)]}, parts, rights=rights)
    assert masked.data == {"rows": [{"name": "n***"}, {"name": None}]}
    assert rights.reasons == ["of 1", "of 1", "of 1", ["of 3"]]


async def test_what_decides_is_asked_for_all_rows_at_once_and_each_standing_judged_once() -> None:
    by_row = {11: Decision.VALUE, 12: Decision.MASK}
    decisions = {"name": Decision.ROW, "must": Decision.ROW}
    parts, rights = Parts(), Rights(decisions, by_row, by_part=True)
    rows = {"rows": [Row(1), Row(2), Row(1)]}
    result = await asked(ENGINE, "{ rows { name must } }", rows, parts, rights=rights)
    seen, masked = {"name": "name", "must": "must"}, {"name": "n***", "must": "m***"}
    assert result.data == {"rows": [seen, masked, seen]}
    assert parts.asked == [[1, 2]]
    assert rights.judged == [("name", 11), ("name", 12), ("must", 11), ("must", 12)]


async def test_what_decides_may_fail_for_one_row_alone() -> None:
    parts, rights = Parts(), Rights({"name": Decision.ROW}, {11: Decision.VALUE}, by_part=True)
    parts.loader.known[2] = Failure(LookupError("who?"))
    rows = {"rows": [Row(1), Row(2)]}
    result = await asked(ENGINE, "{ rows { name } }", rows, parts, rights=rights)
    assert result.data == {"rows": [{"name": "name"}, {"name": None}]}
    assert told(result) == [("who?", ["rows", 1, "name"])]


async def test_rows_that_could_not_be_decided_give_nothing_away() -> None:
    for rights in (
        Rights({"name": Decision.ROW}, fault=LookupError("who?")),
        Rights({"name": Decision.ROW}, {1: Decision.VALUE}, standing_rows=2),
    ):
        result = await asked(ENGINE, "{ rows { name } }", ROWS, rights=rights)
        assert result.data == {"rows": [{"name": None}] * 3}
        assert len(told(result)) == 3


def test_plans_are_kept_for_each_rights() -> None:
    engine = Engine(SCHEMA, ENGINE.application)
    operation = prepared(engine, "{ rows { name } }")
    withheld = Rights({"name": Decision.WITHHELD})
    for _ in range(2):
        seen = at_once(engine, operation, ROWS, rights_key="all")
        unseen = at_once(engine, operation, ROWS, rights=withheld, rights_key="none")
    assert seen.data != unseen.data
    assert engine.counts.plans == 2
