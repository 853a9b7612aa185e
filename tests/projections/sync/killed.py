"""Runs `svod sync` and kills it, as `kill -9` does, right after its n-th statement with certain words in it.

python -m tests.projections.sync.killed "update position" 3
"""

import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Any
from unittest import mock

from asyncpg import Connection

from gateway.cli import main
from projections.sync import build, following

SMALL = 20_000
"""Revisions of a piece of the build."""
FEW = 20
"""Revisions that are brought in at once."""


class Killer:
    """Counts statements with these words and ends the process after the n-th of them."""

    def __init__(self, words: str, number: int) -> None:
        self._words = words
        self._left = number

    def seen(self, text: str) -> None:
        """Look at a statement that has just been done."""
        if self._words in text.lower():
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def watching(self, work: Callable[..., Awaitable[Any]], told: Callable[..., str]) -> Callable[..., Any]:
        """The same method of a connection, watched."""

        async def watched(line: Any, *arguments: Any, **options: Any) -> Any:
            found = await work(line, *arguments, **options)
            self.seen(told(*arguments))
            return found

        return watched


def run(words: str, number: int) -> None:
    """Run the command in this process until it is done or killed."""
    killer = Killer(words, number)
    executed = killer.watching(Connection.execute, lambda text, *_: str(text))
    copied = killer.watching(Connection.copy_to_table, lambda table: f"copy {table}")
    with (
        mock.patch.object(Connection, "execute", executed),
        mock.patch.object(Connection, "copy_to_table", copied),
        mock.patch.object(build, "CHUNK", SMALL),
        mock.patch.object(following, "BATCH", FEW),
        mock.patch.object(sys, "argv", ["svod", "sync"]),
    ):
        main()


if __name__ == "__main__":
    run(sys.argv[1], int(sys.argv[2]))
