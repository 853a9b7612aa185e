"""Verifying workers: as many calls for a thousand as for a few, and nobody told from somebody."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

import orjson
import pytest

from auth.principal import PUBLIC, Grant, Principal, Role
from demo import stories
from gateway.servers import OwnServers
from resolvers.ids import parsed_id
from sources.registry import Registry
from sources.worker import WorkerRecord
from tests.asking import Asking, asking_over, columns_asked
from tests.memory_journal import MemoryJournal
from tests.queries.conftest import DAY
from tests.queries.test_doors import OUTSIDERS, RESTRICTED

WHOLE = """query ($claims: [WorkerClaim!]!, $on: Date) {
  verifyWorkers(input: $claims, on: $on) {
    index on key number found problem { code message } identityMatches differences eligible reasons
    specialties { code } worker { registryNumber fullName }
  }
}"""
FOUND = "query ($claims: [WorkerClaim!]!) { verifyWorkers(input: $claims) { found } }"
WORKER = stories.CARDIOLOGIST
SNILS, NOBODYS = WORKER.snils, "08765430300"
OTHER = stories.PROPRIETOR
REGULATOR = Principal("verifying", frozenset({Grant(Role.REGULATOR)}))
HOSPITAL = frozenset({stories.CITY_HOSPITAL})
EMPLOYER = Principal("hiring", frozenset({Grant(Role.EMPLOYER, HOSPITAL)}))

OPTIONS = "`registryNumber`, `snils`, `credentialNumber`, `licenseNumber`"

Claims = Sequence[Mapping[str, Any]]


async def verified(
    asking: Asking, claims: Claims, principal: Principal = PUBLIC, query: str = WHOLE, mode: str | None = None
) -> Any:
    return await asking.ask(query, {"claims": list(claims)}, principal, "inspection", mode)


async def everyone(asking: Asking) -> list[dict[str, Any]]:
    """A claim for each worker, by one of his numbers in turn, as a regulator may make it."""
    claims: list[dict[str, Any]] = []
    after = None
    query = """query ($after: String) { workers(first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { registryNumber snils lastName birthDate credentials { number } licenses { number } } } }"""
    while True:
        page = (await asking.ask(query, {"after": after}, REGULATOR, "inspection")).data["workers"]
        for worker in page["nodes"]:
            keys = [{"registryNumber": worker["registryNumber"]}, {"snils": worker["snils"]}]
            keys += [{"credentialNumber": each["number"]} for each in worker["credentials"]]
            keys += [{"licenseNumber": each["number"]} for each in worker["licenses"]]
            said = {"lastName": worker["lastName"], "birthDate": str(worker["birthDate"])}
            claims.append(keys[len(claims) % len(keys)] | said)
        if not page["pageInfo"]["hasNextPage"]:
            return claims
        after = page["pageInfo"]["endCursor"]


FEW = (
    {"registryNumber": WORKER.registry_number, "birthDate": WORKER.born},
    {"snils": stories.TWIN.snils, "birthDate": stories.TWIN.born},
    {"credentialNumber": "772300000004", "birthDate": stories.BANNED.born},
    {"licenseNumber": "Л041-01126-23/00000007", "birthDate": stories.PROPRIETOR.born},
)


async def test_a_thousand_take_as_many_calls_as_a_few(asking: Asking, walking: Asking) -> None:
    others = await everyone(asking)
    thousand = [*FEW, *others * 4][:1000]
    assert len(thousand) == 1000
    assert len({next(iter(each)) for each in thousand}) == 4
    for executor in (asking, walking):
        for claims in (FEW, thousand):
            executor.clear()
            answer = await verified(executor, claims, REGULATOR)
            assert not answer.errors
            found = answer.data["verifyWorkers"]
            assert [each["index"] for each in found] == list(range(len(claims)))
            assert all(each["identityMatches"] for each in found)
            assert executor.calls == dict.fromkeys(CALLS, 1)


CALLS = (
    "workers_by_registry_number", "subjects_by_snils", "workers_by_snils", "subjects_by_id", "workers_by_id",
    "restrictions_by_worker", "employments_by_worker",
    "organizations_by_oid", "organizations_by_holder",
    "licenses_by_number", "licenses_by_worker", "licenses_by_holder", "activities_by_license",
    "credentials_by_number", "credentials_by_worker",
)  # fmt: skip


async def test_one_call_tells_whether_there_is_such_a_worker(asking: Asking) -> None:
    asking.clear()
    await verified(asking, [{"registryNumber": OTHER.registry_number, "lastName": "Дроздов"}], query=FOUND)
    assert asking.calls == {"workers_by_registry_number": 1}


async def test_more_than_a_thousand_are_refused_before_anything_is_asked(asking: Asking) -> None:
    asking.clear()
    claims = [{"registryNumber": "1"}] * 1001
    answer = await verified(asking, claims, query=FOUND)
    [error] = answer.errors
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert "1000 claims at most, but holds 1001" in error["message"]
    assert not asking.calls


@pytest.mark.parametrize("role", [PUBLIC, EMPLOYER, OUTSIDERS["insurer"].principal], ids=lambda p: p.subject)
async def test_a_thousand_are_within_the_limit_of_cost(asking: Asking, role: Principal) -> None:
    fields = WHOLE.replace("fullName", "fullName region { name } employments { organization { oid } }")
    claims = [{"registryNumber": "1"}] * 1000
    answer = await verified(asking, claims, role, query=fields)
    assert not answer.errors
    assert len(answer.data["verifyWorkers"]) == 1000


async def test_none_is_no_fault(asking: Asking) -> None:
    asking.clear()
    assert (await verified(asking, [])).data == {"verifyWorkers": []}
    assert not asking.calls


PERSONAL = {"snils": {"snils": SNILS}, "birthDate": {"registryNumber": "1", "birthDate": "1979-04-12"}}


@pytest.mark.parametrize("fact", PERSONAL)
@pytest.mark.parametrize("name", OUTSIDERS)
async def test_what_is_personal_is_claimed_by_those_alone_who_see_it_of_somebody(
    asking: Asking, walking: Asking, name: str, fact: str
) -> None:
    for executor in (asking, walking):
        executor.clear()
        answer = await verified(executor, [PERSONAL[fact]], OUTSIDERS[name].principal, query=FOUND)
        if name in ("worker", "employer", "regulator"):
            assert not answer.errors
            assert answer.data == {"verifyWorkers": [{"found": False}]}
        else:
            [error] = answer.errors
            assert error["extensions"]["code"] == "FORBIDDEN"
            assert f"WorkerClaim.{fact}" in error["message"]
            assert not executor.calls


@pytest.mark.parametrize("name", ["worker", "employer", "regulator"])
async def test_somebody_outside_is_nobody(asking: Asking, walking: Asking, name: str) -> None:
    """Not by the answer, nor by what is asked of whom, is somebody whom he may not know told from nobody."""
    outsider = OUTSIDERS[name].principal
    for executor in (asking, walking):
        seen = []
        for snils in (SNILS, NOBODYS):
            executor.clear()
            answer = await verified(executor, [{"snils": snils, "lastName": "Иванова"}] * 2, outsider)
            seen.append((orjson.dumps(answer.body()), dict(executor.calls)))
        assert seen[0] == seen[1]
        assert seen[0][1].keys() <= {"subjects_by_snils", "reached_by_organization"}


@pytest.mark.parametrize("name", ["worker", "employer", "regulator"])
async def test_a_guessed_birth_date_is_not_confirmed(asking: Asking, walking: Asking, name: str) -> None:
    """Of somebody outside the right date and a wrong one are answered alike, and no date is read."""
    for executor in (asking, walking):
        bodies = []
        for born in (WORKER.born, "1979-04-13"):
            executor.clear()
            claim = {"registryNumber": WORKER.registry_number, "birthDate": born}
            claims = [claim, claim | {"lastName": "Сидорова"}]
            answer = await verified(executor, claims, OUTSIDERS[name].principal)
            bodies.append(orjson.dumps(answer.body()))
            assert "birth_date" not in columns_asked(executor.asked, WorkerRecord)
        assert bodies[0] == bodies[1]
        alone, misnamed = answer.data["verifyWorkers"]
        assert (alone["identityMatches"], alone["differences"]) == (None, [])
        assert (misnamed["identityMatches"], list(misnamed["differences"])) == (False, ["LAST_NAME"])


@pytest.mark.parametrize("name", OUTSIDERS)
async def test_reasons_are_told_by_the_table_of_rights(asking: Asking, walking: Asking, name: str) -> None:
    for executor in (asking, walking):
        executor.clear()
        claim = {"registryNumber": WORKER.registry_number}
        answer = await verified(executor, [claim], OUTSIDERS[name].principal)
        [found] = answer.data["verifyWorkers"]
        assert found["eligible"] is True
        assert (found["reasons"] is not None) == (RESTRICTED in OUTSIDERS[name].seen)


async def test_employers_are_told_everything_of_their_own(asking: Asking) -> None:
    """The tests above would pass if nobody were told anything."""
    claim = {"snils": stories.BANNED.snils, "lastName": "Петров", "birthDate": stories.BANNED.born}
    [found] = (await verified(asking, [claim], EMPLOYER)).data["verifyWorkers"]
    assert (found["found"], found["identityMatches"], found["eligible"]) == (True, True, False)
    assert list(found["reasons"]) == ["PRACTICE_BAN"]


async def test_in_reject_mode_what_may_not_be_told_holds_all_back(asking: Asking, walking: Asking) -> None:
    for executor in (asking, walking):
        own = [{"snils": stories.BANNED.snils, "birthDate": stories.BANNED.born}]
        whole = await verified(executor, own, EMPLOYER, mode="reject")
        assert whole.data["verifyWorkers"][0]["identityMatches"] is True
        bodies = []
        for snils in (OTHER.snils, NOBODYS):
            refused = await verified(executor, [*own, {"snils": snils}], EMPLOYER, mode="reject")
            assert refused.refusal is not None
            bodies.append(refused.body())
        assert bodies[0] == bodies[1]
        named = [each["coordinate"] for each in refused.errors[0]["extensions"]["refusals"]]
        assert named == ["Verification.reasons", "WorkerClaim.snils"]


async def test_what_is_wrong_with_one_claim_is_told_of_it_alone(asking: Asking, walking: Asking) -> None:
    good = {"registryNumber": OTHER.registry_number}
    for executor in (asking, walking):
        dated = {"registryNumber": "1", "birthDate": "1.2.1980"}
        claims = [{"snils": "204-000-004 51"}, good, dated, {}, good]
        found = (await verified(executor, claims, REGULATOR)).data["verifyWorkers"]
        assert [each["found"] for each in found] == [None, True, None, None, True]
        assert [each["problem"] and each["problem"]["message"] for each in found] == [
            "SNILS: check digits should be 50",
            None,
            "birth date: a day is expected as YYYY-MM-DD",
            f"exactly one of {OPTIONS} is expected, 0 are given",
            None,
        ]


async def test_no_key_is_echoed_that_was_not_found(asking: Asking) -> None:
    """Whatever is typed where: a SNILS among numbers comes back in no form."""
    fields = ("registryNumber", "credentialNumber", "licenseNumber", "snils")
    claims = [{field: text} for field in fields for text in (SNILS, "112-233-445 95", "112 233 445 96")]
    answer = await verified(asking, [*claims, {"registryNumber": SNILS, "snils": SNILS}], EMPLOYER)
    body = orjson.dumps(answer.body() | {"data": None}).decode() + str(answer.data)
    assert not any(each in body for each in (SNILS, "112-233-445 9", "112 233 445 9"))
    # the last of them is her own employer's: she is found by it, and her number is not told either
    assert [each["number"] for each in answer.data["verifyWorkers"]] == [None] * 13


async def test_past_and_future_days(asking: Asking, walking: Asking) -> None:
    """A nurse whose accreditation ended in July could practise until then; nobody can in ten years."""
    claims = [{"registryNumber": stories.EXPIRED.registry_number}]
    for executor in (asking, walking):
        eligible = {
            day: (await executor.ask(WHOLE, {"claims": claims, "on": day}, REGULATOR, "inspection")).data[
                "verifyWorkers"
            ][0]
            for day in ("2026-07-18", "2026-07-19", "2036-09-01")
        }
        assert [(each["eligible"], list(each["reasons"])) for each in eligible.values()] == [
            (True, []),
            (False, ["NO_VALID_CREDENTIAL"]),
            (False, ["NO_VALID_CREDENTIAL"]),
        ]
        assert [str(each["on"]) for each in eligible.values()] == list(eligible)


@pytest.mark.parametrize("away", Registry)
async def test_a_registry_that_is_away_is_an_error_of_the_claims_that_take_it(
    asking: Asking, walking: Asking, away: Registry
) -> None:
    claims = [
        {"registryNumber": WORKER.registry_number},
        {"credentialNumber": "772200000001"},
        {"licenseNumber": "Л041-01126-23/00000007"},
        {"licenseNumber": "Л041-01137-77/00000001"},
    ]
    query = FOUND.replace("found", "found worker { id } eligible")
    for executor in (asking, walking):
        executor.down.add(away)
        try:
            answer = await verified(executor, claims, query=query)
        finally:
            executor.down.clear()
        assert {error["extensions"]["code"] for error in answer.errors} == {"REGISTRY_UNAVAILABLE"}
        failed = sorted((error["path"][2], error["path"][1]) for error in answer.errors)
        assert failed == sorted(expected_away(away))
        for name, index in failed:
            assert answer.data["verifyWorkers"][index][name] is None


def expected_away(away: Registry) -> list[tuple[str, int]]:
    """Which fields of which claims fail."""
    match away:
        case Registry.WORKERS:  # of a credential and a licence it is known at least that there is one
            return [("found", 0), *((name, index) for name in ("worker", "eligible") for index in range(3))]
        case Registry.ORGANIZATIONS:
            return [("eligible", index) for index in range(3)]
        case Registry.LICENSES:
            led = [(name, index) for name in ("found", "worker", "eligible") for index in (2, 3)]
            return [*led, ("eligible", 0), ("eligible", 1)]
        case Registry.QUALIFICATIONS:
            return [("found", 1), ("worker", 1), *(("eligible", index) for index in range(3))]


async def test_what_was_told_by_personal_facts_is_on_record(asking: Asking, walking: Asking) -> None:
    claims = [
        {"snils": stories.BANNED.snils},
        {"registryNumber": WORKER.registry_number, "birthDate": "1979-04-12"},
        {"snils": OTHER.snils},
        {"registryNumber": OTHER.registry_number, "birthDate": OTHER.born},
    ]
    query = FOUND.replace("found", "found identityMatches reasons")
    for executor in (asking, walking):
        assert isinstance(executor.journal, MemoryJournal)
        before = len(executor.journal.events)
        await verified(executor, claims, EMPLOYER, query=query)
        [event] = executor.journal.events[before:]
        told = {subject: set(each.values) for each in event.released for subject in each.subjects}
        ids = [f"Worker:{parsed_id(each)[1]}" for each in await ids_of(asking, stories.BANNED, WORKER)]
        assert told == {
            ids[0]: {"WorkerClaim.snils", "Verification.reasons"},
            ids[1]: {"WorkerClaim.birthDate", "Verification.reasons"},
        }
        refused = {(each.coordinate, each.rows) for each in event.refused}
        assert refused == {
            ("WorkerClaim.snils", 1),
            ("WorkerClaim.birthDate", 1),
            ("Verification.reasons", 2),
        }
        assert not any(snils in event.body() for snils in (stories.BANNED.snils, OTHER.snils))


async def ids_of(asking: Asking, *workers: stories.Worker) -> list[str]:
    """The global ids of workers."""
    claims = [{"registryNumber": each.registry_number} for each in workers]
    answer = await verified(asking, claims, query=FOUND.replace("found", "worker { id }"))
    return [each["worker"]["id"] for each in answer.data["verifyWorkers"]]


@pytest.fixture(scope="module")
async def own_urls(own_servers: OwnServers, asking: Asking) -> Mapping[Registry, str]:
    """The registries of these tests. (`asking` has loaded the data.)"""
    return own_servers.registry_urls("queries")


async def test_each_snils_is_a_look_up_and_a_birth_date_is_none(
    own_servers: OwnServers, own_urls: Mapping[Registry, str]
) -> None:
    async with asking_over(own_urls, own_servers.redis_url, DAY, lookups_per_hour=5) as counting:
        caller = Principal(f"counted {uuid4()}", REGULATOR.grants)
        dated = {"registryNumber": OTHER.registry_number, "birthDate": OTHER.born}
        assert (await verified(counting, [dated] * 50, caller)).data["verifyWorkers"][49]["identityMatches"]
        assert not (await verified(counting, [{"snils": OTHER.snils}] * 3, caller)).errors
        late = await verified(counting, [{"snils": OTHER.snils}] * 3, caller)
        assert late.errors[0]["extensions"]["retryAfter"] > 0
        assert not (await verified(counting, [{"snils": OTHER.snils}] * 2, caller)).errors


async def test_more_than_an_hours_look_ups_at_once_are_told_apart(
    own_servers: OwnServers, own_urls: Mapping[Registry, str]
) -> None:
    """To wait would not help: it is said how many may be asked at once, and nothing is counted."""
    async with asking_over(own_urls, own_servers.redis_url, DAY, lookups_per_hour=5) as counting:
        caller = Principal(f"counted {uuid4()}", REGULATOR.grants)
        answer = await verified(counting, [{"snils": OTHER.snils}] * 6, caller)
        assert answer.refusal is not None
        assert (answer.refusal.status, answer.refusal.code) == (429, "LOOKUPS_EXCEEDED")
        assert answer.errors[0]["extensions"] == {"code": "LOOKUPS_EXCEEDED", "maximum": 5, "found": 6}
        assert "Retry-After" not in answer.refusal.headers
        assert not counting.calls
        assert not (await verified(counting, [{"snils": OTHER.snils}] * 5, caller)).errors
