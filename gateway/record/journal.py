"""An entry in the journal for each answer that released or refused something personal, before it leaves."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any, Protocol

import structlog

from audit.errors import JournalUnavailable
from audit.event import Actor, Event, Holding, Refused, Released
from auth.lines import Outcome
from auth.principal import Principal
from auth.refusals import AccessDenied
from auth.refusals import Refused as RefusedArgument
from auth.rights import FieldClass
from auth.walk import written
from gateway.build import Built
from gateway.faults import refusal
from gateway.operation.execution import Answer, Caller, OperationRequest
from gateway.operation.prepare import Prepared
from gateway.record.released import released
from resolvers.context import Context
from resolvers.subject import WATCHED, is_watched
from sources.personal import without_snils

log = structlog.get_logger("gateway.record.journal")


class Entries(Protocol):
    """Takes an entry."""

    async def write(self, body: str) -> None:
        """Returns once the entry stands. Raises JournalUnavailable."""
        ...


class AnswersOnRecord:
    """Writes the entry of an answer. Where that fails, an answer that holds personal data does not leave."""

    def __init__(
        self,
        entries: Entries,
        watched: Collection[str],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`watched`: the coordinates whose refusal is kept on record too."""
        self._entries = entries
        self._watched = watched
        self._now = now

    async def released(
        self, prepared: Prepared, request: OperationRequest, caller: Caller, context: Context, answer: Answer
    ) -> Answer:
        """The answer, once it is on record; another in its place where it cannot be."""
        # An answer that is null as a whole holds nothing, whatever was on its way into it.
        holds = context.released and answer.data is not None
        given = await released(context.released, context) if holds else ()
        refused = self._refused(answer.extensions["access"]) if "access" in answer.extensions else ()
        if not given and not refused:
            return answer
        event = self._event(prepared, request, caller, given, refused)
        try:
            await self._entries.write(event.body())
        except JournalUnavailable as error:
            log.warning("not on record", released=bool(given), reason=type(error.__cause__).__name__)
            if given:
                return Answer.refusing(refusal(error))
        return answer

    async def refused(
        self, prepared: Prepared, request: OperationRequest, caller: Caller, error: Exception
    ) -> None:
        """Keep on record that an operation was refused as a whole for what it asks of persons."""
        found = [each for each in _whole(error) if each.coordinate in self._watched]
        if not found:
            return
        try:
            await self._entries.write(self._event(prepared, request, caller, (), found).body())
        except JournalUnavailable as failure:
            log.warning("not on record", released=False, reason=type(failure.__cause__).__name__)

    def _refused(self, lines: Sequence[Mapping[str, Any]]) -> list[Refused]:
        return [
            Refused(line["coordinate"], line["reason"], line["rows"])
            for line in lines
            if line["outcome"] == Outcome.WITHHELD and line["coordinate"] in self._watched
        ]

    def _event(
        self,
        prepared: Prepared,
        request: OperationRequest,
        caller: Caller,
        given: Sequence[Released],
        refused: Sequence[Refused],
    ) -> Event:
        return Event(
            at=self._now(),
            request=caller.request_id,
            transport=caller.transport,
            actor=_actor(caller.principal, caller.address),
            purpose=caller.access_purpose and caller.access_purpose.strip().lower(),
            operation=prepared.name and without_snils(prepared.name),
            document=sha256((request.query or "").encode()).hexdigest(),
            released=given,
            refused=refused,
        )


def watched_coordinates(built: Built) -> frozenset[str]:
    """Every field and argument whose refusal is kept on record."""
    found = set()
    for (type_name, name), declared in built.declarations.items():
        reads_it = declared.field_class is FieldClass.JOURNAL and not declared.carried
        if reads_it or is_watched(type_name, declared.field_class):
            found.add(f"{type_name}.{name}")
        for argument, field_class in declared.arguments.items():
            if field_class in WATCHED:
                found |= {f"{type_name}.{name}({argument}:)", written((type_name, name, argument))}
    found |= {".".join(at) for at, field_class in built.inputs.items() if field_class in WATCHED}
    return frozenset(found)


def _whole(error: Exception) -> list[Refused]:
    """Why an operation was refused as a whole, where that is for its caller's rights."""
    match error:
        case AccessDenied():
            return [Refused(each.coordinate, each.reason) for each in error.refusals]
        case RefusedArgument():
            return [Refused(error.coordinate, error.reason)]
    return []


@lru_cache(maxsize=1_000)
def _actor(principal: Principal, address: str | None) -> Actor:
    """Who asked. An issuer that names people by their SNILS does not bring it into the journal."""
    holdings = sorted(principal.grants, key=lambda grant: (grant.role, sorted(grant.organizations)))
    return Actor(
        without_snils(principal.subject),
        tuple(
            Holding(
                grant.role,
                tuple(sorted(grant.organizations)),
                None if grant.regions is None else tuple(sorted(grant.regions)),
            )
            for grant in holdings
        ),
        principal.session and without_snils(principal.session),
        principal.token_id and without_snils(principal.token_id),
        address,
    )
