"""Node.js and the packages of this folder: from PATH, or else from PyPI into the virtual environment."""

import asyncio
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
OLDEST = 20


class NodeError(Exception):
    """A script ended badly; the message is what it said."""


def node_path() -> Path:
    """The folder with `node` and `npm`, new enough. Installs them where there are none."""
    found = shutil.which("node")
    if found is not None and _new_enough(Path(found)):
        return Path(found).parent
    own = Path(sys.executable).parent
    if not (own / "node").exists():
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
        lock = ROOT / "requirements" / "node.lock"
        subprocess.run([*pip, "--require-hashes", "--no-deps", "-r", lock], check=True)
    return own


def installed() -> Path:
    """The folder with `node`, once the packages of this folder's lock are installed."""
    return packages(HERE)


def packages(of: Path) -> Path:
    """The same for the lock of another folder; by one process at a time."""
    folder = node_path()
    with (Path(sys.prefix) / "npm.lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        stamp = of / "node_modules" / ".svod"
        wanted = hashlib.sha256((of / "package-lock.json").read_bytes()).hexdigest()
        if not stamp.exists() or stamp.read_text() != wanted:
            command = [str(folder / "npm"), "ci", "--ignore-scripts", "--no-progress", "--loglevel=error"]
            subprocess.run(command, cwd=of, env=environment(folder), check=True, stdout=subprocess.DEVNULL)
            stamp.write_text(wanted)
    return folder


def environment(folder: Path) -> dict[str, str]:
    """The environment of a script: this Node.js first, and nothing written to the home folder."""
    cache = os.environ.get("npm_config_cache", str(Path(sys.prefix) / "npm-cache"))  # noqa: SIM112 - npm's own spelling
    return os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "npm_config_cache": cache}


async def ran(script: str, *arguments: str) -> str:
    """What a script of this folder printed. Raises NodeError when it failed."""
    folder = await asyncio.to_thread(installed)
    process = await asyncio.create_subprocess_exec(
        folder / "node",
        HERE / script,
        *arguments,
        cwd=HERE,
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    out, err = await process.communicate()
    if process.returncode:
        raise NodeError(err.decode())
    return out.decode()


def _new_enough(node: Path) -> bool:
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return (node.parent / "npm").exists() and int(told.strip("v\n").partition(".")[0] or 0) >= OLDEST
