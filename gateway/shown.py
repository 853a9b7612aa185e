"""Introspection shows a caller the schema that his roles may use: the rest is not in it.

What is hidden may still be asked for, and is answered as the table of rights says: null, and a line for it.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from weakref import WeakKeyDictionary

from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    build_ast_schema,
    get_named_type,
    is_specified_scalar_type,
    parse,
    print_schema,
    type_from_ast,
)
from graphql.execution.executor_throwing_on_incremental import ExecutorThrowingOnIncremental

from auth.gate import Gate
from auth.narrowing import narrowed
from auth.principal import Principal, Role
from auth.recent import Recent
from gateway.errors import ErrorCode
from gateway.faults import RequestError, request_faults
from gateway.operation.prepare import Prepared

KEPT: Final = 64
"""Schemas kept, one for each set of roles, and answers kept, one for each of these and each query."""

Data = dict[str, Any] | None


class ShownSchemas:
    """Answers `__schema` and `__type`, and prints the schema of a role."""

    def __init__(self, schema: GraphQLSchema, gate: Gate) -> None:
        self._schema, self._gate = schema, gate
        self._schemas: Recent[frozenset[Role], GraphQLSchema] = Recent(KEPT)
        self._data: Recent[tuple[Prepared, frozenset[Role]], Data] = Recent(KEPT)
        self._reduced: WeakKeyDictionary[Prepared, DocumentNode] = WeakKeyDictionary()

    def result(
        self, prepared: Prepared, principal: Principal, variables: Mapping[str, Any]
    ) -> ExecutionResult:
        """The part of the answer that tells of the schema. Raises RequestError for bad variables."""
        roles = principal.roles
        if prepared.operation.variable_definitions:
            return ExecutionResult(self._executed(prepared, roles, variables))
        return ExecutionResult(
            self._data.get((prepared, roles), lambda: self._executed(prepared, roles, variables))
        )

    def schema(self, roles: frozenset[Role]) -> GraphQLSchema:
        """The schema that these roles may use; without any, that of the public."""
        return self._schemas.get(roles, lambda: self._narrowed(roles))

    def printed(self, sdl: str, roles: frozenset[Role]) -> DocumentNode:
        """The part of this SDL that these roles may use."""
        return narrowed(parse(sdl), self._gate.hidden(roles))

    def _narrowed(self, roles: frozenset[Role]) -> GraphQLSchema:
        return build_ast_schema(self.printed(print_schema(self._schema), roles))

    def _executed(self, prepared: Prepared, roles: frozenset[Role], variables: Mapping[str, Any]) -> Data:
        document = self._reduced.get(prepared)
        if document is None:
            document = self._reduced[prepared] = _reduced(self._schema, prepared)
        executor = ExecutorThrowingOnIncremental.build(
            self.schema(roles),
            document,
            raw_variable_values=dict(variables),
            operation_name=prepared.name,
            hide_suggestions=True,
        )
        if isinstance(executor, list):
            raise RequestError(request_faults(executor, ErrorCode.BAD_USER_INPUT))
        result = executor.execute_operation()
        if not isinstance(result, ExecutionResult) or result.errors:
            raise TypeError("introspection should answer at once and without errors")
        return result.data


def _reduced(schema: GraphQLSchema, prepared: Prepared) -> DocumentNode:
    """The operation without whatever it asks at its root beside the schema."""
    root = schema.query_type.name if schema.query_type else ""
    own = _own_variables(schema, prepared.operation)
    kept = [replace(prepared.operation, variable_definitions=own, selection_set=_rest(prepared.operation))]
    fragments = [
        replace(each, selection_set=_rest(each)) if each.type_condition.name.value == root else each
        for each in prepared.fragments.values()
    ]
    return DocumentNode(definitions=(*kept, *fragments))


def _own_variables(schema: GraphQLSchema, operation: OperationDefinitionNode) -> Any:
    """The variables that introspection can use; types of others may be hidden."""
    return tuple(
        each
        for each in operation.variable_definitions or ()
        if (type_ := type_from_ast(schema, each.type)) and is_specified_scalar_type(get_named_type(type_))
    )


def _rest(node: OperationDefinitionNode | FragmentDefinitionNode | InlineFragmentNode) -> SelectionSetNode:
    return SelectionSetNode(selections=tuple(_introspective(node.selection_set)))


def _introspective(selected: SelectionSetNode) -> list[SelectionNode]:
    found: list[SelectionNode] = []
    for node in selected.selections:
        if isinstance(node, InlineFragmentNode):
            found.append(replace(node, selection_set=_rest(node)))
        elif not isinstance(node, FieldNode) or node.name.value.startswith("__"):
            found.append(node)
    return found
