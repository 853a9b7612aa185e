"""From a request to its answer, whatever the transport. Registries, rights, rows are behind the context."""

from collections.abc import AsyncGenerator, Awaitable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, NamedTuple, Protocol, cast

from graphql import ExecutionResult, GraphQLError, GraphQLSchema, OperationType
from graphql.execution import (
    Executor,
    create_source_event_stream,
    execute_subscription_event,
    map_source_to_response_event,
)
from graphql.execution.executor_throwing_on_incremental import ExecutorThrowingOnIncremental
from graphql.execution.values import VariableValues

from gateway.errors import ErrorCode
from gateway.faults import RequestError, execution_faults, refusal, request_faults
from gateway.operation.prepare import Moved, Prepared

MOST_FAULTS = 20
"""Faults of variables that are told of one request."""


NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


class OperationRequest(NamedTuple):
    """What a caller asks, as the transport read it: shapes are checked, contents are not.

    A tuple, as is a caller: one is made for every request, and a frozen dataclass takes three times as long.
    """

    query: str | None
    operation_name: str | None = None
    variables: Mapping[str, Any] = NOTHING
    extensions: Mapping[str, Any] = NOTHING
    document_id: str | None = None
    moved: Moved | None = None
    """What puts errors where they are in the text, when another one of its shape was prepared."""


class Caller(NamedTuple):
    """Who asks, and how: the principal that the authenticator gave, and the headers that rights depend on."""

    principal: Any
    request_id: str
    transport: str
    authenticated: bool = False
    expires_at: datetime | None = None
    access_mode: str | None = None
    access_purpose: str | None = None
    address: str | None = None
    tells_cost: bool = False

    @property
    def rejects(self) -> bool:
        """Whether he wants an operation refused rather than answered with less than he asks."""
        return (self.access_mode or "").strip().lower() == "reject"


@dataclass(slots=True)
class Answer:
    """What a caller gets. `refusal` is set when the request was turned away: then there is no `data`."""

    data: Any = None
    errors: Sequence[Mapping[str, Any]] = ()
    extensions: Mapping[str, Any] = field(default_factory=dict)
    refusal: RequestError | None = None

    @classmethod
    def refusing(cls, error: RequestError) -> "Answer":
        """The answer to a request that is turned away."""
        return cls(errors=error.formatted(), refusal=error)

    @property
    def executed(self) -> bool:
        """Whether the operation was executed, so that the answer has `data`, be it null."""
        return self.refusal is None

    def body(self) -> dict[str, Any]:
        """The answer in the shape of the GraphQL specification."""
        body: dict[str, Any] = {}
        if self.errors:
            body["errors"] = list(self.errors)
        if self.refusal is None:
            body["data"] = self.data
        if self.extensions:
            body["extensions"] = dict(self.extensions)
        return body


class ContextFactory(Protocol):
    """What resolvers use, made anew for every operation and every event of a subscription."""

    def context(self, prepared: Prepared, request: OperationRequest, caller: Caller) -> Any:
        """What the resolvers of this operation use. Raises when the caller may not ask this at all."""

    def extensions(self, context: Any) -> dict[str, Any]:
        """What the answer says about itself: access, registries, dangling references."""

    def left(self, context: Any) -> None:
        """A part of the answer has left: what it released is not released again by the next one."""


class Compiled(Protocol):
    """An executor that runs most operations by plans that it made of them once."""

    def runs(self, prepared: Prepared) -> bool:
        """Whether it runs this operation; the others are another executor's."""
        ...

    def variables(
        self, prepared: Prepared, values: Mapping[str, Any], most: int
    ) -> VariableValues | list[GraphQLError]:
        """The values of a request coerced, or what is wrong with them."""
        ...

    def run(
        self, prepared: Prepared, variables: VariableValues, root: Any, context: Any
    ) -> ExecutionResult | Awaitable[ExecutionResult] | None:
        """The result of an operation, or of one event of a subscription, whose value is the root.

        None, before anything has run, where these variables make it another executor's after all.
        """
        ...


class Check(Protocol):
    """What stands between an operation that is right and its execution: a limit of how often, say."""

    async def check(self, prepared: Prepared, request: OperationRequest, caller: Caller) -> None:
        """Raises RequestError where this must not be executed now."""


class Introspection(Protocol):
    """What answers for the schema itself, as far as the caller may use it."""

    def result(self, prepared: Prepared, principal: Any, variables: Mapping[str, Any]) -> ExecutionResult:
        """The part of the answer that tells of the schema. Raises RequestError for bad variables."""
        ...


class Release(Protocol):
    """What sees each answer and its context before the first byte leaves, on every transport: a journal."""

    async def released(
        self, prepared: Prepared, request: OperationRequest, caller: Caller, context: Any, answer: Answer
    ) -> Answer:
        """The answer that may leave: this or another one. Raises RequestError to hold it back."""
        ...

    async def refused(
        self, prepared: Prepared, request: OperationRequest, caller: Caller, error: Exception
    ) -> None:
        """Told that an operation is refused for its caller's rights, before that leaves."""
        ...


