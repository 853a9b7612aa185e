"""The gate: an operation against a principal's rights, decided before any registry is asked."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final, TypeVar

from graphql import (
    DocumentNode,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    Undefined,
    value_from_ast_untyped,
)

from auth.classes import check_classes, object_fields
from auth.decisions import Decisions, decisions_of
from auth.inputs import Inputs
from auth.masks import mask
from auth.principal import AccessMode, Principal, Purpose, Role
from auth.recent import Recent
from auth.refusals import AccessDenied, Refused
from auth.rights import Decision, FieldClass, Reason
from auth.rules import Reach, RightsSet, Ruling, Standing, Subject, rights_of_row, rights_set, ruling
from auth.table import Classed
from auth.walk import ArgumentCoordinate, Asked, Coordinate, Touched, Walk, written

K = TypeVar("K")

PERSONS_OWN: Final = frozenset({FieldClass.PERSONAL, FieldClass.IDENTITY})
"""Classes of facts by which one person is told from all others."""


class Gate:
    """Decides every field of a schema for every operation and principal.

    `classes` gives the class of each field of each object and input type, by type and field name, and of
    each enum value that can be asked by; `argument_classes` the same for arguments; `mask_kinds` the kind of
    mask of the fields that can carry one. Anything without a class stops the gate from being made. By the
    input fields `compared` nobody is looked for: they are compared with the record of somebody who is found.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        classes: Mapping[Coordinate, FieldClass],
        argument_classes: Mapping[ArgumentCoordinate, FieldClass] | None = None,
        mask_kinds: Mapping[Coordinate, str] | None = None,
        remembered: int = 1_000,
        compared: Collection[Coordinate] = (),
    ) -> None:
        self._schema = schema
        self._classes = dict(classes)
        self._arguments = dict(argument_classes or {})
        self._kinds = dict(mask_kinds or {})
        self._compared = frozenset(map(".".join, compared))
        check_classes(schema, self._classes, self._arguments)
        self._named = {each.coordinate: each for each in self.classed_all()}
        # What is public need not be looked for in an operation.
        self._inputs = Inputs(_guarded(self._classes))
        self._watched = frozenset(_guarded(self._arguments)) | frozenset(_sensitive(schema, self._inputs))
        # Remembered by identity, with the operation kept alive so that its identity stays its own.
        self._touched: Recent[int, tuple[OperationDefinitionNode, Touched]] = Recent(remembered)
        self._decided: Recent[tuple[int, RightsSet], tuple[OperationDefinitionNode, Decisions]] = Recent(
            remembered
        )
        self._rulings: Recent[RightsSet, Mapping[Coordinate, Ruling]] = Recent(100)

    def decisions(
        self,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        principal: Principal,
        purpose: Purpose | None,
        *,
        mode: AccessMode = AccessMode.FILTER,
        variables: Mapping[str, Any] | None = None,
    ) -> Decisions:
        """What a valid operation may give this principal.

        `variables` are the raw ones of the request; without them, all that an argument could ask by counts as
        asked. Raises Refused for an argument that asks by what the principal may know of nobody, and, in
        reject mode, AccessDenied with every field that is not wholly his to see. Rows are decided later.
        """
        rights = rights_set(principal, purpose)
        self._check_arguments(document, operation, rights, variables)
        _, decided = self._decided.get(
            (id(operation), rights), lambda: (operation, self._decide(document, operation, rights))
        )
        if mode is AccessMode.REJECT and decided.refused:
            raise AccessDenied(decided.refused)
        return decided

    def watches(self, document: DocumentNode, operation: OperationDefinitionNode) -> bool:
        """Whether an operation asks by something with a class, so that its variables have to be looked at."""
        return bool(self._touched_by(document, operation).arguments)

    def hidden(self, roles: Iterable[Role]) -> frozenset[str]:
        """The coordinates that these roles can never use, whatever they reach and whatever they state."""
        rights = RightsSet(frozenset(Standing(role, Reach.EVERYONE) for role in roles), frozenset(Reason))
        return frozenset(
            each.coordinate
            for each in self.classed_all()
            if not _usable(ruling(rights, each.field_class, maskable=each.maskable), each)
        )

    def classed(self, coordinate: str) -> Classed | None:
        """What a coordinate names, as GraphQL writes it: `Worker.snils`, `Query.worker(snils:)`."""
        return self._named.get(coordinate)

    def check_value(self, type_name: str, value: Any, principal: Principal, purpose: Purpose | None) -> None:
        """Whether the principal may ask by a value of this input type that was kept, as JSON has it.

        Raises Refused, as for an argument of an operation.
        """
        type_: Any = self._schema.get_type(type_name)
        rights = rights_set(principal, purpose)
        for coordinate in self._inputs.used(type_, value):
            found = ruling(rights, self._classes[coordinate])
            if found.lacking is not None:
                raise Refused(".".join(coordinate), found.lacking)

    def lookups(
        self,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        principal: Principal,
        purpose: Purpose | None,
        variables: Mapping[str, Any],
    ) -> int:
        """How many people the operation looks for by what is personal, as far as the principal may at all."""
        asked = self._touched_by(document, operation).arguments
        if not asked:
            return 0
        rights, known = rights_set(principal, purpose), _with_defaults(operation, variables)
        return sum(
            found in PERSONS_OWN and ruling(rights, found).lacking is None
            for argument in asked
            for coordinate, found in self._asked_classes(argument, known)
            if coordinate not in self._compared
        )

    def row(
        self, type_name: str, field_name: str, principal: Principal, purpose: Purpose | None, subject: Subject
    ) -> tuple[Decision, Reason | None]:
        """The decision for one field of one subject's record: VALUE, MASK or WITHHELD, and why not more."""
        return self.over(type_name, field_name, rights_of_row(principal, purpose, subject))

    def over(self, type_name: str, field_name: str, rights: RightsSet) -> tuple[Decision, Reason | None]:
        """The same for every record over which the principal has these rights."""
        found = self._ruling((type_name, field_name), rights)
        return found.decision, found.reason

    def masked(self, type_name: str, field_name: str, value: object) -> str | None:
        """The value's mask, or None where the field or this value cannot carry one: withhold it instead."""
        kind = self._kinds.get((type_name, field_name))
        return None if kind is None else mask(kind, value)

    def classed_all(self) -> Iterator[Classed]:
        """Everything that has a class."""
        for at, found in self._classes.items():
            output = isinstance(self._schema.get_type(at[0]), GraphQLObjectType)
            yield Classed(".".join(at), found, maskable=at in self._kinds, is_output=output)
        for argument, found in self._arguments.items():
            yield Classed(written(argument), found, maskable=False, is_output=False)

    def _decide(
        self, document: DocumentNode, operation: OperationDefinitionNode, rights: RightsSet
    ) -> Decisions:
        rulings = self._rulings.get(rights, lambda: self._all_rulings(rights))
        return decisions_of(self._touched_by(document, operation).fields, rulings)

    def _all_rulings(self, rights: RightsSet) -> Mapping[Coordinate, Ruling]:
        return {coordinate: self._ruling(coordinate, rights) for coordinate in object_fields(self._schema)}

    def _ruling(self, coordinate: Coordinate, rights: RightsSet) -> Ruling:
        return ruling(rights, self._classes[coordinate], maskable=coordinate in self._kinds)

    def _touched_by(self, document: DocumentNode, operation: OperationDefinitionNode) -> Touched:
        walk = Walk(self._schema, document, self._watched)
        return self._touched.get(id(operation), lambda: (operation, walk.touched(operation)))[1]

    def _check_arguments(
        self,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        rights: RightsSet,
        variables: Mapping[str, Any] | None,
    ) -> None:
        asked = self._touched_by(document, operation).arguments
        known = _with_defaults(operation, variables) if asked and variables is not None else None
        for argument in asked:
            for coordinate, field_class in self._asked_classes(argument, known):
                found = ruling(rights, field_class)
                if found.lacking is not None:
                    raise Refused(coordinate, found.lacking)

    def _asked_classes(
        self, asked: Asked, variables: dict[str, Any] | None
    ) -> Iterator[tuple[str, FieldClass]]:
        value = Undefined if variables is None else value_from_ast_untyped(asked.value, variables)
        if variables is not None and value is Undefined:
            return
        if self._arguments[asked.coordinate] is not FieldClass.PUBLIC:
            yield written(asked.coordinate), self._arguments[asked.coordinate]
        inputs = self._inputs
        used = inputs.reachable(asked.type) if variables is None else inputs.used(asked.type, value)
        for coordinate in used:
            yield ".".join(coordinate), self._classes[coordinate]


def _usable(found: Ruling, classed: Classed) -> bool:
    """Whether something of it may be seen; of what asks, whether it may be asked by."""
    return found.best is not Decision.WITHHELD if classed.is_output else found.lacking is None


def _guarded(classes: Mapping[K, FieldClass]) -> dict[K, FieldClass]:
    return {key: found for key, found in classes.items() if found is not FieldClass.PUBLIC}


def _sensitive(schema: GraphQLSchema, inputs: Inputs) -> Iterator[ArgumentCoordinate]:
    """Arguments through which a classified input field or enum value can be reached."""
    for type_name, field_name in object_fields(schema):
        field = schema.get_field(schema.type_map[type_name], field_name)  # type: ignore[arg-type]
        for name, argument in field.args.items() if field else ():
            if inputs.reachable(argument.type):
                yield type_name, field_name, name


def _with_defaults(operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> dict[str, Any]:
    defaults = {
        definition.variable.name.value: value_from_ast_untyped(definition.default_value)
        for definition in operation.variable_definitions or ()
        if definition.default_value is not None
    }
    return defaults | dict(variables)
