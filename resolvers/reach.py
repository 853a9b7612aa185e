"""Who the caller is over records: his grants, each organization with the branches that it has just now."""

from typing import Any

from auth.principal import Principal
from auth.rules import own_organizations, reaching
from sources.keys import Oid


class Reach:
    """The principal of one operation as row rules take him, found out when the first row asks.

    The organization registry is asked once, and not at all for a caller who is nobody's employer.
    """

    __slots__ = ("_found",)

    def __init__(self) -> None:
        self._found: Principal | None = None

    async def principal(self, context: Any) -> Principal:
        """The principal with the organizations that his employer's grants reach."""
        if self._found is None:
            self._found = await _reaching(context.principal, context.loaders)
        return self._found


async def _reaching(principal: Principal, loaders: Any) -> Principal:
    own = [Oid(oid) for oid in sorted(own_organizations(principal))]
    if not own:
        return principal
    reached = await loaders.reached_by_organization.load_many(own)
    known = {str(oid): branches for oid, branches in zip(own, reached, strict=True) if branches is not None}
    return reaching(principal, known)
