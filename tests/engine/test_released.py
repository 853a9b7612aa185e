"""What rights are told of watched fields: what the answer holds, and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import pytest
from graphql import GraphQLObjectType

from engine.execution import PLAIN, Engine
from engine.kinds import RESOLVER, Attribute, Kind, Link
from engine.loading import Loader
from engine.rights import Decision, Decisions, EveryoneSees, Verdict
from tests.engine.asking import asked, at_once, schema_of, told

SCHEMA = schema_of("""
    type Query { rows: [Row]! must: [Row!] }
    type Mutation { one: Row two: Row! }
    type Row { id: Int! name: String other: String part: Part strict: Part! number: Int }
    type Part { name: String id: Int! }
""")


class Row(NamedTuple):
    """A row."""

    id: int | None
    name: str | None = "name"
    other: str = "other"
    number: Any = 5


@dataclass
class Watching(EveryoneSees):
    """Rights that watch fields by name, and what they were told."""

    names: frozenset[str]
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    by_row: Mapping[int | None, Decision] = field(default_factory=dict)
    told: list[tuple[str, list[Any], list[Any], Any]] = field(default_factory=list)
    fault: Exception | None = None

    def decision(self, _type_name: str, field_name: str) -> Decision:
        """What was decided for this field."""
        return self.decisions.get(field_name, Decision.VALUE)

    def watched(self, _type_name: str, field_name: str) -> bool:
        """Whether it was named."""
        return field_name in self.names

    def masked(
        self, _context: Any, _type: str, _field: str, values: list[Any], _reasons: list[Any] | None
    ) -> list[Any]:
        """The first letter."""
        return [each and f"{each[0]}***" for each in values]

    def standings(
        self, _context: Any, _type: str, rows: Sequence[Any], _answers: Sequence[Sequence[Any]]
    ) -> Sequence[Any]:
        """The row's id."""
        return [each.id for each in rows]

    def verdict(self, _context: Any, _type: str, _field: str, standing: Any) -> Verdict:
        """What the row of this id decides."""
        return Verdict(self.by_row[standing])

    def released(
        self,
        context: Any,  # noqa: ARG002
        type_name: str,
        field_name: str,
        rows: Sequence[Any],
        values: Sequence[Any],
        decisions: Decisions,
    ) -> None:
        """Kept."""
        if self.fault:
            raise self.fault
        self.told.append(
            (f"{type_name}.{field_name}", [each and each.id for each in rows], list(values), decisions)
        )


def watching(*names: str, **options: Any) -> Watching:
    """Rights that watch these fields."""
    return Watching(frozenset(names), **options)


def describe(parent: GraphQLObjectType, name: str) -> Kind:
    """Links and attributes."""
    if parent.name in ("Query", "Mutation"):
        return RESOLVER
    return Link("parts", ("id",)) if name in ("part", "strict") else Attribute(name)


async def parts(keys: Sequence[int]) -> Mapping[int, Row]:
    """Parts of the rows under ten."""
    return {key: Row(key + 10) for key in keys if key < 10}


ENGINE = Engine(SCHEMA, replace(PLAIN, describe=describe, loader=lambda loader, _name: loader))
ROWS = {"rows": [Row(1), Row(2, None), Row(3)]}


def test_a_watched_field_is_told_once_with_its_rows_and_values() -> None:
    rights = watching("name", "number")
    result = at_once(ENGINE, "{ rows { id name other } }", ROWS, rights=rights)
    assert result.data is not None
    assert rights.told == [("Row.name", [1, 2, 3], ["name", None, "name"], Decision.VALUE)]


def test_a_withheld_field_is_not_told() -> None:
    rights = watching("name", decisions={"name": Decision.WITHHELD})
    at_once(ENGINE, "{ rows { id name } }", ROWS, rights=rights)
    assert rights.told == []


def test_masks_are_told_as_masks() -> None:
    rights = watching("name", decisions={"name": Decision.MASK})
    at_once(ENGINE, "{ rows { name } }", ROWS, rights=rights)
    assert rights.told == [("Row.name", [1, 2, 3], ["n***", None, "n***"], Decision.MASK)]


async def test_what_each_row_decided_is_told_with_it() -> None:
    by_row = {1: Decision.WITHHELD, 2: Decision.VALUE, 3: Decision.MASK}
    rights = watching("other", decisions={"other": Decision.ROW}, by_row=by_row)
    await asked(ENGINE, "{ rows { other } }", ROWS, rights=rights)
    assert rights.told == [("Row.other", [1, 2, 3], [None, "other", "o***"], list(by_row.values()))]


async def test_a_link_and_what_is_below_it_are_told() -> None:
    rights = watching("part", "name")
    await asked(
        ENGINE, "{ rows { part { name } } }", {"rows": [Row(1), Row(11)]}, Loader(parts), rights=rights
    )
    assert rights.told == [
        ("Row.part", [1, 11], [Row(11), None], Decision.VALUE),
        ("Part.name", [11], ["name"], Decision.VALUE),
    ]


def test_nothing_is_told_of_an_answer_that_is_null() -> None:
    rights = watching("rows")
    result = at_once(ENGINE, "{ rows { id } }", {"rows": None}, rights=rights)
    assert result.data is None
    assert rights.told == []


def test_what_a_null_has_swallowed_is_not_told() -> None:
    rights = watching("name")
    result = at_once(ENGINE, "{ rows { id name } }", {"rows": [Row(1), Row(None), Row(3)]}, rights=rights)
    assert result.data == {"rows": [{"id": 1, "name": "name"}, None, {"id": 3, "name": "name"}]}
    assert rights.told == [("Row.name", [1, None, 3], ["name", None, "name"], Decision.VALUE)]


async def test_what_a_null_far_above_has_swallowed_is_not_told() -> None:
    rights = watching("name")
    root = {"rows": [Row(1)], "must": [Row(2), Row(12)]}
    text = "{ rows { name } must { strict { name } } }"
    result = await asked(ENGINE, text, root, Loader(parts), rights=rights)
    assert result.data == {"rows": [{"name": "name"}], "must": None}
    assert rights.told == [
        ("Row.name", [1], ["name"], Decision.VALUE),
        ("Part.name", [12], [None], Decision.VALUE),
    ]


def test_a_value_that_was_no_answer_is_not_told() -> None:
    rights = watching("number")
    root = {"rows": [Row(1), Row(2, number="many")]}
    result = at_once(ENGINE, "{ rows { number } }", root, rights=rights)
    assert [path for _, path in told(result)] == [["rows", 1, "number"]]
    assert rights.told == [("Row.number", [1, 2], [5, None], Decision.VALUE)]


@pytest.mark.parametrize(("two", "releases"), [(Row(2), 2), (None, 0)])
def test_a_mutation_is_told_when_all_its_fields_are_done(two: Row | None, releases: int) -> None:
    rights = watching("name")
    at_once(ENGINE, "mutation { one { name } two { name } }", {"one": Row(1), "two": two}, rights=rights)
    assert len(rights.told) == releases


def test_what_cannot_be_told_of_is_not_answered() -> None:
    rights = watching("name", fault=OSError("the journal is full"))
    with pytest.raises(OSError, match="the journal is full"):
        at_once(ENGINE, "{ rows { name } }", ROWS, rights=rights)
