"""What each operation's resolvers use, made anew for it; and what its answer says about itself."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from weakref import proxy

from audit.journal import JournalReader
from auth.decisions import Decisions
from auth.errors import SessionsUnavailable
from auth.principal import AccessMode, Principal, Purpose
from auth.recent import Recent
from auth.refusals import AccessDenied, Refused
from auth.rules import RightsSet, rights_set
from gateway.build import Built
from gateway.classes import gate_of
from gateway.columns import ColumnsOf
from gateway.operation.execution import Caller, OperationRequest, is_subscription
from gateway.operation.prepare import Prepared
from gateway.plans.shared_loaders import SharedLoaders
from loaders.loaders import Loaders
from loaders.usage import Usage
from projections.analytics.reader import AnalyticsReader
from projections.feed import ChangeFeed
from projections.findings.feed import FindingFeed
from projections.findings.reader import FindingReader
from projections.search.reader import SearchReader
from resolvers.cabinet import Cabinet
from resolvers.context import Context
from sources.feed import Feed
from sources.registry import Registry
from sources.rows import Columns
from sources.sources import Sources

REMEMBERED = 2_000
"""Principals whose rights are remembered."""


@dataclass(frozen=True, slots=True)
class Granted:
    """What one operation gives one set of rights."""

    decisions: Decisions
    columns: Mapping[str, Columns]
    asked_by: bool
    """Whether it asks by something with a class, so that each request's variables are looked at."""


class Contexts:
    """Makes the context of every operation."""

    def __init__(
        self,
        built: Built,
        sources: Sources,
        change_feed: ChangeFeed,
        today: Callable[[], dt.date],
        journal: JournalReader,
        search: SearchReader | None = None,
        analytics: AnalyticsReader | None = None,
        cabinet: Cabinet | None = None,
        findings: FindingReader | None = None,
        finding_feed: FindingFeed | None = None,
    ) -> None:
        self._journal, self._search, self._analytics = journal, search, analytics
        self._cabinet = cabinet
        self._findings, self._finding_feed = findings, finding_feed
        self.built, self.gate = built, gate_of(built)
        self._columns = ColumnsOf(built)
        self._sources = sources
        self._change_feed = change_feed
        self._today = today
        self._feeds = feeds_of(sources)
        # By identity, with the principal kept alive so that his identity stays his own.
        self._rights_sets: Recent[tuple[int, Purpose | None], tuple[Principal, RightsSet]] = Recent(
            REMEMBERED
        )

    def context(self, prepared: Prepared, request: OperationRequest, caller: Caller) -> Context:
        """The context of one operation. Raises the errors of auth/ where the caller may not ask this."""
        principal, purpose = caller.principal, Purpose.stated(caller.access_purpose)
        granted = self._granted(prepared, request, caller, purpose)
        # Weak on one side: nothing of an operation should have to wait for the collector of cycles.
        today, shared = self._today(), SharedLoaders()
        return Context(
            principal=principal,
            purpose=purpose,
            loaders=Loaders(
                self._sources,
                granted.columns,
                Usage(),
                today,
                proxy(shared),
                self._journal,
                self._search,
                self._analytics,
                self._findings,
            ),
            shared=shared,
            gate=self.gate,
            decisions=granted.decisions,
            today=today,
            feeds=self._feeds,
            change_feed=self._change_feed,
            cabinet=self._cabinet,
            anew=partial(self.context, prepared, request, caller) if is_subscription(prepared) else None,
            finding_feed=self._finding_feed,
        )

    def _granted(
        self, prepared: Prepared, request: OperationRequest, caller: Caller, purpose: Purpose | None
    ) -> Granted:
        """What the gate gives: remembered with the operation, unless what it asks by has to be looked at."""
        kept: dict[RightsSet, Granted] | None = prepared.kept.get(self)
        if kept is None:
            kept = prepared.kept[self] = {}
        rights = self._rights(caller.principal, purpose)
        found = kept.get(rights)
        if found is not None and not found.asked_by and caller.access_mode is None:
            return found
        decisions = self._decisions(prepared, request, caller, purpose)
        if found is None or found.decisions is not decisions:
            asked_by = self.gate.watches(prepared.document, prepared.operation)
            found = kept[rights] = Granted(decisions, self._columns.of(decisions), asked_by)
        return found

    def _rights(self, principal: Principal, purpose: Purpose | None) -> RightsSet:
        """The rights of a principal, who is the same object at each request with his token."""
        key = (id(principal), purpose)
        return self._rights_sets.get(key, lambda: (principal, rights_set(principal, purpose)))[1]

    def _decisions(
        self, prepared: Prepared, request: OperationRequest, caller: Caller, purpose: Purpose | None
    ) -> Decisions:
        """The gate's decisions. What it refuses to a token that cannot be checked may be his: then say so."""
        try:
            return self.gate.decisions(
                prepared.document,
                prepared.operation,
                caller.principal,
                purpose,
                mode=AccessMode.stated(caller.access_mode) or AccessMode.FILTER,
                variables=request.variables,
            )
        except (Refused, AccessDenied) as exc:
            if caller.principal.is_unchecked:
                raise SessionsUnavailable from exc
            raise

    def extensions(self, context: Context) -> dict[str, Any]:
        """What the answer says about itself: registries asked, fields not given, references that dangle."""
        usage = context.loaders.usage
        told: dict[str, Any] = {}
        if usage.calls:
            told["registries"] = usage.lines()
        if lapses := context.principal.lapses:
            told["grants"] = [lapse.line() for lapse in lapses]
        if context.access:
            told["access"] = context.access.lines()
        if context.dangling.count:
            told["dangling"] = context.dangling.lines()
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
