"""Days counted from today, written as PostgreSQL reads them, without making a date object each time."""

from datetime import date, timedelta
from functools import cache

_BACK = 33_000
_AHEAD = 4_000
YEAR = 365.25


class Calendar:
    """`on[n]` is the day n days from today, before it when n is negative."""

    def __init__(self, today: date) -> None:
        ahead = [(today + timedelta(n)).isoformat() for n in range(_AHEAD)]
        back = [(today - timedelta(n)).isoformat() for n in range(_BACK, 0, -1)]
        # A list's negative places count from its end, which is just what days before today need.
        self.on = [*ahead, *back]
        self.year = today.year
        self.today = today

    def year_of(self, day: int) -> int:
        return int(self.on[day][:4])

    def moment(self, second: int) -> str:
        """A moment so many seconds after midnight, in UTC, of today; usually before it."""
        day, rest = divmod(second, 86_400)
        return f"{self.on[day]} {rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}+00"


@cache
def calendar_of(today: date) -> Calendar:
    """The calendar of this day, made once in each process."""
    return Calendar(today)
