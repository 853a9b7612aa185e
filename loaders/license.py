"""Licences of an organization: under its OID, or without one where INN and OGRN make them its own."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from aiodataloader import DataLoader

from loaders.base import OneByKey
from sources.keys import Holder, Inn, Ogrn, Oid
from sources.license import LicenseRecord
from sources.organization import OrganizationRecord

LicensesOf = Callable[[Sequence[Holder]], Awaitable[Mapping[Holder, Sequence[LicenseRecord]]]]


class LicensesByOrganization(DataLoader[Holder, Sequence[LicenseRecord]]):
    """The licences of organizations, one call for all.

    One call more, to the organization registry, where licences without OID are found: whose are they?
    """

    def __init__(self, read: LicensesOf, owner: OneByKey[Holder, OrganizationRecord]) -> None:
        self._read = read
        self._owner = owner
        super().__init__()

    async def batch_load_fn(self, keys: list[Holder]) -> list[Sequence[LicenseRecord]]:
        found = await self._read(keys)
        owners = await self._owners(found)
        return [
            [each for each in found.get(key, ()) if each.organization_oid or owners[key[1:]] == key[0]]
            for key in keys
        ]

    async def _owners(
        self, found: Mapping[Holder, Sequence[LicenseRecord]]
    ) -> Mapping[tuple[Inn, Ogrn], Oid | None]:
        """Who owns the licences without OID, by INN and OGRN."""
        pairs = {key[1:] for key, each in found.items() if any(not found.organization_oid for found in each)}
        records = await self._owner.load_many((None, *pair) for pair in pairs)
        return {pair: record.oid if record else None for pair, record in zip(pairs, records, strict=True)}
