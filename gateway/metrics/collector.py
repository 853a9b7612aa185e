"""Every metric: read off the parts of the gateway at the moment when somebody asks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from engine.execution import Engine
from gateway.metrics.exports import Written
from gateway.metrics.requests import Requests
from gateway.operation.persisted import PersistedQueries
from gateway.operation.prepare import Preparation
from gateway.rates.rates import Rates
from projections.sync.kept import Kept
from sources.registry import Registry
from sources.resilience import BreakerState, Guard
from sources.tally import Times

PREFIX: Final = "svod"


@dataclass(frozen=True, slots=True)
class Parts:
    """What is measured."""

    requests: Requests
    rates: Rates
    preparation: Preparation
    persisted: PersistedQueries
    engine: Engine | None
    guards: Mapping[Registry, Guard]
    kept: Kept = field(default_factory=Kept)
    """The projection, where this process may keep it."""
    exported: Written = field(default_factory=Written)


class GatewayCollector(Collector):
    """The metrics of one process. Their labels are words of short lists, never what a caller sent."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def collect(self) -> Iterator[Metric]:
        """Every metric."""
        yield from self._of_requests()
        yield from self._of_registries()
        yield from self._of_projection()
        yield from self._of_rates()
        yield from self._of_memory()
        yield from self._of_exports()

    def _of_requests(self) -> Iterator[Metric]:
        requests = self._parts.requests
        ended = _counter("requests", "Requests that ended.", "transport", "kind", "code")
        for labels, count in requests.ended.items():
            ended.add_metric(labels, count)
        times = _histogram("request_seconds", "Seconds from admission to the answer.", "kind")
        for kind, each in requests.times.items():
            _add(times, [kind], each)
        tokens = _counter("tokens", "Tokens that came: known, checked anew, or refused.", "end")
        for end, count in requests.tokens.items():
            tokens.add_metric([end], count)
        yield from (ended, times, tokens)

    def _of_registries(self) -> Iterator[Metric]:
        reads = _counter("registry_reads", "Reads of a registry that ended.", "registry", "end")
        times = _histogram("registry_read_seconds", "Seconds of reads that were answered.", "registry")
        breaker = _gauge("registry_breaker", "1 for the state that the breaker is in.", "registry", "state")
        for registry, guard in self._parts.guards.items():
            reads.add_metric([registry.value, "ok"], guard.times.up_to[-1][1])
            for end, count in guard.unanswered.items():
                reads.add_metric([registry.value, end], count)
            _add(times, [registry.value], guard.times)
            for state in BreakerState:
                breaker.add_metric([registry.value, state.value], guard.breaker.state is state)
        yield from (reads, times, breaker)

    def _of_projection(self) -> Iterator[Metric]:
        kept = self._parts.kept
        lag = _gauge("projection_lag_seconds", "Seconds by which the projection may be behind.", "registry")
        for registry, seconds in kept.lags(datetime.now(UTC)).items():
            lag.add_metric([registry.value], seconds)
        rows = _counter("projection_rows", "Rows brought in after the build.", "registry")
        for registry, count in kept.rows.items():
            rows.add_metric([registry.value], count)
        builds = _counter("projection_builds", "Projections that this process built.")
        builds.add_metric([], kept.builds)
        holds = _gauge("projection_kept", "1 while this process keeps the projection.")
        holds.add_metric([], kept.holds)
        yield from (lag, rows, builds, holds)

    def _of_rates(self) -> Iterator[Metric]:
        rates = self._parts.rates
        refusals = _counter("rate_refusals", "Requests refused by their rate.", "policy", "limit")
        for labels, count in rates.refusals.items():
            refusals.add_metric(labels, count)
        shared = _gauge("rates_shared", "1 while all processes count together; 0 while Redis is away.")
        shared.add_metric([], rates.shared)
        accounts = _gauge("rate_accounts", "Callers that this process counts.")
        accounts.add_metric([], len(rates))
        yield from (refusals, shared, accounts)

    def _of_exports(self) -> Iterator[Metric]:
        exported = self._parts.exported
        ended = _counter("exports", "Exports that ended.", "export", "format", "end")
        for labels, count in exported.ended.items():
            ended.add_metric(labels, count)
        rows = _counter("export_rows", "Rows that exports have written.", "export", "format")
        for (export, file_format), count in exported.rows.items():
            rows.add_metric([export, file_format], count)
        running = _gauge("exports_running", "Exports that are being written.")
        running.add_metric([], exported.running)
        yield from (ended, rows, running)

    def _of_memory(self) -> Iterator[Metric]:
        size = _gauge("cache_bytes", "Bytes kept; of persisted queries the length of their texts.", "cache")
        size.add_metric(["documents"], self._parts.preparation.remembered)
        size.add_metric(["persisted"], self._parts.persisted.remembered)
        engine = self._parts.engine
        if engine is not None:
            size.add_metric(["plans"], engine.plan_bytes)
            done = _counter("engine", "Plans made, plans run, and answers walked after all.", "what")
            done.add_metric(["plans"], engine.counts.plans)
            done.add_metric(["runs"], engine.counts.runs)
            done.add_metric(["walks"], engine.counts.walks)
            yield done
        yield size


def _counter(name: str, told: str, *labels: str) -> CounterMetricFamily:
    return CounterMetricFamily(f"{PREFIX}_{name}", told, labels=labels)


def _gauge(name: str, told: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"{PREFIX}_{name}", told, labels=labels)


def _histogram(name: str, told: str, *labels: str) -> HistogramMetricFamily:
    return HistogramMetricFamily(f"{PREFIX}_{name}", told, labels=labels)


def _add(histogram: HistogramMetricFamily, labels: list[str], times: Times) -> None:
    histogram.add_metric(labels, times.up_to, times.total)
