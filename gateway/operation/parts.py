"""Incremental delivery (`@defer`, `@stream`): an answer in parts, in the two shapes that clients know.

A part is told as graphql-core tells it (`pending`, `incremental`, `completed`). Clients that state
`deferSpec=20220824` know an earlier shape, in which each item names its own path and label.
"""

from collections.abc import AsyncGenerator, Awaitable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from graphql import ExecutionResult
from graphql.execution.incremental.incremental_executor import IncrementalExecutor
from graphql.execution.types import (
    CompletedResult,
    IncrementalDeferResult,
    IncrementalResult,
    InitialIncrementalExecutionResult,
    PendingResult,
    SubsequentIncrementalExecutionResult,
)

from gateway.faults import RequestError, execution_faults, refusal
from gateway.operation.execution import Answer, Caller, Execution, OperationRequest
from gateway.operation.prepare import Prepared


@dataclass(slots=True)
class Part(Answer):
    """A part of an answer. `data` is, in the first, what everything belongs into; else the items' own."""

    first: bool = False
    has_next: bool = False
    pending: Sequence[Mapping[str, Any]] = ()
    incremental: Sequence[Mapping[str, Any]] = ()
    completed: Sequence[Mapping[str, Any]] = ()
    earlier: Sequence[Mapping[str, Any]] = ()
    """The incremental items in the earlier shape."""

    def body(self) -> dict[str, Any]:
        """The part in the shape of graphql-core."""
        told = self._told()
        for name in ("pending", "incremental", "completed"):
            if found := getattr(self, name):
                told[name] = list(found)
        return told | {"hasNext": self.has_next}

    def earlier_body(self) -> dict[str, Any]:
        """The part in the shape of `deferSpec=20220824`."""
        told = self._told()
        if self.earlier:
            told["incremental"] = list(self.earlier)
        return told | {"hasNext": self.has_next}

    def _told(self) -> dict[str, Any]:
        if self.first:
            return Answer.body(self)
        return {"extensions": dict(self.extensions)} if self.extensions else {}


@dataclass(slots=True)
class Delivery:
    """The parts of one answer so far: where each belongs, and which were promised and are still to come."""

    _places: dict[str, PendingResult] = field(default_factory=dict)
    _promised: set[str] = field(default_factory=set)

    def first(self, result: InitialIncrementalExecutionResult) -> Part:
        """The part that everything else belongs into."""
        return Part(
            result.data,
            _errors(result.errors),
            first=True,
            has_next=result.has_next,
            pending=self._placed(result.pending),
        )

    def following(self, result: SubsequentIncrementalExecutionResult) -> Part:
        """One of the parts after it."""
        pending = self._placed(result.pending)
        items = result.incremental or ()
        completed = result.completed or ()
        return Part(
            [_held(each) for each in items] or None,
            has_next=result.has_next,
            pending=pending,
            incremental=[_item(each) for each in items],
            completed=[_completed(each) for each in completed],
            earlier=[*(self._earlier(each) for each in items), *self._earlier_failures(completed)],
        )

    def left(self, part: Part) -> None:
        """A part has left: its client knows what is to come."""
        self._promised |= {each["id"] for each in part.pending}
        self._promised -= {each["id"] for each in part.completed}

    def broken(self, error: RequestError) -> Part:
        """The last part, where the rest of the answer is refused."""
        faults = error.formatted()
        promised = [self._places[each] for each in sorted(self._promised)]
        return Part(
            completed=[{"id": each.id, "errors": faults} for each in promised],
            earlier=[_failed(each, faults) for each in promised],
        )

    def _placed(self, pending: Sequence[PendingResult] | None) -> Sequence[Mapping[str, Any]]:
        pending = pending or ()
        self._places.update((each.id, each) for each in pending)
        return [dict(each.formatted) for each in pending]

    def _earlier(self, item: IncrementalResult) -> Mapping[str, Any]:
        promised = self._places[item.id]
        told = _content(item) | {"path": [*promised.path, *(item.sub_path or ())]}
        return told | ({"label": promised.label} if promised.label else {})

    def _earlier_failures(self, completed: Sequence[CompletedResult]) -> Iterator[Mapping[str, Any]]:
        """What could not be delivered: in the earlier shape a null with its errors."""
        for each in completed:
            if each.errors:
                yield _failed(self._places[each.id], _errors(each.errors))


class Parts:
    """Answers in parts, by graphql-core's executor, with the contexts and releases of every answer."""

    def __init__(self, execution: Execution) -> None:
        self._execution = execution

    async def of(
        self, prepared: Prepared, request: OperationRequest, caller: Caller
    ) -> AsyncGenerator[Answer, None]:
        """The parts of one answer. Raises RequestError when it is refused as a whole."""
        execution = self._execution
        executor = execution.executor(prepared, request, IncrementalExecutor)
        context = executor.context_value = await execution.allowed(prepared, request, caller)
        result = executor.execute_operation()
        if isinstance(result, Awaitable):
            result = await result
        if isinstance(result, ExecutionResult):
            answer = execution.answered(result)
            answer.extensions = execution.extensions(context)
            yield await execution.released(prepared, request, caller, answer, context)
            return
        delivery = Delivery()
        async with aclosing(result.subsequent_results) as following:
            part: Part | None = delivery.first(result.initial_result)
            while part is not None:
                left = await self._left(prepared, request, caller, part, context)
                if left.refusal is not None and not part.first:
                    left = delivery.broken(left.refusal)
                execution.left(context)
                delivery.left(part)
                yield left
                goes_on = isinstance(left, Part) and left.has_next
                found = await anext(following, None) if goes_on else None
                part = None if found is None else delivery.following(found)

    async def _left(
        self, prepared: Prepared, request: OperationRequest, caller: Caller, part: Part, context: Any
    ) -> Answer:
        """The part, or the refusal in its place. The last one tells of the whole answer."""
        execution = self._execution
        if not part.has_next:
            part.extensions = execution.extensions(context)
        try:
            return await execution.released(prepared, request, caller, part, context)
        except Exception as error:  # noqa: BLE001 - what holds back one part ends the answer, not the transport
            return Answer.refusing(refusal(error))


def _errors(errors: Any) -> list[dict[str, Any]]:
    return [fault.formatted() for fault in execution_faults(errors)]


def _content(item: IncrementalResult) -> dict[str, Any]:
    told: dict[str, Any] = (
        {"data": item.data} if isinstance(item, IncrementalDeferResult) else {"items": item.items}
    )
    return told | ({"errors": _errors(item.errors)} if item.errors else {})


def _held(item: IncrementalResult) -> Any:
    return item.data if isinstance(item, IncrementalDeferResult) else item.items


def _item(item: IncrementalResult) -> Mapping[str, Any]:
    told = _content(item) | {"id": item.id}
    return told | ({"subPath": item.sub_path} if item.sub_path else {})


def _completed(each: CompletedResult) -> Mapping[str, Any]:
    return {"id": each.id} | ({"errors": _errors(each.errors)} if each.errors else {})


def _failed(promised: PendingResult, faults: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    told = {"data": None, "path": promised.path, "errors": list(faults)}
    return told | ({"label": promised.label} if promised.label else {})
