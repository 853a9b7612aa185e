"""The GraphQL document of an export: the gateway asks itself, so that rights, masks and journal hold."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from gateway.export.column import CURSOR, Column, Noun

Tree: TypeAlias = dict[str, "Tree"]
"""Fields, each with what is selected below it."""


PAGE: Final = {"first": "Int", "after": "String"}
"""The arguments that choose a page."""


def document(noun: Noun, columns: Sequence[Column]) -> str:
    """The operation that asks one page of these columns."""
    given = {**noun.arguments, **({} if noun.whole else PAGE)}
    variables = ", ".join(f"${name}: {type_}" for name, type_ in given.items())
    arguments = ", ".join(f"{name}: ${name}" for name in given)
    name = f"Export{noun.name.capitalize()}"
    page = f"edges {{ {_edge(noun, columns)} }} pageInfo {{ hasNextPage endCursor }}"
    found = noun.whole.selection if noun.whole else page
    return f"query {name}({variables}) {{ {noun.name}({arguments}) {{ {found} }} }}"


def _edge(noun: Noun, columns: Sequence[Column]) -> str:
    whole = tree(noun, columns) or {"__typename": {}}
    own = f"node {{ {_written(whole)} }}"
    return f"{CURSOR} {own}" if any(each.name == CURSOR for each in columns) else own


def tree(noun: Noun, columns: Iterable[Column]) -> Tree:
    """What is selected of each record."""
    found: Tree = {}
    for column in columns:
        if column.name == CURSOR:
            continue
        first, *rest = column.steps
        part = noun.part(first)
        if part is None:
            _select(found, column.steps)
            continue
        below = found.setdefault(part.field, {})
        _select(below, () if part.made else rest)
        for each in part.needs:
            _select(below, each.split("."))
    return found


def _select(into: Tree, steps: Sequence[str]) -> None:
    for step in steps:
        into = into.setdefault(step, {})


def _written(selected: Mapping[str, Tree]) -> str:
    return " ".join(
        f"{field} {{ {_written(below)} }}" if below else field for field, below in selected.items()
    )
