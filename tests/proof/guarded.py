"""The oracle of searches for callers who do not see everything: what is hidden from them matches nothing.

A condition on a hidden fact does not hold of a person out of sight, nor does its opposite. `not`, `none` and
`every` are therefore carried down to the facts first, each way of asking with an opposite of its own.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from tests.proof.sights import CLASSES, FACET, Sight
from tests.search.database import Line
from tests.search.entities import ENTITIES, Relation
from tests.search.oracle import Buckets, Oracle
from tests.search.roots import Root
from tests.search.statement import Statement

Sights = Mapping[str, Sight]

PERSON: Final = {
    "worker": "{0}.id",
    "employment": "{0}.worker_id",
    "restriction": "{0}.worker_id",
    "credential": "(select p.id from worker p where p.snils = {0}.worker_snils)",
    "category": "(select p.id from worker p where p.snils = {0}.worker_snils)",
    "education": "(select p.id from worker p where p.snils = {0}.worker_snils)",
    "training": "(select p.id from worker p where p.snils = {0}.worker_snils)",
}
"""Whose a record is, where it is a person's. Relations among these stay with one person."""


class Crossing(Exception):
    """A filter that denies of other people what the caller sees of some only; he may ask by `some`."""


class GuardedStatement(Statement):
    """A statement for one caller."""

    def __init__(self, sights: Sights) -> None:
        super().__init__()
        self._sights = sights

    def where(self, entity: str, row: str, asked: Mapping[str, Any], *, denied: bool = False) -> str:
        """Whether the row passes; `denied`: whether it certainly does not."""
        given = [(name, value) for name, value in asked.items() if value is not None]
        parts = [self.part(entity, row, name, value, denied=denied) for name, value in given]
        return _joined(parts, "or" if denied else "and")

    def part(self, entity: str, row: str, name: str, value: Any, *, denied: bool) -> str:
        """One part of a filter."""
        if name == "not":
            return self.where(entity, row, value, denied=not denied)
        if name in ("and", "or"):
            parts = [self.where(entity, row, each, denied=denied) for each in value]
            return _joined(parts, name if not denied else {"and": "or", "or": "and"}[name])
        if name == "eligibility":
            return self._eligibility(row, value, denied=denied)
        relation = ENTITIES[entity].relations.get(name)
        if relation is None:
            return self.guarded((entity, name), row, self.fact(entity, name, value, row), denied=denied)
        quantified = {"some": value} if relation.one else value
        parts = [
            self._quantified(entity, name, row, how, each, denied=denied)
            for how, each in quantified.items()
            if each is not None
        ]
        return _joined(parts, "or" if denied else "and")

    def guarded(self, at: tuple[str, str], row: str, holds: str, *, denied: bool) -> str:
        """A condition or its opposite, of those alone whom the caller sees it of."""
        said = f"not ({holds})" if denied else f"({holds})"
        return self.extent(CLASSES.get(at), at[0], row, said)

    def extent(self, field_class: str | None, entity: str, row: str, said: str) -> str:
        """What is said, of those alone whom the caller sees such facts of."""
        if field_class is None or self._sights[field_class].everyone:
            return said
        seen = self.put([str(each) for each in self._sights[field_class].workers], "text[]")
        return f"(coalesce(({PERSON[entity].format(row)})::text = any({seen}), false) and {said})"

    def _eligibility(self, row: str, value: Mapping[str, Any], *, denied: bool) -> str:
        parts = [
            self.guarded(
                ("worker", name), row, self.fact("worker", "eligibility", {name: each}, row), denied=denied
            )
            for name, each in value.items()
            if each is not None
        ]
        return _joined(parts, "or" if denied else "and")

    def _quantified(
        self, entity: str, name: str, row: str, how: str, asked: Mapping[str, Any], *, denied: bool
    ) -> str:
        """some X; none X is its opposite; every X is the opposite of some not X."""
        relation = ENTITIES[entity].relations[name]
        opposite = denied != (how != "some")
        classes = self.classes(relation, asked) | {CLASSES.get((entity, name))} - {None}
        if not opposite:
            found = self._exists(relation, row, asked, denied=how == "every")
            return self.extent(CLASSES.get((entity, name)), entity, row, found)
        partial = sorted(each for each in classes if each and not self._sights[each].everyone)
        if partial and not self._stays(entity, relation, asked):
            raise Crossing(name)
        open_sights = {each: Sight(everyone=True, workers=frozenset()) for each in self._sights}
        kept, self._sights = self._sights, open_sights
        found = f"not {self._exists(relation, row, asked, denied=how == 'every')}"
        self._sights = kept
        for each in partial:
            found = self.extent(each, entity, row, found)
        return found

    def _exists(self, relation: Relation, row: str, asked: Mapping[str, Any], *, denied: bool) -> str:
        self.aliases += 1
        other = f"{relation.entity[0]}{self.aliases}"
        passes = self.where(relation.entity, other, asked, denied=denied)
        table = ENTITIES[relation.entity].table
        return f"exists (select from {table} {other} where {relation.joined.format(row, other)} and {passes})"

    def classes(self, relation: Relation, asked: Mapping[str, Any]) -> set[str | None]:
        """The classes of all that a filter on related records asks by."""
        return {CLASSES.get(at) for at, _ in _named(relation.entity, _given(asked))}

    def _stays(self, entity: str, relation: Relation, asked: Mapping[str, Any]) -> bool:
        """Whether every fact of a partly seen class is the same person's as the outer record."""
        if entity not in PERSON:
            return False
        return all(
            same or CLASSES.get(at) is None or self._sights[CLASSES[at]].everyone
            for at, same in _named(relation.entity, _given(asked), same=relation.entity in PERSON)
        )


