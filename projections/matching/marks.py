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
from projections.search.literals import Every, Formula, Linked, Some, Stated

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


@dataclass(frozen=True, slots=True)
class Marking:
    """Marks records by the registries and by whom the caller sees which class of facts of."""

    its: Registries
    sights: Mapping[FieldClass, Sight]

    async def marks(self, asked: Formula, noun: str, records: Sequence[Any]) -> list[Mark]:
        """Of each record whether it passes."""
        match asked:
            case Every(parts) | Some(parts):
                found = await gather(*(self.marks(part, noun, records) for part in parts))
                decide = every if isinstance(asked, Every) else some
                return [decide(marks[at] for marks in found) for at in range(len(records))]
            case Stated(fact, positive):
                answer = NOUNS[noun].facts[fact.name]
                test, values = answer.asked(fact.test), await answer.values(records, self.its)
                marks = [passes(test, value, holds=positive) for value in values]
                return await self._guarded({fact.field_class}, noun, records, marks)
            case Linked():
                return await self._linked(asked, noun, records)

    async def _linked(self, asked: Linked, noun: str, records: Sequence[Any]) -> list[Mark]:
        """Of each record whether a related one passes, or that none does."""
        relation = NOUNS[noun].relations[asked.relation.name]

        async def passing(members: Sequence[Any]) -> list[list[Mark]]:
            return [[mark] for mark in await self.marks(asked.where, relation.noun, members)]

        members = await relation.members(records, self.its)
        found = await self.its.beyond(members, passing)
        marks = [some(None if each is UNREAD else each for each in marks) for marks in found]
        classes = {asked.relation.field_class}
        if not asked.positive:
            marks = [None if mark is None else not mark for mark in marks]
            classes |= classes_in(asked.where)
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


def classes_in(asked: Formula) -> set[FieldClass]:
    """The classes of everything that is asked by."""
    match asked:
        case Every(parts) | Some(parts):
            return set().union(*map(classes_in, parts))
        case Stated(fact):
            return {fact.field_class}
        case Linked(relation, where):
            return {relation.field_class, *classes_in(where)}


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
