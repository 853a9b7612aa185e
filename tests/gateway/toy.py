"""A small schema for tests of the gateway, and doubles of what bootstrap would put around it."""

# ruff: noqa: ARG002 - resolvers take arguments for the sake of the schema

import asyncio
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, NewType

import strawberry
from graphql import GraphQLSchema
from strawberry.federation import Schema
from strawberry.federation.schema_directives import ListSize
from strawberry.schema.config import StrawberryConfig
from strawberry.types.scalar import ScalarDefinition
from strawberry.types.unset import UNSET

from auth.errors import AuthError, InvalidToken, KeysUnavailable, TokenFault
from gateway.operation.execution import Caller, OperationRequest
from gateway.operation.prepare import Prepared
from resolvers.errors import BadCursor
from schema.directives import about, page, weighs
from sources.errors import TimedOut, Unavailable
from sources.registry import Registry

Snils = NewType("Snils", str)


def sliced(*names: str, one: bool = True) -> ListSize:
    """A list of a size that one of these arguments states."""
    return ListSize(
        assumed_size=UNSET,
        slicing_arguments=list(names),
        sized_fields=UNSET,
        require_one_slicing_argument=one,
    )


def _page(first: int | None = 20) -> "Workers":
    return Workers()


def _yes() -> bool:
    return True


def _languages() -> list["Language"]:
    return []


def _either(first: int | None = None, last: int | None = None) -> list["Worker"]:
    return []


def _both(first: int = 2, last: int | None = None) -> list["Worker"]:
    return []


Sought = Annotated[str | None, strawberry.argument(directives=[weighs(50)])]


def _snils(value: Any) -> str:
    if not isinstance(value, str) or len("".join(filter(str.isdigit, value))) != 11:
        raise ValueError("a SNILS has 11 digits")
    raise ValueError("check digit should be 95")


@dataclass
class Traces:
    """What the resolvers did, for tests to look at."""

    started: int = 0
    cancelled: int = 0
    closed: int = 0
    contexts: int = 0
    mutations: int = 0
    going: asyncio.Event = field(default_factory=asyncio.Event)
    written: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    release: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class Context:
    """What the toy's resolvers use."""

    caller: Caller
    traces: Traces


@strawberry.federation.type(keys=["oid"])
class Organization:
    oid: str = "1.2.643"

    workers: "Workers" = strawberry.field(resolver=_page, directives=[page()])

    @strawberry.field
    def branches(self) -> list["Organization"]:
        return []

    @classmethod
    def resolve_reference(cls, oid: str) -> "Organization":
        organization = cls()
        organization.oid = oid
        return organization


@strawberry.type(directives=[weighs(4)])
class Language:
    name: str = "русский"


@strawberry.type
class Worker:
    full_name: str = "Иванова Анна Петровна"

    @strawberry.field
    def organization(self) -> Organization:
        return Organization()

    eligibility: bool = strawberry.field(resolver=_yes, directives=[weighs(5)])

    languages: list["Language"] = strawberry.field(resolver=_languages, directives=[about(3)])

    @strawberry.field
    def friend(self) -> "Worker":
        return Worker()


@strawberry.type
class Workers:
    total_count: int = strawberry.field(default=1, directives=[weighs(10)])

    @strawberry.field
    def nodes(self) -> list[Worker]:
        return [Worker()]


@strawberry.type
class Query:
    @strawberry.field
    def hello(self, name: str = "world") -> str:
        return f"hello {name}"

    @strawberry.field
    def number(self, of: int) -> int:
        return of

    @strawberry.field
    def worker(self, snils: Snils | None = None) -> Worker:
        return Worker()

    workers: Workers = strawberry.field(resolver=_page, directives=[page()])

    either: list[Worker] = strawberry.field(resolver=_either, directives=[sliced("first", "last")])

    both: list[Worker] = strawberry.field(resolver=_both, directives=[sliced("first", "last", one=False)])

    @strawberry.field
    def sought(self, text: Sought = None) -> bool:
        return True

    @strawberry.field
    def by_ids(self, ids: list[strawberry.ID]) -> list[Worker]:
        return []

    @strawberry.field
    def caller(self, info: strawberry.Info[Context, None]) -> str:
        caller = info.context.caller
        return f"{caller.principal.subject} {caller.transport} {caller.access_mode} {caller.access_purpose}"

    @strawberry.field
    def broken(self) -> str | None:
        raise RuntimeError("password=hunter2 at 112-233-445 95")

    @strawberry.field
    def broken_non_null(self) -> str:
        raise RuntimeError("password=hunter2")

    @strawberry.field
    def away(self) -> str | None:
        raise Unavailable(Registry.WORKERS)

    @strawberry.field
    def late(self) -> str | None:
        raise TimedOut(Registry.LICENSES)

    @strawberry.field
    def bad_cursor(self) -> str | None:
        raise BadCursor("the cursor is from another query")

    @strawberry.field
    def huge(self) -> strawberry.scalars.JSON:
        return strawberry.scalars.JSON(10**30)

    @strawberry.field
    async def slow(self, info: strawberry.Info[Context, None]) -> str:
        return await _wait(info.context.traces)


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def write(self, info: strawberry.Info[Context, None]) -> str:
        text = await _wait(info.context.traces)
        info.context.traces.mutations += 1
        info.context.traces.written.set()
        return text

    @strawberry.mutation
    def note(self, info: strawberry.Info[Context, None]) -> int:
        info.context.traces.mutations += 1
        return info.context.traces.mutations


