"""The GraphQL explorer at `/`: its page, its files and, in demo, the tokens of its role picker."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from gateway import built_page
from gateway.built_page import GUARD, Door, HashedFiles, page_of

BUILT: Final = built_page.BUILT / "explorer"

Tokens = Callable[[], Sequence[Mapping[str, str]]]
"""The demo's roles, each `{role, label, token}`, signed anew whenever the page asks."""


def explorer_routes(*, folder: Path = BUILT, tokens: Tokens | None = None) -> list[BaseRoute]:
    """The page and its files; with `tokens` also `/demo/tokens`, which production must never have."""
    routes: list[BaseRoute] = [
        Route("/", page_of(folder, "explorer"), name="explorer"),
        Mount("/static/explorer", HashedFiles(directory=folder, check_dir=False), name="explorer-files"),
    ]
    if tokens is not None:
        routes.append(Route("/demo/tokens", _role_tokens(tokens), name="demo-tokens"))
    return routes


def _role_tokens(tokens: Tokens) -> Door:
    async def role_tokens(_: Request) -> Response:
        return JSONResponse([dict(role) for role in tokens()], headers={**GUARD, "Cache-Control": "no-store"})

    return role_tokens
