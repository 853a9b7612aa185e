"""A failing trial made small: one caller where one will do, and no field that is not needed to fail."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from graphql import (
    REMOVE,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    Node,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    parse,
    print_ast,
    validate,
    visit,
)

from tests.proof.oracle import SCHEMA
from tests.proof.trial import Failure, Invalid, Judge, Trial, alone

MOST: Final = 400
"""Trials that shrinking may take."""


async def shrunk(judge: Judge, failure: Failure) -> Failure:
    """A smaller failure, or the same."""
    left = MOST
    found = await _failing(judge, alone(failure.trial, failure)) or failure
    tried = True
    while tried and left > 0:
        tried = False
        for smaller in _smaller(found.trial):
            left -= 1
            failed = await _failing(judge, smaller)
            if failed is not None:
                found, tried = failed, True
                break
    return found


async def _failing(judge: Judge, trial: Trial) -> Failure | None:
    try:
        return await judge.failure(trial)
    except Invalid:
        return None


def _smaller(trial: Trial) -> Iterator[Trial]:
    """The trial without one of its selections."""
    document = parse(trial.operation.text)
    for number in range(_count(document)):
        smaller = _pruned(visit(document, _Without(number)))
        text = print_ast(smaller)
        try:
            valid = not validate(SCHEMA, parse(text))
        except Exception:  # noqa: BLE001  (a selection that became empty does not parse: the next one, then)
            continue
        if valid:
            names = _names(smaller, VariableNode)
            values = {name: value for name, value in trial.operation.variables.items() if name in names}
            yield replace(trial, operation=replace(trial.operation, text=text, variables=values))


class _Without(Visitor):
    """Leaves out the selection of this number."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._left = number

    def enter(self, node: Node, *_: Any) -> Any:
        if isinstance(node, FieldNode | FragmentSpreadNode | InlineFragmentNode):
            self._left -= 1
            return REMOVE if self._left == -1 else None
        return None


class _Counting(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.selections = 0

    def enter(self, node: Node, *_: Any) -> None:
        self.selections += isinstance(node, FieldNode | FragmentSpreadNode | InlineFragmentNode)


class _Naming(Visitor):
    """Collects the names of nodes of a kind; a variable's definition does not use it."""

    def __init__(self, kind: type[Any]) -> None:
        super().__init__()
        self._kind = kind
        self.names: set[str] = set()

    def enter(self, node: Any, _key: Any, parent: Any, *_: Any) -> None:
        if isinstance(node, self._kind) and not isinstance(parent, VariableDefinitionNode):
            self.names.add(node.name.value)


class _Pruning(Visitor):
    """Leaves out fragments and variables that nobody uses."""

    def __init__(self, fragments: set[str], variables: set[str]) -> None:
        super().__init__()
        self._fragments, self._variables = fragments, variables

    def enter(self, node: Any, *_: Any) -> Any:
        if isinstance(node, FragmentDefinitionNode) and node.name.value not in self._fragments:
            return REMOVE
        if isinstance(node, VariableDefinitionNode) and node.variable.name.value not in self._variables:
            return REMOVE
        return None


def _count(document: DocumentNode) -> int:
    counting = _Counting()
    visit(document, counting)
    return counting.selections


def _names(document: DocumentNode, kind: type[Any]) -> set[str]:
    naming = _Naming(kind)
    visit(document, naming)
    return naming.names


def _pruned(document: DocumentNode) -> DocumentNode:
    """Without what nobody uses; fragments may use fragments, so twice and more."""
    while True:
        fragments = _names(document, FragmentSpreadNode)
        smaller: DocumentNode = visit(document, _Pruning(fragments, _names(document, VariableNode)))
        if _names(smaller, FragmentDefinitionNode) == _names(document, FragmentDefinitionNode):
            return visit(smaller, _Pruning(fragments, _names(smaller, VariableNode)))  # type: ignore[no-any-return]
        document = smaller
