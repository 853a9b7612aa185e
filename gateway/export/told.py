"""What an export has to say at its end, beside its rows: what was not given, and how far it came."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Told:
    """Collects it, page by page."""

    rows: int = 0
    after: str | None = None
    """The cursor of the last row that was written: from there an export can go on."""
    whole: bool = False
    """Whether there is nothing behind the last row."""
    suppressed: bool = False
    """Whether figures about few people are left out."""
    gone: int = 0
    """Hits that their registry has no more, so that they are no rows."""
    dangling: int = 0
    """References to records that their registry does not have: their cells are empty."""
    access: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """Rows, by the coordinate that was not given as it is, what came of it, and why."""
    faults: Counter[str] = field(default_factory=Counter)
    """Cells that are empty because of an error, by its code."""

    def take(self, extensions: Mapping[str, Any], errors: Sequence[Mapping[str, Any]]) -> None:
        """What the answer of a page says of itself."""
        for line in extensions.get("access", ()):
            self.access[line["coordinate"], line["outcome"], line["reason"]] += line["rows"]
        self.dangling += (extensions.get("dangling") or {}).get("count", 0)
        self.faults.update(str(error["extensions"]["code"]) for error in errors)

    @property
    def is_plain(self) -> bool:
        """Whether no cell is empty or masked that its registry could fill. References dangle without that."""
        return not (self.access or self.faults or self.suppressed)

    def summary(self) -> dict[str, Any]:
        """All of it, for programs."""
        told: dict[str, Any] = {"rows": self.rows, "whole": self.whole, "after": self.after}
        if self.access:
            told["access"] = [
                {"coordinate": coordinate, "outcome": outcome, "reason": reason, "rows": rows}
                for (coordinate, outcome, reason), rows in sorted(self.access.items())
            ]
        if self.suppressed:
            told["suppressed"] = True
        counted = {"dangling": self.dangling, "gone": self.gone, "errors": dict(self.faults)}
        return told | {name: found for name, found in counted.items() if found}

    def lines(self) -> list[str]:
        """The same for people."""
        found = [
            f"{coordinate}: {outcome.lower()} in {rows} rows ({reason})"
            for (coordinate, outcome, reason), rows in sorted(self.access.items())
        ]
        if self.suppressed:
            found.append("figures about fewer than five people are left out")
        if self.dangling:
            found.append(f"references that lead nowhere: {self.dangling}")
        if self.gone:
            found.append(f"records that are there no more: {self.gone}")
        return found + [f"cells that failed with {code}: {count}" for code, count in self.faults.items()]
