"""Whether a caller sees everyone whom an aggregate counts: else small cells are left out."""

from collections.abc import Sequence
from typing import Final

from auth.rights import FieldClass
from auth.sight import Sight, sight
from projections.analytics.question import Dimension, Narrowing, Scope
from resolvers.context import Context

INDIVIDUALS: Final = FieldClass.RESTRICTED
"""Who sees the facts of this class of somebody sees him as an individual."""


async def scope_of(context: Context, where: Sequence[Narrowing], *, aged: bool) -> Scope | None:
    """Whom an exact answer may count; None: not everyone whom it is about is in the caller's sight.

    `aged`: it tells of dates of birth, which are of a higher class. An employer's organizations and a
    regulator's regions have to be named in the filter.
    """
    caller = await context.reach.principal(context)
    seen = sight(caller, context.purpose, INDIVIDUALS)
    if aged:
        seen = _both(seen, sight(caller, context.purpose, FieldClass.PERSONAL))
    if seen.everyone:
        return Scope()
    for narrowing in where:
        named = frozenset(narrowing.values)
        if narrowing.dimension is Dimension.ORGANIZATION and named and named <= seen.organizations:
            return Scope(organizations=seen.organizations)
        if narrowing.dimension is Dimension.REGION and named and named <= seen.regions:
            return Scope(regions=seen.regions)
    return None


def _both(one: Sight, other: Sight) -> Sight:
    """Those whom both reach; of his own record alone nobody makes an aggregate."""
    if one.everyone or other.everyone:
        return other if one.everyone else one
    return Sight(organizations=one.organizations & other.organizations, regions=one.regions & other.regions)
