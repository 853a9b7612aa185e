"""Whether the gateway lives, and whether it can answer: `/healthz` and `/readyz`."""

from asyncio import gather
from collections.abc import Mapping
from typing import Protocol

import orjson
from starlette.requests import Request
from starlette.responses import Response

SESSIONS = "SESSIONS"
"""What `/readyz` calls Redis's part in rights."""

NO_STORE = {"Cache-Control": "no-store"}


class Readiness(Protocol):
    """Tells which registries answer just now."""

    async def registries(self) -> Mapping[str, bool]:
        """For each registry's name, whether it answers."""

    async def store(self) -> bool:
        """Whether Svod's own database answers."""

    def sessions(self) -> bool:
        """Whether sessions and revocations can be checked, so that tokens give what they grant."""


class Counting(Protocol):
    """Tells how requests in time are counted."""

    @property
    def counts_alone(self) -> bool:
        """Whether each process counts for itself, because Redis is away."""


async def healthz(_request: Request) -> Response:
    """The process runs and its event loop turns."""
    return Response(orjson.dumps({"status": "ok"}), headers=NO_STORE, media_type="application/json")


class Readyz:
    """Ready while at least one registry answers: the others' fields say for themselves that they are away.

    Without the store, everything is answered but what has to be on record.
    """

    def __init__(self, readiness: Readiness, counting: Counting) -> None:
        self._readiness = readiness
        self._counting = counting

    async def __call__(self, _request: Request) -> Response:
        answering, store = await gather(self._readiness.registries(), self._readiness.store())
        away = sorted(name for name, answers in answering.items() if not answers)
        ready = not answering or len(away) < len(answering)
        if not self._readiness.sessions():
            away.append(SESSIONS)
        whole = store and not away
        status = "ok" if whole else "degraded" if ready else "unavailable"
        told: dict[str, object] = {"status": status, "away": away, "store": "ok" if store else "unavailable"}
        if self._counting.counts_alone:
            told["rates"] = "counted by each process alone"
        body = orjson.dumps(told)
        return Response(body, 200 if ready else 503, NO_STORE, media_type="application/json")
