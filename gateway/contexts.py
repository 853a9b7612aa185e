"""What each operation's resolvers use, made anew for it; and what its answer says about itself."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from auth.principal import AccessMode, Purpose
from gateway.build import Built
from gateway.classes import gate_of
from gateway.columns import ColumnsOf
from gateway.operation.execution import Caller, OperationRequest
from gateway.operation.prepare import Prepared
from gateway.shared_loaders import SharedLoaders
from loaders.loaders import Loaders
from loaders.usage import Usage
from projections.feed import ChangeFeed
from resolvers.context import Context
from sources.feed import Feed
from sources.registry import Registry
from sources.sources import Sources


class Contexts:
    """Makes the context of every operation."""

    def __init__(
        self, built: Built, sources: Sources, change_feed: ChangeFeed, today: Callable[[], dt.date]
    ) -> None:
        self.gate = gate_of(built)
        self._columns = ColumnsOf(built)
        self._sources = sources
        self._change_feed = change_feed
        self._today = today
        self._feeds = feeds_of(sources)

    def context(self, prepared: Prepared, request: OperationRequest, caller: Caller) -> Context:
        """The context of one operation. Raises the errors of auth/ where the caller may not ask this."""
        purpose = Purpose.stated(caller.access_purpose)
        decisions = self.gate.decisions(
            prepared.document,
            prepared.operation,
            caller.principal,
            purpose,
            mode=AccessMode.stated(caller.access_mode) or AccessMode.FILTER,
            variables=request.variables,
        )
        today = self._today()
        shared = SharedLoaders()
        return Context(
            principal=caller.principal,
            purpose=purpose,
            loaders=Loaders(self._sources, self._columns.of(decisions), Usage(), today, shared),
            shared=shared,
            gate=self.gate,
            decisions=decisions,
            today=today,
            feeds=self._feeds,
            change_feed=self._change_feed,
        )

    def extensions(self, context: Context) -> dict[str, Any]:
        """What the answer says about itself: registries asked, fields not given, references that dangle."""
        usage = context.loaders.usage
        told: dict[str, Any] = {}
        if usage.calls:
            told["registries"] = usage.lines()
        if access := context.access.lines():
            told["access"] = access
        if dangling := context.dangling.lines():
            told["dangling"] = dangling
        return told

    def left(self, context: Context) -> None:
        """A part of the answer has left: what it released is on record."""
        context.released.clear()


def feeds_of(sources: Sources) -> Mapping[Registry, Feed]:
    """Each registry's change feed."""
    return {
        Registry.WORKERS: sources.workers,
        Registry.ORGANIZATIONS: sources.organizations,
        Registry.LICENSES: sources.licenses,
        Registry.QUALIFICATIONS: sources.qualifications,
    }