def _given(asked: Any) -> Any:
    """A filter without what is null, which says nothing."""
    if isinstance(asked, Mapping):
        return {name: _given(value) for name, value in asked.items() if value is not None}
    return [_given(each) for each in asked] if isinstance(asked, list) else asked


def _named(entity: str, asked: Any, *, same: bool = True) -> Sequence[tuple[tuple[str, str], bool]]:
    """All parts of a filter by kind of record and name, and whether they are still the same person's."""
    found: list[tuple[tuple[str, str], bool]] = []
    for name, value in asked.items():
        relation = ENTITIES[entity].relations.get(name)
        if name in ("and", "or", "not"):
            inner = [value] if name == "not" else value or ()
            found += [part for each in inner for part in _named(entity, each or {}, same=same)]
        elif name == "eligibility":
            found += [((entity, each), same) for each in value or ()]
        else:
            found.append(((entity, name), same))
        if relation is not None:
            inner = [value] if relation.one else (value or {}).values()
            still = same and relation.entity in PERSON
            found += [part for each in inner for part in _named(relation.entity, each or {}, same=still)]
    return found


def asked_classes(entity: str, where: Mapping[str, Any] | None) -> set[str]:
    """The classes of facts that a filter asks by; what is named and null counts as asking."""
    return {CLASSES[at] for at, _ in _named(entity, where or {}) if at in CLASSES}


class GuardedOracle(Oracle):
    """Answers one caller."""

    statement: type[GuardedStatement] = GuardedStatement

    def __init__(self, line: Line, sights: Sights) -> None:
        super().__init__(line)
        self._sights = sights

    def made(self) -> Statement:
        return self.statement(self._sights)

    async def _facet(self, root: Root, by: str, ids: Sequence[str]) -> Buckets:
        if by == "ELIGIBILITY_REASON" and not self._sights[FACET].everyone:
            ids = self.seen(ids)
        return await super()._facet(root, by, ids)

    def seen(self, ids: Sequence[str]) -> Sequence[str]:
        """Those of these workers whose reasons the caller sees."""
        return [each for each in ids if UUID(each) in self._sights[FACET].workers]


def _joined(parts: Sequence[str], word: str) -> str:
    neutral = "true" if word == "and" else "false"
    return "(" + f" {word} ".join(f"({each})" for each in parts) + ")" if parts else neutral
