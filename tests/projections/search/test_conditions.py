"""What conditions find: facts and their absence, relations, negations."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from projections.search.condition import (
    Absent,
    AllOf,
    AnyOf,
    Condition,
    Fact,
    Is,
    NotOf,
    OneOf,
    Order,
    Root,
    Within,
)
from projections.search.projected import ProjectionReader
from projections.search.reader import Bucket
from tests.projections.search.asking import TRUE, every, found, none, one_of, search, some
from tests.projections.search.conftest import DANGLING, DENTIST, HOSPITAL
from tests.projections.search.rows import DAY, day

CURRENT = Fact("current", Is(True))
IN_FORCE = Fact("in_force", Is(True))

FACTS: dict[str, tuple[Condition, str]] = {
    "everything": (TRUE, "1234567"),
    "nothing": (AnyOf(), ""),
    "one of several": (one_of("region", "78", "00"), "235"),
    "one of none": (one_of("region"), ""),
    "not one of none": (NotOf(one_of("region")), "1234567"),
    "both": (AllOf((one_of("region", "77"), one_of("sex", "F"))), "67"),
    "either": (AnyOf((one_of("region", "00"), one_of("sex", "F"))), "2567"),
    "neither": (NotOf(AnyOf((one_of("region", "00"), one_of("sex", "F")))), "134"),
    "from": (Fact("registered_on", Within(day("2020-01-02"))), "4"),
    "until": (Fact("registered_on", Within(None, day("2020-01-01"))), "123567"),
    "name in any case": (one_of("last_name", "ИВАНОВ"), "1"),
    "name with ё as е": (one_of("first_name", "Петр"), "3"),
    "name of two words": (one_of("last_name", "седов-соловьев"), "5"),
    "no part of a name": (one_of("last_name", "Седов"), ""),
    "another name": (NotOf(one_of("middle_name", "ИВАНОВИЧ")), "234567"),
    "no patronymic": (Fact("middle_name", Absent()), "37"),
    "a patronymic": (NotOf(Fact("middle_name", Absent())), "12456"),
    "allowed": (Fact("allowed", Is(True)), "1"),
    "not allowed": (Fact("allowed", Is(False)), "234567"),
    "number": (one_of("registry_number", "3", "5", "nobody"), "35"),
}

RELATIONS: dict[str, tuple[Condition, str]] = {
    "employed ever": (some("employments"), "12357"),
    "employed now": (some("employments", CURRENT), "1235"),
    "never employed": (none("employments"), "46"),
    "not employed now": (none("employments", CURRENT), "467"),
    "all employments current, or none": (every("employments", CURRENT), "13456"),
    "not all employments current": (NotOf(every("employments", CURRENT)), "27"),
    "by the organization": (some("employments", one_of("organization_oid", HOSPITAL)), "1237"),
    "by the organization now": (
        some("employments", AllOf((CURRENT, one_of("organization_oid", HOSPITAL)))),
        "13",
    ),
    "by the one that dangles": (some("employments", one_of("organization_oid", DANGLING)), "5"),
    "an organization that is known": (some("employments", some("organization")), "1237"),
    "an organization that is not": (some("employments", none("organization")), "5"),
    "a private one": (some("employments", some("organization", one_of("ownership", "PRIVATE"))), "23"),
    "only private ones": (
        AllOf(
            (some("employments"), every("employments", some("organization", one_of("ownership", "PRIVATE"))))
        ),
        "",
    ),
    "end is absent": (some("employments", Fact("ended_on", Absent())), "12357"),
    "end is there": (some("employments", Fact("ended_on", Within(day("2000-01-01")))), "2"),
    "end is not there in some": (
        some("employments", NotOf(Fact("ended_on", Within(day("2000-01-01"))))),
        "12357",
    ),
    "rate": (some("employments", Fact("rate", Within(None, Decimal("0.5")))), "23"),
    "credential in force": (some("credentials", IN_FORCE), "124"),
    "on its last day": (
        some("credentials", Fact("valid_until", Within(day("2026-03-10"), day("2026-03-10")))),
        "4",
    ),
    "none in force": (none("credentials", IN_FORCE), "3567"),
    "two at once need not be one": (
        AllOf((some("credentials", one_of("specialty", "8")), some("credentials", one_of("specialty", "9")))),
        "4",
    ),
    "two in one": (
        some("credentials", AllOf((one_of("specialty", "8"), one_of("specialty", "9")))),
        "",
    ),
    "category": (some("categories", AllOf((IN_FORCE, one_of("category", "HIGHEST")))), "1"),
    "education": (some("educations", Fact("foreign", Is(False))), "1"),
    "training": (some("trainings", AllOf((one_of("specialty", "8"), Fact("completed_on", Absent())))), "1"),
    "licences of employers or own": (some("licenses", IN_FORCE), "134"),
    "licences of employers or own, of few": (
        AllOf((one_of("region", "77"), some("licenses", IN_FORCE))),
        "14",
    ),
    "no licence in force": (none("licenses", IN_FORCE), "2567"),
    "licences in an or": (AnyOf((some("licenses", IN_FORCE), one_of("registry_number", "6"))), "1346"),
    "every licence": (every("licenses", IN_FORCE), "14567"),
    "own licence": (some("own_licenses"), "4"),
    "activity that is not suspended": (some("licenses", one_of("activity", "L003", "L006")), "13"),
    "activity that is suspended": (some("licenses", one_of("activity", "L006")), ""),
    "colleagues": (
        some("employments", some("organization", some("employments", some("worker", one_of("sex", "F"))))),
        "1237",
    ),
}


KEPT: dict[str, tuple[Condition, str]] = {
    "position now": (some("employments", AllOf((CURRENT, one_of("position", "16", "no such code")))), "235"),
    "position now, and at that organization": (
        some("employments", AllOf((CURRENT, one_of("position", "34"), one_of("organization_oid", DENTIST)))),
        "",
    ),
    "position now, and since": (
        some(
            "employments", AllOf((CURRENT, one_of("position", "34"), Fact("started_on", Within(None, DAY))))
        ),
        "13",
    ),
    "organization now that dangles": (
        some("employments", AllOf((CURRENT, AllOf((one_of("organization_oid", DANGLING),))))),
        "5",
    ),
    "nowhere of these now": (
        none("employments", AllOf((CURRENT, one_of("organization_oid", HOSPITAL)))),
        "24567",
    ),
    "no position of none": (none("employments", AllOf((CURRENT, one_of("position")))), "1234567"),
    "certified now": (some("credentials", AllOf((IN_FORCE, one_of("specialty", "9")))), "24"),
    "certified now, until": (
        some(
            "credentials", AllOf((IN_FORCE, one_of("specialty", "8"), Fact("valid_until", Within(None, DAY))))
        ),
        "4",
    ),
    "not certified now": (some("credentials", Fact("in_force", Is(False))), "3"),
    "two positions at once": (
        some("employments", AllOf((CURRENT, one_of("position", "34"), one_of("position", "16")))),
        "",
    ),
}


@pytest.mark.parametrize("case", KEPT)
async def test_what_is_kept_says_the_same_as_the_records(reader: ProjectionReader, case: str) -> None:
    condition, expected = KEPT[case]
    yesterday = DAY - dt.timedelta(1)  # nothing changes from that day to this, and sets hold for this alone
    for asked in (search(condition), replace(search(condition), day=yesterday)):
        assert await found(reader, asked) == list(expected)
        opposite = replace(asked, where=NotOf(condition))
        assert await found(reader, opposite) == [n for n in "1234567" if n not in expected]


@pytest.mark.parametrize("case", [*FACTS, *RELATIONS])
async def test_a_condition_finds_and_its_opposite_all_the_rest(reader: ProjectionReader, case: str) -> None:
    condition, expected = {**FACTS, **RELATIONS}[case]
    assert await found(reader, search(condition)) == list(expected)
    assert await found(reader, search(NotOf(condition))) == [n for n in "1234567" if n not in expected]


EMPLOYERS: dict[str, tuple[Condition, str]] = {
    "licences": (some("licenses", IN_FORCE), "134"),
    "not": (none("licenses", IN_FORCE), "2567"),
    "beside something": (AnyOf((some("licenses", one_of("status", "EXPIRED")), one_of("sex", "F"))), "2367"),
    "an organization now": (
        some("employments", AllOf((CURRENT, some("organization", one_of("ownership", "PRIVATE"))))),
        "23",
    ),
    "no such organization now": (
        none("employments", AllOf((some("organization", one_of("ownership", "REGIONAL")), CURRENT))),
        "24567",
    ),
}


@pytest.mark.parametrize("days", [0, 1])
@pytest.mark.parametrize("case", EMPLOYERS)
async def test_employers_are_found_alike_in_every_way(reader: ProjectionReader, case: str, days: int) -> None:
    condition, expected = EMPLOYERS[case]
    asked = replace(search(condition, Order("ORGANIZATION")), day=DAY - dt.timedelta(days))
    asking = await reader._asking.found(asked)
    pages, counts = asking.pages(None, None, 9, False), asking.counts()
    assert len(pages) > 2 - days
    for statement in pages:
        rows = await reader._rows([replace(statement, light=True)])
        assert sorted(row[-1] for row in rows) == list(expected)
    for statement in counts:
        assert (await reader._rows([statement]))[0][0] == len(expected)


async def test_now_is_the_day_of_the_caller(reader: ProjectionReader) -> None:
    may = replace(search(), day=day("2026-05-02"))  # one began to work, one credential ended
    cases = {
        "12357": some("employments", CURRENT),
        "137": some("employments", AllOf((CURRENT, one_of("organization_oid", HOSPITAL)))),
        "14": some("credentials", IN_FORCE),
        "4": some("credentials", AllOf((IN_FORCE, one_of("specialty", "9")))),
    }
    for expected, condition in cases.items():
        assert await found(reader, replace(may, where=condition)) == list(expected)
    assert Bucket("34", 3) in await reader.facet(may, "POSITION", 9)
    assert Bucket("9", 1) in await reader.facet(may, "SPECIALTY", 9)
    assert Bucket(HOSPITAL, 3) in await reader.facet(may, "ORGANIZATION", 9)


ORGANIZATIONS: dict[str, tuple[Condition, list[str]]] = {
    "by staff": (Fact("staff", Within(2, 2)), [HOSPITAL, DENTIST]),
    "by its workers": (some("employments", some("worker", one_of("sex", "F"))), [HOSPITAL, DENTIST]),
    "without such": (none("employments", some("worker", one_of("status", "INACTIVE"))), [DENTIST]),
    "licensed": (Fact("licensed", Is(True)), [HOSPITAL]),
    "by licence": (some("licenses", one_of("status", "EXPIRED")), [DENTIST]),
    "inn": (one_of("inn", "7701000001"), [HOSPITAL]),
    "another inn, or none": (NotOf(one_of("inn", "7701000001")), [DENTIST]),
    "parent": (Fact("parent_oid", OneOf((HOSPITAL,))), []),
    "no parent": (Fact("parent_oid", Absent()), [HOSPITAL, DENTIST]),
}


@pytest.mark.parametrize("case", ORGANIZATIONS)
async def test_organizations(reader: ProjectionReader, case: str) -> None:
    condition, expected = ORGANIZATIONS[case]
    assert await found(reader, search(condition, root=Root.ORGANIZATION)) == expected


async def test_licenses_and_credentials(reader: ProjectionReader) -> None:
    of_people = search(some("worker", one_of("last_name", "васильев")), root=Root.LICENSE)
    assert await found(reader, of_people) == ["Л041-01137-77/00000003"]
    of_hospital = search(some("organization", one_of("oid", HOSPITAL)), root=Root.LICENSE)
    assert await found(reader, of_hospital) == ["Л041-01137-77/00000001"]
    without_term = search(Fact("valid_until", Absent()), root=Root.LICENSE)
    assert len(await found(reader, without_term)) == 2
    in_region = search(some("worker", one_of("region", "78")), root=Root.CREDENTIAL)
    assert len(await found(reader, in_region)) == 2
