"""Licences of an organization: under its OID, or without one where INN and OGRN make them its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from loaders.base import Asked, OneByKey
from sources.keys import Holder, Inn, Ogrn, Oid
from sources.license import LicenseRecord
from sources.organization import OrganizationRecord


class LicensesByOrganization:
    """The licences of organizations, one call for all.

    One call more, to the organization registry, where licences without OID are found: whose are they?
    """

    def __init__(
        self, read: Asked[Holder, Sequence[LicenseRecord]], owner: OneByKey[Holder, OrganizationRecord]
    ) -> None:
        self._read = read
        self._owner = owner

    async def asked(self, keys: Sequence[Holder]) -> Mapping[Holder, Sequence[LicenseRecord]]:
        """The licences of each."""
        found = await self._read(keys)
        owners = await self._owners(found)
        return {
            key: [each for each in held if each.organization_oid or owners[key[1:]] == key[0]]
            for key, held in found.items()
        }

    async def _owners(
        self, found: Mapping[Holder, Sequence[LicenseRecord]]
    ) -> Mapping[tuple[Inn, Ogrn], Oid | None]:
        """Who owns the licences without OID, by INN and OGRN."""
        pairs = {key[1:] for key, each in found.items() if any(not found.organization_oid for found in each)}
        records = await self._owner.load_many((None, *pair) for pair in pairs)
        return {pair: record.oid if record else None for pair, record in zip(pairs, records, strict=True)}
