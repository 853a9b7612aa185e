"""From a query's text to an operation that may be executed: parsed, measured, validated. Once per text."""

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from sys import getsizeof
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    parse,
    validate,
)

from gateway.errors import ErrorCode
from gateway.faults import RequestError, refused, request_faults
from gateway.limits import Limits, beyond, within
from gateway.operation.cache import BoundedCache
from gateway.operation.cost import Cost, CostModel
from gateway.operation.lifting import Lifted, Shape, lifted, shape_of
from gateway.operation.measure import check_size
from gateway.operation.rules import own_rules
from gateway.operation.size import document_size, refusal_size
from gateway.operation.tokens import untie
from gateway.operation.whole import IN_PARTS, in_one_piece

# What tells of the schema, or serves other gateways, and so may need a token.
INTROSPECTION = frozenset({"__schema", "__type"})
Moved = Callable[[Sequence[Mapping[str, Any]]], Sequence[Mapping[str, Any]]]

GUARDED_ROOTS = frozenset({"__schema", "__type", "_service", "_entities"})


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Prepared:
    """One operation of a valid document. The same object for the same text and name, so it can be a key."""

    document: DocumentNode
    operation: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    root_fields: frozenset[str]
    cost: Cost
    kept: dict[Any, Any] = field(default_factory=dict)
    """What others keep of this operation, each by itself as the key, as long as the operation is kept."""
    whole: "Prepared | None" = None
    """The same without `@defer` and `@stream`, where it has them: for who takes the answer in one piece."""

    @property
    def kind(self) -> OperationType:
        """Query, mutation or subscription."""
        return self.operation.operation

    @property
    def name(self) -> str | None:
        """The operation's name, where it has one."""
        return self.operation.name.value if self.operation.name else None

    @property
    def introspects(self) -> bool:
        """Whether it asks for the schema by introspection."""
        return not INTROSPECTION.isdisjoint(self.root_fields)

    @property
    def guarded(self) -> bool:
        """Whether it asks for the schema or for entities, which may need a token."""
        return not GUARDED_ROOTS.isdisjoint(self.root_fields)


class Asked(NamedTuple):
    """An operation, the variables to ask it with, and what puts its errors where they are in the text."""

    prepared: Prepared
    variables: Mapping[str, Any]
    moved: Moved | None = None


class Seen:
    """A shape that one text has had."""


class Shared(NamedTuple):
    """The operation of all texts of one shape."""

    lifted: Lifted
    prepared: Prepared


