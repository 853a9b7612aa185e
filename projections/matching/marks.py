"""Whether records pass a condition, for a page of them at once: every step along a relation is one read.

`not` is pushed down to facts and relations, as the search does it: there a fact whose class the caller sees
of some people only counts for those alone, whichever way it is asked.
"""

from asyncio import gather
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from auth.rights import FieldClass
from auth.sight import EVERYONE, NOBODY, Sight
from projections.matching.employment import EMPLOYMENT, RESTRICTION
from projections.matching.license import LICENSE
from projections.matching.logic import UNREAD, Mark, every, some
from projections.matching.noun import Noun
from projections.matching.organization import ORGANIZATION
from projections.matching.passing import passes
from projections.matching.qualification import CATEGORY, CREDENTIAL, EDUCATION, TRAINING
from projections.matching.registries import Registries
from projections.matching.worker import WORKER
from projections.search.condition import AllOf, AnyOf, Condition, Fact, NotOf, Quantifier, Related

NOUNS: Final[Mapping[str, Noun]] = {
    "Worker": WORKER,
    "Employment": EMPLOYMENT,
    "Restriction": RESTRICTION,
    "Organization": ORGANIZATION,
    "License": LICENSE,
    "Credential": CREDENTIAL,
    "QualificationCategory": CATEGORY,
    "Education": EDUCATION,
    "Training": TRAINING,
}

_TURNED: Final[Mapping[tuple[Quantifier, bool], tuple[bool, bool]]] = {
    (Quantifier.SOME, True): (True, True),
    (Quantifier.SOME, False): (False, False),
    (Quantifier.NONE, True): (False, False),
    (Quantifier.NONE, False): (True, True),
    (Quantifier.EVERY, True): (False, True),
    (Quantifier.EVERY, False): (True, False),
}
"""By quantifier and whether it is to hold: is it enough that one record does, and what is asked of each."""


@dataclass(frozen=True, slots=True)
class Marking:
    """Marks records by the registries and by whom the caller sees which class of facts of."""

    its: Registries
    sights: Mapping[FieldClass, Sight]

    async def marks(
        self, condition: Condition, noun: str, records: Sequence[Any], *, holds: bool = True
    ) -> list[Mark]:
        """Of each record whether the condition holds, or does not where that is asked."""
        match condition:
            case NotOf(part):
                return await self.marks(part, noun, records, holds=not holds)
            case AllOf(parts) | AnyOf(parts):
                found = await gather(*(self.marks(part, noun, records, holds=holds) for part in parts))
                decide = every if isinstance(condition, AllOf) is holds else some
                return [decide(marks[at] for marks in found) for at in range(len(records))]
            case Fact():
                return await self._of_fact(condition, noun, records, holds)
            case Related():
                return await self._of_related(condition, noun, records, holds)

    async def _of_fact(self, fact: Fact, noun: str, records: Sequence[Any], holds: bool) -> list[Mark]:
        values = await NOUNS[noun].facts[fact.name].values(records, self.its)
        marks = [passes(fact.test, value, holds=holds) for value in values]
        return await self._guarded({fact.field_class}, noun, records, marks)

    async def _of_related(self, asked: Related, noun: str, records: Sequence[Any], holds: bool) -> list[Mark]:
        relation = NOUNS[noun].relations[asked.name]
        one_does, wanted = _TURNED[asked.quantifier, holds]

        async def further(members: Sequence[Any]) -> list[list[Mark]]:
            return [[mark] for mark in await self.marks(asked.where, relation.noun, members, holds=wanted)]

        members = await relation.members(records, self.its)
        found = await self.its.beyond(members, further)
        decide = some if one_does else every
        marks = [decide(None if each is UNREAD else each for each in marks) for marks in found]
        classes = {asked.field_class} if one_does else {asked.field_class, *classes_in(asked.where)}
        return await self._guarded(classes, noun, records, marks)

    async def _guarded(
        self, classes: set[FieldClass], noun: str, records: Sequence[Any], marks: list[Mark]
    ) -> list[Mark]:
        """The marks of those people of whom the caller sees all these classes; nobody else passes."""
        person = NOUNS[noun].person
        narrow = [each for each in map(self._sight, classes) if not each.everyone]
        if not narrow:
            return marks
        if person is None:
            return [False] * len(marks)
        people = await person.members(records, self.its)
        return [
            every([mark, *(_sees(sight, each) for sight in narrow)])
            for mark, each in zip(marks, people, strict=True)
        ]

    def _sight(self, field_class: FieldClass) -> Sight:
        return EVERYONE if field_class is FieldClass.PUBLIC else self.sights.get(field_class, NOBODY)


def classes_in(condition: Condition) -> set[FieldClass]:
    """The classes of everything that a condition asks by."""
    match condition:
        case NotOf(part):
            return classes_in(part)
        case AllOf(parts) | AnyOf(parts):
            return set().union(*map(classes_in, parts))
        case Fact(field_class=field_class):
            return {field_class}
        case Related(where=where, field_class=field_class):
            return {field_class, *classes_in(where)}


def _sees(sight: Sight, person: Sequence[Any]) -> Mark:
    """Whether the sight reaches the person; it cannot be told while his registry is away."""
    if not person or person[0] is UNREAD:
        return None if person else False
    subject = person[0]
    return bool(
        (sight.snils is not None and subject.snils == sight.snils)
        or subject.region_code in sight.regions
        or not sight.organizations.isdisjoint(subject.organization_oids)
    )
