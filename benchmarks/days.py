"""What day is today, as the gateway's default calendar says."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from gateway.settings import Settings


def today() -> date:
    """Today, in the gateway's time zone."""
    return datetime.now(ZoneInfo(Settings.model_fields["time_zone"].default)).date()
