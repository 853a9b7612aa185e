"""Runs one server and stops it when Svod goes away, however Svod goes: a script that imports nothing of ours.

Its standard input is a pipe that Svod holds open and never writes to. When Svod ends, by its own will or by
`kill -9`, the pipe closes, and the watchman asks the server to stop.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from types import FrameType

_SVOD = 0
"""Standard input."""

PATIENCE = 60.0
"""Seconds that a server has to write its data down before it is ended by force."""

_SET_PARENT_DEATH_SIGNAL = 1


def _die_with_parent(stop: int) -> None:
    """On Linux, have the kernel stop the server when the watchman itself is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, stop)


def watch(stop: int, uid: int, gid: int, command: list[str]) -> int:
    """Run the command until it ends, or until Svod does; its exit code."""
    lent = uid >= 0
    server: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603 the command is our own
        command,
        stdin=subprocess.DEVNULL,
        preexec_fn=lambda: _die_with_parent(stop),
        user=uid if lent else None,
        group=gid if lent else None,
        extra_groups=[] if lent else None,
    )

    def end(_signal: int = 0, _frame: FrameType | None = None) -> None:
        server.send_signal(stop)
        force = threading.Timer(PATIENCE, server.kill)
        force.daemon = True
        force.start()

    def wait_for_svod() -> None:
        while os.read(_SVOD, 1):
            pass
        end()

    # A terminal's Ctrl-C goes to Svod alone, which then closes the pipe.
    signal.signal(signal.SIGINT, lambda _signal, _frame: None)
    signal.signal(signal.SIGHUP, lambda _signal, _frame: None)
    signal.signal(signal.SIGTERM, end)
    threading.Thread(target=wait_for_svod, daemon=True).start()
    return server.wait()


if __name__ == "__main__":
    code = watch(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
    # Not sys.exit: the thread that waits for Svod may wait still.
    os._exit(abs(code))