async def _wait(traces: Traces) -> str:
    traces.started += 1
    traces.going.set()
    try:
        await traces.release.wait()
    except asyncio.CancelledError:
        traces.cancelled += 1
        traces.ended.set()
        raise
    return "done"


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def count(self, to: int) -> AsyncGenerator[int, None]:
        for number in range(1, to + 1):
            yield number

    @strawberry.subscription
    async def costly(self, to: int) -> AsyncGenerator[Worker, None]:
        for _ in range(to):
            yield Worker()

    @strawberry.subscription
    async def forever(self, info: strawberry.Info[Context, None]) -> AsyncGenerator[int, None]:
        traces = info.context.traces
        traces.started += 1
        try:
            yield 0
            traces.going.set()
            await traces.release.wait()
            yield 1
            await asyncio.Event().wait()
        finally:
            traces.closed += 1
            traces.ended.set()

    @strawberry.subscription
    async def flood(self, info: strawberry.Info[Context, None]) -> AsyncGenerator[str, None]:
        for _ in range(10_000):
            info.context.traces.started += 1
            yield "x" * 100_000

    @strawberry.subscription
    async def failing(self) -> AsyncGenerator[int, None]:
        yield 1
        raise RuntimeError("password=hunter2")


def schema() -> GraphQLSchema:
    """The toy's schema, as graphql-core sees it."""
    scalars: dict[object, ScalarDefinition] = {
        Snils: strawberry.scalar(name="Snils", serialize=str, parse_value=_snils)
    }
    config = StrawberryConfig(scalar_map=scalars, enable_experimental_incremental_execution=True)
    built = Schema(query=Query, mutation=Mutation, subscription=Subscription, config=config)
    return built._schema


@dataclass(frozen=True)
class Toy:
    """A principal for tests."""

    subject: str = "public"
    expires_at: datetime | None = None
    grants: frozenset[Any] = frozenset()
    roles: frozenset[str] = frozenset()
    is_unchecked: bool = False


ANNA = Toy("anna", roles=frozenset({"worker"}))


class ToyAuthenticator:
    """Knows a few tokens by name."""

    def __init__(self) -> None:
        self.revoked: dict[str, AuthError] = {}
        self.news = asyncio.Event()

    def known(self, authorization: str | None) -> Toy | None:
        return ANNA if authorization == "Bearer good" else None

    async def authenticate(self, authorization: str | None) -> Toy:
        match authorization:
            case None:
                return Toy()
            case "Bearer good":
                return ANNA
            case "Bearer short":
                return Toy("anna", datetime.now(UTC) + timedelta(seconds=1))
            case "Bearer expired":
                raise InvalidToken(TokenFault.EXPIRED)
            case "Bearer keyless":
                raise KeysUnavailable
            case "Bearer broken":
                raise RuntimeError("password=hunter2")
        raise InvalidToken(TokenFault.SIGNATURE)

    async def ended(self, principal: Toy) -> AuthError:
        """Ends the callers whom the test revokes."""
        while principal.subject not in self.revoked:
            await self.news.wait()
            self.news.clear()
        return self.revoked[principal.subject]


class ToyContexts:
    """Makes contexts, and refuses those who ask to be refused."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget what earlier tests did."""
        self.traces = Traces()
        self.refusal: Exception | None = None

    def context(self, prepared: Prepared, request: OperationRequest, caller: Caller) -> Context:
        self.traces.contexts += 1
        if self.refusal is not None:
            raise self.refusal
        return Context(caller, self.traces)

    def extensions(self, context: Context) -> dict[str, Any]:
        return {"registries": {"WORKERS": {"state": "OK"}}} if context.caller.authenticated else {}

    def left(self, context: Context) -> None:
        """Nothing: the toy keeps no record."""


@dataclass
class ToyReadiness:
    """Registries that answer or do not, as the test says."""

    answering: dict[str, bool] = field(default_factory=lambda: {"WORKERS": True, "LICENSES": True})
    stored: bool = True
    checking: bool = True

    async def registries(self) -> Mapping[str, bool]:
        return self.answering

    async def store(self) -> bool:
        return self.stored

    def sessions(self) -> bool:
        return self.checking
