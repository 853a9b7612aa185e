"""The engine: plans operations of one schema, once, and executes them. graphql-core does what it does not."""

from collections.abc import Awaitable, Callable, Generator, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from graphql import (
    ExecutionResult,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    assert_valid_schema,
    default_field_resolver,
    default_type_resolver,
    get_variable_values,
)
from graphql.execution.values import VariableValues

from engine.assemble import Assemble, assembler
from engine.cache import Cache
from engine.errors import field_errors
from engine.fetch import Fetch
from engine.kinds import only_resolvers
from engine.plan import Application, Plan
from engine.planning import made_plan
from engine.prepare import Prepared, prepared
from engine.released import tell_released
from engine.rights import EveryoneSees, Rights
from engine.state import State
from engine.variables import as_they_are
from engine.walker import Walker

EVERYONE: Final = EveryoneSees()

_PLAN: Final = 5_000
_NODE: Final = 1_200
_FIELD: Final = 2_200
_LETTER: Final = 4
"""Bytes of a plan, for each node, field (its document's part included) and letter of its text: measured."""


def no_loaders(_context: Any, name: str) -> NoReturn:
    """There are no loaders unless the application has some."""
    raise LookupError(f"there is no loader {name}")


PLAIN: Final = Application(
    describe=only_resolvers,
    loader=no_loaders,
    checked=lambda _: True,
    type_name=lambda _: None,
    native={},
    field_resolver=default_field_resolver,
    type_resolver=default_type_resolver,
    hide_suggestions=False,
)
"""An application that declares nothing: everything behaves as with graphql-core."""


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A plan and the function that assembles the answer of each of its roots."""

    plan: Plan
    assemble: tuple[Assemble, ...]
    size: int
    """Roughly, in bytes of memory."""


@dataclass(slots=True)
class Counts:
    """What the engine has done so far. On clean data nothing is walked."""

    plans: int = 0
    runs: int = 0
    walks: int = 0


class Engine:
    """Executes the operations of one schema."""

    def __init__(
        self,
        schema: GraphQLSchema,
        application: Application = PLAIN,
        *,
        plan_bytes: int = 64 * 2**20,
        walked: Callable[[Prepared, Exception | None], None] | None = None,
    ) -> None:
        """`walked` is told of each walk, with what the generated code met, where it got so far."""
        assert_valid_schema(schema)
        self.schema, self.application = schema, application
        self.counts = Counts()
        self._walked = walked
        self._plans: Cache[Hashable, Compiled] = Cache(plan_bytes)

    @property
    def plan_bytes(self) -> int:
        """The size of all plans that are kept."""
        return self._plans.size

    def prepared(
        self, operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]
    ) -> Prepared:
        """A validated operation, ready to run; keep it, since plans are kept for it. Raises Unsupported."""
        return prepared(self.schema, operation, fragments)

    def variables(
        self, operation: Prepared, values: Mapping[str, Any], most_errors: int = 50
    ) -> VariableValues | list[GraphQLError]:
        """The values of a request coerced as graphql-core does it, or what is wrong with them."""
        if operation.plain is not None:
            found = as_they_are(operation.plain, values)
            if found is not None:
                return found
        definitions = operation.operation.variable_definitions or ()
        hide = self.application.hide_suggestions
        return get_variable_values(
            self.schema, definitions, dict(values), max_errors=most_errors, hide_suggestions=hide
        )

    def run(
        self,
        operation: Prepared,
        variables: VariableValues,
        root: Any = None,
        context: Any = None,
        *,
        rights: Rights = EVERYONE,
        rights_key: Hashable = None,
    ) -> ExecutionResult | Awaitable[ExecutionResult]:
        """Execute an operation: the result, or an awaitable of it where something has to be awaited.

        `rights_key` tells these rights from others: plans are kept for each. Raises Unsupported, before
        anything has run, for an operation that should go to graphql-core's executor.
        """
        compiled = self._compiled(operation, variables, rights, rights_key)
        self.counts.runs += 1
        steps = self._steps(compiled, State(compiled.plan, root, context, variables))
        try:
            first = next(steps)
        except StopIteration as done:
            result: ExecutionResult = done.value
            return result
        return _finished(steps, first)

    def _compiled(
        self, operation: Prepared, variables: VariableValues, rights: Rights, rights_key: Hashable
    ) -> Compiled:
        key = (operation, rights_key, *operation.flag_values(variables.coerced))
        found = self._plans.get(key)
        if found is None:
            found = self._compile(operation, variables, rights)
            self._plans.put(key, found, found.size)
        return found

    def _compile(self, operation: Prepared, variables: VariableValues, rights: Rights) -> Compiled:
        self.counts.plans += 1
        plan = made_plan(self.schema, operation, variables, self.application, rights)
        made = [assembler(plan, root) for root in plan.roots]
        size = (
            _PLAN + plan.nodes * _NODE + plan.fields * _FIELD + sum(letters for _, letters in made) * _LETTER
        )
        return Compiled(plan, tuple(function for function, _ in made), size)

    def _steps(self, compiled: Compiled, state: State) -> Generator[Fetch, None, ExecutionResult]:
        """One root after the other; what comes out in between has to be finished before it goes on."""
        data: dict[str, Any] = {}
        errors: list[GraphQLError] = []
        for index, root in enumerate(compiled.plan.roots):
            state.dirty = False
            state.failed.clear()
            state.lost.clear()
            fetch = Fetch(state)
            fetch.start(root)
            if state.fatal:
                state.turns.drop()
            elif not state.turns.idle:
                yield fetch
            try:
                data |= self._assembled(compiled, index, state, errors)
            except GraphQLError as error:
                return ExecutionResult(None, [*errors, error])
        if state.watched:
            tell_released(state, data)
        return ExecutionResult(data, errors or None)

    def _assembled(
        self, compiled: Compiled, index: int, state: State, errors: list[GraphQLError]
    ) -> dict[str, Any]:
        surprise: Exception | None = None
        root = compiled.plan.roots[index]
        if not state.dirty and not state.fatal:
            try:
                data = compiled.assemble[index](state.root, state.columns, state.types, state.context)
            except Exception as error:  # noqa: BLE001  (whatever it is, the walker tells it properly)
                surprise = error
            else:
                if state.failed:
                    errors += field_errors(state, root)
                return data
        self.counts.walks += 1
        state.walked = True
        if self._walked is not None:
            self._walked(compiled.plan.prepared, surprise)
        return self._walk(state, index, errors)

    def _walk(self, state: State, index: int, errors: list[GraphQLError]) -> dict[str, Any]:
        walker = Walker(state)
        try:
            data = walker.answer(state.plan.roots[index])
        finally:
            errors += walker.errors
        if state.fatal:
            raise RuntimeError("an answer that was given up should have been null as a whole")
        return data


async def _finished(steps: Generator[Fetch, None, ExecutionResult], fetch: Fetch) -> ExecutionResult:
    while True:
        await fetch.finish()
        try:
            fetch = next(steps)
        except StopIteration as done:
            result: ExecutionResult = done.value
            return result
