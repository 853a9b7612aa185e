"""What day is today, where the registries are."""

import datetime as dt
import time
from collections.abc import Callable


class Today:
    """Today by one time zone's calendar, looked up once a day: every operation asks."""

    def __init__(self, zone: dt.tzinfo, clock: Callable[[], float] = time.time) -> None:
        self._zone, self._clock = zone, clock
        self._day = dt.date.min
        self._from = self._until = 0.0

    def __call__(self) -> dt.date:
        now = self._clock()
        if not self._from <= now < self._until:
            self._look(now)
        return self._day

    def _look(self, now: float) -> None:
        moment = dt.datetime.fromtimestamp(now, self._zone)
        self._day = moment.date()
        tomorrow = dt.datetime.combine(self._day + dt.timedelta(days=1), dt.time(), self._zone)
        # From now, not from midnight: a clock that was set back is looked at again.
        self._from, self._until = now, tomorrow.timestamp()
