"""What is charged is what is printed: `@cost` and `@listSize`, read back from the committed schema."""

from typing import Any

from graphql import ObjectTypeDefinitionNode, OperationDefinitionNode, parse, value_from_ast_untyped

from gateway.operation.cost import CostModel
from gateway.operation.weights import UNKNOWN, field_weight, sizing
from tests.schema.built import BUILT
from tests.schema.test_sdl import SDL


def printed(directive: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Each field that carries this directive, with its arguments."""
    return {
        (node.name.value, field.name.value): {
            argument.name.value: value_from_ast_untyped(argument.value) for argument in each.arguments or ()
        }
        for node in parse(SDL.read_text(encoding="utf-8")).definitions
        if isinstance(node, ObjectTypeDefinitionNode)
        for field in node.fields or ()
        for each in field.directives or ()
        if each.name.value == directive
    }


def field(coordinate: tuple[str, str]) -> Any:
    kind: Any = BUILT.graphql.type_map[coordinate[0]]
    return kind.fields[coordinate[1]]


def test_weights_are_those_printed() -> None:
    weights = printed("cost")
    assert weights["WorkerConnection", "totalCount"] == {"weight": 10}
    assert {at: {"weight": field_weight(field(at))} for at in weights} == weights


def test_sizes_are_those_printed() -> None:
    for at, told in printed("listSize").items():
        known = sizing(field(at))
        assert known.assumed == told.get("assumedSize")
        assert list(known.slices) == told.get("slicingArguments", [])
        assert known.sized_fields == set(told.get("sizedFields", ()))
        assert not known.one_slice


def test_a_page_costs_what_is_asked_of_it_from_either_end() -> None:
    model = CostModel(BUILT.graphql, 10)

    def cost(arguments: str) -> int:
        [operation] = parse("{ workers%s { nodes { id } } }" % arguments).definitions
        assert isinstance(operation, OperationDefinitionNode)
        return model.cost(operation, {}).value({})

    assert cost("(first: 50)") == cost("(last: 50)") == 51
    assert cost("") == 21


def test_every_connection_sizes_its_pages() -> None:
    for name, kind in BUILT.graphql.type_map.items():
        for at, each in getattr(kind, "fields", {}).items():
            if not name.startswith("__") and str(each.type).rstrip("!").endswith("Connection"):
                assert sizing(each).sized_fields == {"edges", "nodes"}, (
                    f"{name}.{at} wants `directives=[page()]`"
                )


def test_every_list_that_is_asked_by_a_number_is_sized_by_it() -> None:
    for name, kind in BUILT.graphql.type_map.items():
        for at, each in getattr(kind, "fields", {}).items():
            if "first" in getattr(each, "args", {}):
                assert sizing(each) is not UNKNOWN, f"{name}.{at} wants `directives=[page()]`"
                stated = tuple(name for name in ("first", "last") if name in each.args)
                assert sizing(each).slices == stated
