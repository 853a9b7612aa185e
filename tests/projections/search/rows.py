"""Rows of a projection put in by hand; what follows from them is derived as everywhere."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

import asyncpg

from projections.sync.definition import DERIVED, SCHEMA, Name, covered, names, statement, statements
from projections.sync.steps import KEEPING_WORDS, SURNAMES, derivation
from projections.sync.terms import fill
from sources.dictionary import Dictionaries
from sources.registry import Registry

DAY = dt.date(2026, 3, 10)
SEED = 7
_SPACE = UUID(int=1)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def snils_of(worker: str) -> str:
    """The number by which the rows know a person; made up from the registry number."""
    return f"{int(worker):011}"


def key(name: str) -> UUID:
    return uuid5(_SPACE, name)


class Rows:
    """Tables of one schema, filled row by row."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._rows = 0

    async def empty(self) -> None:
        """Fresh tables, with the code lists."""
        await self._connection.execute(f"drop schema if exists {SCHEMA} cascade; create schema {SCHEMA}")
        await self._connection.execute(f"set search_path to {SCHEMA}")
        await self._connection.execute(statement("tables"))
        about = "insert into about (fingerprint, seed, day) values ('by hand', $1, $2)"
        await self._connection.execute(about, SEED, DAY)
        lists = Dictionaries.load()
        await self._connection.copy_records_to_table("name", records=names(lists), columns=Name._fields)
        await self._connection.copy_records_to_table("coverage", records=covered(lists))
        for registry in Registry:
            await self._connection.execute(
                "insert into position values ($1, 'by hand', 1, now())", registry.value
            )

    async def worker(self, number: str, name: str, **more: Any) -> None:
        """`name`: surname, first name and perhaps patronymic, between spaces."""
        last, first, *middle = name.split(" ")
        await self._insert(
            "worker",
            {
                "id": key(number),
                "person": self.person(number),
                "registry_number": number,
                "last_name": last,
                "first_name": first,
                "middle_name": middle[0] if middle else None,
                "sex": "M",
                "birth_date": day("1980-05-01"),
                "region_code": "77",
                "status": "ACTIVE",
                "registered_on": day("2020-01-01"),
                "faults": 0,
                **more,
            },
        )

    async def organization(self, oid: str, short_name: str, **more: Any) -> None:
        await self._insert(
            "organization",
            {
                "organization": self.organization_key(oid),
                "oid": oid,
                "legal_form": "ENTITY",
                "inn": None,
                "holder": self._counted(),
                "kind_code": "1",
                "ownership": "REGIONAL",
                "region_code": "77",
                "status": "ACTIVE",
                "registered_on": day("2001-01-01"),
                "full_name": short_name,
                "short_name": short_name,
                "faults": 0,
                **more,
            },
        )

    async def employment(self, worker: str, oid: str, position: str = "34", **more: Any) -> None:
        await self._insert(
            "employment",
            {
                "worker_id": key(worker),
                "person": self.person(worker),
                "organization": self.organization_key(oid),
                "position_code": position,
                "kind": "MAIN",
                "rate": 1,
                "started_on": day("2021-01-01"),
                "ended_on": "infinity",
                **more,
            },
        )

    async def credential(self, worker: str, specialty: str = "8", **more: Any) -> None:
        number = f"77{self._rows:08}"
        await self._insert(
            "credential",
            {
                "person": self.person(worker),
                "kind": "PERIODIC",
                "specialty_code": specialty,
                "number": number,
                "issued_on": day("2024-01-01"),
                "valid_until": day("2029-01-01"),
                "status": "ACTIVE",
                **more,
            },
        )

    async def license(
        self, number: str, *, oid: str | None = None, worker: str | None = None, **more: Any
    ) -> None:
        await self._insert(
            "license",
            {
                "id": key(number),
                "number": number,
                "holder_kind": "WORKER" if worker else "ORGANIZATION",
                "holder": self._counted(),
                "holder_name": "Держатель",
                "stated": None if oid is None else self.organization_key(oid),
                "person": None if worker is None else self.person(worker),
                "region_code": "77",
                "issued_on": day("2020-01-01"),
                "status": "ACTIVE",
                "faults": 0,
                **more,
            },
        )

    async def activity(self, license_number: str, code: str, **more: Any) -> None:
        given = {
            "license_id": key(license_number),
            "activity_code": code,
            "care_kind": "SPEC",
            "suspended": False,
        }
        await self._insert("activity", {**given, **more})

    async def restriction(self, worker: str, **more: Any) -> None:
        given = {
            "worker_id": key(worker),
            "person": self.person(worker),
            "kind": "REPRIMAND",
            "imposed_on": day("2025-01-01"),
            "lifted_on": "infinity",
        }
        await self._insert("restriction", {**given, **more})

    async def category(self, worker: str, category: str, **more: Any) -> None:
        given = {
            "person": self.person(worker),
            "category": category,
            "specialty_code": "8",
            "assigned_on": day("2024-01-01"),
            "valid_until": day("2029-01-01"),
        }
        await self._insert("category", {**given, **more})

    async def training(self, worker: str, **more: Any) -> None:
        given = {"person": self.person(worker), "specialty_code": "8", "hours": 36, "credits": 36}
        await self._insert("training", {**given, **more})

    async def education(self, worker: str, **more: Any) -> None:
        given = {
            "person": self.person(worker),
            "kind_code": "1",
            "specialty_code": "8",
            "finished_year": 2004,
            "is_foreign": False,
            "verified": True,
            "issued_on": day("2004-07-01"),
        }
        await self._insert("education", {**given, **more})

    async def derive(self) -> None:
        """All that follows, and every index."""
        made = statements("indexes")
        early = [each for each in made if "organization_holder" in each]
        for each in DERIVED:
            for one in derivation(each, early):
                await self._connection.execute(one)
        async with self._connection.transaction():
            await fill(self._connection)
        for words in (SURNAMES.format(rows="worker"), *KEEPING_WORDS):
            await self._connection.execute(words)
        for one in made:
            if one not in early:
                await self._connection.execute(one)
        await self._connection.execute("update about set built_at = now(); analyze")

    async def execute(self, sql: str, *values: Any) -> None:
        await self._connection.execute(sql, *values)

    @staticmethod
    def person(worker: str) -> "Hashed":
        return Hashed(snils_of(worker), SEED)

    @staticmethod
    def organization_key(oid: str) -> "Hashed":
        return Hashed(oid, 0)

    def _counted(self) -> int:
        self._rows += 1
        return self._rows

    async def _insert(self, table: str, given: Mapping[str, Any]) -> None:
        place = self._counted()
        values = {"id": key(f"{table} {place}"), "revision": place, **given}
        if table == "organization":
            del values["id"]
        binds, bound = [], []
        for value in values.values():
            if isinstance(value, Hashed):
                binds.append(f"hashtextextended('{value.text}', {value.seed})")
            elif value == "infinity":
                binds.append("'infinity'")
            else:
                bound.append(value)
                binds.append(f"${len(bound)}")
        await self._connection.execute(
            f"insert into {table} ({', '.join(values)}) values ({', '.join(binds)})", *bound
        )


class Hashed:
    """A key that the database hashes."""

    def __init__(self, text: str, seed: int) -> None:
        self.text, self.seed = text, seed


async def connected(url: str) -> Any:
    return await asyncpg.connect(url)
