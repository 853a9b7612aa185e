"""A gateway of three fields that says what the page sent it."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any, Final

import strawberry
from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute
from strawberry.asgi import GraphQL
from strawberry.extensions import SchemaExtension

from gateway.explorer import Tokens, explorer_routes

HEADERS: Final = ("authorization", "x-access-purpose", "x-access-mode", "accept")


@strawberry.type
class Query:
    @strawberry.field
    def sent(self, info: strawberry.Info) -> list[str]:
        """Headers of the request, as `name: value`."""
        headers = info.context["request"].headers
        return [f"{name}: {headers[name]}" for name in HEADERS if name in headers]

    @strawberry.field
    def given(self, number: int) -> int:
        """The number that came in a variable."""
        return number


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def ticks(self, info: strawberry.Info) -> AsyncGenerator[str, None]:
        """Three events with the token that opened the socket."""
        for tick in range(3):
            yield f"tick {tick} for {info.context['connection_params'].get('Authorization')}"
            await asyncio.sleep(0)


class States(SchemaExtension):
    """What a gateway says of its registries."""

    def get_results(self) -> dict[str, Any]:
        return {
            "registries": [
                {"registry": "WORKERS", "state": "OK"},
                {"registry": "LICENSES", "state": "UNAVAILABLE"},
            ]
        }


def toy(tokens: Tokens | None = None) -> Starlette:
    """The toy gateway with the explorer in front."""
    schema = strawberry.Schema(Query, subscription=Subscription, extensions=[States])
    graphql = GraphQL[object, None](schema)
    doors = [Route("/graphql", graphql), WebSocketRoute("/graphql", graphql)]
    return Starlette(routes=[*doors, *explorer_routes(tokens=tokens)])
