"""The caller's choice to have refusals as errors, where only the records could tell that there is one."""

from typing import Any

from auth.principal import AccessMode
from auth.refusals import AccessDenied
from gateway.faults import refusal
from gateway.operation.execution import Answer, Caller, OperationRequest, Release
from gateway.operation.prepare import Prepared


class Rejections:
    """In reject mode, holds back a whole answer in which something was masked or withheld.

    What leaves goes on to the next release, and what does not is told to it as refused.
    """

    def __init__(self, then: Release) -> None:
        self._then = then

    async def released(
        self, prepared: Prepared, request: OperationRequest, caller: Caller, context: Any, answer: Answer
    ) -> Answer:
        """The answer that may leave. Raises RequestError with every coordinate that stands in its way."""
        if context.access and AccessMode.stated(caller.access_mode) is AccessMode.REJECT:
            denied = AccessDenied(context.access.refusals())
            await self._then.refused(prepared, request, caller, denied)
            raise refusal(denied)
        return await self._then.released(prepared, request, caller, context, answer)

    async def refused(
        self, prepared: Prepared, request: OperationRequest, caller: Caller, error: Exception
    ) -> None:
        """Pass on that an operation is refused before anything of it was asked."""
        await self._then.refused(prepared, request, caller, error)
