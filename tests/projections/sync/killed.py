"""Runs `svod sync` again and again, killed right after its n-th statement with some words.

python -m tests.projections.sync.killed '[["update position", 3], ["commit", 1]]'

Each run is a child of this process, so that what they need is imported once. The last line: exit codes.
"""

import asyncio
import json
import multiprocessing
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Any
from unittest import mock

import asyncpg
from asyncpg import Connection

from gateway.cli import main
from projections.sync import build, following

SMALL = 20_000
"""Revisions of a piece of the build."""
FEW = 20
"""Revisions that are brought in at once."""
OTHERS = """
select count(*) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'"""


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


def code(words: str, number: int) -> int | None:
    """The exit code of a run in a process of its own; -9 when it was killed."""
    child = multiprocessing.get_context("fork").Process(target=run, args=(words, number))
    child.start()
    child.join()
    return child.exitcode


async def alone(url: str) -> None:
    """Wait until the database has ended what a killed run was at: its locks go with it."""
    connection = await asyncpg.connect(url)
    try:
        while await connection.fetchval(OTHERS):  # noqa: ASYNC110 - others change it
            await asyncio.sleep(0.02)
    finally:
        await connection.close()


def codes_of(points: list[tuple[str, int]]) -> list[int | None]:
    """The exit codes of runs one after the other."""
    found = []
    for words, number in points:
        found.append(code(words, number))
        asyncio.run(alone(os.environ["SVOD_PROJECTION_URL"]))
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(codes_of(json.loads(sys.argv[1]))))
