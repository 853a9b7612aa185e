"""300 verifications by chance, by both executors, against plain SQL over all registries in one database."""

import datetime as dt
import os
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from random import Random
from typing import Any, Final, NamedTuple

import asyncpg
import pytest

from auth.principal import PUBLIC, Grant, Principal, Role
from demo import stories
from gateway.servers import OwnServers
from sources.registry import Registry
from tests.asking import Asking, asking_over
from tests.verification.claims import FIELDS, Claims, known
from tests.verification.database import Line, Sight, answers, one_database

VERIFICATIONS: Final = int(os.environ.get("VERIFICATIONS", "300"))
QUERY: Final = """query ($claims: [WorkerClaim!]!, $on: Date) {
  verifyWorkers(input: $claims, on: $on) {
    index on key number found problem { code message } worker { registryNumber }
    identityMatches differences eligible specialties { code } reasons
  }
}"""
PUBLIC_KEYS: Final = tuple(key for key in FIELDS if key != "SNILS")


class Asker(NamedTuple):
    """A caller, and of whom he may know what is not public."""

    principal: Principal
    sight: Sight
    claims: bool = True
    """Whether he may claim what is personal at all."""


def asker(role: Role, sight: Sight, *, claims: bool = True, **extent: Any) -> Asker:
    """A caller with one grant."""
    return Asker(Principal(role.value, frozenset({Grant(role, **extent)}), sight.snils), sight, claims)


STAFF: Final = tuple(
    asker(Role.EMPLOYER, Sight("staff", (oid,)), organizations=frozenset({oid}))
    for oid in (stories.CITY_HOSPITAL, stories.BRANCH, stories.PRACTICE, stories.LIQUIDATED)
)
ASKERS: Final = (
    asker(Role.REGULATOR, Sight("all")),
    asker(Role.REGULATOR, Sight("all")),
    *STAFF,
    asker(Role.WORKER, Sight("self", snils=stories.CARDIOLOGIST.snils)),
    asker(Role.AUDITOR, Sight("all"), claims=False),
    asker(Role.INSURER, Sight("none"), claims=False),
    Asker(PUBLIC, Sight("none"), claims=False),
)

EDGES: Final = {
    Registry.QUALIFICATIONS: "update credential set worker_snils = '08765430300'"
    " where number in (select number from credential order by number desc limit 40)",
    Registry.LICENSES: "update license set worker_snils = case when right(number, 1) < '5'"
    " then '08765430300' end where holder_kind = 'WORKER' and number in"
    " (select number from license where holder_kind = 'WORKER' order by number desc limit 10)",
}
"""Credentials and licences of people whom the worker registry does not know, or who are not named."""


@pytest.fixture(scope="module")
async def edged(
    own_registries: Mapping[Registry, str], owner_urls: Mapping[Registry, str]
) -> Mapping[Registry, str]:
    """The registries with what is seldom in them."""
    for registry, statement in EDGES.items():
        line = await asyncpg.connect(owner_urls[registry])
        await line.execute(statement)
        await line.close()
    return own_registries


@pytest.fixture(scope="module")
async def line(own_servers: OwnServers, edged: Mapping[Registry, str]) -> AsyncIterator[Line]:
    """The same in one database."""
    async with one_database(own_servers, edged, "verification") as made:
        yield made


async def test_as_plain_sql_says(
    own_servers: OwnServers, edged: Mapping[Registry, str], line: Line, today: dt.date
) -> None:
    everything, random, met = await known(line), Random(20260906), Counter[str]()
    async with (
        asking_over(edged, own_servers.redis_url, today) as compiled,
        asking_over(edged, own_servers.redis_url, today, compiled=False) as walking,
    ):
        for number in range(VERIFICATIONS):
            each = random.choice(ASKERS)
            kinds = tuple(FIELDS) if each.claims else PUBLIC_KEYS
            claims, rows = Claims(everything, random, kinds, dated=each.claims).made(random.randint(1, 25))
            day = random.choice((None, today + dt.timedelta(days=random.randint(-900, 900))))
            gateway = walking if number % 3 == 0 else compiled
            found = await asked(gateway, each, claims, day)
            expected = await answers(line, rows, day or today, today, each.sight)
            for index, one in enumerate(found):
                assert one["index"] == index
                assert str(one["on"]) == str(day or today)
                told = seen(one)
                assert told == should(expected.get(index)), (number, claims[index], each, day)
                met.update(f"{name}={value}" for name, value in told.items() if not isinstance(value, list))
                met.update(f"reason {reason}" for reason in told["reasons"] or ())
                met.update(f"differs {fact}" for fact in told["differences"] or ())
    unmet = sorted(MEANT - met.keys())
    assert not unmet, "these outcomes were never met, so little was compared"


MEANT: Final = {
    *(f"problem={code}" for code in ("MALFORMED", "HELD_BY_ORGANIZATION", "WORKER_UNKNOWN", None)),
    *(f"{name}={value}" for name in ("found", "matches", "eligible") for value in (True, False, None)),
    *(f"differs {fact}" for fact in ("LAST_NAME", "FIRST_NAME", "MIDDLE_NAME", "BIRTH_DATE")),
    "reason RECORD_NOT_ACTIVE",
    "reason PRACTICE_BAN",
    "reason NO_VALID_CREDENTIAL",
    "reason NOT_EMPLOYED",
    "reason EMPLOYER_NOT_LICENSED",
}


async def asked(
    gateway: Asking, each: Asker, claims: list[Mapping[str, Any]], day: dt.date | None
) -> list[dict[str, Any]]:
    """What the gateway answers."""
    variables = {"claims": claims, "on": day and day.isoformat()}
    answer = await gateway.ask(QUERY, variables, each.principal, "inspection")
    assert not answer.errors, answer.errors
    found: list[dict[str, Any]] = answer.data["verifyWorkers"]
    assert len(found) == len(claims)
    return found


def seen(one: Mapping[str, Any]) -> dict[str, Any]:
    """The gateway's answer to one claim, as it is compared."""
    malformed = one["problem"] is not None and one["problem"]["code"] == "MALFORMED"
    return {
        "number": one["number"],
        "found": one["found"],
        "problem": one["problem"] and one["problem"]["code"],
        "worker": one["worker"] and one["worker"]["registryNumber"],
        "matches": one["identityMatches"],
        "differences": one["differences"],
        "eligible": one["eligible"],
        "specialties": one["specialties"] and sorted(each["code"] for each in one["specialties"]),
        "reasons": one["reasons"],
        "key": None if malformed else one["key"],
    }


def should(row: Mapping[str, Any] | None) -> dict[str, Any]:
    """The database's answer in the same words; of a malformed claim it was not asked."""
    names = ("number", "found", "problem", "worker", "matches", "differences", "eligible", "specialties")
    if row is None:
        return dict.fromkeys((*names, "reasons", "key")) | {"problem": "MALFORMED"}
    return {name: row[name] for name in (*names, "reasons", "key")}
