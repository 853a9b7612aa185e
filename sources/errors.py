"""What can go wrong with a registry.

SourceError
    Unavailable: it cannot be reached or refuses to work
    TimedOut: it did not answer before the deadline
    Overloaded: our own bound of reads at once, or the breaker, turned the read away
    Nonsense: it answered something that its contract excludes
"""

from sources.registry import Registry


class SourceError(Exception):
    """A registry could not be read. The message names it and the fault, never a driver's text or a key."""

    fault = "failed"

    def __init__(self, registry: Registry) -> None:
        super().__init__(f"registry {registry} {self.fault}")
        self.registry = registry


class Unavailable(SourceError):
    """It cannot be reached or refuses to work."""

    fault = "is unavailable"


class TimedOut(SourceError):
    """It did not answer before the deadline."""

    fault = "did not answer in time"


class Overloaded(SourceError):
    """Our own bound of reads at once, or the breaker, turned the read away."""

    fault = "is not asked just now"


class Nonsense(SourceError):
    """It answered something that its contract excludes."""

    fault = "gave an answer outside its contract"
