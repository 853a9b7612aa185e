"""Stock Strawberry: its own view, documents cached, one aiodataloader a link; four questions' schema."""

import asyncio
import base64
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any, ClassVar, NewType
from uuid import UUID

import orjson
import strawberry
from aiodataloader import DataLoader
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.schema.config import StrawberryConfig

from benchmarks.days import today
from benchmarks.statements import Lines, Registries, registries, statements
from benchmarks.subjects.serving import serve
from sources.dictionary import Dictionaries

SQL = statements()
DICTIONARIES = Dictionaries.load()

RegistryNumber = NewType("RegistryNumber", str)
Oid = NewType("Oid", str)


def made(kind: Any, row: Sequence[Any]) -> Any:
    """An object of a type by a row, whose columns are the type's fields in their order."""
    return kind(**dict(zip(_columns(kind), row, strict=True)))


@cache
def _columns(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.init)


class Batch(DataLoader[Any, Any]):
    """A statement asked once for many keys; the first column is the key, each row becomes an object."""

    def __init__(self, lines: Lines, name: str, kind: type[Any], *, many: bool) -> None:
        super().__init__()
        self._lines, self._text, self._kind, self._many = lines, SQL[name], kind, many

    async def batch_load_fn(self, keys: list[Any]) -> list[Any]:
        """The object of each key, or its list of them."""
        found = await self._lines.rows(self._text, keys)
        if not self._many:
            by_key = {row[0]: made(self._kind, row) for row in found}
            return [by_key.get(key) for key in keys]
        groups: dict[Any, list[Any]] = {key: [] for key in keys}
        for row in found:
            groups[row[0]].append(made(self._kind, row))
        return [groups[key] for key in keys]


class Loaders:
    """The loaders of one request."""

    def __init__(self, opened: Registries) -> None:
        workers, organizations = opened.workers, opened.organizations
        licenses, qualifications = opened.licenses, opened.qualifications
        self.registries = opened
        self.worker = Batch(workers, "workers_by_id", Worker, many=False)
        self.employments = Batch(workers, "employments_by_worker", Employment, many=True)
        self.organization = Batch(organizations, "organizations_by_oid", Organization, many=False)
        self.units = Batch(organizations, "staffing_units_by_organization", StaffingUnit, many=True)
        self.license = Batch(licenses, "licenses_by_id", License, many=False)
        self.licenses = Batch(licenses, "licenses_by_worker", License, many=True)
        self.credential = Batch(qualifications, "credentials_by_id", Credential, many=False)
        self.credentials = Batch(qualifications, "credentials_by_worker", Credential, many=True)
        self.educations = Batch(qualifications, "educations_by_worker", Education, many=True)
        self.categories = Batch(qualifications, "categories_by_worker", Category, many=True)


Info = strawberry.Info[Loaders, None]


@strawberry.type
class Entry:
    """A code's name."""

    name: str | None


def entry(dictionary: str, code: str) -> Entry:
    """The entry of a code."""
    return Entry(name=DICTIONARIES.entry(dictionary, code).name)


@strawberry.interface
class Node:
    """A record with a key of its own."""

    key: strawberry.Private[Any]

    @strawberry.field
    def id(self) -> strawberry.ID:
        """Its global id."""
        plain = f"{type(self).__name__}:{self.key}".encode()
        return strawberry.ID(base64.urlsafe_b64encode(plain).decode().rstrip("="))


@strawberry.type
class Organization(Node):
    """An organization."""

    short_name: str
    full_name: str
    address: str

    @strawberry.field
    def oid(self) -> str:
        """Its OID."""
        return str(self.key)

    @strawberry.field
    async def staffing_units(self, info: Info) -> list["StaffingUnit"]:
        """Its staffing schedule."""
        found: list[StaffingUnit] = await info.context.units.load(self.key)
        return found

    @strawberry.field
    async def employments(self, info: Info, first: int = 20) -> "EmploymentConnection":
        """Its current staff."""
        found = await info.context.registries.workers.rows(SQL["current_staff"], self.key, today())
        return EmploymentConnection(nodes=[made(Employment, row) for row in found[:first]])


@strawberry.type
class StaffingUnit:
    """A line of the staffing schedule."""

    owner: strawberry.Private[str]
    position_code: strawberry.Private[str]
    posts: str

    @strawberry.field
    def position(self) -> Entry:
        """Position."""
        return entry("positions", self.position_code)


@strawberry.type
class Employment:
    """A post of a worker."""

    worker_id: strawberry.Private[UUID]
    position_code: strawberry.Private[str]
    kind: str
    started_on: date
    ended_on: date | None
    organization_oid: strawberry.Private[str]

    @strawberry.field
    def position(self) -> Entry:
        """Position."""
        return entry("positions", self.position_code)

    @strawberry.field
    async def organization(self, info: Info) -> Organization | None:
        """The employer."""
        found: Organization | None = await info.context.organization.load(self.organization_oid)
        return found

    @strawberry.field
    async def worker(self, info: Info) -> "Worker | None":
        """The worker."""
        found: Worker | None = await info.context.worker.load(self.worker_id)
        return found


