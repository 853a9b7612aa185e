"""Events to write, as answers would make them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from audit.event import Actor, Event, Holding, Refused, Released

BEGIN = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
ANNA = "Worker:5f0c0f7e-0000-4000-8000-000000000001"
BORIS = "Worker:5f0c0f7e-0000-4000-8000-000000000002"


def event(number: int = 0, **changed: Any) -> Event:
    """An event, so many minutes after nine."""
    told: dict[str, Any] = {
        "at": BEGIN + timedelta(minutes=number),
        "request": f"request-{number}",
        "transport": "http",
        "actor": Actor(
            "inspector", (Holding("regulator", regions=("77",)),), "session-1", "token-1", "10.0.0.7"
        ),
        "purpose": "inspection",
        "operation": "Card",
        "document": "0" * 64,
        "released": (Released((ANNA,), ("Worker.snils",), ("Worker.phone",)),),
        "refused": (Refused("Worker.passportNumber", "PURPOSE", 1),),
    }
    return Event(**told | changed)


def bodies(many: int) -> list[str]:
    """So many different bodies."""
    return [event(number).body() for number in range(many)]
