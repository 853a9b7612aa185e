"""Making a plan: fields are collected by graphql-core's own functions, once for each concrete type."""

from typing import Final, cast
from weakref import ref

from graphql import (
    GraphQLError,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    OperationType,
    get_named_type,
    is_abstract_type,
)
from graphql.execution.collect_fields import (
    FieldDetailsList,
    GroupedFieldSet,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import VariableValues

from engine.arguments import FieldArguments
from engine.kinds import RESOLVER, Constant, Kind
from engine.plan import Application, Field, Node, Plan
from engine.prepare import Prepared, Unsupported
from engine.rights import Decision, Rights

MOST_FIELDS: Final = 10_000
"""Abstract types multiply selections; an operation beyond this goes to graphql-core."""


def made_plan(
    schema: GraphQLSchema,
    prepared: Prepared,
    variables: VariableValues,
    application: Application,
    rights: Rights,
) -> Plan:
    """The plan for the operation with these flags and rights. Raises Unsupported before anything runs."""
    try:
        return _Planner(schema, prepared, variables, application, rights).planned()
    except (GraphQLError, RecursionError):
        pass  # outside, so that the frames of the recursion are not kept
    raise Unsupported("fields cannot be collected")


class _Planner:
    def __init__(
        self,
        schema: GraphQLSchema,
        prepared: Prepared,
        variables: VariableValues,
        application: Application,
        rights: Rights,
    ) -> None:
        serial = prepared.operation.operation is OperationType.MUTATION
        self._plan = Plan(schema, prepared, application, rights, serial)
        self._variables = variables

    def planned(self) -> Plan:
        plan = self._plan
        operation = plan.prepared.operation
        root = plan.schema.get_root_type(operation.operation)
        if root is None:
            raise Unsupported("the schema has no such root")
        hide = plan.application.hide_suggestions
        collected = collect_fields(
            plan.schema, plan.prepared.fragments, self._variables, root, operation, hide
        ).grouped_field_set
        groups = [dict([item]) for item in collected.items()] if plan.serial else [collected]
        plan.roots = [self._node(root, group, None) for group in groups]
        return plan

    def _node(self, type_: GraphQLObjectType, grouped: GroupedFieldSet, parent: Field | None) -> Node:
        plan = self._plan
        guard = type_.is_type_of if parent is not None and plan.application.checked(type_) else None
        node = Node(plan.nodes, type_, None if parent is None else ref(parent), guard)
        plan.nodes += 1
        for key, details in grouped.items():
            made = self._field(node, key, details)
            if made is not None:
                node.fields.append(made)
        node.judged = [each for each in node.fields if each.decision is Decision.ROW]
        node.fetched = [each for each in node.fields if each.fetched and each.decision is not Decision.ROW]
        node.withheld = [each for each in node.fields if each.decision is Decision.WITHHELD]
        node.watched = [each for each in node.fields if each.watched]
        node.busy = bool(node.fetched or node.withheld or node.judged or node.guard)
        return node

    def _field(self, owner: Node, key: str, details: FieldDetailsList) -> Field | None:
        plan, name = self._plan, details[0].node.name.value
        definition = plan.schema.get_field(owner.type, name)
        if definition is None:
            return None
        if plan.fields >= MOST_FIELDS:
            raise Unsupported("too many fields")
        decision, watched = self._rights(owner.type, name)
        made = Field(
            plan.fields,
            key,
            name,
            ref(owner),
            definition,
            [each.node for each in details],
            FieldArguments(definition, details[0], plan.application.hide_suggestions),
            self._kind(owner.type, name),
            decision,
            watched,
        )
        plan.fields += 1
        if not made.leaf and made.decision is not Decision.WITHHELD:
            self._descend(made, details)
        made.fetched = self._fetched(made)
        if made.depth and made.below and not made.fetched:
            plan.lists_in_place = True
        return made

    def _kind(self, owner: GraphQLObjectType, name: str) -> Kind:
        if name == "__typename":
            return Constant(owner.name)
        own = name.startswith("__") or owner.name.startswith("__")
        return RESOLVER if own else self._plan.application.describe(owner, name)

    def _rights(self, owner: GraphQLObjectType, name: str) -> tuple[Decision, bool]:
        """What is given of a field, and whether it is watched."""
        if name.startswith("__") or owner.name.startswith("__"):
            return Decision.VALUE, False
        rights = self._plan.rights
        decision = rights.decision(owner.name, name)
        return decision, decision is not Decision.WITHHELD and rights.watched(owner.name, name)

    def _descend(self, made: Field, details: FieldDetailsList) -> None:
        plan = self._plan
        named = get_named_type(made.type)
        possible = plan.schema.get_possible_types(named) if is_abstract_type(named) else [named]
        concrete = cast("list[GraphQLObjectType]", possible)
        for each in concrete:
            collected = collect_subfields(
                plan.schema,
                plan.prepared.fragments,
                self._variables,
                plan.prepared.operation,
                each,
                details,
                plan.application.hide_suggestions,
            )
            made.below[each.name] = self._node(each, collected.grouped_field_set, made)
        if not made.abstract:
            made.only = made.below[named.name]

    def _fetched(self, made: Field) -> bool:
        if made.decision is Decision.WITHHELD:
            return isinstance(made.type, GraphQLNonNull)
        busy = any(node.busy for node in made.below.values())
        return not self._plan.in_place(made) or made.abstract or busy
