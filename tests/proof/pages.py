"""Pages of a connection over rows in memory, and the cursors, which the proof reads and never makes."""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.proof.rows import Row
from tests.proof.world import Thing, World

CURSOR = "cursor of "
"""Stands before the key of a record where the gateway tells a cursor."""


def page(
    world: World, type_name: str, rows: Sequence[Row], key: Callable[[Row], str], arguments: Mapping[str, Any]
) -> Thing:
    """A connection: the page that `first` and `after` say, and the count of all."""
    after = cursor_key(arguments.get("after"))
    start = 0 if after is None else next(place for place, row in enumerate(rows, 1) if key(row) == after)
    shown = rows[start : start + arguments["first"]]
    ends = [CURSOR + key(row) for row in (shown[0], shown[-1])] if shown else [None, None]
    info = {
        "hasNextPage": start + len(shown) < len(rows),
        "hasPreviousPage": after is not None,
        "startCursor": ends[0],
        "endCursor": ends[1],
    }
    nodes = world.things(type_name, shown)
    edges = [
        Thing(f"{type_name}Edge", None, values={"cursor": CURSOR + key(row), "node": node})
        for row, node in zip(shown, nodes, strict=True)
    ]
    values = {
        "nodes": nodes,
        "edges": edges,
        "totalCount": len(rows),
        "pageInfo": Thing("PageInfo", None, values=info),
    }
    return Thing(f"{type_name}Connection", None, values=values)


def cursor_key(cursor: str | None) -> str | None:
    """The key of the record behind which a cursor of the gateway stands."""
    if cursor is None:
        return None
    return str(json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))[1])
