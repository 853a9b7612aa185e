"""From a validated document to an operation that can be planned, or a refusal before anything runs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
)
from graphql.execution.collect_fields import FragmentDetails

from engine.variables import Plain, plain_variables

_FLAGS: Final = frozenset({"skip", "include"})
_INCREMENTAL: Final = frozenset({"defer", "stream"})
_NO_PROPAGATION: Final = "experimental_disableErrorPropagation"


class Unsupported(Exception):
    """This operation goes to graphql-core's executor. Nothing has run yet."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """One operation with its fragments, and the variables that decide which fields are in its plan."""

    operation: OperationDefinitionNode
    definitions: dict[str, FragmentDefinitionNode]
    fragments: dict[str, FragmentDetails]
    flags: tuple[str, ...]
    plain: tuple[Plain, ...] | None
    """Its variables, where plain values of them need no coercion."""

    def flag_values(self, coerced: Mapping[str, Any]) -> tuple[Any, ...]:
        """The values of the variables in `@skip` and `@include`."""
        return tuple([coerced.get(name) for name in self.flags])


def chosen(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """The operation of that name, or the only one. Raises Unsupported where there is none, or several."""
    operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    if name is not None:
        operations = [each for each in operations if each.name and each.name.value == name]
    if len(operations) != 1:
        raise Unsupported("the operation is not named, or unknown")
    return operations[0]


def prepared(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    definitions: Mapping[str, FragmentDefinitionNode],
) -> Prepared:
    """The operation, ready to be planned. Raises Unsupported for what the engine does not do."""
    if schema.get_root_type(operation.operation) is None:
        raise Unsupported("the schema has no such root")
    if any(each.name.value == _NO_PROPAGATION for each in operation.directives or ()):
        raise Unsupported("errors that do not propagate")
    if any(each.variable_definitions for each in definitions.values()):
        raise Unsupported("fragments with variables")
    flags: set[str] = set()
    for each in (operation, *definitions.values()):
        for selection in _selections(each.selection_set):
            flags.update(_flags(selection))
    fragments = {name: FragmentDetails(each, None) for name, each in definitions.items()}
    plain = plain_variables(schema, operation)
    return Prepared(operation, dict(definitions), fragments, tuple(sorted(flags)), plain)


def _selections(selected: SelectionSetNode) -> Iterator[SelectionNode]:
    stack = [selected]
    while stack:
        for each in stack.pop().selections:
            yield each
            inner = getattr(each, "selection_set", None)
            if inner is not None:
                stack.append(inner)


def _flags(selection: SelectionNode) -> Iterator[str]:
    for directive in selection.directives or ():
        if directive.name.value in _INCREMENTAL:
            raise Unsupported(f"@{directive.name.value}")
        if directive.name.value in _FLAGS:
            for argument in directive.arguments or ():
                if isinstance(argument.value, VariableNode):
                    yield argument.value.name.value
