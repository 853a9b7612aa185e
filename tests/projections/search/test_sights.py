"""Whom a caller sees decides what he finds: what is hidden changes nothing, in no polarity."""

from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import pytest

from auth.rights import FieldClass
from auth.sight import EVERYONE, NOBODY, Sight
from projections.search.condition import (
    AllOf,
    AnyOf,
    Condition,
    Fact,
    Is,
    NotOf,
    OneOf,
    Quantifier,
    Related,
    Root,
    Search,
    Within,
)
from projections.search.errors import BadSearch, SearchUnavailable
from projections.search.projected import ProjectionReader
from projections.search.reader import Bucket
from tests.projections.search.asking import every, found, none, one_of, search, some
from tests.projections.search.conftest import DENTIST, HOSPITAL
from tests.projections.search.rows import Rows, day, snils_of

INTERNAL, RESTRICTED, PERSONAL = FieldClass.INTERNAL, FieldClass.RESTRICTED, FieldClass.PERSONAL

SIGHTS: dict[str, tuple[Sight, str]] = {
    "everyone": (EVERYONE, "1234567"),
    "nobody": (NOBODY, ""),
    "oneself": (Sight(snils=snils_of("3")), "3"),
    "an employer's staff now": (Sight(organizations=frozenset({HOSPITAL})), "13"),
    "a region's": (Sight(regions=frozenset({"78"})), "23"),
    "all of these": (
        Sight(snils=snils_of("6"), organizations=frozenset({DENTIST}), regions=frozenset({"00"})),
        "2356",
    ),
}

RATE = Fact("rate", Within(None, Decimal("0.5")), INTERNAL, ("where", "employments", "rate"))
BORN = Fact("born_on", Within(day("1980-01-01")), PERSONAL, ("where", "bornOn"))
REASON = Fact("reasons", OneOf(("NO_VALID_CREDENTIAL",)), RESTRICTED)
REPRIMAND = Fact("kind", Is("REPRIMAND"), RESTRICTED)


def restrictions(quantifier: Quantifier, where: Condition = REPRIMAND) -> Related:
    return Related("restrictions", quantifier, where, RESTRICTED, ("where", "restrictions"))


# What each finds of everyone. Whoever sees less finds of these whom he sees, and so of the opposite.
GUARDED: dict[str, tuple[Condition, str]] = {
    "own fact": (BORN, "124567"),
    "reasons": (REASON, "3567"),
    "some": (some("employments", RATE), "23"),
    "none": (none("employments", RATE), "14567"),
    "every": (every("employments", RATE), "46"),
    "some with a not inside": (some("employments", NotOf(RATE)), "12357"),
    "restricted relation": (restrictions(Quantifier.SOME), "2"),
    "restricted relation, none": (restrictions(Quantifier.NONE), "134567"),
    "restricted relation, any": (restrictions(Quantifier.SOME, AllOf()), "23"),
    "restricted relation, every": (restrictions(Quantifier.EVERY), "124567"),
    "through the employment back to the worker": (some("employments", none("worker", BORN)), "3"),
}


def seen_by(condition: Condition, sight: Sight) -> Search:
    sights = tuple((each, sight) for each in (INTERNAL, RESTRICTED, PERSONAL))
    return replace(search(condition), sights=sights)


@pytest.mark.parametrize("whom", SIGHTS)
@pytest.mark.parametrize("case", GUARDED)
async def test_only_those_in_sight_are_found_by_a_guarded_fact(
    reader: ProjectionReader, whom: str, case: str
) -> None:
    (condition, of_everyone), (sight, seen) = GUARDED[case], SIGHTS[whom]
    assert await found(reader, seen_by(condition, sight)) == [n for n in of_everyone if n in seen]
    opposite = [n for n in "1234567" if n not in of_everyone and n in seen]
    assert await found(reader, seen_by(NotOf(condition), sight)) == opposite


@pytest.mark.parametrize("whom", SIGHTS)
async def test_an_or_finds_the_public_part_of_everyone(reader: ProjectionReader, whom: str) -> None:
    sight, seen = SIGHTS[whom]
    either = AnyOf((one_of("registry_number", "7"), BORN))
    assert await found(reader, seen_by(either, sight)) == [n for n in "124567" if n in seen or n == "7"]
    neither = [n for n in "3" if n in seen]
    assert await found(reader, seen_by(NotOf(either), sight)) == neither