class Execution:
    """Executes prepared operations over one schema: by plans where it can, else as graphql-core does."""

    def __init__(
        self,
        schema: GraphQLSchema,
        contexts: ContextFactory,
        compiled: Compiled | None = None,
        *,
        releases: Sequence[Release] = (),
        introspection: Introspection | None = None,
    ) -> None:
        """`releases` see every answer, in their order, before it leaves."""
        self._introspection = introspection
        self._schema = schema
        self._contexts = contexts
        self._compiled = compiled
        self._releases = releases

    async def answer(self, prepared: Prepared, request: OperationRequest, caller: Caller) -> Answer:
        """The whole answer to a query or mutation. Raises RequestError when it is refused as a whole."""
        prepared = prepared.whole or prepared
        introspection = self._introspection
        if introspection is None or not prepared.introspects:
            return await self._answered(prepared, request, caller)
        result = introspection.result(prepared, caller.principal, request.variables)
        if all(name.startswith("__") for name in prepared.root_fields):
            context = await self.allowed(prepared, request, caller)
            return await self._whole(prepared, request, caller, result, context)
        answer = await self._answered(prepared, request, caller)
        if answer.data is not None and result.data is not None:
            answer.data = {**answer.data, **result.data}
        return answer

    async def _answered(self, prepared: Prepared, request: OperationRequest, caller: Caller) -> Answer:
        """The answer from the whole schema, by a plan where there is one."""
        compiled = self._compiled
        if compiled is None or not compiled.runs(prepared):
            return await self._walked(prepared, request, caller)
        variables = compiled.variables(prepared, request.variables, MOST_FAULTS)
        if isinstance(variables, list):
            raise RequestError(request_faults(variables, ErrorCode.BAD_USER_INPUT))
        context = await self.allowed(prepared, request, caller)
        result = compiled.run(prepared, variables, None, context)
        if result is None:
            return await self._walked(prepared, request, caller)
        if not isinstance(result, ExecutionResult):
            result = await result
        return await self._whole(prepared, request, caller, result, context)

    async def _walked(self, prepared: Prepared, request: OperationRequest, caller: Caller) -> Answer:
        """The answer by graphql-core's own executor."""
        executor = self.executor(prepared, request)
        executor.context_value = await self.allowed(prepared, request, caller)
        result = executor.execute_operation()
        if executor.is_awaitable(result):
            result = await cast("Awaitable[ExecutionResult]", result)
        context = executor.context_value
        return await self._whole(prepared, request, caller, cast("ExecutionResult", result), context)

    async def answers(
        self, prepared: Prepared, request: OperationRequest, caller: Caller
    ) -> AsyncGenerator[Answer, None]:
        """The answers to a subscription, one an event. Raises RequestError when it is refused as a whole."""
        prepared = prepared.whole or prepared
        executor = self.executor(prepared, request)
        executor.context_value = await self.allowed(prepared, request, caller)
        created = create_source_event_stream(executor)
        source = await created if isinstance(created, Awaitable) else created
        if isinstance(source, ExecutionResult):
            raise RequestError(execution_faults(source.errors))
        contexts: list[Any] = []

        compiled, variables = self._compiled, executor.variable_values

        def event(each: Executor[Any]) -> Any:
            # A fresh context an event: loaders must not answer from an earlier one, nor rights stay the same.
            context = each.context_value = self._context(prepared, request, caller)
            contexts[:] = [context]
            result = None
            if compiled is not None and compiled.runs(prepared):
                result = compiled.run(prepared, variables, each.root_value, context)
            return execute_subscription_event(each) if result is None else result

        async with aclosing(map_source_to_response_event(executor, source, event)) as results:
            try:
                async for result in results:
                    yield await self._whole(prepared, request, caller, result, contexts[0])
            except Exception as error:
                raise refusal(error) from error

    def executor(
        self,
        prepared: Prepared,
        request: OperationRequest,
        kind: type[Executor[Any]] = ExecutorThrowingOnIncremental,
    ) -> Executor[Any]:
        """Graphql-core's executor of an operation. Raises RequestError for wrong variables."""
        built = kind.build(
            self._schema,
            prepared.document,
            raw_variable_values=dict(request.variables),
            operation_name=prepared.name,
            hide_suggestions=True,
            max_coercion_errors=MOST_FAULTS,
        )
        if isinstance(built, list):
            raise RequestError(request_faults(built, ErrorCode.BAD_USER_INPUT))
        return built

    async def allowed(self, prepared: Prepared, request: OperationRequest, caller: Caller) -> Any:
        """The context of an operation that its caller may ask. Raises RequestError."""
        try:
            return self._contexts.context(prepared, request, caller)
        except Exception as error:
            for each in self._releases:
                await each.refused(prepared, request, caller, error)
            raise refusal(error) from error

    def _context(self, prepared: Prepared, request: OperationRequest, caller: Caller) -> Any:
        try:
            return self._contexts.context(prepared, request, caller)
        except Exception as error:
            raise refusal(error) from error

    def answered(self, result: ExecutionResult) -> Answer:
        """What graphql-core or the engine found, as an answer."""
        faults = execution_faults(result.errors) if result.errors else ()
        return Answer(result.data, [fault.formatted() for fault in faults])

    def extensions(self, context: Any) -> dict[str, Any]:
        """What an answer says about itself."""
        return self._contexts.extensions(context)

    def left(self, context: Any) -> None:
        """A part of the answer has left."""
        self._contexts.left(context)

    async def released(
        self, prepared: Prepared, request: OperationRequest, caller: Caller, answer: Answer, context: Any
    ) -> Answer:
        """What may leave of an answer, once whoever watches has seen it."""
        for each in self._releases:
            answer = await each.released(prepared, request, caller, context, answer)
        return answer

    async def _whole(
        self,
        prepared: Prepared,
        request: OperationRequest,
        caller: Caller,
        result: ExecutionResult,
        context: Any,
    ) -> Answer:
        answer = self.answered(result)
        if request.moved is not None and answer.errors:
            answer.errors = request.moved(answer.errors)
        answer.extensions = self.extensions(context)
        return await self.released(prepared, request, caller, answer, context)


def is_subscription(prepared: Prepared) -> bool:
    """Whether the operation has answers, rather than an answer."""
    return prepared.kind is OperationType.SUBSCRIPTION
