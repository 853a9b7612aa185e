"""What a resolver, or a function that tells a value's type, gets to know of its place."""

from asyncio import Future, gather
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from graphql import GraphQLResolveInfo
from graphql.execution.values import VariableValues
from graphql.pyutils import Path, gather_with_cancel, is_awaitable
from graphql.type import GraphQLResolveInfoHelpers

from engine.paths import Paths
from engine.plan import Field, Plan


class Infos:
    """Makes the infos of one run."""

    __slots__ = ("_background", "_paths", "_rest")

    def __init__(self, plan: Plan, root: Any, variables: VariableValues, context: Any, paths: Paths) -> None:
        prepared = plan.prepared
        self._paths = paths
        self._background: set[Future[Any]] = set()
        helpers = GraphQLResolveInfoHelpers(lambda values: gather_with_cancel(*values), self._track)
        self._rest = (
            plan.schema,
            prepared.definitions,
            root,
            prepared.operation,
            variables,
            context,
            is_awaitable,
            None,
            helpers,
        )

    def of(self, field: Field, rows: Sequence[int] | None) -> Iterator[GraphQLResolveInfo[Any]]:
        """An info for each of these rows of the field's owner, or for all of them."""
        owner, paths = field.owner.type, self._paths.of(field.owner)
        for above in paths if rows is None else [paths[row] for row in rows]:
            path = Path(above, field.key, owner.name)
            yield GraphQLResolveInfo(field.name, field.nodes, field.type, owner, path, *self._rest)

    def at(self, field: Field, path: Callable[[], Path]) -> "LazyInfo":
        """An info for one value of the field, whose path is worked out if it is read."""
        return LazyInfo(field, path, self._rest)

    def _track(self, values: Sequence[Any]) -> None:
        awaitables = [each for each in values if is_awaitable(each)]
        if awaitables:
            future = gather(*awaitables, return_exceptions=True)
            self._background.add(future)
            future.add_done_callback(self._background.discard)


class LazyInfo:
    """An info in which the path is only worked out when it is read: most functions of types read nothing."""

    __slots__ = ("_field", "_path", "_rest")

    def __init__(self, field: Field, path: Callable[[], Path], rest: tuple[Any, ...]) -> None:
        self._field, self._path, self._rest = field, path, rest

    @property
    def path(self) -> Path:
        """Where the value stands in the answer."""
        return self._path()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole(), name)

    def _whole(self) -> GraphQLResolveInfo[Any]:
        field = self._field
        nowhere = Path(None, field.key, None)  # whoever wants the path asks for it above
        return GraphQLResolveInfo(field.name, field.nodes, field.type, field.owner.type, nowhere, *self._rest)
