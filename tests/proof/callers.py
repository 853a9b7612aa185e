"""Callers by chance: every role, several in one token, near to some person and far from him."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from random import Random
from typing import Any, Final

from auth.claims import principal_of
from auth.principal import PUBLIC, Principal
from tests.proof.law import REACHES, Caller
from tests.proof.rows import Row
from tests.proof.world import World

ROLES: Final = tuple(REACHES)
PURPOSES: Final = ("inspection", "licensing", "accreditation", "complaint", "correction", "court-order")
METHODS: Final = ("pwd", "otp", "mfa", "hwk", "sc")
ISSUED: Final = 1_700_000_000
NEVER_ENDS: Final = 4_102_444_800


class Callers:
    """Makes callers who have something, or just not, to do with one person."""

    def __init__(self, world: World, random: Random, focus: Row) -> None:
        self._world, self._random, self._focus = world, random, focus

    def caller(self) -> Caller:
        """One caller."""
        random = self._random
        roles = self._roles()
        return Caller(
            roles=roles,
            organizations=self._organizations() if roles else (),
            regions=self._regions() if roles else None,
            snils=self._snils() if roles else None,
            amr=tuple(random.sample(METHODS, random.choice((0, 0, 1, 2)))),
            acr=random.choice((None, None, "gold", "phr", "phrh")),
            purpose=random.choice((None, *PURPOSES)) if random.random() < 0.6 else None,
            mode=random.choice((None, None, None, None, None, "filter", "reject")),
        )

    def again(self, caller: Caller) -> Caller:
        """The same caller, who states something else."""
        return replace(caller, purpose=self._random.choice((None, *PURPOSES[:2])))

    def _roles(self) -> tuple[str, ...]:
        random = self._random
        count = random.choices((0, 1, 2, 3), (1, 6, 3, 1))[0]
        return (
            tuple(random.choices(ROLES, (4, 4, 4, 1, 1, 1, 1, 1), k=1) + random.sample(ROLES, count - 1))
            if count
            else ()
        )

    def _organizations(self) -> tuple[str, ...]:
        """Those that employ the person or did, the ones above and below them, and others."""
        world, random = self._world, self._random
        jobs = world.employments.get((self._focus.id,), ())
        near = [each.organization_oid for each in jobs]
        near += [row.parent_oid for oid in near if (row := world.organizations.get(oid)) and row.parent_oid]
        near += [row.oid for row in world.rows["organization"] if row.parent_oid in near]
        far = [row.oid for row in world.rows["organization"]]
        return tuple(self._some(near) + self._some(far)) if random.random() < 0.9 else ()

    def _some(self, among: Sequence[str]) -> list[str]:
        count = min(len(among), self._random.choice((0, 1, 1, 2)))
        return self._random.sample(among, count)

    def _regions(self) -> tuple[str, ...] | None:
        random = self._random
        if random.random() < 0.4:
            return None
        near = [self._focus.region_code] if random.random() < 0.6 else []
        return tuple({*near, random.choice(self._world.rows["organization"]).region_code})

    def _snils(self) -> str | None:
        random = self._random
        if random.random() < 0.6:
            return str(self._focus.snils)
        return str(random.choice(self._world.rows["worker"]).snils) if random.random() < 0.7 else None


def principal(caller: Caller) -> Principal:
    """The principal of the caller's token: the same object each time, whatever else the request states."""
    return _principal(replace(caller, purpose=None, mode=None))


@lru_cache(maxsize=1_000)
def _principal(caller: Caller) -> Principal:
    """As the gateway makes him of the token's claims."""
    if not caller.roles:
        return PUBLIC
    claims: dict[str, Any] = {
        "sub": "proof",
        "iat": ISSUED,
        "exp": NEVER_ENDS,
        "roles": list(caller.roles),
        "organizations": list(caller.organizations),
        "amr": list(caller.amr),
    }
    claims |= {} if caller.regions is None else {"regions": list(caller.regions)}
    claims |= {} if caller.snils is None else {"snils": caller.snils}
    claims |= {} if caller.acr is None else {"acr": caller.acr}
    return principal_of(claims)
