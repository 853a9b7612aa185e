"""The data folder: what lies where, who holds it, which version made it."""

import fcntl
import hashlib
import json
import os
import re
import secrets
import shutil
import tempfile
from pathlib import Path
from typing import IO, Any

from gateway.servers.account import Account, give, open_way
from gateway.servers.errors import AlreadyRunning, OtherVersion, Unusable

FORMAT = 1
"""Raised when a folder made by an older Svod can no longer be used."""

_PLAIN_PATH = re.compile(r"[A-Za-z0-9_./-]{1,85}")
"""A unix socket's whole path may have about 100 bytes, and PostgreSQL's file name takes its part."""


class Folder:
    """Svod's data folder, held by one process at a time."""

    def __init__(self, path: Path, account: Account | None) -> None:
        self.path = path.resolve()
        self.account = account
        self._lock: IO[str] | None = None

    @property
    def postgres(self) -> Path:
        return self.path / "postgres"

    @property
    def redis(self) -> Path:
        return self.path / "redis"

    @property
    def logs(self) -> Path:
        return self.path / "log"

    @property
    def sockets(self) -> Path:
        """Where the servers' sockets lie; elsewhere when this path is too long or odd for them."""
        inside = self.path / "run"
        if _PLAIN_PATH.fullmatch(str(inside)):
            return inside
        name = hashlib.sha256(os.fsencode(self.path)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"svod-{os.geteuid()}-{name}"

    def hold(self) -> None:
        """Take the folder for this process, making it when it is not there."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = (self.path / "lock").open("a+", encoding="ascii")
        except OSError as exc:
            raise Unusable(self.path, exc.strerror or str(exc)) from exc
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as exc:
            holder = _pid(lock)
            lock.close()
            raise AlreadyRunning(self.path, holder) from exc
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        self._lock = lock
        self._prepare()

    def release(self) -> None:
        """Give the folder up."""
        if self._lock is not None:
            if self.sockets.parent != self.path and self._is_own(self.sockets):
                shutil.rmtree(self.sockets, ignore_errors=True)
            self._lock.truncate(0)
            self._lock.close()
            self._lock = None

    def facts(self) -> dict[str, Any]:
        """What the folder says about itself: format, PostgreSQL's version, the demo data in it."""
        try:
            facts = json.loads((self.path / "folder.json").read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except ValueError as exc:
            raise OtherVersion(self.path, "its folder.json cannot be read", f"format {FORMAT}") from exc
        if not isinstance(facts, dict) or facts.get("format") != FORMAT:
            found = facts.get("format") if isinstance(facts, dict) else facts
            raise OtherVersion(self.path, f"format {found}", f"format {FORMAT}")
        return facts

    def remember(self, **facts: object) -> None:
        """Add to what the folder says about itself."""
        self._write("folder.json", {"format": FORMAT} | self.facts() | facts)

    def secret(self, name: str) -> str:
        """The password of this name, made at its first use and kept where only this account reads."""
        try:
            known = json.loads((self.path / "passwords.json").read_text("utf-8"))
        except FileNotFoundError:
            known = {}
        if name not in known:
            known[name] = secrets.token_urlsafe(24)
            self._write("passwords.json", known)
        return str(known[name])

    def _prepare(self) -> None:
        try:
            for inside in (self.logs, self.redis, self.sockets, self.postgres):
                inside.mkdir(mode=0o700, exist_ok=True)
            if not self._is_own(self.sockets):
                raise Unusable(self.path, f"{self.sockets} belongs to somebody else")
            for inside in (self.redis, self.sockets, self.postgres):
                give(inside, self.account)
                open_way(inside, self.account)
        except OSError as exc:
            raise Unusable(self.path, exc.strerror or str(exc)) from exc

    def _is_own(self, folder: Path) -> bool:
        """Whether nobody else made this folder, which may lie where everybody writes."""
        owners = {os.geteuid(), self.account.uid if self.account else os.geteuid()}
        return folder.is_dir() and not folder.is_symlink() and folder.stat().st_uid in owners

    def _write(self, name: str, content: object) -> None:
        """Replace a file as a whole, readable by this account alone."""
        fresh = self.path / f"{name}.new"
        try:
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                json.dump(content, file, indent=2)
            fresh.replace(self.path / name)
        except OSError as exc:
            raise Unusable(self.path, exc.strerror or str(exc)) from exc


def _pid(lock: IO[str]) -> int | None:
    lock.seek(0)
    text = lock.read().strip()
    return int(text) if text.isdigit() else None
