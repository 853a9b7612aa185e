"""The system account that the servers run under: PostgreSQL refuses root, so root lends it another one."""

import contextlib
import errno
import os
import pwd
import stat
import struct
import sys
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
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
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
        if not _may_pass(folder.stat(), account):
            _let_pass(folder, account)


def let_read(tree: Path, account: Account | None) -> None:
    """Let the account read and run what lies in a package that was installed for root's eyes only."""
    if account is None or _is_readable(tree):
        return
    for path in (tree, *tree.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        runs = path.is_dir() or mode & stat.S_IXUSR
        path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if runs else 0))


def _is_readable(tree: Path) -> bool:
    """Whether all of it is readable, judged by the first file: installers give all the same rights."""
    sample = next(path for path in tree.rglob("*") if path.is_file())
    return bool(sample.stat().st_mode & stat.S_IROTH)


def _may_pass(folder: os.stat_result, account: Account) -> bool:
    if folder.st_uid == account.uid:
        return bool(folder.st_mode & stat.S_IXUSR)
    if folder.st_gid == account.gid:
        return bool(folder.st_mode & stat.S_IXGRP)
    return bool(folder.st_mode & stat.S_IXOTH)


def _let_pass(folder: Path, account: Account) -> None:
    """This account alone, where the file system keeps access lists; anybody, where it keeps none."""
    try:
        _add_to_access_list(folder, account)
    except OSError as exc:
        if exc.errno not in (errno.ENOTSUP, errno.ENOSYS):
            raise
        folder.chmod(stat.S_IMODE(folder.stat().st_mode) | stat.S_IXOTH)


_LIST = "system.posix_acl_access"
_VERSION = struct.pack("<I", 2)
_ENTRY = struct.Struct("<HHI")
_OWNER, _USER, _GROUP, _MASK, _OTHERS = 0x01, 0x02, 0x04, 0x10, 0x20
_NOBODY = 0xFFFFFFFF
_PASS = 1


def _add_to_access_list(folder: Path, account: Account) -> None:
    """Add `user:<account>:--x` to the folder's access list (Linux keeps it in an extended attribute)."""
    if sys.platform != "linux":
        raise OSError(errno.ENOTSUP, "no access lists")
    entries = _access_list(folder)
    entries[_USER, account.uid] = entries.get((_USER, account.uid), 0) | _PASS
    entries[_MASK, _NOBODY] = entries.get((_MASK, _NOBODY), entries[_GROUP, _NOBODY]) | _PASS
    packed = b"".join(_ENTRY.pack(kind, entries[kind, who], who) for kind, who in sorted(entries))
    os.setxattr(folder, _LIST, _VERSION + packed)


def _access_list(folder: Path) -> dict[tuple[int, int], int]:
    """Permissions by kind of entry and whom it is about; from the mode where there is no list yet."""
    if sys.platform != "linux":
        return {}
    try:
        packed = os.getxattr(folder, _LIST)[len(_VERSION) :]
    except OSError as exc:
        if exc.errno != errno.ENODATA:
            raise
        mode = folder.stat().st_mode
        return {
            (_OWNER, _NOBODY): mode >> 6 & 7,
            (_GROUP, _NOBODY): mode >> 3 & 7,
            (_OTHERS, _NOBODY): mode & 7,
        }
    return {(kind, who): rights for kind, rights, who in _ENTRY.iter_unpack(packed)}
