"""A field that not everyone may see: answered, masked or withheld as the rights say."""

from asyncio import gather
from collections.abc import Awaitable, Mapping
from inspect import signature
from typing import Any

from auth.lines import Outcome
from auth.refusals import Refused
from auth.rights import Decision, FieldClass, Reason
from resolvers.context import Info
from resolvers.link import Resolver, coordinate
from resolvers.subject import is_watched, subject


def guarded(answer: Resolver, field_class: FieldClass, *, narrowed: bool = False) -> Resolver:
    """The same field behind its rights: a withheld one is never resolved, so no registry is asked for it.

    One that is `narrowed` asks by itself for those alone whom the caller sees: no record decides about it.
    """

    def resolve(root: Any, info: Info, **arguments: Any) -> Any:
        owner, name = coordinate(info)
        decided = info.context.decisions.of(owner, name)
        if decided is Decision.VALUE or (narrowed and decided is Decision.ROW):
            return given(root, info, answer.resolve(root, info, **arguments))
        if decided is Decision.ROW:
            return by_row(root, info, arguments)
        return lessened(root, info, decided, info.context.decisions.reason(owner, name), arguments)

    async def by_row(root: Any, info: Info, arguments: Mapping[str, Any]) -> Any:
        context = info.context
        about, caller = await gather(subject(root, context), context.reach.principal(context))
        decided, reason = context.gate.row(*coordinate(info), caller, context.purpose, about)
        if decided is not Decision.VALUE:
            return lessened(root, info, decided, reason, arguments)
        found = given(root, info, answer.resolve(root, info, **arguments))
        return await found if isinstance(found, Awaitable) else found

    def given(root: Any, info: Info, found: Any) -> Any:
        """The value, noted where releases are kept on record."""
        if not is_watched(coordinate(info)[0], field_class):
            return found
        if isinstance(found, Awaitable):
            return given_later(root, info, found)
        _note(root, info, found, masked=False)
        return found

    async def given_later(root: Any, info: Info, found: Awaitable[Any]) -> Any:
        value = await found
        _note(root, info, value, masked=False)
        return value

    def lessened(
        root: Any, info: Info, decided: Decision, reason: Reason | None, arguments: Mapping[str, Any]
    ) -> Any:
        """The mask, where one may be given and can be made; otherwise nothing, with a line that says so."""
        owner, name = coordinate(info)
        if owner == "Subscription":
            raise Refused(f"{owner}.{name}", reason or Reason.ROLE)  # there is nothing to listen to
        access, value = info.context.access, None
        if decided is Decision.MASK:
            held = answer.resolve(root, info, **arguments)
            value = info.context.gate.masked(owner, name, held)
            if held is None:
                return None
        outcome = Outcome.WITHHELD if value is None else Outcome.MASKED
        access.note(f"{owner}.{name}", outcome, reason or Reason.ROLE)
        if is_watched(owner, field_class):
            _note(root, info, value, masked=True)
        return value

    # The schema takes the field's arguments, and their types, from the signature.
    resolve.__signature__ = signature(answer.resolve)  # type: ignore[attr-defined]
    resolve.__module__ = answer.resolve.__module__
    return Resolver(resolve, answer.needs, answer.link)


def _note(root: Any, info: Info, value: Any, *, masked: bool) -> None:
    """Keep on record that the field of this record was given, unless there was nothing to give."""
    if value is not None:
        info.context.released.note(*coordinate(info), [root], masked=masked)
