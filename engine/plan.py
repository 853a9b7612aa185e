"""The plan of an operation: for each selection on a concrete type its fields, and how each is answered."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from weakref import ref

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLFieldResolver,
    GraphQLIsTypeOfFn,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLTypeResolver,
    is_abstract_type,
    is_leaf_type,
)

from engine.arguments import FieldArguments
from engine.kinds import Attribute, Computed, Constant, Derived, Describe, Kind
from engine.loading import Loader
from engine.prepare import Prepared
from engine.rights import Decision, Rights

TypeName = Callable[[Any], str | None]


@dataclass(frozen=True, slots=True, eq=False)
class Application:
    """What the application tells of its schema and its context. Types are asked about once a plan."""

    describe: Describe
    loader: Callable[[Any, str], Loader[Any, Any]]
    """The loader of that name, of the operation with this context."""
    checked: Callable[[GraphQLObjectType], bool]
    """Whether `is_type_of` has to be asked of the type's values; their loaders may vouch for them."""
    type_name: Callable[[Any], TypeName | None]
    """For an abstract type, a function of a value in place of `resolve_type`; None where there is none."""
    native: dict[str, type]
    """Scalars whose values of exactly this type the encoder writes as the scalar would."""
    field_resolver: GraphQLFieldResolver
    type_resolver: GraphQLTypeResolver
    hide_suggestions: bool


@dataclass(slots=True, eq=False, weakref_slot=True)
class Field:
    """One response key of a selection on a concrete type."""

    id: int
    key: str
    name: str
    of: "ref[Node]"
    """Its owner. Nobody is held from below: what is held in a circle waits for the collector of cycles."""
    definition: GraphQLField
    nodes: list[FieldNode]
    arguments: FieldArguments
    kind: Kind
    decision: Decision
    watched: bool
    """Whether the rights are told of what the answer holds of it."""
    below: "dict[str, Node]" = field(default_factory=dict)
    """The selection on each concrete type that the field's value may have, by the type's name."""
    fetched: bool = False
    """Whether its values are brought together as a column, rather than read in place."""

    only: "Node" = field(init=False)
    """The selection below a field whose type is an object type; no other field has it."""

    type: GraphQLOutputType = field(init=False)
    leaf: bool = field(init=False)
    abstract: bool = field(init=False)
    strict: tuple[bool, ...] = field(init=False)
    """Of each list of its type, the outermost first: whether its items may not be null."""
    depth: int = field(init=False)
    """How many lists its type has, one in the other."""
    fatal: bool = field(init=False)
    """Whether a null here makes the whole answer null."""

    @property
    def owner(self) -> "Node":
        """The selection that it stands in, which lives as long as its plan."""
        owner = self.of()
        assert owner is not None  # noqa: S101  (whoever asks holds the plan)
        return owner

    def __post_init__(self) -> None:
        self.type = self.definition.type
        self.leaf, self.abstract, self.strict = _shape(self.type)
        self.depth = len(self.strict)
        parent = self.owner.parent
        self.fatal = isinstance(self.type, GraphQLNonNull) and (
            parent is None or (parent.fatal and all(parent.strict))
        )


@dataclass(slots=True, eq=False, weakref_slot=True)
class Node:
    """The selection on one concrete type at one place of the operation."""

    id: int
    type: GraphQLObjectType
    above: "ref[Field] | None"
    """The field whose value it is made on; none of a root."""
    guard: GraphQLIsTypeOfFn | None
    fields: list[Field] = field(default_factory=list)
    fetched: list[Field] = field(default_factory=list)
    withheld: list[Field] = field(default_factory=list)
    judged: list[Field] = field(default_factory=list)
    """Fields that each row decides about."""
    watched: list[Field] = field(default_factory=list)
    busy: bool = False
    """Whether something has to be done for its rows before the answer is assembled."""

    @property
    def parent(self) -> Field | None:
        """The field whose value it is made on, which lives as long as its plan."""
        return None if self.above is None else self.above()


@lru_cache(maxsize=10_000)
def _shape(type_: GraphQLOutputType) -> tuple[bool, bool, tuple[bool, ...]]:
    """Whether a type is one of leaves, or abstract; and the strictness of each of its lists."""
    strict: list[bool] = []
    of = type_
    while isinstance(of, GraphQLList | GraphQLNonNull):
        if isinstance(of, GraphQLList):
            strict.append(isinstance(of.of_type, GraphQLNonNull))
        of = of.of_type
    return is_leaf_type(of), is_abstract_type(of), tuple(strict)


@dataclass(slots=True, eq=False)
class Plan:
    """What one operation does with these flags and rights: a root, or one for each field of a mutation."""

    schema: GraphQLSchema
    prepared: Prepared
    application: Application
    rights: Rights
    serial: bool
    roots: list[Node] = field(default_factory=list)
    fields: int = 0
    nodes: int = 0
    lists_in_place: bool = False
    """Whether lists of objects stand in the rows, so that nobody has counted what is in them."""

    def in_place(self, each: Field) -> bool:
        """Whether a field's value is read where it stands, while the answer is assembled."""
        plain = isinstance(each.kind, Constant | Attribute | Computed | Derived)
        return plain and each.decision is Decision.VALUE and not each.watched
