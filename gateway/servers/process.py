"""A server's process, started through the watchman."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from gateway.servers.account import Account
from gateway.servers.errors import StartFailed

_WATCHMAN = Path(__file__).with_name("watchman.py")
_GRAVE = ("FATAL", "PANIC", "ERROR", "rror:", "ailed")
"""Words by which servers mark what went wrong, the gravest first."""
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


class ServerProcess:
    """One running server; it ends when this process does."""

    def __init__(
        self, name: str, command: Sequence[str], *, stop: signal.Signals, account: Account | None, log: Path
    ) -> None:
        self._name = name
        self._log = log
        lent = (account.uid, account.gid) if account else (-1, -1)
        with log.open("wb") as words:
            self._watchman = subprocess.Popen(  # noqa: S603 our own command
                [sys.executable, "-I", "-S", str(_WATCHMAN), str(int(stop)), *map(str, lent), *command],
                stdin=subprocess.PIPE,
                stdout=words,
                stderr=words,
                cwd="/",
                env=_ENVIRONMENT,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The watchman's process number."""
        return self._watchman.pid

    def wait_until(self, ready: Callable[[], bool], *, seconds: float) -> None:
        """Return when the server is ready; StartFailed when it ended or took too long."""
        end = time.monotonic() + seconds
        while not ready():
            if self._watchman.poll() is not None:
                raise StartFailed(self._name, self.last_words())
            if time.monotonic() > end:
                self.stop()
                raise StartFailed(self._name, f"not ready after {seconds:.0f} s; {self.last_words()}")
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop the server and wait until it is gone."""
        if self._watchman.stdin is not None:
            self._watchman.stdin.close()
        self._watchman.wait()

    def last_words(self) -> str:
        """What the server said that tells about its failure."""
        return last_words(self._log.read_text("utf-8", "replace"))


def last_words(said: str) -> str:
    """The line that tells most about a failure: the first grave one, for what follows is its consequence."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    grave = [line for mark in _GRAVE for line in lines if mark in line]
    return (grave or lines[-1:] or ["it said nothing"])[0][-400:]
