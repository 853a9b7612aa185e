"""The GraphQL explorer at `/`: its page, its files and, in demo, the tokens of its role picker."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

BUILT: Final = Path(__file__).parent / "static" / "explorer"

Tokens = Callable[[], Sequence[Mapping[str, str]]]
"""The demo's roles, each `{role, label, token}`, signed anew whenever the page asks."""

_Endpoint = Callable[[Request], Awaitable[Response]]

# The builder writes a digest of the content into the name, so such a file never changes.
_HASHED: Final = re.compile(r"[\w.-]+-[0-9A-Z]{8}(\.\w+)+")

_POLICY: Final = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)

_GUARD: Final = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

_NOT_BUILT: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Svod</title></head>
<body><h1>The explorer is not built</h1>
<p>Run <code>make explorer</code> and load this page again.
The gateway itself answers at <code>/graphql</code>.</p>
</body></html>
"""


def explorer_routes(*, folder: Path = BUILT, tokens: Tokens | None = None) -> list[BaseRoute]:
    """The page and its files; with `tokens` also `/demo/tokens`, which production must never have."""
    routes: list[BaseRoute] = [
        Route("/", _page(folder), name="explorer"),
        Mount("/static/explorer", _HashedFiles(directory=folder, check_dir=False), name="explorer-files"),
    ]
    if tokens is not None:
        routes.append(Route("/demo/tokens", _role_tokens(tokens), name="demo-tokens"))
    return routes


def _page(folder: Path) -> _Endpoint:
    async def page(_: Request) -> Response:
        index = folder / "index.html"
        if not index.is_file():
            return HTMLResponse(_NOT_BUILT, 503, headers={**_GUARD, "Cache-Control": "no-store"})
        return FileResponse(index, headers={**_GUARD, "Cache-Control": "no-cache"})

    return page


def _role_tokens(tokens: Tokens) -> _Endpoint:
    async def role_tokens(_: Request) -> Response:
        return JSONResponse(
            [dict(role) for role in tokens()], headers={**_GUARD, "Cache-Control": "no-store"}
        )

    return role_tokens


class _HashedFiles(StaticFiles):
    """Files whose names tell their content: kept by browsers for a year. No other file is served."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if not _HASHED.fullmatch(path):
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        response.headers.update({**_GUARD, "Cache-Control": "public, max-age=31536000, immutable"})
        return response
