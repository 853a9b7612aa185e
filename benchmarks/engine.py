"""In process: 100 workers with four relations, 26 leaves each, executed and encoded. CPU time, interleaved.

    python -m benchmarks.engine [rounds] [--json]

Stock Strawberry with aiodataloader, the engine over the same schema, and Python written by hand for this one
question; all have to give the same bytes first.
"""

import asyncio
import datetime as dt
import enum
import gc
import platform
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any, NamedTuple

import orjson
import strawberry
from aiodataloader import DataLoader
from graphql import ExecutionResult, GraphQLObjectType, OperationDefinitionNode, execute, parse, validate

from engine.assemble import assembler
from engine.encode import encoded
from engine.execution import EVERYONE, PLAIN, Engine
from engine.kinds import RESOLVER, Attribute, Kind, Link
from engine.loading import Loader
from engine.planning import made_plan

ROUNDS = 41
STOCK, HAND = "stock Strawberry, aiodataloader", "by hand"
QUERY = """query Workers($limit: Int!) {
  workers(limit: $limit) {
    id snils lastName firstName birthDate status
    employments { position organization { oid name region } }
    licenses { number status validUntil }
    qualifications { kind specialty issuedOn }
  }
}"""


class Status(enum.Enum):
    """A worker's status."""

    ACTIVE = "ACTIVE"
    ON_LEAVE = "ON_LEAVE"
    FIRED = "FIRED"


class WorkerRow(NamedTuple):
    """A worker."""

    id: str
    snils: str
    last_name: str
    first_name: str
    birth_date: dt.date
    status: Status


class EmploymentRow(NamedTuple):
    """An employment."""

    position: str
    organization_oid: str


class OrganizationRow(NamedTuple):
    """An organization."""

    oid: str
    name: str
    region: str


class LicenseRow(NamedTuple):
    """A licence."""

    number: str
    status: str
    valid_until: dt.date


class QualificationRow(NamedTuple):
    """A qualification."""

    kind: str
    specialty: str
    issued_on: dt.date


def _tables() -> Mapping[str, Mapping[str, Any]]:
    random = Random(7)
    oids = [f"1.2.643.{number}" for number in range(40)]
    workers = {
        f"w{number}": WorkerRow(
            f"w{number}",
            f"{random.randrange(10**11):011d}",
            f"Иванов{number}",
            f"Пётр{number}",
            dt.date(1970 + number % 30, 1 + number % 12, 1 + number % 28),
            list(Status)[number % 3],
        )
        for number in range(1000)
    }
    return {
        "workers": workers,
        "organizations": {oid: OrganizationRow(oid, f"Городская больница {oid}", oid[-2:]) for oid in oids},
        "employments": {
            key: [EmploymentRow(f"врач-терапевт {each}", random.choice(oids)) for each in range(2)]
            for key in workers
        },
        "licenses": {
            key: [
                LicenseRow(f"ЛО-{random.randrange(10**6)}", "valid", dt.date(2027, 1 + each, 5))
                for each in range(2)
            ]
            for key in workers
        },
        "qualifications": {
            key: [QualificationRow("ординатура", "Терапия", dt.date(2010 + each, 6, 30)) for each in range(2)]
            for key in workers
        },
    }


TABLES = _tables()
strawberry.enum(Status)


async def read(table: str, keys: Sequence[str]) -> Mapping[str, Any]:
    """What a registry would answer."""
    rows = TABLES[table]
    return {key: rows[key] for key in keys}


def _stock_loader(table: str) -> DataLoader[str, Any]:
    async def batch(keys: list[str]) -> list[Any]:
        found = await read(table, keys)
        return [found[key] for key in keys]

    return DataLoader(batch)


class Stock:
    """The loaders of one operation on stock Strawberry."""

    def __init__(self) -> None:
        self.organizations = _stock_loader("organizations")
        self.employments = _stock_loader("employments")
        self.licenses = _stock_loader("licenses")
        self.qualifications = _stock_loader("qualifications")


@strawberry.type
class Organization:
    """An organization."""

    oid: strawberry.ID
    name: str
    region: str


