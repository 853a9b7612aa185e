"""The environment of the examples for analysts: none of Svod's packages, its own from its own lock."""

import asyncio
import fcntl
import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
PYTHON = EXAMPLES / "python"
LOCK = PYTHON / "requirements.lock"
HOME = Path(sys.prefix) / "analysts"


class ExampleError(Exception):
    """An example ended badly; the message is what it said."""


def installed() -> Path:
    """The folder with the environment's commands, once all of the lock is there; one process at a time."""
    with (Path(sys.prefix) / "analysts.lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        stamp, wanted = HOME / ".svod", hashlib.sha256(LOCK.read_bytes()).hexdigest()
        if not stamp.exists() or stamp.read_text() != wanted:
            venv.create(HOME, clear=True)
            pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
            pip += ["--python", str(HOME / "bin" / "python"), "install", "--no-compile"]
            subprocess.run([*pip, "--require-hashes", "--no-deps", "-r", LOCK], check=True)
            stamp.write_text(wanted)
    return HOME / "bin"


async def ran(command: str | Path, *arguments: str | Path, cwd: Path) -> str:
    """What a command of the environment printed. Raises ExampleError when it failed."""
    folder = await asyncio.to_thread(installed)
    return await output(folder / command, *arguments, cwd=cwd)


async def output(command: str | Path, *arguments: str | Path, cwd: Path, **variables: str) -> str:
    """What a command printed. Raises ExampleError when it failed."""
    process = await asyncio.create_subprocess_exec(
        command,
        *arguments,
        cwd=cwd,
        env=variables or None,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    out, err = await process.communicate()
    if process.returncode:
        raise ExampleError(f"{out.decode()}\n{err.decode()}")
    return out.decode()
