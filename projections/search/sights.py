"""Whom the caller sees, in SQL: a guarded fact counts of the people in his sight alone."""

import datetime as dt
from collections.abc import Mapping, Sequence

from auth.rights import FieldClass
from auth.sight import Sight
from projections.search.binder import Binder
from projections.search.catalog import WORKER, Entity

NOBODY = Sight()


class Sights:
    """The caller's sights of each class; of a class that is not among them he sees nobody."""

    def __init__(
        self, sights: Sequence[tuple[FieldClass, Sight]], day: dt.date, seed: int, binder: Binder
    ) -> None:
        """`seed`: the projection's own, under which people's numbers are hashed."""
        self._sights: Mapping[FieldClass, Sight] = dict(sights)
        self._day, self._seed, self._binder = day, seed, binder

    def partial(self, field_class: FieldClass) -> bool:
        """Whether the caller sees this class of less than everyone."""
        return field_class is not FieldClass.PUBLIC and not self._of(field_class).everyone

    def extent(self, field_class: FieldClass, entity: Entity, alias: str) -> str | None:
        """The condition that this record's person is in sight; None: everyone is."""
        if not self.partial(field_class):
            return None
        if entity.person is None:
            return "false"
        return self._inside(self._of(field_class), entity, alias)

    def _of(self, field_class: FieldClass) -> Sight:
        return self._sights.get(field_class, NOBODY)

    def _inside(self, sight: Sight, entity: Entity, alias: str) -> str:
        ways = []
        person, bind = f"{alias}.{entity.person}", self._binder.bind
        if sight.snils is not None:
            own = f"hashtextextended({bind(sight.snils, 'text')}, {bind(self._seed, 'bigint')})"
            ways.append(f"{person} = {own}")
        if sight.organizations:
            ways.append(f"{person} in ({self._staff(sorted(sight.organizations))})")
        if sight.regions:
            regions = bind(sorted(sight.regions), "text[]")
            ways.append(
                f"{alias}.region_code = any({regions})"
                if entity is WORKER
                else f"{person} in (select s.person from worker s where s.region_code = any({regions}))"
            )
        return f"({' or '.join(ways)})" if ways else "false"

    def _staff(self, oids: list[str]) -> str:
        """The people whom one of these employs now."""
        day = self._binder.bind(self._day, "date")
        keys = organization_keys(oids, self._binder)
        return (
            f"select s.person from employment s where s.organization = any({keys})"
            f" and s.started_on <= {day} and s.ended_on >= {day}"
        )


def organization_keys(oids: Sequence[str], binder: Binder) -> str:
    """The organizations of these OIDs as the projection keys them: an array, so that an index serves it."""
    hashed = ", ".join(f"hashtextextended({binder.bind(oid, 'text')}, 0)" for oid in oids[:FOLDED])
    if len(oids) <= FOLDED:
        return f"array[{hashed}]::bigint[]"
    return f"array(select hashtextextended(o, 0) from unnest({binder.bind(list(oids), 'text[]')}) o)"


FOLDED = 200
"""So many keys are written out, for the planner to see them; more are hashed while the statement runs."""
