"""What can go wrong with Svod's own servers.

ServersError
    AlreadyRunning: another Svod uses this data folder
    OtherVersion: the data folder was made by another version
    Unusable: the data folder cannot be made, read or written
    StartFailed: a server did not start; the message carries its own last words
    DemoDataFailed: the servers run, but took no demo data
"""

from pathlib import Path


class ServersError(Exception):
    """Svod's own servers cannot be used; the message says what to do."""


class AlreadyRunning(ServersError):
    """Another Svod uses this data folder."""

    def __init__(self, folder: Path, pid: int | None) -> None:
        who = f"process {pid}" if pid else "another process"
        super().__init__(
            f"Svod already runs on the data folder {folder} ({who}). "
            "Stop that one first, or give this one a folder of its own with SVOD_DATA_DIR."
        )
        self.pid = pid


class OtherVersion(ServersError):
    """The data folder was made by another version."""

    def __init__(self, folder: Path, found: str, expected: str) -> None:
        super().__init__(
            f"the data folder {folder} was made by another version ({found}; this one needs {expected}). "
            "Demo data can be made anew: remove the folder, or set SVOD_DATA_DIR to another one."
        )


class Unusable(ServersError):
    """The data folder cannot be made, read or written."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"the data folder {folder} cannot be used: {reason}. Set SVOD_DATA_DIR to another one."
        )


class StartFailed(ServersError):
    """A server did not start."""

    def __init__(self, server: str, last_words: str) -> None:
        super().__init__(f"Svod's own {server} did not start: {last_words}{_remedy(last_words)}")


class DemoDataFailed(ServersError):
    """The servers run, but took no demo data."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(f"demo data could not be loaded: {cause}{_remedy(str(cause))}")


def _remedy(last_words: str) -> str:
    text = last_words.casefold()
    if "no space left" in text or "disk quota" in text:
        return ". The disk is full: free some space, or set SVOD_DATA_DIR to a folder on another disk."
    if "address already in use" in text:
        return ". Something else holds its socket: see whether another server runs on this folder."
    if "shared memory" in text:
        return ". A server of an earlier run may still be stopping: try again in a few seconds."
    return ""
