"""Licences of organizations: whose are those that name no OID?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from loaders.base import OneByKey
from loaders.license import LicensesByOrganization
from sources.keys import Holder, Inn, Ogrn, Oid

HEAD, BRANCH, STRANGER = Oid("1.2.3"), Oid("1.2.4"), Oid("1.2.5")
PAIR = (Inn("7707083893"), Ogrn("1027700132195"))
OTHER = (Inn("7728168971"), Ogrn("1027700067328"))


@dataclass(frozen=True, slots=True)
class License:
    number: str
    organization_oid: Oid | None = None


@dataclass(frozen=True, slots=True)
class Organization:
    oid: Oid


NAMED = License("Л041-1", BRANCH)
NAMELESS = License("Л041-2")


class Registries:
    """The licence registry's answer by holder, the organization registry's by INN and OGRN."""

    def __init__(
        self, licenses: Mapping[Holder, Sequence[License]], owners: Mapping[Any, Organization]
    ) -> None:
        self._licenses, self._owners = licenses, owners
        self.asked: list[tuple[str, list[Any]]] = []

    async def licenses(self, keys: Sequence[Holder]) -> Mapping[Holder, Sequence[Any]]:
        self.asked.append(("licenses", list(keys)))
        return {key: self._licenses[key] for key in keys if key in self._licenses}

    async def owners(self, keys: Sequence[Holder]) -> Mapping[Holder, Any]:
        self.asked.append(("owners", list(keys)))
        return {key: self._owners[key] for key in keys if key in self._owners}

    async def found(self, *keys: Holder) -> list[Any]:
        """What the loader gives for these keys."""
        licenses = LicensesByOrganization(self.licenses, OneByKey(self.owners))
        found = await licenses.asked(keys)
        return [list(found.get(each, ())) for each in keys]


async def test_a_licence_that_names_its_organization_needs_no_second_question() -> None:
    registries = Registries({(BRANCH, *PAIR): [NAMED]}, {})

    assert await registries.found((BRANCH, *PAIR)) == [[NAMED]]
    assert [read for read, _ in registries.asked] == ["licenses"]


async def test_a_nameless_licence_belongs_to_the_owner_of_inn_and_ogrn_and_not_to_its_branch() -> None:
    registries = Registries(
        {(HEAD, *PAIR): [NAMELESS], (BRANCH, *PAIR): [NAMED, NAMELESS]}, {(None, *PAIR): Organization(HEAD)}
    )

    found = await registries.found((BRANCH, *PAIR), (HEAD, *PAIR))

    assert found == [[NAMED], [NAMELESS]]


async def test_the_owners_of_all_are_one_question_each_pair_once() -> None:
    keys: list[Holder] = [(HEAD, *PAIR), (BRANCH, *PAIR), (STRANGER, *OTHER)]
    registries = Registries(
        {key: [NAMELESS] for key in keys},
        {(None, *PAIR): Organization(HEAD), (None, *OTHER): Organization(STRANGER)},
    )

    assert await registries.found(*keys) == [[NAMELESS], [], [NAMELESS]]
    assert [read for read, _ in registries.asked] == ["licenses", "owners"]
    assert sorted(registries.asked[1][1], key=str) == sorted([(None, *PAIR), (None, *OTHER)], key=str)


async def test_a_nameless_licence_whose_owner_nobody_knows_is_nobodys() -> None:
    registries = Registries({(HEAD, *PAIR): [NAMELESS, NAMED]}, {})

    assert await registries.found((HEAD, *PAIR)) == [[NAMED]]


async def test_an_organization_without_licences_has_none() -> None:
    registries = Registries({}, {})

    assert await registries.found((HEAD, *PAIR)) == [[]]
    assert [read for read, _ in registries.asked] == ["licenses"]
