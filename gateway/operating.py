"""What answers operations, put together: documents, rates, checks, execution, the record."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from redis.asyncio import Redis

from auth.enumeration import Lookups
from gateway.contexts import Contexts
from gateway.dashboard import dashboard_documents
from gateway.endpoint import Authenticator, Endpoint
from gateway.export.door import Behind
from gateway.lasting import Lasting
from gateway.limits import Limits
from gateway.lookups import CountedLookups
from gateway.metrics.collector import Parts
from gateway.metrics.exports import Written
from gateway.operation.execution import Check, Execution, Release
from gateway.operation.persisted import PersistedQueries, RedisStore
from gateway.operation.prepare import Preparation
from gateway.plans.compiled import CompiledSchema
from gateway.rates.ledger import RedisLedger
from gateway.rates.policy import POLICIES, Policy, policy_of
from gateway.rates.rates import Rates
from gateway.record.journal import AnswersOnRecord, watched_coordinates
from gateway.record.kept import KeptJournal
from gateway.rejections import Rejections
from gateway.settings import Environment, Settings
from gateway.shown import ShownSchemas
from gateway.trusted.documents import TrustedDocuments
from projections.search.reader import SearchReader
from projections.sync.kept import Kept
from sources.registry import Registry
from sources.resilience import Guard


@dataclass(frozen=True, slots=True)
class Operating:
    """The endpoint, and what exports and metrics use of it."""

    endpoint: Endpoint
    preparation: Preparation
    persisted: PersistedQueries
    contexts: Contexts
    plans: CompiledSchema | None
    rates: Rates
    releases: Sequence[Release]
    checks: Sequence[Check]

    def behind(self, search: SearchReader | None, today: Callable[[], dt.date]) -> Behind:
        """What stands behind the exports."""
        return Behind(
            self.endpoint,
            self.preparation,
            self.contexts.built.graphql,
            self.contexts,
            self.plans,
            self.releases,
            self.checks,
            self.rates,
            search,
            today,
        )

    def measured(self, guards: Mapping[Registry, Guard], kept: Kept, written: Written) -> Parts:
        """What is measured."""
        engine = self.plans.engine if self.plans else None
        requests = self.endpoint.requests
        return Parts(requests, self.rates, self.preparation, self.persisted, engine, guards, kept, written)


def operating(
    settings: Settings,
    authenticator: Authenticator,
    contexts: Contexts,
    plans: CompiledSchema | None,
    journal: KeptJournal,
    redis: Redis,
    lasting: Lasting,
) -> Operating:
    """What answers operations: known documents, prepared, counted, executed, put on record."""
    built, limits, is_open = contexts.built, Limits.of(settings), _is_open(settings)
    preparation = Preparation(built.graphql, limits)
    trusted = TrustedDocuments(
        settings.trusted_documents, settings.trusted_only, schema_is_open=is_open, own=dashboard_documents()
    )
    trusted.prepare(preparation)
    rates = lasting.opened(Rates(policies_of(settings), RedisLedger(redis)), Rates.close)
    store = RedisStore(redis, seconds=settings.persisted_ttl, most=settings.limit_persisted)
    persisted = PersistedQueries(store, limits, trusted)
    releases = [Rejections(AnswersOnRecord(journal, watched_coordinates(built)))]
    checks = [CountedLookups(contexts.gate, Lookups(redis, settings.lookups_per_hour))]
    shown = ShownSchemas(built.graphql, contexts.gate)
    execution = Execution(built.graphql, contexts, plans, releases=releases, introspection=shown)
    endpoint = Endpoint(
        authenticator,
        preparation,
        persisted,
        execution,
        open_introspection=is_open,
        trusted=trusted,
        rates=rates,
        checks=checks,
    )
    return Operating(endpoint, preparation, persisted, contexts, plans, rates, releases, checks)


def policies_of(settings: Settings) -> Mapping[str, Policy | None]:
    """What each role may ask in time."""
    return {name: policy_of(name, getattr(settings, f"rate_{name}")) for name in POLICIES}


def _is_open(settings: Settings) -> bool:
    if settings.open_introspection is not None:
        return settings.open_introspection
    return settings.env is Environment.DEMO
