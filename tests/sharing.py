"""Which tests run in one process, one after the other: those of a file, and files that share costly data."""

from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/search/", "tests/proof/", "tests/workforce/", "tests/findings/", "tests/dashboard/")
"""Folders whose files share worlds that take long to make: two processes would make each twice."""


def shared(test: str) -> str:
    """What a test goes together with: its folder, if that shares, or else its file."""
    return next((folder for folder in TOGETHER if test.startswith(folder)), test.partition("::")[0])


class SharingProcesses(LoadScopeScheduling):  # type: ignore[misc]  # xdist comes without types
    """Hands out a file of tests at a time, or a whole folder of those that share."""

    def _split_scope(self, nodeid: str) -> str:
        """What the test goes together with."""
        return shared(nodeid)
