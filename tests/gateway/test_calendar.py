"""What day is today: right at every moment, whatever the clock does."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from gateway.calendar import Today

MOSCOW = ZoneInfo("Europe/Moscow")
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize("zone", [MOSCOW, BERLIN, dt.UTC], ids=str)
def test_it_is_the_calendars_day_at_each_half_hour_of_a_year(zone: dt.tzinfo) -> None:
    """Days of 23 and 25 hours included."""
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC).timestamp()
    clock = [now]
    today = Today(zone, lambda: clock[0])
    for half_hour in range(365 * 48):
        clock[0] = now + half_hour * 1800
        assert today() == dt.datetime.fromtimestamp(clock[0], zone).date()


def test_the_last_moment_of_a_day_is_not_the_next_day() -> None:
    midnight = dt.datetime(2026, 3, 1, tzinfo=MOSCOW).timestamp()
    clock = [midnight - 0.001]
    today = Today(MOSCOW, lambda: clock[0])
    assert today() == dt.date(2026, 2, 28)
    clock[0] = midnight
    assert today() == dt.date(2026, 3, 1)


def test_a_clock_that_is_set_back_is_believed() -> None:
    midnight = dt.datetime(2026, 3, 1, tzinfo=MOSCOW).timestamp()
    clock = [midnight + 5]
    today = Today(MOSCOW, lambda: clock[0])
    assert today() == dt.date(2026, 3, 1)
    clock[0] = midnight - 5
    assert today() == dt.date(2026, 2, 28)