@strawberry.type
class Employment:
    """An employment."""

    position: str

    @strawberry.field
    async def organization(self, info: strawberry.Info) -> Organization:
        """Where."""
        return await info.context.organizations.load(self.organization_oid)  # type: ignore[attr-defined,no-any-return]


@strawberry.type
class License:
    """A licence."""

    number: str
    status: str
    valid_until: dt.date


@strawberry.type
class Qualification:
    """A qualification."""

    kind: str
    specialty: str
    issued_on: dt.date


@strawberry.type
class Worker:
    """A worker."""

    id: strawberry.ID
    snils: str
    last_name: str
    first_name: str
    birth_date: dt.date
    status: Status

    @strawberry.field
    async def employments(self, info: strawberry.Info) -> list[Employment]:
        """His employments."""
        return await info.context.employments.load(self.id)  # type: ignore[no-any-return]

    @strawberry.field
    async def licenses(self, info: strawberry.Info) -> list[License]:
        """His licences."""
        return await info.context.licenses.load(self.id)  # type: ignore[no-any-return]

    @strawberry.field
    async def qualifications(self, info: strawberry.Info) -> list[Qualification]:
        """His qualifications."""
        return await info.context.qualifications.load(self.id)  # type: ignore[no-any-return]


@strawberry.type
class Query:
    """The root."""

    @strawberry.field
    async def workers(self, limit: int) -> list[Worker]:
        """The first workers."""
        return list(TABLES["workers"].values())[:limit]


SCHEMA = strawberry.Schema(Query)._schema  # noqa: SLF001
LINKS = {
    ("Employment", "organization"): Link("organizations", ("organization_oid",)),
    ("Worker", "employments"): Link("employments", ("id",)),
    ("Worker", "licenses"): Link("licenses", ("id",)),
    ("Worker", "qualifications"): Link("qualifications", ("id",)),
}


def describe(parent: GraphQLObjectType, field: str) -> Kind:
    """The kinds of fields, which an application takes from its own declarations."""
    if (parent.name, field) in LINKS:
        return LINKS[parent.name, field]
    if parent.name == "Query":
        return RESOLVER
    definition: Any = parent.fields[field].extensions["strawberry-definition"]
    return Attribute(definition.python_name)


def loader(context: dict[str, Loader[Any, Any]], name: str) -> Loader[Any, Any]:
    """A loader of the operation."""
    if name not in context:
        context[name] = Loader(lambda keys: read(name, keys), absent=())
    return context[name]


CHECKED = replace(PLAIN, describe=describe, loader=loader, checked=lambda _: False)
NATIVE = replace(CHECKED, native={"Date": dt.date})


def stock(limit: int) -> Callable[[], Awaitable[bytes]]:
    """Stock Strawberry: its schema on graphql-core's executor."""
    document, variables = parse(QUERY), {"limit": limit}
    assert not validate(SCHEMA, document)

    async def answer() -> bytes:
        found = execute(SCHEMA, document, None, Stock(), variables)
        result = found if isinstance(found, ExecutionResult) else await found
        assert not result.errors, result.errors
        return orjson.dumps({"data": result.data})

    return answer


def compiled(engine: Engine, limit: int, text: str = QUERY) -> Callable[[], Awaitable[bytes]]:
    """The engine, from raw variables to bytes."""
    document = parse(text)
    operation = next(each for each in document.definitions if isinstance(each, OperationDefinitionNode))
    prepared = engine.prepared(operation, {})
    raw = {"limit": limit}

    async def answer() -> bytes:
        variables = engine.variables(prepared, raw)
        assert not isinstance(variables, list)
        found = engine.run(prepared, variables, None, {})
        return encoded(found if isinstance(found, ExecutionResult) else await found)

    return answer


async def _many(table: str, keys: Sequence[str]) -> list[Any]:
    found = await read(table, list(dict.fromkeys(keys)))
    return [found[key] for key in keys]


