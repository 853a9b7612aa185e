"""What a resolver may use while it answers one operation."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import strawberry

from auth.decisions import Decisions
from auth.gate import Gate
from auth.lines import AccessLines
from auth.principal import Principal, Purpose
from loaders.loaders import Loaders
from projections.feed import ChangeFeed
from projections.findings.feed import FindingFeed
from resolvers.cabinet import Cabinet
from resolvers.dangling import Dangling
from resolvers.reach import Reach
from resolvers.released import Released
from sources.feed import Feed
from sources.registry import Registry

MOST_FIRST: Final = 100
"""Records that one page may have, where a caller asks for pages himself."""


@dataclass(slots=True, eq=False)
class Context:
    """One operation's caller, loaders and decisions, and what it has to say beside its data.

    Nobody changes its attributes; frozen it would take twice as long to make, for every request.
    """

    principal: Principal
    purpose: Purpose | None
    loaders: Loaders
    gate: Gate
    decisions: Decisions
    today: dt.date
    feeds: Mapping[Registry, Feed]
    change_feed: ChangeFeed
    cabinet: Cabinet | None = None
    anew: Callable[[], "Context"] | None = None
    """Of a subscription: makes the same context anew, so that nothing known before is taken for known."""
    finding_feed: FindingFeed | None = None
    access: AccessLines = field(default_factory=AccessLines)
    dangling: Dangling = field(default_factory=Dangling)
    released: Released = field(default_factory=Released)
    reach: Reach = field(default_factory=Reach)
    shared: Any = None
    """What an executor beside graphql-core's keeps of this operation."""
    most_first: int = MOST_FIRST
    """Records that a page of a search may have."""


Info: TypeAlias = strawberry.Info[Context, None]
