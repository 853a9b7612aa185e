"""The floor: each question answered by hand, as fast as asyncpg allows. No GraphQL, no rights."""

import asyncio
import base64
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import orjson
from starlette.types import Receive, Scope, Send

from benchmarks.days import today
from benchmarks.statements import Registries, registries, statements
from benchmarks.subjects.serving import serve
from sources.dictionary import Dictionaries, Dictionary

SQL = statements()
NODES = {
    "Worker": ("workers", "workers_by_id"),
    "Organization": ("organizations", "organizations_by_oid"),
    "License": ("licenses", "licenses_by_id"),
    "Credential": ("qualifications", "credentials_by_id"),
}
NAMELESS = {"name": None}
"""What a code that its dictionary lacks is called."""
Question = Callable[[Any], Awaitable[Any]]


class Floor:
    """The four questions, by hand."""

    def __init__(self, opened: Registries, day: date) -> None:
        self._registries = opened
        self._day = day
        lists = Dictionaries.load()
        self._names: Mapping[Dictionary, Mapping[str, Any]] = {
            each: {entry.code: {"name": entry.name} for entry in lists.entries(each)} for each in Dictionary
        }
        self._positions = self._names[Dictionary.POSITIONS]
        self._specialties = self._names[Dictionary.SPECIALTIES]
        self._categories = self._names[Dictionary.QUALIFICATION_CATEGORIES]
        self._educations = self._names[Dictionary.EDUCATION_KINDS]

    async def one_row(self, asked: Any) -> Any:
        """Three scalars of a worker."""
        found = await self._registries.workers.rows(SQL["names_by_number"], asked["number"])
        if not found:
            return {"worker": None}
        last, first, status = found[0]
        return {"worker": {"lastName": last, "firstName": first, "status": status}}

    async def profile_card(self, asked: Any) -> Any:
        """A worker with what the four registries say of him."""
        found = await self._registries.workers.rows(SQL["worker_by_number"], asked["number"])
        if not found:
            return {"worker": None}
        key, snils, number, last, first, middle, status, registered = found[0]
        employments, licenses, credentials, educations = await asyncio.gather(
            self._employments(key), self._licenses(snils), self._credentials(snils), self._studies(snils)
        )
        card = {
            "registryNumber": number,
            "lastName": last,
            "firstName": first,
            "middleName": middle,
            "status": status,
            "registeredOn": registered,
            "employments": employments,
            "licenses": licenses,
            "credentials": credentials,
            "educations": educations,
        }
        return {"worker": card}

    async def _employments(self, worker: UUID) -> list[Any]:
        found = await self._registries.workers.rows(SQL["employments_by_worker"], [worker])
        oids = list({row[5] for row in found})
        places = await self._registries.organizations.rows(SQL["organizations_by_oid"], oids) if oids else ()
        known = {row[0]: {"oid": row[0], "shortName": row[1], "address": row[3]} for row in places}
        return [
            {
                "position": self._positions.get(position, NAMELESS),
                "kind": kind,
                "startedOn": started,
                "endedOn": ended,
                "organization": known.get(oid),
            }
            for _, position, kind, started, ended, oid in found
        ]

    async def _licenses(self, snils: str) -> list[Any]:
        found = await self._registries.licenses.rows(SQL["licenses_by_worker"], [snils])
        return [
            {"number": number, "status": status, "issuedOn": issued, "validUntil": until}
            for _, _, number, status, issued, until in found
        ]

    async def _credentials(self, snils: str) -> list[Any]:
        found = await self._registries.qualifications.rows(SQL["credentials_by_worker"], [snils])
        return [
            {
                "kind": kind,
                "number": number,
                "specialty": self._specialties.get(specialty, NAMELESS),
                "issuedOn": issued,
                "validUntil": until,
                "status": status,
            }
            for _, kind, number, specialty, issued, until, status in found
        ]

    async def _studies(self, snils: str) -> list[Any]:
        found = await self._registries.qualifications.rows(SQL["educations_by_worker"], [snils])
        return [
            {
                "kind": self._educations.get(kind, NAMELESS),
                "institution": institution,
                "specialty": self._specialties.get(specialty, NAMELESS),
                "finishedYear": finished,
            }
            for _, kind, institution, specialty, finished in found
        ]

    async def staff_page(self, asked: Any) -> Any:
        """An organization with its staffing schedule and a hundred of its people."""
        oid = asked["oid"]
        found, units, staff = await asyncio.gather(
            self._registries.organizations.rows(SQL["organization_by_oid"], oid),
            self._registries.organizations.rows(SQL["staffing_units_by_organization"], [oid]),
            self._staff(oid),
        )
        if not found:
            return {"organization": None}
        page = {
            "oid": oid,
            "shortName": found[0][1],
            "fullName": found[0][2],
            "staffingUnits": [
                {"position": self._positions.get(position, NAMELESS), "posts": posts}
                for _, position, posts in units
            ],
            "employments": {"nodes": staff},
        }
        return {"organization": page}

    async def _staff(self, oid: str) -> list[Any]:
        people = await self._registries.workers.rows(SQL["current_staff_with_workers"], oid, self._day)
        keys = list({row[0] for row in people})
        certified, categories = await asyncio.gather(
            self._brief_credentials(keys), self._brief_categories(keys)
        )
        return [
            {
                "position": self._positions.get(position, NAMELESS),
                "kind": kind,
                "startedOn": started,
                "worker": {
                    "registryNumber": number,
                    "lastName": last,
                    "firstName": first,
                    "middleName": middle,
                    "credentials": certified[snils],
                    "categories": categories[snils],
                },
            }
            for snils, position, kind, started, number, last, first, middle in people
        ]

    async def _brief_credentials(self, keys: Sequence[str]) -> Mapping[str, list[Any]]:
        held: dict[str, list[Any]] = {key: [] for key in keys}
        for snils, kind, _, specialty, _, until, status in await self._registries.qualifications.rows(
            SQL["credentials_by_worker"], keys
        ):
            named = self._specialties.get(specialty, NAMELESS)
            held[snils].append({"kind": kind, "specialty": named, "validUntil": until, "status": status})
        return held

    async def _brief_categories(self, keys: Sequence[str]) -> Mapping[str, list[Any]]:
        held: dict[str, list[Any]] = {key: [] for key in keys}
        for snils, category, specialty, until in await self._registries.qualifications.rows(
            SQL["categories_by_worker"], keys
        ):
            named = self._specialties.get(specialty, NAMELESS)
            held[snils].append(
                {
                    "category": self._categories.get(category, NAMELESS),
                    "specialty": named,
                    "validUntil": until,
                }
            )
        return held

    async def node_list(self, asked: Any) -> Any:
        """Records by their global ids, in order."""
        ids = [base64.urlsafe_b64decode(each + "=" * (-len(each) % 4)).decode() for each in asked["ids"]]
        keys: dict[str, list[Any]] = {noun: [] for noun in NODES}
        for each in ids:
            noun, _, key = each.partition(":")
            keys[noun].append(key if noun == "Organization" else UUID(key))
        found: dict[str, Any] = {}
        await asyncio.gather(*(self._nodes(noun, asked, found) for noun, asked in keys.items() if asked))
        return {"nodes": [found.get(each) for each in ids]}

    async def _nodes(self, noun: str, keys: Sequence[Any], found: dict[str, Any]) -> None:
        registry, statement = NODES[noun]
        shown = SHOWN[noun]
        for row in await getattr(self._registries, registry).rows(SQL[statement], keys):
            found[f"{noun}:{row[0]}"] = shown(row)


