"""Random changes of registry rows: new and altered ones, other numbers and holders, dangling references."""

import datetime as dt
import random
import uuid
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from decimal import Decimal
from typing import Any

import asyncpg

from sources.registry import Registry
from sources.sql.raw import REVISED

TABLES: Mapping[str, Registry] = {
    "worker": Registry.WORKERS,
    "employment": Registry.WORKERS,
    "restriction": Registry.WORKERS,
    "organization": Registry.ORGANIZATIONS,
    "staffing_unit": Registry.ORGANIZATIONS,
    "license": Registry.LICENSES,
    "license_activity": Registry.LICENSES,
    "education": Registry.QUALIFICATIONS,
    "credential": Registry.QUALIFICATIONS,
    "category": Registry.QUALIFICATIONS,
    "training": Registry.QUALIFICATIONS,
}
UNIQUE = {"worker": ("registry_number", "snils"), "license": ("number",), "credential": ("number",)}
NULLABLE = {
    ("employment", "ended_on"),
    ("employment", "department_id"),
    ("staffing_unit", "department_id"),
    ("restriction", "lifted_on"),
    ("license", "valid_until"),
    ("license", "organization_oid"),
    ("license", "worker_snils"),
    ("organization", "parent_oid"),
}
KEPT = {("staffing_unit", "organization_oid")}
"""What leads somewhere in the same registry."""
CHOICES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("worker", "status"): ("ACTIVE", "ACTIVE", "SUSPENDED", "DECEASED"),
    ("worker", "sex"): ("M", "F"),
    ("employment", "kind"): ("MAIN", "INTERNAL_PART", "EXTERNAL_PART"),
    ("restriction", "kind"): ("PRACTICE_BAN", "SUSPENSION", "REPRIMAND"),
    ("organization", "status"): ("ACTIVE", "LIQUIDATED"),
    ("license", "status"): ("ACTIVE", "ACTIVE", "SUSPENDED", "REVOKED"),
    ("credential", "kind"): ("CERTIFICATE", "PERIODIC"),
    ("credential", "status"): ("ACTIVE", "RENEWING", "REVOKED"),
}


class Registrars:
    """Those who change the registries, each with its counter of revisions."""

    def __init__(self, lines: Mapping[Registry, Any], seed: int, today: dt.date) -> None:
        self.lines = lines
        self.random = random.Random(seed)
        self.today = today
        self.known: dict[str, list[Any]] = {}

    async def learn(self) -> None:
        """Look up what references may lead to."""
        workers, places = self.lines[Registry.WORKERS], self.lines[Registry.ORGANIZATIONS]
        licences = self.lines[Registry.LICENSES]
        people = await workers.fetch("select id, trim(snils) from worker order by id")
        organizations = await places.fetch("select oid, inn, ogrn from organization order by oid")
        self.known = {
            "worker_id": [each[0] for each in people],
            "snils": [each[1] for each in people],
            "oid": [each[0] for each in organizations],
            "holder": [(each[1], each[2]) for each in organizations],
            "license_id": [each[0] for each in await licences.fetch("select id from license order by id")],
        }

    async def change(self, count: int, table: str | None = None) -> None:
        """Change so many rows, of one table or of all."""
        await self.learn()
        for _ in range(count):
            chosen = table or self.random.choice(sorted(TABLES))
            await self.change_one(chosen)

    async def change_one(self, table: str) -> None:
        line = self.lines[TABLES[table]]
        key = "oid" if table == "organization" else "id"
        offset = self.random.randrange(await line.fetchval(f"select count(*) from {table}"))
        found = dict(await line.fetchrow(f"select * from {table} order by {key} offset {offset} limit 1"))
        new = self.random.random() < 0.3
        columns = [
            each
            for each in found
            if (each in VALUES or (table, each) in CHOICES)
            and (table, each) not in KEPT
            and (new or self.random.random() < 0.4)
        ]
        if not new:
            columns = [
                each for each in columns if each not in UNIQUE.get(table, ()) or self.random.random() < 0.3
            ]
        for column in columns:
            found[column] = self.value(table, column)
        if "holder_inn" in columns:
            found["holder_inn"], found["holder_ogrn"] = self.random.choice(self.known["holder"])
        if "inn" in columns and table == "organization":
            found["inn"], found["ogrn"] = self.random.choice(self.known["holder"])
        if new:
            found[key] = (
                self.fresh_oid() if table == "organization" else uuid.UUID(int=self.random.getrandbits(128))
            )
        await self.write(table, key, found)

    async def write(self, table: str, key: str, row: dict[str, Any]) -> None:
        """Write a row under the registry's next revision."""
        line = self.lines[TABLES[table]]
        row |= {"revision": await revision(line, TABLES[table]) + 1, "updated_at": dt.datetime.now(dt.UTC)}
        names, places = ", ".join(row), ", ".join(f"${number}" for number in range(1, len(row) + 1))
        await line.execute(
            f"insert into {table} ({names}) values ({places})"
            f" on conflict ({key}) do update set ({names}) = row({', '.join(f'excluded.{n}' for n in row)})",
            *row.values(),
        )

    def value(self, table: str, column: str) -> Any:
        """A value for a column, sometimes none at all."""
        if (table, column) in CHOICES:
            return self.random.choice(CHOICES[table, column])
        if (table, column) in NULLABLE and self.random.random() < 0.4:
            return None
        return VALUES[column](self)

    def day(self) -> dt.date:
        """A day near today: on it, just before or after it, or further away."""
        return self.today + dt.timedelta(self.random.choice([-400, -30, -2, -1, 0, 0, 1, 2, 5, 400]))

    def digits(self, count: int) -> str:
        return "".join(self.random.choice("0123456789") for _ in range(count))

    def word(self) -> str:
        return self.random.choice(
            ["Семёнов", "Васильев-Ёж", "О'Нил", "Ким", "Ъ", "«Ромашка» \\ 2", "Ольга", ""]
        )

    def fresh_oid(self) -> str:
        """An OID that an employment may already hold, or a new one."""
        return f"1.2.643.5.1.13.13.12.2.99.{self.random.randrange(40)}"


