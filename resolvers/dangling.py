"""References that lead nowhere: told beside the data, since for registries they are normal."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

SHOWN = 100


@dataclass(slots=True)
class Dangling:
    """Collects, for one answer, each reference whose record its registry does not have."""

    most: int = SHOWN
    """So many are told with their place."""
    count: int = 0
    shown: list[dict[str, Any]] = field(default_factory=list)

    def note(self, place: Callable[[], list[str | int]], coordinate: str, reference: str) -> None:
        """Remember one reference: where in the answer, of which field, and the key that leads nowhere."""
        self.count += 1
        if len(self.shown) < self.most:
            self.shown.append({"path": place(), "coordinate": coordinate, "reference": reference})

    def lines(self) -> dict[str, Any] | None:
        """`{count, references}` for the extensions, or nothing; a hundred are listed, by their place."""
        listed = sorted(self.shown, key=lambda each: each["path"])
        return {"count": self.count, "references": listed} if self.count else None
