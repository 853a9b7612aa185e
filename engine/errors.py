"""Errors of nullable fields, told without a walk: null was answered, and their paths are worked out."""

from typing import Any

from graphql import GraphQLError, located_error
from graphql.pyutils import Path

from engine.plan import Node
from engine.state import State
from engine.values import Failure


def field_errors(state: State, root: Node) -> list[GraphQLError]:
    """The errors of all failed fields, in the order in which a walk would tell them."""
    found: list[tuple[Path, GraphQLError]] = []
    for field, column in state.failed.items():
        for row, value in enumerate(column):
            if isinstance(value, Failure):
                path = state.paths.at(field, row)
                found.append((path, located_error(value.error, field.nodes, path.as_list())))
    if len(state.failed) > 1:
        found.sort(key=lambda each: _order(root, each[0]))
    return [error for _, error in found]


def _order(root: Node, path: Path) -> list[int]:
    """The places on the path as numbers: of a field in its selection, of an item in its list."""
    steps: list[Path] = []
    step: Path | None = path
    while step is not None:
        steps.append(step)
        step = step.prev
    order: list[int] = []
    below: dict[str, Any] = {root.type.name: root}
    for each in reversed(steps):
        if isinstance(each.key, int):
            order.append(each.key)
            continue
        node: Node = below[each.typename or ""]
        index = next(index for index, field in enumerate(node.fields) if field.key == each.key)
        order.append(index)
        below = node.fields[index].below
    return order
