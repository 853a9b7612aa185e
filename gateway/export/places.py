"""How many exports are written at once: each holds memory, connections and a caller's attention."""

from collections import Counter
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

from gateway.errors import ErrorCode
from gateway.faults import Fault, RequestError

RETRY_SECONDS = 30


class Places:
    """Places for exports in one process; no caller has more than half of them."""

    def __init__(self, most: int) -> None:
        self._most, self._most_of_one = most, max(1, most // 2)
        self._taken: Counter[Hashable] = Counter()

    @property
    def taken(self) -> int:
        """How many are being written."""
        return self._taken.total()

    @contextmanager
    def one(self, of: Hashable) -> Iterator[None]:
        """A place for as long as the export takes. Raises RequestError where there is none."""
        if self._taken[of] >= self._most_of_one:
            raise _exceeded(f"You have {self._taken[of]} exports running, which is as many as one may have.")
        if self.taken >= self._most:
            raise _exceeded("As many exports are running as there may be.")
        self._taken[of] += 1
        try:
            yield
        finally:
            self._taken[of] -= 1
            self._taken += Counter()  # forgets who has none left


def _exceeded(told: str) -> RequestError:
    fault = Fault(ErrorCode.EXPORTS_EXCEEDED, told, {"retryAfter": RETRY_SECONDS})
    return RequestError([fault], headers={"Retry-After": str(RETRY_SECONDS)})
