"""Leaks of a search, planted by hand, one at a time: each a mistake that a guard of it could make."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from tests.proof.guarded import GuardedOracle, GuardedStatement, Sights
from tests.proof.law import Caller
from tests.proof.sights import Sight, sight
from tests.proof.world import World
from tests.search.database import Line

EVERYONE: Final = Sight(everyone=True, workers=frozenset())


class Leaking(GuardedOracle):
    """A guarded searcher with one thing wrong."""

    def __init__(self, line: Line, world: World, caller: Caller) -> None:
        super().__init__(line, self.taken(world, caller))

    def taken(self, world: World, caller: Caller) -> Sights:
        """Whom it takes the caller to see."""
        return {each: self.seen_of(world, caller, each) for each in ("INTERNAL", "RESTRICTED", "PERSONAL")}

    def seen_of(self, world: World, caller: Caller, field_class: str) -> Sight:
        """Whom it takes him to see these facts of."""
        return sight(world, caller, field_class)


class Nothing(Leaking):
    """Nobody looks whom the caller sees: who may ask of some asks of all."""

    def seen_of(self, world: World, caller: Caller, field_class: str) -> Sight:  # noqa: ARG002
        return EVERYONE


class Not(Leaking):
    """`not` lets everyone pass of whom the fact is hidden."""

    class statement(GuardedStatement):  # noqa: N801
        def guarded(self, at: tuple[str, str], row: str, holds: str, *, denied: bool) -> str:
            if not denied:
                return super().guarded(at, row, holds, denied=False)
            return f"not ({super().guarded(at, row, holds, denied=False)})"


class NotOpen(Leaking):
    """Under `not` nobody looks whom the caller sees."""

    class statement(GuardedStatement):  # noqa: N801
        def guarded(self, at: tuple[str, str], row: str, holds: str, *, denied: bool) -> str:
            return f"not ({holds})" if denied else super().guarded(at, row, holds, denied=False)


class NoneAndEvery(Leaking):
    """`none` and `every` are denied of everyone."""

    class statement(GuardedStatement):  # noqa: N801
        def _quantified(
            self, entity: str, name: str, row: str, how: str, asked: Mapping[str, Any], *, denied: bool
        ) -> str:
            if how == "some" or denied:
                return super()._quantified(entity, name, row, how, asked, denied=denied)
            kept, self._sights = self._sights, dict.fromkeys(self._sights, EVERYONE)
            found = super()._quantified(entity, name, row, how, asked, denied=denied)
            self._sights = kept
            return found


class NoneOfWhatIsSeen(Leaking):
    """`none` among the related records that the caller sees: all those out of sight pass."""

    class statement(GuardedStatement):  # noqa: N801
        def _quantified(
            self, entity: str, name: str, row: str, how: str, asked: Mapping[str, Any], *, denied: bool
        ) -> str:
            if how == "none" and not denied:
                return f"not ({super()._quantified(entity, name, row, 'some', asked, denied=False)})"
            return super()._quantified(entity, name, row, how, asked, denied=denied)


class RootAlone(Leaking):
    """The hits are guarded; what is asked of people beside them is not."""

    class statement(GuardedStatement):  # noqa: N801
        def extent(self, field_class: str | None, entity: str, row: str, said: str) -> str:
            return super().extent(field_class if row == "r" else None, entity, row, said)


class RelationAlone(Leaking):
    """That there is a restriction at all is told; only what it says is guarded."""

    class statement(GuardedStatement):  # noqa: N801
        def extent(self, field_class: str | None, entity: str, row: str, said: str) -> str:
            told = field_class == "RESTRICTED" and entity == "worker" and said.startswith("exists")
            return said if told else super().extent(field_class, entity, row, said)


class Reasons(Leaking):
    """The reasons against somebody's right to practise pass for public, as the right itself."""

    class statement(GuardedStatement):  # noqa: N801
        def guarded(self, at: tuple[str, str], row: str, holds: str, *, denied: bool) -> str:
            return super().guarded(
                ("worker", "allowed") if at[1] == "reasons" else at, row, holds, denied=denied
            )


class Department(Leaking):
    """A department passes for public, as the organization."""

    class statement(GuardedStatement):  # noqa: N801
        def guarded(self, at: tuple[str, str], row: str, holds: str, *, denied: bool) -> str:
            return super().guarded(("", "") if at[1] == "departments" else at, row, holds, denied=denied)


class Facet(Leaking):
    """Hits are counted by reasons that the caller may not see."""

    def seen(self, ids: Sequence[str]) -> Sequence[str]:
        return ids


class FacetToldByItsRest(Leaking):
    """Hits whose reasons are hidden are counted as those that have none."""

    async def _facet(self, root: Any, by: str, ids: Sequence[str]) -> Any:
        found = await super()._facet(root, by, ids)
        hidden = len(ids) - len(self.seen(ids)) if by == "ELIGIBILITY_REASON" else 0
        return [*found, (None, hidden)] if hidden else found


class Ended(Leaking):
    """Whoever employed somebody once still sees him."""

    def seen_of(self, world: World, caller: Caller, field_class: str) -> Sight:
        found = super().seen_of(world, caller, field_class)
        if "employer" not in caller.roles or not found.workers:
            return found
        oids = set(world.reached(caller.organizations))
        former = {each.worker_id for each in world.rows["employment"] if each.organization_oid in oids}
        return replace(found, workers=found.workers | former)


class Begins(Leaking):
    """Whoever is going to employ somebody sees him already."""

    def seen_of(self, world: World, caller: Caller, field_class: str) -> Sight:
        found = super().seen_of(world, caller, field_class)
        oids = set(world.reached(caller.organizations)) if "employer" in caller.roles else set()
        jobs = (each for each in world.rows["employment"] if each.organization_oid in oids)
        coming = {each.worker_id for each in jobs if each.started_on > world.today}
        return replace(found, workers=found.workers | coming)


class Branches(Leaking):
    """A liquidated organization, and the branch of a branch, are taken for the caller's own."""

    def seen_of(self, world: World, caller: Caller, field_class: str) -> Sight:
        found = super().seen_of(world, caller, field_class)
        oids = set(caller.organizations) if "employer" in caller.roles else set()
        for _ in range(2):
            oids |= {each.oid for each in world.rows["organization"] if each.parent_oid in oids}
        people = (world.person(row) for row in world.rows["worker"])
        staff = {world.by_snils[each.snils].id for each in people if each and each.employers & oids}
        return replace(found, workers=found.workers | staff)


class AnyRegion(Leaking):
    """A regulator of one region sees all."""

    def seen_of(self, world: World, caller: Caller, field_class: str) -> Sight:
        wide = replace(caller, regions=None) if "regulator" in caller.roles else caller
        return super().seen_of(world, wide, field_class)


class OneClassForAll(Leaking):
    """Whoever sees what is internal sees measures too."""

    def taken(self, world: World, caller: Caller) -> Sights:
        found = super().taken(world, caller)
        return {**found, "RESTRICTED": found["INTERNAL"]}


LEAKS: Final[tuple[type[Leaking], ...]] = (
    Nothing,
    Not,
    NotOpen,
    NoneAndEvery,
    NoneOfWhatIsSeen,
    RootAlone,
    RelationAlone,
    Reasons,
    Department,
    Facet,
    FacetToldByItsRest,
    Ended,
    Begins,
    Branches,
    AnyRegion,
    OneClassForAll,
)
"""All of them."""