@strawberry.type
class EmploymentConnection:
    """A page of employments."""

    nodes: list[Employment]


@strawberry.type
class License(Node):
    """A licence."""

    holder_name: str
    number: str
    status: str
    issued_on: date
    valid_until: date | None


@strawberry.type
class Credential(Node):
    """A credential."""

    kind: str
    number: str
    specialty_code: strawberry.Private[str]
    issued_on: date
    valid_until: date
    status: str

    @strawberry.field
    def specialty(self) -> Entry:
        """Specialty."""
        return entry("specialties", self.specialty_code)


@strawberry.type
class Education:
    """An education document."""

    owner: strawberry.Private[str]
    kind_code: strawberry.Private[str]
    institution: str
    specialty_code: strawberry.Private[str]
    finished_year: int | None

    @strawberry.field
    def kind(self) -> Entry:
        """Kind."""
        return entry("education_kinds", self.kind_code)

    @strawberry.field
    def specialty(self) -> Entry:
        """Specialty."""
        return entry("specialties", self.specialty_code)


@strawberry.type
class Category:
    """A qualification category."""

    owner: strawberry.Private[str]
    code: strawberry.Private[str]
    specialty_code: strawberry.Private[str]
    valid_until: date

    @strawberry.field
    def category(self) -> Entry:
        """The category."""
        return entry("qualification_categories", self.code)

    @strawberry.field
    def specialty(self) -> Entry:
        """Specialty."""
        return entry("specialties", self.specialty_code)


@strawberry.type
class Worker(Node):
    """A medical worker."""

    snils: strawberry.Private[str]
    registry_number: str
    last_name: str
    first_name: str
    middle_name: str | None
    status: str
    registered_on: date

    @strawberry.field
    async def employments(self, info: Info) -> list[Employment]:
        """Places of work."""
        found: list[Employment] = await info.context.employments.load(self.key)
        return found

    @strawberry.field
    async def licenses(self, info: Info) -> list[License]:
        """His own licences."""
        found: list[License] = await info.context.licenses.load(self.snils)
        return found

    @strawberry.field
    async def credentials(self, info: Info) -> list[Credential]:
        """Credentials."""
        found: list[Credential] = await info.context.credentials.load(self.snils)
        return found

    @strawberry.field
    async def educations(self, info: Info) -> list[Education]:
        """Education documents."""
        found: list[Education] = await info.context.educations.load(self.snils)
        return found

    @strawberry.field
    async def categories(self, info: Info) -> list[Category]:
        """Qualification categories."""
        found: list[Category] = await info.context.categories.load(self.snils)
        return found


@strawberry.type
class Query:
    """The four questions' roots."""

    @strawberry.field
    async def worker(self, info: Info, registry_number: RegistryNumber) -> Worker | None:
        """A worker by registry number."""
        workers = info.context.registries.workers
        found = await workers.rows(SQL["worker_by_number"], registry_number)
        return made(Worker, found[0]) if found else None

    @strawberry.field
    async def organization(self, info: Info, oid: Oid) -> Organization | None:
        """An organization by OID."""
        found = await info.context.registries.organizations.rows(SQL["organization_by_oid"], oid)
        return made(Organization, found[0]) if found else None

    @strawberry.field
    async def nodes(self, info: Info, ids: list[strawberry.ID]) -> list[Node | None]:
        """Records by global ids."""
        return list(await asyncio.gather(*(_node(info.context, each) for each in ids)))


async def _node(loaders: Loaders, text: str) -> Node | None:
    noun, _, key = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().partition(":")
    loader: Batch = getattr(loaders, noun.lower())
    found: Node | None = await loader.load(key if noun == "Organization" else UUID(key))
    return found


class View(GraphQL[Loaders, None]):
    """Strawberry's view, with fresh loaders a request and a quick encoder."""

    opened: ClassVar[Registries]

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Loaders:  # noqa: ARG002
        """Fresh loaders."""
        return Loaders(self.opened)

    def decode_json(self, data: str | bytes) -> object:
        """JSON in."""
        return orjson.loads(data)

    def encode_json(self, data: object) -> bytes:
        """JSON out."""
        return orjson.dumps(data)


SCALARS: Mapping[object, Any] = {
    RegistryNumber: strawberry.scalar(name="RegistryNumber"),
    Oid: strawberry.scalar(name="Oid"),
}


def application() -> Starlette:
    """The application at /graphql."""
    schema = strawberry.Schema(
        Query,
        types=[Worker, Organization, License, Credential],
        extensions=[ParserCache, ValidationCache],
        config=StrawberryConfig(scalar_map=dict(SCALARS)),
    )

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with registries() as opened:
            View.opened = opened
            yield

    return Starlette(lifespan=lifespan, routes=[Route("/graphql", View(schema, graphql_ide=None))])


if __name__ == "__main__":
    serve(application())
