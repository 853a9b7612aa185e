"""What the answer holds of watched fields: told when it stands, without what a null has swallowed."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphql.pyutils import Path

from engine.plan import Field, Node
from engine.state import State


def tell_released(state: State, data: Mapping[str, Any]) -> None:
    """Tell the rights, once for each watched field that has rows."""
    rights = state.plan.rights
    for node, rows in state.watched:
        objects = _objects(state, node, data) if state.walked else None
        for field in node.watched:
            values = state.columns[field.id] or [None] * len(rows)  # none: it was given up, below a null
            if objects is not None:
                values = _standing(field, values, objects)
            decisions = state.decisions.get(field.id, field.decision)
            rights.released(state.context, node.type.name, field.name, rows, values, decisions)


def _objects(state: State, node: Node, data: Mapping[str, Any]) -> list[Any]:
    """What the answer holds for each row of a selection."""
    return [_at(data, path) for path in state.paths.of(node)]


def _at(data: Any, path: Path | None) -> Any:
    for key in path.as_list() if path else ():
        if data is None:
            return None
        data = data[key]
    return data


def _standing(field: Field, values: Sequence[Any], objects: list[Any]) -> list[Any]:
    """The values, None for those of which the answer holds nothing."""
    return [
        None if held is None or held[field.key] is None else value
        for value, held in zip(values, objects, strict=True)
    ]
