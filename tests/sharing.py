"""Which tests run in one process, one after the other: those of a file, and files that share costly data."""

from typing import Any

from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/search/", "tests/proof/", "tests/workforce/", "tests/findings/", "tests/dashboard/")
"""Folders whose files share worlds that take long to make: two processes would make each twice."""
FOREMOST = ("gw0", "gw1")
"""The processes that keep two cores busy, by xdist's names; others take what these leave while they wait."""


def shared(test: str) -> str:
    """What a test goes together with: its folder, if that shares, or else its file."""
    return next((folder for folder in TOGETHER if test.startswith(folder)), test.partition("::")[0])


class SharingProcesses(LoadScopeScheduling):  # type: ignore[misc]  # xdist comes without types
    """Hands out a file of tests at a time, or a whole folder of those that share."""

    def _split_scope(self, nodeid: str) -> str:
        """What the test goes together with."""
        return shared(nodeid)

    def _assign_work_unit(self, node: Any) -> None:
        """The foremost take what comes first, the longest; others the last, which wait for other programs."""
        if node.gateway.id not in FOREMOST:
            self.workqueue.move_to_end(next(reversed(self.workqueue)), last=False)
        super()._assign_work_unit(node)
