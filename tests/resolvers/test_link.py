"""Links: which loader, which key; a null key asks nothing, a missing record is told as dangling."""

from functools import partial
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest

from resolvers.dangling import SHOWN, Dangling
from resolvers.link import HIDDEN, OWN, Link, link
from tests.resolvers.infos import info


class Employment(NamedTuple):
    organization_oid: str | None
    department_id: int | None


class Loader:
    """Knows one record, under one key."""

    def __init__(self, key: object) -> None:
        self._key = key
        self.asked: list[object] = []

    async def load(self, key: object) -> str | None:
        self.asked.append(key)
        return "the record" if key == self._key else None


async def followed(resolver: Any, root: object, at: Any) -> object:
    found = resolver.resolve(root, at)
    return found if found is None else await found


def asked_of(loader: Loader) -> Any:
    loaders = SimpleNamespace(organization_by_oid=loader)
    return info("Employment", "organization", ["worker", "employments", 0, "organization"], loaders=loaders)


async def test_a_link_asks_its_loader_for_its_key() -> None:
    loader = Loader("1.2.3")
    resolver = link("organization_by_oid", "organization_oid")

    assert await followed(resolver, Employment("1.2.3", 5), asked_of(loader)) == "the record"
    assert loader.asked == ["1.2.3"]


async def test_a_key_of_several_columns_is_a_tuple() -> None:
    loader = Loader(("1.2.3", 5))
    resolver = link("organization_by_oid", "organization_oid", "department_id")

    assert await followed(resolver, Employment("1.2.3", 5), asked_of(loader)) == "the record"
    assert resolver.needs == {OWN: ("organization_oid", "department_id")}


@pytest.mark.parametrize("reference", [True, False])
async def test_a_null_key_leads_nowhere_and_asks_nothing(reference: bool) -> None:
    loader = Loader("1.2.3")
    at = asked_of(loader)
    resolver = link("organization_by_oid", "organization_oid", "department_id", reference=reference)

    assert await followed(resolver, Employment(None, 5), at) is None
    assert loader.asked == []
    assert at.context.dangling.lines() is None


async def test_a_reference_to_a_missing_record_is_told_as_dangling() -> None:
    at = asked_of(Loader("1.2.3"))
    resolver = link("organization_by_oid", "organization_oid", reference=True)

    assert await followed(resolver, Employment("9.9.9", 5), at) is None
    assert at.context.dangling.lines() == {
        "count": 1,
        "references": [
            {
                "path": ["worker", "employments", 0, "organization"],
                "coordinate": "Employment.organization",
                "reference": "9.9.9",
            }
        ],
    }


async def test_a_reference_that_is_found_is_not_told() -> None:
    at = asked_of(Loader("1.2.3"))
    resolver = link("organization_by_oid", "organization_oid", reference=True)

    assert await followed(resolver, Employment("1.2.3", 5), at) == "the record"
    assert at.context.dangling.lines() is None


async def test_what_is_no_reference_may_be_missing_without_a_word() -> None:
    at = asked_of(Loader("1.2.3"))

    assert await followed(link("organization_by_oid", "organization_oid"), Employment("9.9.9", 5), at) is None
    assert at.context.dangling.lines() is None


async def test_a_personal_key_that_dangles_is_not_shown() -> None:
    at = asked_of(Loader("1.2.3"))
    resolver = link("organization_by_oid", "organization_oid", reference=True, hidden=True)

    await followed(resolver, Employment("11223344595", 5), at)

    [told] = at.context.dangling.shown
    assert told["reference"] == HIDDEN
    assert "11223344595" not in str(told)


def test_a_link_is_declared_as_data() -> None:
    resolver = link("organization_by_oid", "organization_oid", reference=True)

    assert resolver.link == Link("organization_by_oid", ("organization_oid",), reference=True)


def test_all_dangling_references_are_counted_and_the_first_are_listed() -> None:
    dangling = Dangling()
    for number in range(SHOWN + 5):
        dangling.note(partial(list, ["workers", number]), "Employment.organization", f"1.2.{number}")

    lines = dangling.lines()
    assert lines is not None
    assert lines["count"] == SHOWN + 5
    assert [each["reference"] for each in lines["references"]] == [f"1.2.{number}" for number in range(SHOWN)]
