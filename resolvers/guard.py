"""A field that not everyone may see: answered, masked or withheld as the rights say."""

from collections.abc import Awaitable
from typing import Any

from auth.lines import Outcome
from auth.rights import Decision, Reason
from auth.rules import PersonSubject
from resolvers.context import Info
from resolvers.link import Resolver, coordinate
from resolvers.subject import subject

NOBODY = PersonSubject(None, None)
"""Whom a record is about whose worker the registry does not know: nobody's own, in no extent."""


def guarded(answer: Resolver) -> Resolver:
    """The same field behind its rights: a withheld one is never resolved, so no registry is asked for it."""

    def resolve(root: Any, info: Info) -> Any:
        owner, name = coordinate(info)
        decided = info.context.decisions.of(owner, name)
        if decided is Decision.VALUE:
            return answer.resolve(root, info)
        if decided is Decision.ROW:
            return by_row(root, info)
        return lessened(root, info, decided, info.context.decisions.reason(owner, name))

    async def by_row(root: Any, info: Info) -> Any:
        context = info.context
        about = await subject(root, context) or NOBODY
        decided, reason = context.gate.row(*coordinate(info), context.principal, context.purpose, about)
        if decided is not Decision.VALUE:
            return lessened(root, info, decided, reason)
        found = answer.resolve(root, info)
        return await found if isinstance(found, Awaitable) else found

    def lessened(root: Any, info: Info, decided: Decision, reason: Reason | None) -> Any:
        """The mask, where one may be given and can be made; otherwise nothing, with a line that says so."""
        owner, name = coordinate(info)
        access, value = info.context.access, None
        if decided is Decision.MASK:
            held = answer.resolve(root, info)
            value = info.context.gate.masked(owner, name, held)
            if held is None:
                return None
        outcome = Outcome.WITHHELD if value is None else Outcome.MASKED
        access.note(f"{owner}.{name}", outcome, reason or Reason.ROLE)
        return value

    return Resolver(resolve, answer.needs, answer.link)
