"""Windows of days that begin today."""

import datetime as dt
from typing import NewType

from resolvers.context import Context

Days = NewType("Days", int)
"""A number of days from today, checked at the door by its scalar."""


def end_of_window(context: Context, within: Days) -> dt.date:
    """The last day of a window of so many days."""
    return context.today + dt.timedelta(days=within)