async def test_a_class_without_a_sight_is_seen_of_nobody(reader: ProjectionReader) -> None:
    assert await found(reader, search(BORN)) == []
    assert await found(reader, search(NotOf(BORN))) == []


OTHERS: dict[str, tuple[Root, Condition]] = {
    "staff of an organization": (Root.ORGANIZATION, none("employments", RATE)),
    "staff, every": (Root.ORGANIZATION, every("employments", RATE)),
    "staff, not": (Root.ORGANIZATION, NotOf(some("employments", AllOf((Fact("current", Is(True)), RATE))))),
    "colleagues": (Root.WORKER, none("employments", some("organization", some("employments", RATE)))),
    "colleagues' births": (
        Root.WORKER,
        every("employments", some("organization", some("employments", some("worker", BORN)))),
    ),
    "a licence's holder": (Root.LICENSE, none("worker", BORN)),
}


@pytest.mark.parametrize("case", OTHERS)
async def test_of_other_people_guarded_facts_are_asked_with_some_only(
    reader: ProjectionReader, case: str
) -> None:
    root, condition = OTHERS[case]
    partial = replace(seen_by(condition, Sight(regions=frozenset({"78"}))), root=root)
    with pytest.raises(BadSearch, match="`some` only") as refused:
        await reader.count(partial)
    assert refused.value.path in (RATE.path, BORN.path)
    assert await reader.count(replace(seen_by(condition, EVERYONE), root=root)) >= 0


async def test_of_other_people_some_counts_those_in_sight(reader: ProjectionReader) -> None:
    asked = some("employments", AllOf((Fact("current", Is(True)), RATE)))
    for regions, expected in (("78", [HOSPITAL, DENTIST]), ("77", [])):
        partial = seen_by(asked, Sight(regions=frozenset({regions})))
        assert await found(reader, replace(partial, root=Root.ORGANIZATION)) == expected


async def test_reasons_are_counted_of_people_in_sight(reader: ProjectionReader) -> None:
    asked = seen_by(AllOf(), Sight(organizations=frozenset({HOSPITAL})))
    assert await reader.facet(asked, "ELIGIBILITY_REASON", 9) == [
        Bucket("NO_VALID_CREDENTIAL", 1),
        Bucket("PRACTICE_BAN", 1),
        Bucket(None, 1),
    ]
    assert await reader.facet(search(), "ELIGIBILITY_REASON", 9) == []


OUTSIDE = "select person from worker where region_code <> '78'"
HIDDEN = {
    "a rate": f"update employment set rate = 0.1 where person in ({OUTSIDE})",
    "a birth": "update worker set birth_date = '1960-01-01' where region_code <> '78'",
    "a restriction": f"update restriction set kind = 'PROCEDURE_LIMIT' where person in ({OUTSIDE})",
    "reasons": "update worker set reasons = 31 - reasons where region_code <> '78'",
}


@pytest.mark.parametrize("change", HIDDEN)
async def test_what_is_hidden_changes_no_answer(changing: ProjectionReader, rows: Rows, change: str) -> None:
    sight = Sight(regions=frozenset({"78"}))
    conditions = [each for each, _ in GUARDED.values()]
    asked = [seen_by(each, sight) for each in conditions]
    asked += [seen_by(NotOf(each), sight) for each in conditions]
    asked += [seen_by(AnyOf((one, NotOf(other))), sight) for one, other in combinations(conditions, 2)]
    before = [await found(changing, each) for each in asked]
    facet = await changing.facet(asked[0], "ELIGIBILITY_REASON", 9)
    await rows.restriction("1")
    await rows.execute(HIDDEN[change])
    assert [await found(changing, each) for each in asked] == before
    assert await changing.facet(asked[0], "ELIGIBILITY_REASON", 9) == facet


async def test_old_employments_decide_no_rights(changing: ProjectionReader, rows: Rows) -> None:
    partial, everyone = seen_by(BORN, Sight(regions=frozenset({"78"}))), seen_by(BORN, EVERYONE)
    await rows.execute("update position set as_of = now() - interval '2 minutes' where registry = 'WORKERS'")
    assert await changing.count(everyone) == 6
    assert await changing.count(search()) == 7
    with pytest.raises(SearchUnavailable, match="more than 60 s ago"):
        await changing.count(partial)
    with pytest.raises(SearchUnavailable):
        await changing.facet(search(), "ELIGIBILITY_REASON", 3)
    await rows.execute("update position set as_of = now() - interval '50 seconds'")
    assert await changing.count(partial) == 1
