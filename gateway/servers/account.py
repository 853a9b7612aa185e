"""The system account that the servers run under: PostgreSQL refuses root, so root lends it another one."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

_LENT = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """A system account, by its numbers."""

    uid: int
    gid: int


def lent_account() -> Account | None:
    """The account that root lends to the servers; None when Svod itself is an ordinary user."""
    if os.geteuid() != 0:
        return None
    for name in _LENT:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    return None


def give(path: Path, account: Account | None) -> None:
    """Hand a file or folder over to the account."""
    if account is not None:
        os.chown(path, account.uid, account.gid)


def open_way(target: Path, account: Account | None) -> None:
    """Let the account pass through (not list) the folders that lead to `target`."""
    if account is None:
        return
    for folder in target.resolve().parents:
        mode = folder.stat().st_mode
        if not _may_pass(folder.stat(), account):
            folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


def _may_pass(folder: os.stat_result, account: Account) -> bool:
    if folder.st_uid == account.uid:
        return bool(folder.st_mode & stat.S_IXUSR)
    if folder.st_gid == account.gid:
        return bool(folder.st_mode & stat.S_IXGRP)
    return bool(folder.st_mode & stat.S_IXOTH)
