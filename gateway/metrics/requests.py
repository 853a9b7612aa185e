"""What was asked and how it ended: counted for every operation, on every transport."""

from collections import Counter, defaultdict
from time import perf_counter
from typing import Final

from gateway.operation.execution import Answer
from sources.tally import Times

REFUSED: Final = "none"
"""The kind of what was refused before it was known what it is."""

OK: Final = "OK"


class Requests:
    """Counts of requests by transport, kind and code, and their times by kind; of tokens, by their end."""

    def __init__(self) -> None:
        self.ended: Counter[tuple[str, str, str]] = Counter()
        self.times: defaultdict[str, Times] = defaultdict(Times)
        self.tokens: Counter[str] = Counter()

    def end(self, transport: str, kind: str, code: str, started: float) -> None:
        """Count a request that began at this moment of `perf_counter`."""
        self.ended[transport, kind, code] += 1
        self.times[kind].add(perf_counter() - started)


def ended_as(answer: Answer) -> str:
    """How an answer ended: `OK`, or the code of its refusal or first error."""
    if answer.refusal is not None:
        return answer.refusal.code
    return str(answer.errors[0]["extensions"]["code"]) if answer.errors else OK
