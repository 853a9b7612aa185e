"""The gateway without a journal: nothing is watched or written. To measure against, never to serve."""

import asyncio
import os
import socket

import uvloop

from gateway.bootstrap import bootstrap
from gateway.logging import configure_logging
from gateway.plans.plan_rights import PlanRights
from gateway.settings import environment_settings
from gateway.transport.listener import listener
from gateway.transport.listening import Server, listening_socket
from tests.memory_journal import MemoryJournal


def unwatched(_rights: PlanRights, _type_name: str, _field_name: str) -> bool:
    """No field is watched."""
    return False


async def serve(bound: socket.socket) -> None:
    """Serve as `svod serve` does."""
    settings = environment_settings()
    gateway = bootstrap(settings, journal=MemoryJournal())
    gateway.endpoint._execution._releases = ()  # noqa: SLF001  (there is no such setting, and should be none)
    PlanRights.watched = unwatched  # type: ignore[method-assign, assignment]
    await Server(listener(gateway.app, settings), ready=lambda: None).serve([bound])


if __name__ == "__main__":
    configure_logging(environment_settings().log_level, console=False)
    with (
        listening_socket("127.0.0.1", int(os.environ["SVOD_PORT"])) as listening,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        runner.run(serve(listening))
