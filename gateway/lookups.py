"""Look-ups of people by a personal field are counted before the operation that asks for them is executed."""

import structlog

from auth.enumeration import Lookups, LookupsUnavailable, TooManyAtOnce, TooManyLookups
from auth.errors import UnknownWord
from auth.gate import Gate
from auth.principal import Purpose
from gateway.errors import ErrorCode
from gateway.faults import Fault, RequestError
from gateway.operation.execution import Caller, OperationRequest
from gateway.operation.prepare import Prepared

log = structlog.get_logger("gateway.lookups")


class CountedLookups:
    """Turns away an operation that looks for more people than its caller may look for in an hour."""

    def __init__(self, gate: Gate, lookups: Lookups) -> None:
        self._gate, self._lookups = gate, lookups

    async def check(self, prepared: Prepared, request: OperationRequest, caller: Caller) -> None:
        """Raises RequestError. Nothing is counted of what the gate will refuse anyway."""
        found = self._found(prepared, request, caller)
        if found == 0:
            return
        try:
            await self._lookups.count(caller.principal, found)
        except TooManyAtOnce as exc:
            told = {"maximum": exc.maximum, "found": exc.found}
            raise RequestError([Fault(ErrorCode.LOOKUPS_EXCEEDED, str(exc), told)]) from exc
        except TooManyLookups as exc:
            log.warning("lookups_exceeded", roles=sorted(caller.principal.roles), asked=found)
            fault = Fault(ErrorCode.LOOKUPS_EXCEEDED, str(exc), {"retryAfter": exc.retry_after})
            raise RequestError([fault], headers={"Retry-After": str(exc.retry_after)}) from exc
        except LookupsUnavailable as exc:
            raise RequestError([Fault(ErrorCode.LOOKUPS_UNAVAILABLE, str(exc))]) from exc

    def _found(self, prepared: Prepared, request: OperationRequest, caller: Caller) -> int:
        watched = prepared.kept.get(self)
        if watched is None:
            watched = prepared.kept[self] = self._gate.watches(prepared.document, prepared.operation)
        if not watched:
            return 0
        try:
            purpose = Purpose.stated(caller.access_purpose)
        except UnknownWord:
            return 0
        asked = (prepared.document, prepared.operation, caller.principal, purpose, request.variables)
        return self._gate.lookups(*asked)
