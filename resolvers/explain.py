"""How it is explained why a caller gets what he gets of one record's field: the rule, never the value.

Whether the record exists changes nothing: neither a word of the answer nor a call that is made for it,
unless a grant of the caller covers the record.
"""

from asyncio import gather
from typing import Any, Final
from uuid import UUID

import strawberry

from auth.explain import Explanation, explanation, needs_record
from auth.rules import Subject
from resolvers.context import Info
from resolvers.errors import BadArgument
from resolvers.ids import NOUNS, parsed_id
from resolvers.link import Needs, Resolver, computed
from resolvers.roots import BY_ID
from resolvers.subject import NEEDS, NOBODY, WHOSE, about
from sources.keys import Oid, Snils

OWNERS: Final = {
    "Absence": "Employment",
    "Eligibility": "Worker",
    "Restriction": "Worker",
    "PositionStaffing": "Organization",
    "Verification": "Worker",
}
"""Of which record the id is given for types whose records have none."""

KEYS_OF_NOBODY: Final = {
    "subject_by_id": UUID(int=0),
    "subject_by_snils": Snils("00000000000"),
    "organization_by_oid": Oid("0.0.0"),
}
"""What is asked in place of the key of a record that does not exist, so that as much is asked."""


async def _explain(info: Info, coordinate: str, id: strawberry.ID) -> Explanation:  # noqa: A002  (Relay's name)
    context = info.context
    classed = context.gate.classed(coordinate)
    if classed is None:
        raise BadArgument("`coordinate` names nothing of the schema: write it as `Worker.snils`")
    noun, key = parsed_id(id)
    owner = coordinate.partition(".")[0]
    wanted = OWNERS.get(owner, owner)
    if wanted in NOUNS and wanted != noun:
        raise BadArgument(f"`id` should be of a record of {wanted}, but is of {noun}")
    if not needs_record(context.principal, context.purpose, classed):
        return explanation(context.principal, context.purpose, classed, NOBODY)
    caller, subject = await gather(context.reach.principal(context), _subject(info, noun, key))
    return explanation(caller, context.purpose, classed, subject)


async def _subject(info: Info, noun: str, key: Any) -> Subject:
    """The person or organization that the record is about."""
    loaders, whose = info.context.loaders, WHOSE.get(noun)
    if whose is not None and whose.column != "id":
        record = await getattr(loaders, BY_ID[noun]).load(key)
        key = KEYS_OF_NOBODY[whose.loader] if record is None else getattr(record, whose.column)
    if whose is None and noun != "Organization":
        return NOBODY
    return about(await getattr(loaders, whose.loader if whose else BY_ID[noun]).load(key))


def _needs() -> Needs:
    columns: dict[str, tuple[str, ...]] = {}
    for needs in NEEDS.values():
        columns |= needs
    return columns


explain = Resolver(_explain, _needs())
field_class = computed(lambda found: found.classed.field_class)
coordinate = computed(lambda found: found.classed.coordinate)
