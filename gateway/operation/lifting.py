"""Queries that differ in their literals alone share one prepared operation, whose variables they are.

A client that writes values into its text sends a new text each time. What is left of a text without its
simple strings and whole numbers is its shape. When a shape comes a second time, an operation is prepared
whose arguments are variables there; a third text only states their values. Whatever is not plainly the same
(a value that its type refuses, another literal elsewhere) takes the long way, which says what is wrong.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from graphql import (
    ArgumentNode,
    DocumentNode,
    GraphQLNamedInputType,
    GraphQLSchema,
    IntValueNode,
    NamedTypeNode,
    NameNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    OperationType,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    Undefined,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    coerce_input_literal,
    coerce_input_value,
    get_nullable_type,
    is_leaf_type,
    visit,
)
from graphql.language import get_location

NAME: Final = "_svod"
"""How the names of the variables begin; a text that has it is left alone."""

_TOKEN: Final = re.compile(
    r'#[^\n\r]*|"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n\r]|\\.)*"|[_A-Za-z][_0-9A-Za-z]*|-?[0-9][-+.\w]*',
    re.ASCII | re.DOTALL,
)
_SIMPLE: Final = re.compile(r'"[^"\\\x00-\x1f]+"|-?(?:0|[1-9][0-9]{0,8})')
_MARKS: Final = {'"': "\x00", "0": "\x01"}


class Literal(NamedTuple):
    """A literal of a text: where it begins, and how it is written."""

    start: int
    written: str

    @property
    def value(self) -> str | int:
        """What it says."""
        return self.written[1:-1] if self.written[0] == '"' else int(self.written)

    @property
    def node(self) -> StringValueNode | IntValueNode:
        """The same as a node of its own."""
        if self.written[0] == '"':
            return StringValueNode(value=self.written[1:-1], block=False)
        return IntValueNode(value=self.written)


class Shape(NamedTuple):
    """A text without its simple literals, and these."""

    text: str
    literals: Sequence[Literal]


class Slot(NamedTuple):
    """A literal that became a variable: which one, the variable, its type, its line and column."""

    at: int
    variable: str
    type: GraphQLNamedInputType


@dataclass(frozen=True, slots=True)
class Lifted:
    """A document whose literals became variables, made of one text for all of the same shape."""

    document: DocumentNode
    literals: Sequence[Literal]
    places: Sequence[tuple[int, int]]
    """The line and column of each literal in the text that it was made of."""
    slots: Sequence[Slot]

    def values(self, shape: Shape) -> dict[str, Any] | None:
        """The values of the variables, as a text of this shape states them; None where it needs a look."""
        slots = {slot.at: slot for slot in self.slots}
        values: dict[str, Any] = {}
        for at, (literal, was) in enumerate(zip(shape.literals, self.literals, strict=True)):
            slot = slots.get(at)
            if slot is None:
                if literal.written != was.written:
                    return None
            elif not _fits(literal, slot.type):
                return None
            else:
                values[slot.variable] = literal.value
        return values

    def moved(self, shape: Shape, errors: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """The errors with their places in a text of this shape."""
        longer = [
            (line, column, len(now.written) - len(was.written))
            for (line, column), now, was in zip(self.places, shape.literals, self.literals, strict=True)
        ]

        def place(known: Mapping[str, int]) -> dict[str, int]:
            line, column = known["line"], known["column"]
            more = sum(by for its_line, its, by in longer if its_line == line and its < column)
            return {"line": line, "column": column + more}

        return [
            {**error, "locations": [place(each) for each in error["locations"]]}
            if "locations" in error
            else error
            for error in errors
        ]


def shape_of(text: str) -> Shape | None:
    """The shape of a text; None where there is nothing to lift."""
    if NAME in text or "\x00" in text or "\x01" in text:
        return None
    literals: list[Literal] = []
    parts: list[str] = []
    end = 0
    for token in _TOKEN.finditer(text):
        written = token[0]
        if _SIMPLE.fullmatch(written):
            literals.append(Literal(token.start(), written))
            parts += text[end : token.start()], _MARKS['"' if written[0] == '"' else "0"]
            end = token.end()
    return Shape("".join([*parts, text[end:]]), literals) if literals else None


def lifted(schema: GraphQLSchema, shape: Shape, document: DocumentNode) -> Lifted | None:
    """The valid document of a text of this shape, with variables; None where nothing can become one."""
    # What is wrong with a caller's own variables is told at their definitions: no literal is before those.
    first, *rest = document.definitions
    if not isinstance(first, OperationDefinitionNode) or first.operation is not OperationType.QUERY:
        return None
    if any(isinstance(each, OperationDefinitionNode) for each in rest):
        return None
    starts = {literal.start: at for at, literal in enumerate(shape.literals)}
    tokens = _tokens(document)
    if any(tokens.get(each.start) != each.start + len(each.written) for each in shape.literals):
        return None  # read otherwise than graphql-core reads it
    type_info, slots = TypeInfo(schema), list[Slot]()
    visitor = _Lifting(type_info, lambda start: starts.get(start), slots)
    made: DocumentNode = visit(document, TypeInfoVisitor(type_info, visitor))
    if not slots or document.loc is None:
        return None
    definitions = tuple(
        _declaring(each, slots) if isinstance(each, OperationDefinitionNode) else each
        for each in made.definitions
    )
    source = document.loc.source
    places = [get_location(source, each.start) for each in shape.literals]
    return Lifted(
        replace(made, definitions=definitions),
        shape.literals,
        [(place.line, place.column) for place in places],
        tuple(slots),
    )


class _Lifting(Visitor):
    """Puts variables in place of the literals of fields' arguments."""

    def __init__(
        self, type_info: TypeInfo, literal_at: Callable[[int], int | None], slots: list[Slot]
    ) -> None:
        super().__init__()
        self._types, self._literal_at, self._slots = type_info, literal_at, slots

    def enter_directive(self, *_: Any) -> Any:
        return self.SKIP  # what a directive says decides what is planned

    def enter_argument(self, node: ArgumentNode, *_: Any) -> Any:
        type_: Any = get_nullable_type(self._types.get_input_type())
        at = self._literal_at(node.value.loc.start) if node.value.loc else None
        if at is None or not is_leaf_type(type_):
            return None
        variable = f"{NAME}{at}"
        self._slots.append(Slot(at, variable, type_))
        return replace(node, value=VariableNode(name=NameNode(value=variable), loc=node.value.loc))


def _declaring(operation: OperationDefinitionNode, slots: Sequence[Slot]) -> OperationDefinitionNode:
    definitions = (
        VariableDefinitionNode(
            variable=VariableNode(name=NameNode(value=slot.variable)),
            type=NonNullTypeNode(type=NamedTypeNode(name=NameNode(value=slot.type.name))),
        )
        for slot in slots
    )
    return replace(operation, variable_definitions=(*(operation.variable_definitions or ()), *definitions))


def _fits(literal: Literal, type_: GraphQLNamedInputType) -> bool:
    """Whether the type takes the literal, and makes the same of it as of its value."""
    try:
        written = coerce_input_literal(literal.node, type_)
        stated = coerce_input_value(literal.value, type_)
    except Exception:  # noqa: BLE001 - whatever it is, the long way says it properly
        return False
    return written is not Undefined and type(written) is type(stated) and written == stated


def _tokens(document: DocumentNode) -> dict[int, int]:
    """Where each token of a document begins and ends."""
    token = document.loc.start_token if document.loc else None
    found: dict[int, int] = {}
    while token is not None:
        found[token.start] = token.end
        token = token.next
    return found
