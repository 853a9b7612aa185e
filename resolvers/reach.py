"""Who the caller is over records: his grants, each organization with the branches that it has just now."""

from collections.abc import Sequence
from typing import Any, Final

from auth.principal import Principal
from auth.rules import own_organizations, reaching
from sources.keys import Oid

REACHED: Final = "reached_by_organization"
"""The loader of an organization and its branches, by its OID."""


class Reach:
    """The principal of one operation as row rules take him, found out when the first row asks.

    The organization registry is asked once, and not at all for a caller who is nobody's employer.
    """

    __slots__ = ("_found",)

    def __init__(self) -> None:
        self._found: Principal | None = None

    async def principal(self, context: Any) -> Principal:
        """The principal with the organizations that his employer's grants reach."""
        unknown = self.unknown(context.principal)
        if unknown:
            self.learn(context.principal, await getattr(context.loaders, REACHED).load_many(unknown))
        return self.caller(context.principal)

    def unknown(self, principal: Principal) -> list[Oid]:
        """The organizations of which it is to be found out how far they reach, where it is not known yet."""
        return [] if self._found else [Oid(oid) for oid in sorted(own_organizations(principal))]

    def learn(self, principal: Principal, reached: Sequence[Any]) -> None:
        """Take what each of the unknown organizations reaches. Raises what was raised by asking."""
        for each in reached:
            if isinstance(each, Exception):
                raise each
        own = sorted(own_organizations(principal))
        known = {oid: oids for oid, oids in zip(own, reached, strict=True) if oids is not None}
        self._found = reaching(principal, known)

    def caller(self, principal: Principal) -> Principal:
        """The principal as far as is known."""
        return self._found or principal
