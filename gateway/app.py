"""The application: its steps and its routes, each a list to read from top to bottom."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import Lifespan

from gateway.endpoint import Endpoint
from gateway.errors import ErrorCode
from gateway.export.door import EXPORTS
from gateway.faults import refused
from gateway.health import Readiness, Readyz, healthz
from gateway.limits import Limits
from gateway.settings import Settings
from gateway.transport.entrance import PATH, Entrance
from gateway.transport.http import HttpTransport
from gateway.transport.middleware import Masked
from gateway.transport.pages import KnownPages
from gateway.transport.reply import refusing_reply
from gateway.transport.steps import HeadLimit, Origins, RequestId, SafeHeaders
from gateway.transport.websocket import WebSocketTransport


def application(
    endpoint: Endpoint,
    readiness: Readiness,
    settings: Settings,
    *,
    routes: Sequence[BaseRoute] = (),
    lifespan: "Lifespan[Starlette] | None" = None,
) -> Entrance:
    """The application, with more routes (the explorer's, say) after its own."""
    limits = Limits.of(settings)
    graphql = HttpTransport(endpoint, limits, settings.sse_heartbeat)
    return Entrance(
        steps=[
            RequestId(),
            SafeHeaders(behind_tls=settings.behind_tls),
            HeadLimit(limits),
            Origins(settings.cors_origins),
            KnownPages((PATH, EXPORTS), settings.cors_origins),
        ],
        graphql=graphql,
        routes=Starlette(
            routes=[
                Route(PATH, graphql),
                WebSocketRoute(PATH, WebSocketTransport(endpoint, limits, settings.cors_origins)),
                Route("/healthz", healthz),
                Route("/readyz", Readyz(readiness, endpoint).__call__),
                *routes,
            ],
            middleware=[Middleware(Masked)],
            exception_handlers={404: _nothing_here, 405: _other_method},
            lifespan=lifespan,
        ),
    )


async def _nothing_here(_request: Request, _error: Exception) -> Response:
    error = refused(ErrorCode.NOT_FOUND, "There is nothing at this path. GraphQL is at /graphql.")
    return refusing_reply(error).response()


async def _other_method(_request: Request, error: Exception) -> Response:
    refusal = refused(ErrorCode.METHOD_NOT_ALLOWED, "This path is asked by another method.")
    refusal.headers.update(getattr(error, "headers", None) or {})
    return refusing_reply(refusal).response()
