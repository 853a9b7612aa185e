"""The oracle: redacts the data first, then graphql-core evaluates with resolvers that only look."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from graphql import (
    DocumentNode,
    GraphQLResolveInfo,
    GraphQLSchema,
    OperationDefinitionNode,
    build_ast_schema,
    execute_sync,
    parse,
)

from tests.proof.claims import VERIFICATION
from tests.proof.law import VALUE, Caller, best
from tests.proof.links import LINKS
from tests.proof.redacted import Hidden, Redacted, RedactedCopy
from tests.proof.roots import ROOTS
from tests.proof.sensitive import ARGUMENTS, INPUTS, MASKED, SENSITIVE
from tests.proof.touched import claimed, touched
from tests.proof.world import Thing, World

SDL: Final = Path(__file__).parents[2] / "schema.graphql"
SCHEMA: Final = build_ast_schema(parse(SDL.read_text("utf-8")), assume_valid_sdl=True)

OF_PEOPLE: Final = ("Department", "employments")
"""A field of an organization that tells a fact of each person whom it lists."""

Access = Counter[tuple[str, str]]
"""How many rows of which coordinate were masked or withheld."""


Outcomes = frozenset[tuple[str, str]]
"""Coordinates, and what was given of them: VALUE, MASKED, WITHHELD."""


@dataclass
class Expected:
    """What the oracle answers: data, errors by path and code, access lines; or that all of it is refused."""

    data: Any = None
    errors: frozenset[tuple[str, str]] = frozenset()
    access: Access = field(default_factory=Counter)
    refused: frozenset[str] | None = None
    """The coordinates that are named in the refusal."""
    one_of_them: bool = False
    """Whether the refusal names the first of them that it meets."""
    met: Outcomes = frozenset()
    """What a guarded field was, somewhere in the answer."""


class Oracle:
    """Answers operations over one world, whose data it redacts for each caller."""

    def __init__(self, world: World, classes: Mapping[tuple[str, str], str] = SENSITIVE) -> None:
        self._world, self._classes = world, classes

    def answer(self, document: DocumentNode, variables: Mapping[str, Any], caller: Caller) -> Expected:
        """What this caller should get."""
        asked = self._asked(document, variables, caller)
        if asked:
            return Expected(refused=asked, one_of_them=True)
        refused = self._refused(document, variables, caller)
        if refused:
            return Expected(refused=refused)
        copy = RedactedCopy(self._world, caller, self._classes)
        found = execute_sync(
            SCHEMA,
            document,
            copy,
            None,
            dict(variables),
            field_resolver=_field(copy),
            type_resolver=_type_name,
        )
        errors = {
            (".".join(map(str, error.path or ())), str((error.extensions or {}).get("code", error.message)))
            for error in found.errors or ()
        }
        if caller.mode == "reject" and copy.told:
            return Expected(refused=frozenset(coordinate for coordinate, _ in copy.told))
        met = {(".".join(at), "VALUE") for at in copy.given} | copy.told.keys()
        return Expected(found.data, frozenset(errors), copy.told, met=frozenset(met))

    def _asked(self, document: DocumentNode, variables: Mapping[str, Any], caller: Caller) -> frozenset[str]:
        """What the caller asks by, and may know of nobody."""
        _, arguments = touched(SCHEMA, document, variables)
        inputs = claimed(SCHEMA, document, variables)
        given = {"{}.{}({}:)".format(*each): ARGUMENTS[each] for each in arguments & ARGUMENTS.keys()}
        given |= {"{}.{}".format(*each): INPUTS[each] for each in inputs & INPUTS.keys()}
        return frozenset(
            each
            for each, field_class in given.items()
            if best(caller, field_class, maskable=True)[0] != VALUE
        )

    def _refused(
        self, document: DocumentNode, variables: Mapping[str, Any], caller: Caller
    ) -> frozenset[str]:
        """What stands in the way of the whole operation, before anything is read."""
        fields, _ = touched(SCHEMA, document, variables)
        if caller.mode != "reject":
            return frozenset()
        return frozenset(".".join(at) for at in fields & self._classes.keys() if self._never(caller, at))

    def _never(self, caller: Caller, at: tuple[str, str]) -> bool:
        """Whether the caller gets the value of this field of nobody."""
        most, _ = best(caller, self._classes[at], maskable=at in MASKED)
        return most != VALUE


def _field(copy: RedactedCopy) -> Any:
    """The one resolver: looks into the copy."""

    def resolve(source: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        if isinstance(source, RedactedCopy):
            copy.given.add(("Query", info.field_name))
            return placed(ROOTS[info.field_name](copy, arguments))
        thing, value = source.thing, source.values.get(info.field_name)
        if isinstance(value, Hidden):
            copy.told[f"{thing.type_name}.{info.field_name}", value.told] += 1
            return value.shown
        if (thing.type_name, info.field_name) in SENSITIVE:
            copy.given.add((thing.type_name, info.field_name))
        links = VERIFICATION if thing.type_name == "Verification" else LINKS.get(thing.type_name, {})
        link = links.get(info.field_name)
        found = placed(link(copy.world, thing.row, arguments) if link else source.values[info.field_name])
        return known(found) if (thing.type_name, info.field_name) == OF_PEOPLE else found

    def known(employments: list[Redacted]) -> list[Redacted]:
        """Without those whose department the copy hides: a department's list would tell it after all."""
        kept = [each for each in employments if not isinstance(each.values.get("department"), Hidden)]
        if len(kept) < len(employments):
            copy.told[".".join(OF_PEOPLE), "WITHHELD"] += len(employments) - len(kept)
        return kept

    def placed(found: Any) -> Any:
        if isinstance(found, Thing):
            return copy.of(found)
        return [placed(each) for each in found] if isinstance(found, list) else found

    return resolve


def _type_name(value: Redacted, *_: Any) -> str:
    return value.thing.type_name


def operation_of(document: DocumentNode) -> OperationDefinitionNode:
    """The one operation of a document."""
    return next(each for each in document.definitions if isinstance(each, OperationDefinitionNode))


def schema() -> GraphQLSchema:
    """The schema as it is printed."""
    return SCHEMA
