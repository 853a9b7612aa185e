"""Values on their way to the answer: failures, rows, lists, and what has to be awaited first."""

from asyncio import FIRST_COMPLETED, Task, create_task, gather, wait
from collections.abc import AsyncIterable, Iterable, Sequence
from functools import lru_cache
from itertools import chain
from types import GeneratorType, NoneType
from typing import Any, Final

from graphql import Undefined
from graphql.pyutils import is_awaitable, is_iterable


class Failure:
    """An exception in the place of the value that it stands for."""

    __slots__ = ("error",)

    def __init__(self, error: Exception) -> None:
        self.error = error


class Pending:
    """In the place of a value that was still awaited when the answer became null as a whole."""


PENDING: Final = Pending()

Types = set[type]

_ODD: Final = (Exception, GeneratorType, Failure, Pending, type(Undefined))
_FAILING: Final = (Failure, Exception)

LISTS: Final = frozenset({list, tuple, NoneType})
_ONLY_LISTS: Final = frozenset({list})
_PLAIN: Final = frozenset({NoneType, bool, int, float, str, bytes, list, tuple, dict, set, frozenset})


def types_of(values: Iterable[Any]) -> Types:
    """The types of values: most columns have one or two."""
    return set(map(type, values))


def odd(types: Types) -> bool:
    """Whether a value of one of these types may be awaitable, an exception or Undefined."""
    for each in types:  # noqa: SIM110  (a generator costs more than all the rest)
        if each not in _PLAIN and _is_odd(each):
            return True
    return False


@lru_cache(maxsize=1_000)
def _is_odd(type_: type) -> bool:
    return hasattr(type_, "__await__") or issubclass(type_, _ODD)


def failing(value: Any) -> bool:
    """Whether this is an exception, as graphql-core takes it, or stands for one."""
    return isinstance(value, _FAILING)


def told(value: Any) -> Any:
    """The value with an exception as a failure and Undefined as null."""
    if isinstance(value, Exception):
        return Failure(value)
    return None if value is Undefined else value


def is_row(value: Any) -> bool:
    """Whether a selection is made on this value, so that it has a place in every column below."""
    type_: type = type(value)
    return _has_rows(type_)


@lru_cache(maxsize=1_000)
def _has_rows(type_: type) -> bool:
    return not issubclass(type_, (NoneType, type(Undefined), Pending, *_FAILING))


def rows_of(column: Sequence[Any], depth: int, types: Types) -> tuple[Sequence[Any], bool]:
    """The objects in a column of lists in lists of them, in order, and whether nothing odd was met."""
    clean, values = True, column
    for _ in range(depth):
        if types == _ONLY_LISTS:
            values = list(chain.from_iterable(values))
        elif types <= LISTS:
            values = [item for each in values if each is not None for item in each]
        else:
            clean = False
            values = [item for each in values if is_list(each) for item in each]
        types = types_of(values)
    if odd(types):
        return [each for each in values if is_row(each)], False
    if NoneType in types:
        return [each for each in values if each is not None], clean
    return values, clean


def is_list(value: Any) -> bool:
    """Whether a list field may hold this value."""
    return type(value) is list or (is_iterable(value) and not failing(value))


def listed(column: list[Any], depth: int) -> list[Any]:
    """The same column, with one-shot iterators read out, so that it can be read again."""
    return [_listed(each, depth) for each in column]


def _listed(value: Any, depth: int) -> Any:
    if depth == 0 or value is None or failing(value) or not is_iterable(value) or hasattr(value, "__aiter__"):
        return value
    try:
        return [_listed(told(each), depth - 1) for each in value]
    except Exception as error:  # noqa: BLE001  (an iterator is the application's)
        return Failure(error)


def waits(value: Any, depth: int) -> bool:
    """Whether this value, or a list in it, holds something to be awaited."""
    if is_awaitable(value):
        return True
    if depth == 0 or value is None or failing(value):
        return False
    if hasattr(value, "__aiter__"):
        return True
    if not is_iterable(value):
        return False
    if depth > 1:
        return any(waits(each, depth - 1) for each in value)
    return odd(types_of(value)) and any(map(is_awaitable, value))


async def awaited(value: Any, strict: tuple[bool, ...]) -> Any:
    """The value with everything awaited that it holds, failures in their places.

    `strict` says of each list in it whether an item may not be null: then the first that is ends the others.
    """
    try:
        if is_awaitable(value):
            value = await value
        if strict and isinstance(value, AsyncIterable) and not failing(value):
            value = [each async for each in value]
        elif strict and is_iterable(value) and not failing(value):
            value = list(value)
        else:
            return told(value)
    except Exception as error:  # noqa: BLE001  (whatever the application's own code raises becomes a field error)
        return Failure(error)
    return await _items_awaited(value, strict)


async def _items_awaited(items: list[Any], strict: tuple[bool, ...]) -> list[Any]:
    waiting = [index for index, each in enumerate(items) if waits(each, len(strict) - 1)]
    items = [told(each) for each in items]
    if len(waiting) == 1:
        items[waiting[0]] = await awaited(items[waiting[0]], strict[1:])
    elif waiting:
        tasks = [create_task(awaited(items[index], strict[1:])) for index in waiting]
        found = await (_until_lost(tasks) if strict[0] else gather(*tasks))
        for index, value in zip(waiting, found, strict=True):
            items[index] = value
    return items


async def _until_lost(tasks: list[Task[Any]]) -> list[Any]:
    """The tasks' values up to the first that may not stand, those which are not done by then pending."""
    running = set(tasks)
    try:
        while running:
            done, running = await wait(running, return_when=FIRST_COMPLETED)
            if not all(is_row(each.result()) for each in done):
                break
    finally:
        for each in running:
            each.cancel()
        if running:
            await gather(*running, return_exceptions=True)
    return [PENDING if each.cancelled() else each.result() for each in tasks]