def _of(*values: Any) -> Callable[[Registrars], Any]:
    return lambda its: its.random.choice(values)


def _known(name: str) -> Callable[[Registrars], Any]:
    return lambda its: its.random.choice(its.known[name])


def _oid(its: Registrars) -> str:
    dangling = f"1.2.643.5.1.13.13.12.2.99.{its.random.randrange(40)}"
    return dangling if its.random.random() < 0.2 else its.random.choice(its.known["oid"])


VALUES: Mapping[str, Callable[[Registrars], Any]] = {
    "registry_number": lambda its: its.digits(14),
    "snils": lambda its: its.digits(11),
    "last_name": Registrars.word,
    "first_name": Registrars.word,
    "short_name": Registrars.word,
    "full_name": Registrars.word,
    "holder_name": Registrars.word,
    "region_code": _of("77", "78", "00", "5 "),
    "worker_id": _known("worker_id"),
    "organization_oid": _oid,
    "position_code": _of("X101", "7", "unknown"),
    "rate": _of(Decimal("0.25"), Decimal("1.50")),
    "started_on": Registrars.day,
    "ended_on": Registrars.day,
    "imposed_on": Registrars.day,
    "lifted_on": Registrars.day,
    "issued_on": Registrars.day,
    "valid_until": Registrars.day,
    "assigned_on": Registrars.day,
    "inn": lambda its: its.digits(10),
    "holder_inn": lambda its: its.digits(10),
    "parent_oid": _known("oid"),
    "worker_snils": _known("snils"),
    "number": lambda its: f"Л041-{its.digits(5)}-{its.digits(2)}/{its.digits(8)}",
    "license_id": _known("license_id"),
    "activity_code": _of("L001", "L002", "L028", "L101", "unknown"),
    "suspended": _of(True, False),
    "specialty_code": _of("8", "9", "13", "18", "unknown"),
    "category": _of("SECOND", "FIRST", "HIGHEST"),
    "hours": _of(16, 36),
    "birth_date": _of(dt.date(1960, 2, 29), dt.date(1999, 9, 9)),
    "department_id": _of(uuid.UUID(int=7), uuid.UUID(int=8)),
    "posts": _of(Decimal("0.50"), Decimal("3.00")),
}


async def revision(line: Any, registry: Registry) -> int:
    """A registry's last revision."""
    tables = " union all ".join(f"select max(revision) as r from {each}" for each in REVISED[registry])
    return int(await line.fetchval(f"select coalesce(max(r), 0) from ({tables}) as all_tables"))


@asynccontextmanager
async def registrars(urls: Mapping[Registry, str], seed: int, today: dt.date) -> AsyncIterator[Registrars]:
    """Those who change these registries, by their owner's account."""
    async with AsyncExitStack() as stack:
        lines = {}
        for registry, url in urls.items():
            lines[registry] = await asyncpg.connect(url)
            stack.push_async_callback(lines[registry].close)
        yield Registrars(lines, seed, today)