SHOWN: Mapping[str, Callable[[Any], Any]] = {
    "Worker": lambda row: {
        "__typename": "Worker",
        "registryNumber": row[2],
        "lastName": row[3],
        "firstName": row[4],
    },
    "Organization": lambda row: {"__typename": "Organization", "oid": row[0], "shortName": row[1]},
    "License": lambda row: {
        "__typename": "License",
        "holderName": row[1],
        "issuedOn": row[4],
    },
    "Credential": lambda row: {
        "__typename": "Credential",
        "number": row[2],
        "kind": row[1],
        "issuedOn": row[4],
    },
}


class Application:
    """The bare application: a path a question, its arguments in JSON."""

    def __init__(self) -> None:
        self._questions: dict[str, Question] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        message = await receive()
        body = message["body"]
        while message.get("more_body"):
            message = await receive()
            body += message["body"]
        data = await self._questions[scope["path"]](orjson.loads(body))
        content = orjson.dumps({"data": data})
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(content))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        async with registries() as opened:
            floor = Floor(opened, today())
            self._questions = {
                "/one_row": floor.one_row,
                "/profile_card": floor.profile_card,
                "/staff_page": floor.staff_page,
                "/node_list": floor.node_list,
            }
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})


if __name__ == "__main__":
    serve(Application())