def by_hand(limit: int) -> Callable[[], Awaitable[bytes]]:
    """Python written for this one question."""

    async def employed(ids: list[str]) -> tuple[list[Any], Any]:
        found = await _many("employments", ids)
        return found, iter(await _many("organizations", [e.organization_oid for each in found for e in each]))

    async def answer() -> bytes:
        workers = list(TABLES["workers"].values())[:limit]
        ids = [each.id for each in workers]
        (employments, organizations), licenses, qualifications = await asyncio.gather(
            employed(ids), _many("licenses", ids), _many("qualifications", ids)
        )
        return orjson.dumps(
            {
                "data": {
                    "workers": [
                        {
                            "id": w.id,
                            "snils": w.snils,
                            "lastName": w.last_name,
                            "firstName": w.first_name,
                            "birthDate": w.birth_date,
                            "status": w.status._name_,
                            "employments": [
                                {
                                    "position": e.position,
                                    "organization": {"oid": o.oid, "name": o.name, "region": o.region},
                                }
                                for e, o in zip(es, organizations, strict=False)
                            ],
                            "licenses": [
                                {"number": x.number, "status": x.status, "validUntil": x.valid_until}
                                for x in ls
                            ],
                            "qualifications": [
                                {"kind": x.kind, "specialty": x.specialty, "issuedOn": x.issued_on}
                                for x in qs
                            ],
                        }
                        for w, es, ls, qs in zip(workers, employments, licenses, qualifications, strict=True)
                    ]
                }
            }
        )

    return answer


async def measured(ways: Mapping[str, Callable[[], Awaitable[bytes]]], rounds: int) -> Mapping[str, float]:
    """The median microseconds of CPU of each way, taken in turns."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    gc.collect()
    for _ in range(rounds):
        for name, way in ways.items():
            repeats = 1 if "stock" in name else 5
            start = time.process_time()
            for _ in range(repeats):
                await way()
            times[name].append((time.process_time() - start) / repeats)
    return {name: statistics.median(each) * 1e6 for name, each in times.items()}


async def compared(rounds: int) -> Mapping[str, Mapping[str, float]]:
    """For many workers and for one: the microseconds of each way, which all have to agree first."""
    found: dict[str, Mapping[str, float]] = {}
    for limit, title in ((100, "100 workers"), (1, "1 worker")):
        checked, native = Engine(SCHEMA, CHECKED), Engine(SCHEMA, NATIVE)
        ways = {
            STOCK: stock(limit),
            "engine, graphql-core's data": compiled(checked, limit),
            "engine, dates left to the encoder": compiled(native, limit),
            HAND: by_hand(limit),
        }
        expected = await ways[HAND]()
        for name, way in ways.items():
            assert await way() == expected, name
        found[f"{title}, {len(expected):,} bytes"] = await measured(ways, rounds)
        assert checked.counts.walks == native.counts.walks == 0
    return found


def cold() -> Mapping[str, float]:
    """What a plan costs when it is made, and its code when it comes again."""
    plans, codes = [], []
    for _ in range(30):
        engine = Engine(SCHEMA, NATIVE)
        operation = parse(QUERY).definitions[0]
        assert isinstance(operation, OperationDefinitionNode)
        start = time.process_time()
        prepared = engine.prepared(operation, {})
        variables = engine.variables(prepared, {"limit": 1})
        assert not isinstance(variables, list)
        plan = made_plan(SCHEMA, prepared, variables, NATIVE, EVERYONE)
        planned = time.process_time()
        assembler(plan, plan.roots[0])
        plans.append(planned - start)
        codes.append(time.process_time() - planned)
    return {
        "making the plan": statistics.median(plans) * 1e6,
        "making its code": statistics.median(codes) * 1e6,
    }


def table(found: Mapping[str, float]) -> list[str]:
    """A line for each way: microseconds, how many times quicker than stock, how far from by hand."""
    return [
        f"| {name} | {took:.0f} | {found[STOCK] / took:.1f} | {took / found[HAND]:.2f} |"
        for name, took in found.items()
    ]


def main(arguments: Sequence[str]) -> None:
    """Print what was measured: as tables, or as JSON for the report."""
    rounds = next((int(each) for each in arguments if each.isdigit()), ROUNDS)
    found, making = asyncio.run(compared(rounds)), cold()
    if "--json" in arguments:
        print(orjson.dumps({"compared": found, "cold": making}).decode())
        return
    print(platform.python_version(), platform.machine(), "(microseconds, times stock, times by hand)")
    for title, ways in found.items():
        print(title, *table(ways), sep="\n")
    print(*(f"{name}: {took:.0f} us" for name, took in making.items()), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
