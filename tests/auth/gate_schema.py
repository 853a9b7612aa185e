"""A small schema with every kind of type, its classes, and the people who ask it."""

from collections.abc import Mapping
from typing import Any

from graphql import DocumentNode, OperationDefinitionNode, build_schema, parse, validate

from auth.decisions import Decisions
from auth.gate import Gate
from auth.principal import PUBLIC, AccessMode, Grant, Principal, Purpose, Role
from auth.rights import Decision, FieldClass

SCHEMA = build_schema(
    """
    scalar Snils
    scalar Date
    interface Node { id: ID! }
    interface Person implements Node { id: ID! name: String snils: Snils }
    type Worker implements Node & Person {
      id: ID! name: String snils: Snils birthDate: Date passport: String employments: [Employment!]! }
    type Student implements Node & Person { id: ID! name: String snils: Snils }
    type Employment { rate: Float worker: Worker }
    type Organization implements Node { id: ID! name: String employees(having: Having): [Employment!]! }
    union Holder = Organization | Worker
    input Having { name: String snils: Snils born: Dates all: [Having!] by: Order }
    input Dates { after: Date before: Date }
    enum Order { NAME BIRTH_DATE }
    type Query {
      node(id: ID!): Node person(name: String): Person holder: Holder workers(first: Int = 5): [Worker!]!
      worker(number: String, snils: Snils): Worker }
    type Subscription { changed: Worker }
    """
)
PUBLIC_FIELDS = {
    "Query": "node person holder workers worker",
    "Subscription": "changed",
    "Worker": "id name employments",
    "Student": "id name",
    "Employment": "worker",
    "Organization": "id name employees",
    "Having": "name born all by",
    "Dates": "after",
    "Order": "NAME",
}
CLASSES = {
    (type_name, field): FieldClass.PUBLIC
    for type_name, fields in PUBLIC_FIELDS.items()
    for field in fields.split()
} | {
    ("Worker", "snils"): FieldClass.PERSONAL,
    ("Worker", "birthDate"): FieldClass.PERSONAL,
    ("Worker", "passport"): FieldClass.IDENTITY,
    ("Student", "snils"): FieldClass.IDENTITY,
    ("Employment", "rate"): FieldClass.INTERNAL,
    ("Having", "snils"): FieldClass.PERSONAL,
    ("Dates", "before"): FieldClass.PERSONAL,
    ("Order", "BIRTH_DATE"): FieldClass.PERSONAL,
}
PUBLIC_ARGUMENTS = {
    ("Organization", "employees"): "having",
    ("Query", "node"): "id",
    ("Query", "person"): "name",
    ("Query", "workers"): "first",
    ("Query", "worker"): "number",
}
ARGUMENTS = {(*field, name): FieldClass.PUBLIC for field, name in PUBLIC_ARGUMENTS.items()}
ARGUMENTS |= {("Query", "worker", "snils"): FieldClass.PERSONAL}
KINDS = {("Worker", "snils"): "Snils"}

ADMIN = Principal("admin", frozenset({Grant(Role.ADMIN)}))
INSURER = Principal("insurer", frozenset({Grant(Role.INSURER)}))
REGULATOR = Principal("regulator", frozenset({Grant(Role.REGULATOR)}))
STRONG = Principal("strong", REGULATOR.grants, amr=frozenset({"mfa"}))
LOCAL = Principal("local", frozenset({Grant(Role.REGULATOR, regions=frozenset({"77"}))}))
EMPLOYER = Principal("employer", frozenset({Grant(Role.EMPLOYER, organizations=frozenset({"1.2"}))}))

W, M, V, ROW = Decision.WITHHELD, Decision.MASK, Decision.VALUE, Decision.ROW


def parsed(text: str) -> tuple[DocumentNode, OperationDefinitionNode]:
    """A valid document and its first operation."""
    document = parse(text)
    assert validate(SCHEMA, document) == []
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    return document, operations[0]


def decided(
    gate: Gate,
    text: str,
    principal: Principal = PUBLIC,
    purpose: Purpose | None = None,
    *,
    mode: AccessMode = AccessMode.FILTER,
    variables: Mapping[str, Any] | None = None,
) -> Decisions:
    """What the gate decides of an operation given as text."""
    return gate.decisions(*parsed(text), principal, purpose, mode=mode, variables=variables)
