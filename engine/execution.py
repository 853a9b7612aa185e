"""The engine: plans operations of one schema, once, and executes them. graphql-core does what it does not."""

from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass, field
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
from engine.variables import quickly_coerced
from engine.walker import Walker

EVERYONE: Final = EveryoneSees()

_PLAN: Final = 5_000
_NODE: Final = 1_200
_FIELD: Final = 2_800
"""Bytes of a plan, for each node and field (its document's part and its code included): measured."""


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


@dataclass(slots=True, eq=False)
class Compiled:
    """A plan and, once they have been made, the functions that assemble the answer of each of its roots."""

    plan: Plan
    assemble: list[Assemble] = field(default_factory=list)
    runs: int = 0

    @property
    def size(self) -> int:
        """Roughly, in bytes of memory, the functions included."""
        return _PLAN + self.plan.nodes * _NODE + self.plan.fields * _FIELD


@dataclass(slots=True)
class Counts:
    """What the engine has done so far. On clean data nothing is walked."""

    plans: int = 0
    runs: int = 0
    walks: int = 0


class Run:
    """How far one execution has come."""

    __slots__ = ("compiled", "data", "errors", "next", "state")

    def __init__(self, compiled: Compiled, state: State) -> None:
        self.compiled, self.state = compiled, state
        self.data: dict[str, Any] = {}
        self.errors: list[GraphQLError] = []
        self.next = 0


class Engine:
    """Executes the operations of one schema."""

    def __init__(
        self,
        schema: GraphQLSchema,
        application: Application = PLAIN,
        *,
        plan_bytes: int = 64 * 2**20,
        walked_rows: int = 0,
        walked: Callable[[Prepared, Exception | None], None] | None = None,
    ) -> None:
        """`walked` is told of each walk, with what the generated code met, where it got so far.

        A plan's code takes longer to make than a small answer takes to walk: the first answer of a plan is
        walked where it has fewer than `walked_rows` objects, and code is made when the plan comes again.
        """
        assert_valid_schema(schema)
        self.schema, self.application = schema, application
        self.counts = Counts()
        self._walked, self._walked_rows = walked, walked_rows
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
            found = quickly_coerced(operation.plain, values)
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
        compiled.runs += 1
        run = Run(compiled, State(compiled.plan, root, context, variables))
        step = self._step(run)
        return step if isinstance(step, ExecutionResult) else self._finished(run, step)

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
        return Compiled(made_plan(self.schema, operation, variables, self.application, rights))

    def _step(self, run: Run) -> ExecutionResult | Fetch:
        """One root after the other, up to the result, or to one that has to be awaited."""
        state, roots = run.state, run.compiled.plan.roots
        while run.next < len(roots):
            fetch = Fetch(state)
            fetch.start(roots[run.next])
            if state.fatal:
                state.turns.drop()
            elif not state.turns.idle:
                return fetch
            if not self._taken(run):
                return ExecutionResult(None, run.errors)
        if state.watched:
            tell_released(state, run.data)
        return ExecutionResult(run.data, run.errors or None)

    async def _finished(self, run: Run, step: ExecutionResult | Fetch) -> ExecutionResult:
        while not isinstance(step, ExecutionResult):
            await step.finish()
            step = self._step(run) if self._taken(run) else ExecutionResult(None, run.errors)
        return step

    def _taken(self, run: Run) -> bool:
        """Add a root's answer to the result; False where the result is null as a whole."""
        state = run.state
        try:
            data = self._assembled(run.compiled, run.next, state, run.errors)
        except GraphQLError as error:
            run.errors.append(error)
            return False
        run.data = run.data | data if run.next else data
        run.next += 1
        if state.dirty:
            state.dirty = False
        if state.failed or state.lost:
            state.failed.clear()
            state.lost.clear()
        return True

    def _assembled(
        self, compiled: Compiled, index: int, state: State, errors: list[GraphQLError]
    ) -> dict[str, Any]:
        if state.dirty or state.fatal:
            return self._walk(state, index, errors, None)
        if not compiled.assemble:
            if compiled.runs <= 1 and not state.plan.lists_in_place and state.rows < self._walked_rows:
                return self._walk(state, index, errors, None, counted=False)
            compiled.assemble += [assembler(compiled.plan, root) for root in compiled.plan.roots]
        try:
            data = compiled.assemble[index](state.root, state.columns, state.types, state.context)
        except Exception as surprise:  # noqa: BLE001  (whatever it is, the walker tells it properly)
            return self._walk(state, index, errors, surprise)
        if state.failed:
            errors += field_errors(state, compiled.plan.roots[index])
        return data

    def _walk(
        self,
        state: State,
        index: int,
        errors: list[GraphQLError],
        surprise: Exception | None,
        *,
        counted: bool = True,
    ) -> dict[str, Any]:
        """The answer of a root by the walker; where that was chosen, it counts if something odd is found."""
        walker = Walker(state)
        state.walked = True
        try:
            data = walker.answer(state.plan.roots[index])
        except GraphQLError:
            counted = True
            raise
        finally:
            errors += walker.errors
            if counted or (walker.errors and not state.failed):
                self.counts.walks += 1
                if self._walked is not None:
                    self._walked(state.plan.prepared, surprise)
        if state.fatal:
            raise RuntimeError("an answer that was given up should have been null as a whole")
        return data
