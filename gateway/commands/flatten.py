"""A GraphQL answer as rows of a table: objects become columns, lists become rows."""

from collections.abc import Iterable, Mapping
from itertools import zip_longest

Row = dict[str, object]
_LISTS = ("edges", "nodes")
_NODE = "node"


def rows(value: object) -> list[Row]:
    """The rows that tell this value: an object gives its own, a list those of each item."""
    found = [row for item in _items(value) for row in _rows_of(item, "")]
    return _without_bare_nulls(found)


def columns(found: Iterable[Row]) -> list[str]:
    """Every column that some row has, in the order in which they first appear."""
    return list(dict.fromkeys(name for row in found for name in row))


def about(value: object) -> Row:
    """What a connection says of itself beside its rows: how many in all, where the next page begins."""
    if not isinstance(value, Mapping) or not any(name in value for name in _LISTS):
        return {}
    page = value.get("pageInfo") or {}
    told = {"totalCount": value.get("totalCount"), **page}
    return {name: fact for name, fact in told.items() if fact is not None}


def beside(value: object) -> dict[str, list[Row]]:
    """What a connection lists beside its rows, such as facets: the rows of each, by name."""
    if not isinstance(value, Mapping) or not any(name in value for name in _LISTS):
        return {}
    listed = {name: held for name, held in value.items() if isinstance(held, list) and name not in _LISTS}
    return {name: rows(held) for name, held in listed.items()}


def _rows_of(value: object, path: str) -> list[Row]:
    """One item's rows: its values on the first, its lists side by side from that row on."""
    if not isinstance(value, Mapping):
        return [{path or "value": value}]
    parts = []
    for name, held in value.items():
        inner = path if name == _NODE else ".".join(filter(None, (path, name)))
        parts.append([row for item in _items(held) for row in _rows_of(item, inner)])
    return [_merged(beside) for beside in zip_longest(*parts, fillvalue={})]


def _items(value: object) -> list[object]:
    """The items of a list or of a connection. Anything else is one item, and so is a list of plain values."""
    if isinstance(value, Mapping):
        held = next((value[name] for name in _LISTS if isinstance(value.get(name), list)), None)
        return [value] if held is None else list(held)
    if not isinstance(value, list):
        return [value]
    if value and not any(isinstance(item, Mapping | list) for item in value):
        return [", ".join(map(str, value))]
    return list(value)


def _merged(beside: Iterable[Row]) -> Row:
    return {name: fact for row in beside for name, fact in row.items()}


def _without_bare_nulls(found: list[Row]) -> list[Row]:
    """Rows without the column of an object that is null here and has columns of its own elsewhere."""
    names = columns(found)
    bare = {name for name in names if any(other.startswith(f"{name}.") for other in names)}
    return [{name: fact for name, fact in row.items() if name not in bare} for row in found]
