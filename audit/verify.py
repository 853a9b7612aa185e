"""Whether the journal is as it was written: names each entry that was changed, moved or taken out."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from audit.chain import Entry, Head, link

MOST_FAULTS = 1_000
"""Faults that are told; a journal with more is beyond telling."""
MOST_MOVED = 100
"""Changed entries whose own places are looked for; each is tried in the place of each other one."""
REPORT_EACH = 10_000


class Fault(StrEnum):
    """What was done to the journal."""

    CHANGED = "changed"
    MOVED = "moved"
    MISSING = "missing"
    UNLINKED = "unlinked"
    CUT = "cut"
    REWRITTEN = "rewritten"


_TOLD: Mapping[Fault, str] = {
    Fault.CHANGED: "is not what was written",
    Fault.MOVED: "stands in another's place",
    Fault.MISSING: "is missing",
    Fault.UNLINKED: "does not follow the one before: that one, or this one, was replaced with its hash",
    Fault.CUT: "is missing: the journal ends earlier",
    Fault.REWRITTEN: "has another hash than the head that was kept: the journal was written anew up to it",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault, and the entry or entries it is about."""

    fault: Fault
    first: int
    last: int
    belongs: int | None = None
    """Where an entry that was moved belongs."""

    def __str__(self) -> str:
        which = (
            f"entry {self.first}"
            if self.first == self.last
            else f"each of entries {self.first} to {self.last}"
        )
        where = f" (it was written as entry {self.belongs})" if self.belongs is not None else ""
        return f"{which} {_TOLD[self.fault]}{where}"


@dataclass(slots=True)
class Verification:
    """What a walk over the whole journal has found so far."""

    head: Head
    """The newest entry seen, or what the first one should follow."""
    entries: int = 0
    findings: list[Finding] = field(default_factory=list)
    cut_short: bool = False
    """There are more faults than are told."""

    @property
    def sound(self) -> bool:
        """Nothing was found."""
        return not self.findings

    def found(self, fault: Fault, first: int, last: int | None = None) -> None:
        """Note a fault."""
        if len(self.findings) < MOST_FAULTS:
            self.findings.append(Finding(fault, first, first if last is None else last))
        else:
            self.cut_short = True


async def verified(
    start: Head,
    entries: AsyncIterator[Entry],
    kept: Mapping[int, bytes] | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Verification:
    """What is wrong with the entries that should follow `start`, in one pass and bounded memory.

    `kept` are heads that were noted elsewhere while the journal grew, hash by number: without one, that
    the newest entries were cut off, or all of it written anew with new hashes, cannot be seen.
    """
    heads = dict(kept or {})
    walk = _Walk(Verification(head=start), heads)
    walk.check_head(start)
    async for entry in entries:
        walk.step(entry)
        if walk.result.entries % REPORT_EACH == 0:
            progress(walk.result.entries)
    walk.end()
    progress(walk.result.entries)
    return walk.result


class _Walk:
    """One pass: what the next entry must follow, and the changed entries that may only have been moved."""

    def __init__(self, result: Verification, heads: Mapping[int, bytes]) -> None:
        self.result = result
        self._heads = heads
        self._changed: dict[int, Entry] = {}
        self._doubtful = False

    def step(self, entry: Entry) -> None:
        """Look at one entry."""
        result, expected = self.result, self.result.head.number + 1
        if entry.number > expected:
            result.found(Fault.MISSING, expected, entry.number - 1)
        changed = link(entry.previous, entry.number, entry.body) != entry.hash
        if changed:
            result.found(Fault.CHANGED, entry.number)
            if len(self._changed) < MOST_MOVED:
                self._changed[entry.number] = entry
        elif entry.number == expected and entry.previous != result.head.hash and not self._doubtful:
            result.found(Fault.UNLINKED, entry.number)
        self._doubtful = changed  # what follows such an entry need not be told as well
        self.check_head(entry.head)
        result.head = entry.head
        result.entries += 1

    def check_head(self, head: Head) -> None:
        """Compare with what was kept of this entry elsewhere."""
        if self._heads.get(head.number, head.hash) != head.hash:
            self.result.found(Fault.REWRITTEN, head.number)

    def end(self) -> None:
        """What can be told only once all has been seen."""
        last = self.result.head.number
        newest = max(self._heads, default=last)
        if newest > last:
            self.result.found(Fault.CUT, last + 1, newest)
        self.result.findings = [self._explained(each) for each in self.result.findings]

    def _explained(self, finding: Finding) -> Finding:
        """A changed entry whose hash is right under the number of another changed one was moved."""
        entry = self._changed.get(finding.first)
        if finding.fault is not Fault.CHANGED or entry is None:
            return finding
        for number in self._changed:
            if link(entry.previous, number, entry.body) == entry.hash:
                return Finding(Fault.MOVED, finding.first, finding.first, number)
        return finding
