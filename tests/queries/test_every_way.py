"""Whatever way a query is written, no byte of its answer holds what its caller may not see.

The answers of every door are read as bytes: data, errors, extensions, ids and cursors alike. What must not
stand in them is asked of the gateway itself, by one who may see all of it.
"""

import base64
import re
from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from auth.principal import Grant, Principal, Role
from auth.rights import FieldClass
from demo import stories
from gateway.operation.execution import Caller, OperationRequest
from tests.asking import Asking
from tests.queries.test_doors import (
    DOORS,
    NUMBER,
    OUTSIDERS,
    WORKER_LINKS,
    Outsider,
    guarded_fields,
    id_of_worker,
    outsider,
    selection,
    whole_selection,
)

WORKER = stories.CARDIOLOGIST
ALL_SEEING = Principal("all", frozenset({Grant(Role.REGULATOR)}), amr=frozenset({"hwk"}))
GUARDED = "restrictions { kind reason authority documentNumber } employments { absences { kind startedOn } }"


def plain(fields: str) -> str:
    return fields


def aliased(fields: str) -> str:
    """Each leaf under another name, beside itself."""
    leaves = re.sub(r"\b(\w+)\b(?! *\{)", r"a_\1: \1", fields)
    return f"registryNumber {fields} {leaves}"


def flagged(fields: str) -> str:
    """Everything behind flags, half of them variables."""
    return f"... @include(if: $yes) {{ {fields} }} ... @skip(if: $no) {{ {fields} }}"


def by_interface(fields: str) -> str:
    """Through fragments on what a worker is besides."""
    return (
        f"registryNumber ... on Node {{ id ... on Worker {{ {fields} }} }}"
        f" ... on LicenseHolder {{ ... on Worker {{ {fields} }} }}"
    )


def deferred(fields: str) -> str:
    """What may come later."""
    return f"registryNumber ... @defer {{ {fields} }}"


FORMS = {each.__name__: each for each in (plain, aliased, flagged, by_interface, deferred)}
CALLERS = OUTSIDERS | {"worker": outsider(Role.WORKER, set(), set(), snils=stories.PROPRIETOR.snils)}
"""The worker among them is no colleague: himself he would see, at the door of their employer."""


@pytest.fixture(scope="module")
async def secrets(asking: Asking) -> dict[FieldClass, set[str]]:
    """The values of the worker of the story, by class, that are like no others."""
    own = " ".join(selection("Worker", name) for name, *_ in guarded_fields("Worker"))
    query = 'query { worker(registryNumber: "%s") { %s %s } }' % (NUMBER, own, links())
    answer = await asking.ask(query, None, ALL_SEEING, "inspection")
    assert not answer.errors
    found: dict[FieldClass, set[str]] = {}
    for type_name, record in records(answer.data["worker"]):
        for name, field_class, _ in guarded_fields(type_name):
            value = record.get(name)
            told = value if isinstance(value, str) else orjson.dumps(value).decode().strip('"')
            if len(told) >= 5 and told not in ("false", "true") and not told.startswith(("[", "{")):
                found.setdefault(field_class, set()).add(told)
    assert {FieldClass.PERSONAL, FieldClass.IDENTITY, FieldClass.INTERNAL} <= set(found)
    return found


def links() -> str:
    """The guarded leaves of what belongs to a worker."""
    parts = []
    for type_name, link in WORKER_LINKS.items():
        names = [selection(type_name, name) for name, *_ in guarded_fields(type_name)]
        parts.append(f"{link} {{ {' '.join(names)} }}")
    return " ".join(parts)


def records(worker: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "Worker", worker
    for type_name, link in WORKER_LINKS.items():
        for record in worker[link]:
            yield type_name, record


def unseen(secrets: dict[FieldClass, set[str]], caller: Outsider) -> set[str]:
    """The values that must not reach this caller."""
    return {each for field_class, held in secrets.items() if field_class not in caller.seen for each in held}


def readable(body: bytes) -> str:
    """The answer, and what its opaque strings (ids, cursors) hold."""
    text = body.decode()
    for opaque in re.findall(r'"([A-Za-z0-9_-]{16,})"', text):
        try:
            text += base64.urlsafe_b64decode(opaque + "=" * (-len(opaque) % 4)).decode()
        except ValueError:
            continue
    return text


async def bodies(asking: Asking, query: str, caller: Outsider, mode: str | None) -> bytes:
    """The bytes of an answer, those of its parts together where it comes in parts."""
    request = OperationRequest(query, None, {"yes": True, "no": False})
    who = Caller(
        caller.principal, "test", "test", authenticated=bool(caller.principal.grants), access_mode=mode
    )
    admitted = await asking.gateway.endpoint.admitted(request, who)
    if not admitted.comes_in_parts:
        return orjson.dumps((await asking.gateway.endpoint.answer(admitted)).body(), default=str)
    parts = [part.body() async for part in asking.gateway.endpoint.answers(admitted)]
    return b"\n".join(orjson.dumps(part, default=str) for part in parts)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("door", DOORS)
async def test_no_byte_of_what_is_not_theirs(
    asking: Asking, secrets: dict[FieldClass, set[str]], door: str, form: str
) -> None:
    fields = FORMS[form](f"{whole_selection()} {GUARDED}")
    flags = "($yes: Boolean!, $no: Boolean!)" if form == "flagged" else ""
    query = f"query {flags} {{ {DOORS[door]} }}"
    if "...Fields" in query:
        query += " fragment Fields on Worker { %(fields)s }"
    text = query % {
        "number": NUMBER,
        "id": await id_of_worker(asking),
        "fields": fields,
        "hospital": stories.CITY_HOSPITAL,
    }
    for caller in CALLERS.values():
        for mode in (None, "reject") if form == "plain" else (None,):
            told = readable(await bodies(asking, text, caller, mode))
            leaked = {each for each in unseen(secrets, caller) if f'"{each}"' in told}
            leaked |= {
                each for each in (stories.CARDIOLOGIST.snils, stories.CARDIOLOGIST.inn) if each in told
            }
            assert not leaked, f"{caller.principal.subject} {mode}"
            if mode is None:
                assert NUMBER in told, "the door leads nowhere, so it proves nothing"


async def test_the_same_bytes_do_hold_it_for_whoever_may_see(
    asking: Asking, secrets: dict[FieldClass, set[str]]
) -> None:
    """The test above would pass if nothing were found in any answer."""
    fields = FORMS["deferred"](f"{whole_selection()} {GUARDED}")
    query = 'query { worker(registryNumber: "%s") { %s } }' % (NUMBER, fields)
    request = OperationRequest(query)
    who = Caller(ALL_SEEING, "test", "test", authenticated=True, access_purpose="inspection")
    admitted = await asking.gateway.endpoint.admitted(request, who)
    parts = [part.body() async for part in asking.gateway.endpoint.answers(admitted)]
    told = b"".join(orjson.dumps(part, default=str) for part in parts).decode()
    everything = {each for held in secrets.values() for each in held}
    assert all(f'"{each}"' in told or each in told for each in everything)
