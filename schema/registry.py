"""The registries themselves: how they are, and that they changed."""

import datetime as dt

import strawberry

from projections.registries import RegistryState
from resolvers import registry as resolve
from resolvers.link import column
from schema.directives import OPEN
from schema.fields import public
from sources.registry import Registry

strawberry.enum(
    Registry, name="Registry", description="A registry that the answers come from.", directives=OPEN
)
strawberry.enum(RegistryState, name="RegistryState", description="Whether a registry answers just now.")


@strawberry.type(
    description="Up to which moment a registry's changes are in an answer. What is shown of a hit is read"
    " from its registry; what is filtered, ordered and counted by may be this old."
)
class Freshness:
    """Up to which moment a registry's changes are in an answer."""

    registry: Registry = public("Which registry.")
    as_of: dt.datetime = public("Every change up to this moment is in it, UTC.")
    lag_seconds: float = public("How long that is ago, in seconds.")


@strawberry.type(description="A registry, asked now how it is.")
class RegistryStatus:
    """A registry, asked now how it is."""

    registry: Registry = public("Which one.")
    title: str = public("Its Russian name.", resolve.title)
    state: RegistryState = public("Whether it answers.")
    revision: int | None = public("Its last revision, a counter of its changes; null while it is away.")
    updated_at: dt.datetime | None = public("Moment of its last change, UTC; null while it is away.")
    answer_time: float = public("How long it took to answer, or to fail, in milliseconds.")
    searchable_as_of: dt.datetime | None = public(
        "Every change up to this moment can be searched for, UTC.", resolve.searchable_as_of
    )
    lag_seconds: float | None = public("How long that is ago, in seconds.", resolve.lag_seconds)


@strawberry.type(description="A record that was added or changed.")
class RecordChange:
    """A record that was added or changed."""

    id: strawberry.ID = public("Global id of the record: pass it to `node`.", resolve.record_id)
    type: str = public("Its type.", column("noun"))
    revision: int = public("The registry's revision that the change made.")
    updated_at: dt.datetime = public("Moment of the change, UTC.")


@strawberry.type(description="Some changes of a registry, in their order.")
class RegistryChange:
    """Some changes of a registry, in their order."""

    registry: Registry = public("Which one.")
    revision: int = public("The last revision that this event covers.")
    records: list[RecordChange] = public("Records that were added or changed.", resolve.records)
