"""The change feed of a registry: one counter, raised with every insert and update. Keeps nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from sources.keys import Oid


class RegistryState(NamedTuple):
    """How far a registry has come: its last revision (0 when it is empty) and the moment of it, in UTC."""

    revision: int
    updated_at: datetime | None


class Change(NamedTuple):
    """One row that was inserted or updated: its noun and id (an organization's is its OID)."""

    noun: str
    id: UUID | Oid
    revision: int
    updated_at: datetime


class Feed(Protocol):
    """What every registry tells of its changes."""

    async def state(self) -> RegistryState:
        """The last revision and its moment."""
        ...

    async def revision_now(self) -> int:
        """The last revision alone."""
        ...

    async def changes(self, after_revision: int, limit: int) -> Sequence[Change]:
        """At most `limit` changes of all tables after a revision, by revision."""
        ...
