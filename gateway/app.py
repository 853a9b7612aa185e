"""The Starlette application: its routes and its middleware, each a list to read from top to bottom."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import Lifespan

from gateway.endpoint import Endpoint
from gateway.errors import ErrorCode
from gateway.faults import refused
from gateway.health import Readiness, Readyz, healthz
from gateway.limits import Limits
from gateway.operation.execution import Answer
from gateway.settings import Settings
from gateway.transport.accept import Media
from gateway.transport.http import HttpTransport, json_response
from gateway.transport.middleware import REQUEST_ID, HeadLimit, Masked, RequestId, SafeHeaders
from gateway.transport.websocket import WebSocketTransport

ASKED_HEADERS = ("Authorization", "Content-Type", "X-Access-Mode", "X-Access-Purpose", REQUEST_ID)


def application(
    endpoint: Endpoint,
    readiness: Readiness,
    settings: Settings,
    *,
    routes: Sequence[BaseRoute] = (),
    lifespan: "Lifespan[Starlette] | None" = None,
) -> Starlette:
    """The application, with more routes (the explorer's, say) after its own."""
    limits = Limits.of(settings)
    return Starlette(
        routes=[
            Route("/graphql", HttpTransport(endpoint, limits, settings.sse_heartbeat)),
            WebSocketRoute("/graphql", WebSocketTransport(endpoint, limits, settings.cors_origins)),
            Route("/healthz", healthz),
            Route("/readyz", Readyz(readiness).__call__),
            *routes,
        ],
        middleware=[
            Middleware(RequestId),
            Middleware(SafeHeaders),
            Middleware(Masked),
            Middleware(HeadLimit, limits=limits),
            Middleware(
                CORSMiddleware,
                allow_origins=settings.cors_origins,
                allow_methods=("GET", "POST"),
                allow_headers=ASKED_HEADERS,
                expose_headers=(REQUEST_ID,),
            ),
        ],
        exception_handlers={404: _nothing_here, 405: _other_method},
        lifespan=lifespan,
    )


async def _nothing_here(_request: Request, _error: Exception) -> Response:
    error = refused(ErrorCode.NOT_FOUND, "There is nothing at this path. GraphQL is at /graphql.")
    return json_response(Answer.refusing(error), Media.JSON)


async def _other_method(_request: Request, error: Exception) -> Response:
    refusal = refused(ErrorCode.METHOD_NOT_ALLOWED, "This path is asked by another method.")
    refusal.headers.update(getattr(error, "headers", None) or {})
    return json_response(Answer.refusing(refusal), Media.JSON)