class Preparation:
    """Prepares texts against one schema, and remembers good and bad ones, each in a bounded memory."""

    def __init__(self, schema: GraphQLSchema, limits: Limits) -> None:
        self._schema = schema
        self._limits = limits
        self._rules = (own_rules(limits.comparisons),)
        self._costs = CostModel(schema, limits.list_size)
        self._good: BoundedCache[dict[str | None, Prepared]] = BoundedCache(limits.documents)
        # Wrong texts have a memory of their own, so that a flood of them does not push out the good ones.
        self._bad: BoundedCache[RequestError] = BoundedCache(limits.documents // 10)
        self._shapes: BoundedCache[Seen | Shared] = BoundedCache(limits.documents // 4)

    @property
    def remembered(self) -> int:
        """The bytes of all that is remembered."""
        return self._good.weight + self._bad.weight + self._shapes.weight

    def asked(self, text: str, operation_name: str | None, variables: Mapping[str, Any]) -> Asked:
        """The operation that a text asks, and with which variables. Raises RequestError."""
        known = self._good.get(text)
        if known is not None:
            return Asked(_chosen(known, operation_name), variables)
        shape = shape_of(text) if len(text) <= self._limits.document else None
        found = self._shared(shape, operation_name, variables) if shape is not None else None
        if found is not None:
            return found
        operations = self._operations(text)
        if shape is not None:
            self._share(text, shape, operations)
        untie(each.document for each in operations.values())
        return Asked(_chosen(operations, operation_name), variables)

    def _shared(self, shape: Shape, operation_name: str | None, variables: Mapping[str, Any]) -> Asked | None:
        """The operation of this shape with the values that it states, where one is known and fits."""
        known = self._shapes.get(shape.text)
        if known is None or isinstance(known, Seen):
            return None
        values = known.lifted.values(shape)
        if values is None:
            return None
        prepared = _chosen({known.prepared.name: known.prepared}, operation_name)
        return Asked(prepared, {**variables, **values}, partial(known.lifted.moved, shape))

    def _share(self, text: str, shape: Shape, operations: Mapping[str | None, Prepared]) -> None:
        """Prepare an operation for all texts of this shape, once one has come a second time."""
        known = self._shapes.get(shape.text)
        if known is None:
            self._shapes.put(shape.text, Seen(), 500 + getsizeof(shape.text))
        elif isinstance(known, Seen) and (made := self._lifted(shape, operations)) is not None:
            size = document_size(text, made.prepared.document) + getsizeof(shape.text)
            self._shapes.put(shape.text, made, size)

    def _lifted(self, shape: Shape, operations: Mapping[str | None, Prepared]) -> Shared | None:
        prepared = next(iter(operations.values()), None)
        if prepared is None or prepared.whole is not None or prepared.introspects:
            return None
        found = lifted(self._schema, shape, prepared.document)
        if found is None:
            return None
        try:
            self._validate(found.document)
        except RequestError:
            return None  # the same field asked twice, say: with variables nobody knows that the values agree
        [of_variables] = self._of(found.document).values()
        return Shared(found, of_variables)

    def prepared(self, text: str, operation_name: str | None) -> Prepared:
        """The operation of that name, or the only one. Raises RequestError."""
        return _chosen(self._operations(text), operation_name)

    @property
    def most_cost(self) -> int:
        """The cost that an operation may have."""
        return self._limits.cost

    def prepare(self, text: str) -> None:
        """Have a text ready before it is asked. Raises RequestError where it cannot be asked at all."""
        operations = self._operations(text)
        untie(each.document for each in operations.values())
        for prepared in operations.values():
            self.check_cost(prepared, {})

    def check_cost(self, prepared: Prepared, variables: Mapping[str, Any]) -> int:
        """The cost of the operation with these variables. Raises LimitExceeded."""
        cost = prepared.cost.value(variables)
        within(self._limits, "cost", cost)
        return cost

    def _operations(self, text: str) -> Mapping[str | None, Prepared]:
        known = self._good.get(text)
        if known is not None:
            return known
        fault = self._bad.get(text)
        if fault is not None:
            raise RequestError(fault.faults, status=fault.status)
        try:
            operations = self._prepare(text)
        except RequestError as error:
            self._bad.put(text, RequestError(error.faults, status=error.status), refusal_size(text, error))
            raise
        documents = {id(each.document): each.document for each in operations.values()}
        self._good.put(text, operations, sum(document_size(text, each) for each in documents.values()))
        return operations

    def _prepare(self, text: str) -> dict[str | None, Prepared]:
        within(self._limits, "document", len(text))
        document = self._parsed(text)
        check_size(document, self._limits)
        self._validate(document)
        operations = self._of(document)
        if not any(directive in text for directive in IN_PARTS):
            return operations
        whole = self._of(in_one_piece(document))
        return {name: replace(each, whole=whole[name]) for name, each in operations.items()}

    def _of(self, document: DocumentNode) -> dict[str | None, Prepared]:
        """The operations of a valid document, by name."""
        fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        return {
            node.name.value if node.name else None: self._operation(document, node, fragments)
            for node in document.definitions
            if isinstance(node, OperationDefinitionNode)
        }

    def _parsed(self, text: str) -> DocumentNode:
        tokens = self._limits.tokens
        try:
            return parse(text, max_lexical_tokens=tokens, max_comments=tokens)
        except GraphQLError as error:
            if error.message.startswith("Syntax Error: Document contains more than"):
                raise beyond(self._limits, "tokens") from None
            raise RequestError(request_faults([error], ErrorCode.GRAPHQL_PARSE_FAILED)) from None

    def _validate(self, document: DocumentNode) -> None:
        most = self._limits.validation_errors
        errors = validate(self._schema, document, self._rules, most, hide_suggestions=True)
        # Validation leaves hundreds of objects in cycles. Freed at once they cost nothing; left lying,
        # they grow old among what lasts, until the collector stops everything for a second.
        gc.collect(0)
        if any(error.message == "Validation aborted." for error in errors):
            raise beyond(self._limits, "comparisons")
        if errors:
            raise RequestError(request_faults(errors, ErrorCode.GRAPHQL_VALIDATION_FAILED))

    def _operation(
        self,
        document: DocumentNode,
        node: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDefinitionNode],
    ) -> Prepared:
        roots = frozenset(_root_fields(node.selection_set, fragments))
        return Prepared(document, node, fragments, roots, self._costs.cost(node, fragments))


def _chosen(operations: Mapping[str | None, Prepared], name: str | None) -> Prepared:
    if name is not None and name in operations:
        return operations[name]
    if name is None and len(operations) == 1:
        return next(iter(operations.values()))
    if not operations:
        raise refused(ErrorCode.OPERATION_NOT_FOUND, "The document has no operation.")
    if name is None:
        told = "The document has several operations: `operationName` should name one of them."
        raise refused(ErrorCode.OPERATION_NOT_FOUND, told)
    told = "The document has no operation of the name in `operationName`."
    raise refused(ErrorCode.OPERATION_NOT_FOUND, told)


def _root_fields(selected: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]) -> list[str]:
    """The names of the fields at the root, through fragments. Validation has excluded cycles."""
    names: list[str] = []
    stack = [selected]
    while stack:
        for node in stack.pop().selections:
            match node:
                case FieldNode():
                    names.append(node.name.value)
                case InlineFragmentNode():
                    stack.append(node.selection_set)
                case FragmentSpreadNode():
                    stack.append(fragments[node.name.value].selection_set)
    return names
