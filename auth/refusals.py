"""How a refusal is told: what may not be seen, where, and why. Never the value, nor whether there is one."""

from collections.abc import Sequence
from dataclasses import dataclass

from auth.errors import AuthError
from auth.rights import Decision, Reason


@dataclass(frozen=True, slots=True)
class Refusal:
    """A coordinate that the caller may not see as it is, and why."""

    coordinate: str
    decision: Decision
    reason: Reason


class Refused(AuthError):
    """An argument or input field asks by a fact that the caller may know of nobody."""

    def __init__(self, coordinate: str, reason: Reason) -> None:
        super().__init__(f"{coordinate} may not be used ({reason})")
        self.coordinate = coordinate
        self.reason = reason


class AccessDenied(AuthError):
    """The operation is refused as a whole; `refusals` names every coordinate that stands in its way."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        told = ", ".join(f"{refusal.coordinate} ({refusal.reason})" for refusal in refusals)
        super().__init__(f"may not be seen: {told}")
        self.refusals = tuple(refusals)


class Unclassified(Exception):
    """Something in the schema has no class, or a class is given to something that the schema has not."""

    def __init__(self, coordinates: Sequence[str]) -> None:
        super().__init__("class missing or misplaced: " + ", ".join(coordinates))
        self.coordinates = tuple(coordinates)
