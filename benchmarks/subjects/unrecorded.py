"""The gateway without a journal: nothing is watched, nothing is written. To measure against, never to serve."""

import asyncio
import os
import socket

import uvloop

from gateway.bootstrap import bootstrap
from gateway.logging import configure_logging
from gateway.plan_rights import PlanRights
from gateway.settings import environment_settings
from gateway.transport.listener import listener
from gateway.transport.listening import Server, listening_socket
from tests.memory_journal import MemoryJournal


class Unwatched(PlanRights):
    """The same rights, telling of no release."""

    def watched(self, type_name: str, field_name: str) -> bool:  # noqa: ARG002
        """No."""
        return False


async def serve(bound: socket.socket) -> None:
    """Serve as `svod serve` does."""
    settings = environment_settings()
    gateway = bootstrap(settings, journal=MemoryJournal())
    gateway.endpoint._execution._releases = ()  # noqa: SLF001  (there is no such setting, and should be none)
    PlanRights.watched = Unwatched.watched  # type: ignore[method-assign]
    await Server(listener(gateway.app, settings), ready=lambda: None).serve([bound])


if __name__ == "__main__":
    configure_logging(environment_settings().log_level, console=False)
    with (
        listening_socket("127.0.0.1", int(os.environ["SVOD_PORT"])) as listening,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        runner.run(serve(listening))
