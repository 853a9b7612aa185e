"""How a department's fields are answered."""

from asyncio import gather
from collections.abc import Sequence
from typing import Any

from auth.lines import Outcome
from auth.rights import Decision, Reason
from auth.rules import rights_of_rows
from resolvers.context import Context, Info
from resolvers.link import OWN, Resolver, link
from resolvers.subject import about

organization = link("organization_by_oid", "organization_oid", reference=True)
parent = link("department_by_id", "parent_id", reference=True)


async def _employments(root: Any, info: Info) -> Sequence[Any]:
    """Who works in the department: those of whom the caller may know in which department they work."""
    found = await info.context.loaders.employments_by_department.load((root.organization_oid, root.id))
    if info.context.decisions.of("Employment", "department") is Decision.VALUE:
        return found
    return await _known(found, info.context)


async def _known(found: Sequence[Any], context: Context) -> list[Any]:
    """Without those whose department the caller would not be told on the employment itself."""
    people = context.loaders.subject_by_id.load_many([each.worker_id for each in found])
    subjects, caller = await gather(people, context.reach.principal(context))
    rights = rights_of_rows(caller, context.purpose, map(about, subjects))
    rulings = [context.gate.over("Employment", "department", each) for each in rights]
    for decided, reason in rulings:
        if decided is not Decision.VALUE:
            context.access.note("Department.employments", Outcome.WITHHELD, reason or Reason.EXTENT)
    return [each for each, (decided, _) in zip(found, rulings, strict=True) if decided is Decision.VALUE]


employments = Resolver(_employments, {OWN: ("organization_oid", "id")})
