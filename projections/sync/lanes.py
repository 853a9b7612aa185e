"""Works that are done side by side, each as soon as those that it needs are done."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Final, Protocol

LANES: Final = 2
"""Works at once. A lane seldom uses more than one processor."""


class Work(Protocol):
    """Something that is done on a lane's connection."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def after(self) -> Sequence[str]:
        """The works that have to be done before it; of those that are no work here nothing is asked."""

    async def do(self, connection: Any) -> None:
        """Do it."""


class _Waiting:
    """The works that nobody has begun, in the order in which they should be."""

    def __init__(self, works: Sequence[Work]) -> None:
        self._works = list(works)
        self._undone = {each.name for each in works}
        self._moved = asyncio.Condition()

    async def next(self) -> Work | None:
        """The first that may be begun, as soon as there is one; None when all were begun."""
        async with self._moved:
            while self._works:
                for place, work in enumerate(self._works):
                    if self._undone.isdisjoint(work.after):
                        return self._works.pop(place)
                await self._moved.wait()
        return None

    async def finish(self, work: Work) -> None:
        """Say that one is done."""
        async with self._moved:
            self._undone.discard(work.name)
            self._moved.notify_all()


async def in_lanes(
    works: Sequence[Work], opened: Callable[[], AbstractAsyncContextManager[Any]], tell: Callable[[str], None]
) -> None:
    """Do all works. `opened`: gives a lane its connection; `tell` hears what is begun."""
    waiting = _Waiting(works)

    async def lane() -> None:
        async with opened() as connection:
            while (work := await waiting.next()) is not None:
                tell(work.name)
                await work.do(connection)
                await waiting.finish(work)

    await first_failure(*(lane() for _ in range(LANES)))


async def first_failure(*works: Coroutine[Any, Any, None]) -> None:
    """Do works side by side until one fails; its failure is raised when the others have ended."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
