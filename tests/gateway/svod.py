"""Runs the `svod` command as a person would, in an environment without settings of its own."""

import io
import os
import socket
import sys
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path
from random import randrange
from unittest import mock

from gateway.cli import main

SVOD = Path(sys.executable).parent / "svod"


@dataclass(frozen=True, slots=True)
class Finished:
    """What a command printed, what it said beside that, and its exit code."""

    stdout: str
    stderr: str
    returncode: int


def environment(**settings: str) -> dict[str, str]:
    """This environment without its settings, with these."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SVOD_")}
    return clean | settings


def free_port() -> int:
    """One below those that systems lend to connections, so that none takes it before the server does."""
    while True:
        with socket.socket() as found, suppress(OSError):
            found.bind(("127.0.0.1", randrange(10_000, 32_000)))
            return int(found.getsockname()[1])


def svod(*arguments: str, given: str = "", **settings: str) -> Finished:
    """The finished command, run in this process: a process of its own takes a second to start."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with (
        mock.patch.object(sys, "argv", ["svod", *arguments]),
        mock.patch.object(sys, "stdin", io.StringIO(given)),
        mock.patch.dict(os.environ, environment(**settings), clear=True),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
    return Finished(out.getvalue(), err.getvalue(), code)
