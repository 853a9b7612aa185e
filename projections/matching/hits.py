"""The marks of a page of hits: of each, whether it passes its search by what the registries say now."""

from asyncio import gather
from collections.abc import Sequence
from typing import Any

from projections.matching.logic import UNREAD, Mark, every
from projections.matching.marks import Marking
from projections.matching.registries import Registries
from projections.matching.root import FOUND
from projections.matching.texts import text_marks
from projections.search.condition import Search
from projections.search.literals import formula


async def marks_of_hits(search: Search, keys: Sequence[Any], its: Registries) -> list[Mark]:
    """A mark for each key. A hit whose record is gone does not pass; of one not read it cannot be told."""
    noun, loader = FOUND[search.root]
    found = await its.one(loader, keys)
    records = [each for some in found for each in some if each is not UNREAD]
    conditions, words = await gather(
        Marking(its, dict(search.sights)).marks(formula(search.where), noun, records),
        text_marks(search, records, its),
    )
    marks = map(every, zip(conditions, words, strict=True))
    return [_mark(some, marks) for some in found]


def _mark(found: Sequence[Any], marks: Any) -> Mark:
    if not found:
        return False
    return None if found[0] is UNREAD else next(marks)
