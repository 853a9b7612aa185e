"""`/metrics`, for Prometheus: of this process, or of all that serve on the same port."""

import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from hmac import compare_digest

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import Metric
from prometheus_client.exposition import choose_encoder, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector
from prometheus_client.samples import Sample
from redis.asyncio import Redis
from starlette.requests import Request
from starlette.responses import Response

from gateway.errors import ErrorCode
from gateway.faults import refused
from gateway.metrics.collector import GatewayCollector, Parts
from gateway.metrics.shared import SharedTexts
from gateway.settings import Environment, Settings
from gateway.transport.reply import refusing_reply


class MetricsPage:
    """Answers who knows the token; without one, everybody."""

    def __init__(self, collector: Collector, token: str | None, shared: SharedTexts | None = None) -> None:
        """`shared` are the metrics of the other processes."""
        self._registry = CollectorRegistry(auto_describe=False)
        self._registry.register(collector)
        ProcessCollector(registry=self._registry)
        self._token = token
        self._shared = shared

    async def __call__(self, request: Request) -> Response:
        if not self._may_read(request.headers.get("authorization", "")):
            error = refused(ErrorCode.UNAUTHENTICATED, "The metrics are told to who has their token.")
            error.headers["WWW-Authenticate"] = 'Bearer realm="svod metrics"'
            return refusing_reply(error).response()
        encoded, media = choose_encoder(request.headers.get("accept", ""))
        headers = {"Cache-Control": "no-store", "Content-Type": media}
        return Response(encoded(await self._all()), headers=headers)

    async def keep_shared(self) -> None:
        """Tell the other processes of this one's metrics, again and again."""
        if self._shared is not None:
            await self._shared.keep_told(lambda: generate_latest(self._registry).decode())

    def _may_read(self, authorization: str) -> bool:
        return self._token is None or compare_digest(authorization.encode(), f"Bearer {self._token}".encode())

    async def _all(self) -> CollectorRegistry:
        if self._shared is None:
            return self._registry
        texts = await self._shared.texts() | {str(os.getpid()): generate_latest(self._registry).decode()}
        whole = CollectorRegistry(auto_describe=False)
        whole.register(_Of(texts))
        return whole


def metrics_page(settings: Settings, parts: Parts, redis: Redis) -> MetricsPage:
    """The page of these settings. In production nobody reads it without a token of the settings."""
    token = settings.metrics_token.get_secret_value() if settings.metrics_token else None
    if token is None and settings.env is Environment.PRODUCTION:
        token = secrets.token_urlsafe()
    shared = SharedTexts(redis, settings.port) if settings.processes > 1 else None
    return MetricsPage(GatewayCollector(parts), token, shared)


class _Of(Collector):
    """The metrics of several processes, each told by its label `process`."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def collect(self) -> Iterable[Metric]:
        """Every metric once, with the samples of all."""
        found: dict[str, Metric] = {}
        for process, text in sorted(self._texts.items()):
            for metric in text_string_to_metric_families(text):
                whole = found.setdefault(metric.name, _empty(metric))
                whole.samples += _labelled(metric, process)
        return found.values()


def _empty(metric: Metric) -> Metric:
    return Metric(metric.name, metric.documentation, metric.type, metric.unit)


def _labelled(metric: Metric, process: str) -> Iterator[Sample]:
    for sample in metric.samples:
        yield sample._replace(labels=sample.labels | {"process": process})
