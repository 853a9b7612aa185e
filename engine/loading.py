"""Loaders of one operation: keys are merged and asked once, and their values are known from then on."""

from asyncio import Future, create_task, gather, get_running_loop, shield, wait
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any, Generic, TypeVar

from engine.values import Failure

K = TypeVar("K")
V = TypeVar("V")

Read = Callable[[Sequence[K]], Awaitable[Mapping[K, V]]]
"""Asks for keys; the answer is a map, and a key that is not in it has no value."""


class Loader(Generic[K, V]):
    """One loader of one operation. Its `futures` are the cache of a data loader that shares what it knows."""

    __slots__ = ("_absent", "_futures", "_read", "flying", "known")

    def __init__(self, read: Read[K, V], absent: Any = None) -> None:
        """`absent` is the value of a key that the read does not answer: None, or () for lists of records."""
        self._read = read
        self._absent = absent
        self.known: dict[Any, Any] = {None: None}
        """Values by key, and failures: a key that has failed is not asked again."""
        self.flying: set[K] = set()
        """Keys that are on their way."""
        self._futures: Futures[K, V] | None = None

    @property
    def futures(self) -> "Futures[K, V]":
        """What it knows, and what is on its way, for a data loader that shares it."""
        if self._futures is None:
            self._futures = Futures(self)
        return self._futures

    def unknown(self, keys: Iterable[K]) -> tuple[list[K], "dict[K, Future[V]]"]:
        """Each of the keys once that nobody has asked yet, and what is promised elsewhere of the others.

        From now on all of these are on their way: `fetch` the ones and `adopt` the others.
        """
        known, flying, wanted = self.known, self.flying, dict.fromkeys(keys)
        if len(known) > 1 or flying or None in wanted:
            missing = [key for key in wanted if key not in known and key not in flying]
        else:
            missing = list(wanted)
        promised = self._futures.promised(missing) if self._futures is not None else {}
        if promised:
            missing = [key for key in missing if key not in promised]
            flying.update(promised)
        flying.update(missing)
        if self._futures is not None:
            promised.update(self._futures.coming(wanted))
        return missing, promised

    def adopt(self, promised: "Mapping[K, Future[V]]") -> None:
        """Know what was loaded elsewhere; all of these futures are done."""
        for key, future in promised.items():
            error = future.exception()
            self.known[key] = Failure(error) if isinstance(error, Exception) else future.result()
        self.flying.difference_update(promised)

    async def fetch(self, keys: list[K]) -> None:
        """Ask for these keys; then each is known, by its value or by the failure."""
        known = self.known
        try:
            found = await self._read(keys)
            known.update(found)
            if len(found) < len(keys):
                absent = self._absent
                known.update((key, absent) for key in keys if key not in found)
        except Exception as error:  # noqa: BLE001  (a failed read is every key's failure, told at each place)
            known.update(dict.fromkeys(keys, Failure(error)))
        finally:
            self.flying.difference_update(keys)
            if self._futures is not None:
                self._futures.settle(keys)

    def column(self, keys: Sequence[K | None]) -> list[Any]:
        """The values of keys that are all known, in their order."""
        return list(map(self.known.__getitem__, keys))


class Futures(MutableMapping[K, "Future[V]"], Generic[K, V]):
    """What a loader knows, and what is on its way, as the futures that a data loader keeps in its cache.

    Given to `aiodataloader.DataLoader(cache_map=loader.futures)`: a resolver that loads through it asks
    for no key that the engine has asked, and the engine for none that it has asked.
    """

    __slots__ = ("_asked", "_handed", "_loader", "_own")

    def __init__(self, loader: Loader[K, V]) -> None:
        self._loader = loader
        self._handed: dict[K, Future[V]] = {}
        self._own: dict[K, Future[V]] = {}
        self._asked: set[K] = set()
        """Keys that are on their way for `answers`, of which the engine is told nothing else."""

    def settle(self, keys: Iterable[K]) -> None:
        """Give the values of keys that are known now to those who wait for them."""
        if self._handed:
            for key in keys:
                future = self._handed.get(key)
                if future is not None and not future.done():
                    _settle(future, self._loader.known.get(key))

    def promised(self, keys: Iterable[K]) -> "dict[K, Future[V]]":
        """The futures that a data loader has made for some of these keys."""
        own = self._own
        if not own:
            return {}
        return {key: own[key] for key in keys if key in own and not own[key].cancelled()}

    def coming(self, keys: Iterable[K]) -> "dict[K, Future[V]]":
        """The futures of those of these keys that `answers` has asked."""
        return {key: self[key] for key in keys if key in self._asked} if self._asked else {}

    async def answers(self, keys: Iterable[K]) -> dict[K, Any]:
        """What is known under each of these keys, asked for where nobody has; a failure as its exception."""
        wanted, loader = dict.fromkeys(keys), self._loader
        flying = [self[key] for key in wanted if key in loader.flying] if loader.flying else []
        missing, promised = loader.unknown(wanted)
        if missing or promised:
            self._asked.update(missing)
            # Who is told to wait no longer stops nobody else who waits for the same keys.
            await shield(create_task(self._learned(missing, promised)))
        if flying:
            await gather(*flying, return_exceptions=True)
        known = loader.known
        return {key: _told(known[key]) for key in wanted}

    async def _learned(self, missing: list[K], promised: "Mapping[K, Future[V]]") -> None:
        if missing:
            await self._loader.fetch(missing)
            self._asked.difference_update(missing)
        if promised:
            await wait(promised.values())
            self._loader.adopt(promised)

    def __getitem__(self, key: K) -> "Future[V]":
        future = self._own.get(key) or self._handed.get(key)
        if future is not None and not future.cancelled():
            return future
        known = key in self._loader.known
        if not known and key not in self._loader.flying:
            raise KeyError(key)
        future = self._handed[key] = get_running_loop().create_future()
        if known:
            _settle(future, self._loader.known[key])
        return future

    def __setitem__(self, key: K, future: "Future[V]") -> None:
        self._own[key] = future

    def __delitem__(self, key: K) -> None:
        held = (self._own, self._handed, self._loader.known)
        if not any(key in each for each in held):
            raise KeyError(key)
        for each in held:
            each.pop(key, None)

    def __iter__(self) -> Iterator[K]:
        return iter({**self._own, **{key: None for key in self._loader.known if key is not None}})

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _told(value: Any) -> Any:
    return value.error if type(value) is Failure else value


def _settle(future: "Future[Any]", value: Any) -> None:
    if isinstance(value, Failure):
        future.set_exception(value.error)
    elif isinstance(value, Exception):
        future.set_exception(value)
    else:
        future.set_result(value)
