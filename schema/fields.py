"""Fields by their class of rights: `public`, `internal`, `restricted`, `personal`, `identity`.

Without a resolver a field is the column of its record that has the same name.

What asks has a class too: that of the facts by which it asks. `PAGE` are the arguments of every connection.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import strawberry

from auth.rights import FieldClass
from resolvers.guard import guarded
from resolvers.link import Needs, Resolver, column
from resolvers.search.facts import Reads
from schema.directives import Access

DECLARATION = "declaration"
ASKS = "asks"

PAGE = {"first": FieldClass.PUBLIC, "after": FieldClass.PUBLIC}
"""Which part of a connection: asks by nothing but the order of public keys."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a field declares beside its type: its class, how it is answered, and how its value is masked."""

    field_class: FieldClass
    answer: Resolver | None = None
    """How it is answered, before any rights; None: the column of its record that has the field's name."""
    mask: str | None = None
    carried: bool = False
    """Whether its record is reached only through a guarded link of the same class, which has decided."""
    narrowed: bool = False
    """Whether it gives by itself no more than what is about those whom the caller sees its class of."""
    arguments: Mapping[str, FieldClass] = field(default_factory=dict)
    """The class of what each argument asks by, by GraphQL name."""

    @property
    def needs(self) -> Needs | None:
        """The columns it reads, by noun; None: the column of its own record that has the field's name."""
        return self.answer.needs if self.answer else None


def public(
    description: str,
    answer: Resolver | None = None,
    *,
    arguments: Mapping[str, FieldClass] | None = None,
    **options: Any,
) -> Any:
    """A field that everyone may see."""
    declared = Declaration(FieldClass.PUBLIC, answer, arguments=arguments or {})
    return _field(declared, description, answer, options)


def internal(description: str, answer: Resolver | str, **options: Any) -> Any:
    """A field of the employer's own business: the worker, his employers and those who control them."""
    return _guarded(FieldClass.INTERNAL, description, answer, None, options)


def restricted(description: str, answer: Resolver | str, **options: Any) -> Any:
    """A field about measures against a person and findings about him."""
    return _guarded(FieldClass.RESTRICTED, description, answer, None, options)


def personal(description: str, answer: Resolver | str, *, mask: str | None = None, **options: Any) -> Any:
    """A field of personal data; `mask` names how its value is masked, where it can be."""
    return _guarded(FieldClass.PERSONAL, description, answer, mask, options)


def identity(description: str, answer: Resolver | str, **options: Any) -> Any:
    """A field of an identity document or the place where a person lives."""
    return _guarded(FieldClass.IDENTITY, description, answer, None, options)


def journalled(description: str, answer: Resolver, **options: Any) -> Any:
    """A field of the journal of what was released."""
    return _guarded(FieldClass.JOURNAL, description, answer, None, options)


def quality(description: str, answer: Resolver, **options: Any) -> Any:
    """A field of what is wrong in the registries, without whom it is about."""
    return _guarded(FieldClass.QUALITY, description, answer, None, options)


def narrowed(field_class: FieldClass, description: str, answer: Resolver, **options: Any) -> Any:
    """A field that asks for what is about those alone whom the caller sees this class of."""
    declared = Declaration(field_class, answer, arguments=options.pop("arguments", {}), narrowed=True)
    return _field(declared, description, guarded(answer, field_class, narrowed=True), options)


def carried(field_class: FieldClass, description: str, answer: Resolver | None = None, **options: Any) -> Any:
    """A field of a record that is reached only through a guarded link of the same class."""
    arguments = options.pop("arguments", {})
    return _field(
        Declaration(field_class, answer, carried=True, arguments=arguments), description, answer, options
    )


@dataclass(frozen=True, slots=True)
class Asks:
    """What an input field declares beside its type: the class of what it asks by, and how it is read."""

    field_class: FieldClass
    reads: Reads | None
    compared: bool = False
    """Whether nobody is looked for by it: it is compared with the record of somebody who was found."""


def asked(
    field_class: FieldClass,
    description: str,
    name: str | None = None,
    reads: Reads | None = None,
    *,
    compared: bool = False,
) -> Any:
    """An input field that asks by facts of this class; `reads` makes a search's condition of its value."""
    return strawberry.field(
        default=None,
        description=description,
        name=name,
        directives=[Access(field_class=field_class)],
        metadata={ASKS: Asks(field_class, reads, compared)},
    )


def class_of(owner: Any, name: str) -> FieldClass:
    """The class of a type's field, by its Python name, for what asks by it."""
    fields = owner.__strawberry_definition__.fields
    declared: Declaration = next(each.metadata[DECLARATION] for each in fields if each.python_name == name)
    return declared.field_class


def _guarded(
    field_class: FieldClass, description: str, answer: Resolver | str, mask: str | None, options: Any
) -> Any:
    plain = column(answer) if isinstance(answer, str) else answer
    declared = Declaration(field_class, plain, mask, arguments=options.pop("arguments", {}))
    return _field(declared, description, guarded(plain, field_class), options)


def _field(declared: Declaration, description: str, answer: Resolver | None, options: dict[str, Any]) -> Any:
    resolver: Any = answer.resolve if answer else None
    return strawberry.federation.field(
        resolver=resolver,
        description=description,
        directives=[Access(field_class=declared.field_class), *options.pop("directives", ())],
        metadata={DECLARATION: declared},
        **options,
    )
