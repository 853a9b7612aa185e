"""What hits are counted by."""

import datetime as dt
from dataclasses import replace

import pytest

from projections.search import projected
from projections.search.condition import AnyOf, Root
from projections.search.errors import BadSearch
from projections.search.facets import FACETS
from projections.search.projected import ProjectionReader
from tests.projections.search.asking import TRUE, one_of, search
from tests.projections.search.conftest import DENTIST, HOSPITAL
from tests.projections.search.rows import DAY

WORKERS: dict[str, dict[str | None, int]] = {
    "REGION": {"77": 4, "78": 2, "00": 1},
    "STATUS": {"ACTIVE": 5, "INACTIVE": 1, "SUSPENDED": 1},
    "SEX": {"M": 4, "F": 3},
    "SPECIALTY": {None: 4, "8": 2, "9": 2},
    "POSITION": {None: 3, "16": 2, "34": 2, "no such code": 1},
    "ORGANIZATION": {None: 4, HOSPITAL: 2, DENTIST: 2},
    "ORGANIZATION_KIND": {None: 4, "1": 2, "2": 2},
    "ORGANIZATION_REGION": {None: 4, "77": 2, "78": 2},
    "OWNERSHIP": {None: 4, "PRIVATE": 2, "REGIONAL": 2},
    "CREDENTIAL_STATUS": {"ACTIVE": 3, "REVOKED": 1, None: 3},
    "CATEGORY": {None: 5, "FIRST": 1, "HIGHEST": 1},
    "EDUCATION_KIND": {None: 6, "1": 1},
    "ELIGIBLE": {"false": 6, "true": 1},
    "ELIGIBILITY_REASON": {},
}
OTHERS: dict[tuple[Root, str], dict[str | None, int]] = {
    (Root.ORGANIZATION, "REGION"): {"77": 1, "78": 1},
    (Root.ORGANIZATION, "KIND"): {"1": 1, "2": 1},
    (Root.ORGANIZATION, "OWNERSHIP"): {"PRIVATE": 1, "REGIONAL": 1},
    (Root.ORGANIZATION, "STATUS"): {"ACTIVE": 2},
    (Root.ORGANIZATION, "LICENSED"): {"false": 1, "true": 1},
    (Root.ORGANIZATION, "ACTIVITY"): {"L003": 1, None: 1},
    (Root.LICENSE, "REGION"): {"77": 2, "78": 1},
    (Root.LICENSE, "STATUS"): {"ACTIVE": 2, "EXPIRED": 1},
    (Root.LICENSE, "HOLDER_KIND"): {"ORGANIZATION": 2, "WORKER": 1},
    (Root.LICENSE, "ACTIVITY"): {"L003": 1, None: 2},
    (Root.CREDENTIAL, "SPECIALTY"): {"8": 3, "9": 2},
    (Root.CREDENTIAL, "KIND"): {"PERIODIC": 5},
    (Root.CREDENTIAL, "STATUS"): {"ACTIVE": 4, "REVOKED": 1},
    (Root.CREDENTIAL, "REGION"): {"77": 3, "78": 2},
    (Root.CREDENTIAL, "YEAR"): {"2026": 2, "2029": 2, "2030": 1},
    (Root.CREDENTIAL, "VALID_UNTIL"): {"2029-01-01": 2, "2026-03-10": 1, "2026-04-01": 1, "2030-01-01": 1},
}
EVERY = {**{(Root.WORKER, by): buckets for by, buckets in WORKERS.items()}, **OTHERS}


def test_every_facet_is_tried() -> None:
    assert set(EVERY) == {(root, by) for root, known in FACETS.items() for by in known}


@pytest.mark.parametrize("same_day", [True, False])
@pytest.mark.parametrize(("root", "by"), EVERY)
async def test_hits_are_counted(reader: ProjectionReader, root: Root, by: str, same_day: bool) -> None:
    asked = search(root=root)
    if not same_day:  # no record changes from that day to this, so that what is kept and what is asked agree
        asked = replace(asked, day=DAY - dt.timedelta(1))
    buckets = await reader.facet(asked, by, 100)
    assert {bucket.value: bucket.count for bucket in buckets} == EVERY[root, by]
    ordered = sorted(buckets, key=lambda each: (-each.count, each.value is None, each.value or ""))
    assert buckets == ordered
    assert await reader.facet(asked, by, 1) == ordered[:1]


async def test_only_hits_are_counted(reader: ProjectionReader) -> None:
    buckets = await reader.facet(search(one_of("sex", "F"), text="а"), "REGION", 9)
    assert [(each.value, each.count) for each in buckets] == [("78", 1)]
    assert await reader.facet(search(AnyOf()), "REGION", 9) == []


async def test_an_unknown_facet_is_refused_with_the_known_ones(reader: ProjectionReader) -> None:
    with pytest.raises(BadSearch, match="SEX"):
        await reader.facet(search(TRUE), "SHOE_SIZE", 9)


async def test_hits_too_many_to_be_told_are_counted_all_the_same(
    reader: ProjectionReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = search(text="иван")
    told = await reader.facet(asked, "POSITION", 9)
    monkeypatch.setattr(projected, "faceting_found", None)
    with pytest.raises(TypeError):  # they were told by number
        await reader.facet(asked, "POSITION", 9)
    monkeypatch.setattr(projected, "MOST_FOUND", 0)
    assert await reader.facet(asked, "POSITION", 9) == told != []
