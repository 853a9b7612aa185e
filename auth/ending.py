"""Work without an end, and how it ends all the same."""

import asyncio


def is_cancelled() -> bool:
    """Whether this task should end. A cancellation in the wrong moment is lost in the client of Redis."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
