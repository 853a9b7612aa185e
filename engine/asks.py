"""Links that wait for their loaders: merged over the whole operation, each key asked once."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain
from typing import Any

from engine.loading import Loader
from engine.turns import Turns
from engine.values import Failure

Column = Callable[[list[Any]], None]
"""What goes on with a column."""

Request = tuple[Sequence[Any], Column]
AnyLoader = Loader[Any, Any]


class Asks:
    """The keys that one run asks of its loaders. What came together is one question."""

    __slots__ = ("_turns", "_waiting", "new")

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self.new: dict[AnyLoader, list[Request]] = {}
        """What has come together and is not asked yet."""
        self._waiting: dict[AnyLoader, list[Request]] = {}

    def add(self, loader: AnyLoader, keys: Sequence[Any], then: Column) -> None:
        """Go on with the values of these keys when they are all known."""
        self.new.setdefault(loader, []).append((keys, then))

    def add_all(
        self, requests: Sequence[tuple[AnyLoader, Sequence[Any]]], then: Callable[[list[list[Any]]], None]
    ) -> None:
        """Go on with a column for each of these requests when all are known."""
        columns: list[list[Any]] = [[]] * len(requests)
        missing = set(range(len(requests)))

        def arrived(index: int, column: list[Any]) -> None:
            columns[index] = column
            missing.discard(index)
            if not missing:
                then(columns)

        for index, (loader, keys) in enumerate(requests):
            self.add(loader, keys, partial(arrived, index))

    def send(self) -> None:
        """Ask what has come together."""
        new, self.new = self.new, {}
        for loader, requests in new.items():
            self._ask(loader, requests)

    def _ask(self, loader: AnyLoader, requests: list[Request]) -> None:
        """Ask for the keys of these requests; those that cannot be asked fail."""
        try:
            keys = requests[0][0] if len(requests) == 1 else chain.from_iterable(keys for keys, _ in requests)
            missing, promised = loader.unknown(keys)
        except TypeError as error:
            self._one_by_one(loader, requests, error)
            return
        waiting = self._waiting.get(loader)
        if waiting is None:
            self._waiting[loader] = requests
        else:
            waiting += requests
        if missing:
            self._turns.later([loader.fetch(missing)], partial(self._answered, loader))
        if promised and all(each.done() for each in promised.values()):
            loader.adopt(promised)
            promised = {}
        if promised:
            self._turns.later(list(promised.values()), partial(self._adopted, loader, promised))
        if not missing and not promised:
            self._release(loader)

    def _one_by_one(self, loader: AnyLoader, requests: list[Request], error: TypeError) -> None:
        """A key that cannot be hashed is the fault of its request alone."""
        if len(requests) > 1:
            for each in requests:
                self._ask(loader, [each])
            return
        keys, then = requests[0]
        then([Failure(error)] * len(keys))

    def _answered(self, loader: AnyLoader, _outcome: list[Any]) -> None:
        self._release(loader)

    def _adopted(self, loader: AnyLoader, promised: dict[Any, Any], _outcome: list[Any]) -> None:
        loader.adopt(promised)
        self._release(loader)

    def _release(self, loader: AnyLoader) -> None:
        """Go on with every request whose keys are all known."""
        waiting, flying = self._waiting.pop(loader, ()), loader.flying
        for request in waiting:
            keys, then = request
            if flying and not flying.isdisjoint(keys):
                self._waiting.setdefault(loader, []).append(request)
            else:
                then(loader.column(keys))
