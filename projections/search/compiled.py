"""A formula as a condition in SQL over the tables of the projection."""

import datetime as dt
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final

from auth.rights import FieldClass
from projections.search.binder import Binder
from projections.search.catalog import ENTITIES, Entity
from projections.search.condition import Path, Value
from projections.search.errors import BadSearch
from projections.search.facts import stated
from projections.search.kept import in_sets, of_employer
from projections.search.literals import Every, Formula, Linked, Some, Stated
from projections.search.sights import Sights
from projections.search.staffed import Staff

Classes = frozenset[FieldClass]


class Shape(StrEnum):
    """How what belongs to workers' employers is sought; all find the same, at different cost."""

    JOINED = "joined"
    """By the employments of all whom it is true of: best where they are few."""
    BY_SETS = "by sets"
    """By each worker's own set of employers, held against all organizations of which it is true."""
    WALKED = "walked"
    """By each worker's own set of employers, one by one: best for a page where most workers pass."""
    NAMED = "named"
    """By each worker's own set of employers, held against those employers of all who are looked at."""


_ONE_BY_ONE: Final = frozenset({Shape.WALKED, Shape.NAMED})
EMPLOYERS: Final = "employer"
"""The organizations that employ those who are looked at, where a statement knows them by name."""


class Compiler:
    """Writes conditions of one statement. `today`: the caller's."""

    def __init__(
        self,
        binder: Binder,
        sights: Sights,
        today: dt.date,
        *,
        same_day: bool,
        shape: Shape = Shape.JOINED,
        staff: Staff | None = None,
    ) -> None:
        """`same_day`: it is the projection's own day, for which workers' sets hold."""
        self._binder, self._sights, self._same_day = binder, sights, same_day
        self._today, self._day = today, binder.bind(today, "date")
        self._shape, self._staff = shape, staff
        self._records = 0

    def condition(
        self, formula: Formula, entity: Entity, alias: str, free: Classes = frozenset(), *, sure: bool = True
    ) -> str:
        """The condition of the record under this alias. `free`: classes for which its person is known to be
        in sight; `sure`: it stands in no `or`, so that it alone may choose the records.
        """
        match formula:
            case Every(parts):
                return _joined(
                    " and ", "true", (self.condition(p, entity, alias, free, sure=sure) for p in parts)
                )
            case Some(parts):
                return _joined(
                    " or ", "false", (self.condition(p, entity, alias, free, sure=False) for p in parts)
                )
            case Stated(fact, positive):
                column = entity.facts[fact.name]
                test = stated(fact, column, alias, positive, self._binder, self._day)
                return self._guarded({fact.field_class} - free, entity, alias, test)
            case Linked(positive=True):
                return self._some(formula, entity, alias, free, sure)
            case Linked():
                return self._none(formula, entity, alias, free)

    def extent(self, field_class: FieldClass, entity: Entity, alias: str) -> str:
        """The condition that the record's person is in the caller's sight."""
        return self._sights.extent(field_class, entity, alias) or "true"

    def _some(self, linked: Linked, entity: Entity, alias: str, free: Classes, sure: bool) -> str:
        relation, field_class = entity.relations[linked.relation.name], linked.relation.field_class
        kept = in_sets(linked, entity, alias, self._binder, self._today) if self._same_day else None
        if kept is not None and kept.whole:
            return kept.sql
        known = free | {field_class} if relation.same_person else frozenset()
        test = self._there_is(linked, entity, alias, known, sure=sure)
        if kept is not None:
            test = f"({kept.sql} and {test})"
        return self._guarded({field_class} - free, entity, alias, test)

    def _none(self, linked: Linked, entity: Entity, alias: str, free: Classes) -> str:
        relation, field_class = entity.relations[linked.relation.name], linked.relation.field_class
        kept = in_sets(linked, entity, alias, self._binder, self._today) if self._same_day else None
        if kept is not None and kept.whole:
            return f"({kept.sql} is not true)"
        inner = {field_class} | self._classes(linked.where, ENTITIES[relation.target], relation.same_person)
        there_is = self._there_is(linked, entity, alias, free | inner, sure=False)
        return self._guarded(inner - free, entity, alias, f"(not {there_is})")

    def _there_is(self, linked: Linked, entity: Entity, alias: str, known: Classes, *, sure: bool) -> str:
        """The condition that some related record passes, in no way guarded as a whole."""
        relation = entity.relations[linked.relation.name]
        employer = of_employer(linked, entity) if self._same_day and self._shape is Shape.BY_SETS else None
        if employer is not None:
            return self._of_employers(alias, ENTITIES["organization"], employer)
        target, other = ENTITIES[relation.target], self._alias()
        staff = self._staff if alias == "r" and self._staff and linked == self._staff.relation else None
        where = self.condition(linked.where if staff is None else staff.rest, target, other, known)
        way = relation.way.format(a=alias, b=other)
        if staff is not None:
            where = f"{where} and {other}.person in ({self._people(staff.slots)})"
        found = f"select from {target.table} {other} where {way} and {where}"
        if not relation.of_employers:
            return f"exists ({found})"
        if sure and self._shape is Shape.JOINED:
            return self._of_anyone(alias, other, where)
        return f"({self._one_by_one(found)} or {self._of_employers(alias, target, linked.where)})"

    def _people(self, slots: Sequence[int]) -> str:
        """Workers who are known by number, as people."""
        numbers: list[Value] = [*slots]
        bound = self._binder.bind(numbers, "integer[]")
        return f"select s.person from unnest({bound}) of_sets(place) join worker s on s.slot = of_sets.place"

    def _one_by_one(self, found: str) -> str:
        """That something is found; of few workers it is sought for each, and not of everybody beforehand."""
        return f"exists ({found}{' offset 0' if self._shape in _ONE_BY_ONE else ''})"

    def _of_employers(self, alias: str, target: Entity, formula: Formula) -> str:
        """An employer now is, or has, such a record: sought for each worker, or all found once and kept."""
        other = self._alias()
        where, key = self.condition(formula, target, other), f"{other}.organization = {other}k.organization"
        if not self._same_day:
            return (
                f"exists (select from employment {other}k join {target.table} {other} on {key}"
                f" where {other}k.person = {alias}.person and {other}k.started_on <= {self._day}"
                f" and {other}k.ended_on >= {self._day} and {where})"
            )
        employers = f"unnest({alias}.organizations) {other}k(organization)"
        if self._shape is Shape.NAMED and alias == "r":  # the employers of others are not among them
            there = f"{other}.organization = {other}e.organization and {where}"
            found = f"select from {target.table} {other} where {there}"
            known = f"select {other}e.organization from {EMPLOYERS} {other}e where {self._one_by_one(found)}"
            return f"exists (select from {employers} where ({other}k.organization in ({known})) is true)"
        if self._shape in _ONE_BY_ONE:
            return f"exists (select from {employers} join {target.table} {other} on {key} where {where})"
        return (
            f"exists (select from {employers} where {other}k.organization in"
            f" (select {other}.organization from {target.table} {other} where {where}))"
        )

    def _of_anyone(self, alias: str, other: str, where: str) -> str:
        """Everybody's own licences and those of his employers, as one set of people: it is found once."""
        return (
            f"{alias}.person in (select {other}.person from license {other} where {other}.person is not null"
            f" and {where} union select {other}e.person from employment {other}e"
            f" where {other}e.started_on <= {self._day} and {other}e.ended_on >= {self._day}"
            f" and {other}e.organization in (select {other}.organization from license {other} where {where}))"
        )

    def _classes(self, formula: Formula, entity: Entity, same_person: bool) -> set[FieldClass]:
        """The classes of facts inside that the caller sees of some people; refused when of other people."""
        found = {
            (c, path, same)
            for c, path, same in _facts(formula, entity, same_person)
            if self._sights.partial(c)
        }
        for field_class, path, same in sorted(found, key=lambda each: str(each[1])):
            if not same:
                raise BadSearch(path, _SOME_ONLY.format(field_class.lower()))
        return {field_class for field_class, _, _ in found}

    def _guarded(self, classes: set[FieldClass] | Classes, entity: Entity, alias: str, test: str) -> str:
        extents = (self._sights.extent(each, entity, alias) for each in sorted(classes))
        return _joined(" and ", "true", iter([*(each for each in extents if each is not None), test]))

    def _alias(self) -> str:
        self._records += 1
        return f"r{self._records}"


_SOME_ONLY = "can be asked with `some` only, since you see {} facts of some people only"


def _facts(formula: Formula, entity: Entity, same: bool) -> Iterator[tuple[FieldClass, Path, bool]]:
    """Every fact inside: its class, where it stands, and whether it is of the person that it began with."""
    match formula:
        case Every(parts) | Some(parts):
            for part in parts:
                yield from _facts(part, entity, same)
        case Stated(fact):
            yield fact.field_class, fact.path, same
        case Linked(related, where):
            relation = entity.relations[related.name]
            yield related.field_class, related.path, same
            yield from _facts(where, ENTITIES[relation.target], same and relation.same_person)


def _joined(word: str, empty: str, parts: Iterator[str]) -> str:
    found = [part for part in parts if part != empty]
    if not found:
        return empty
    return found[0] if len(found) == 1 else f"({word.join(found)})"
