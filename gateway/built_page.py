"""A page that the build has made: its HTML file and the hashed files that this names, each well guarded."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

BUILT: Final = Path(__file__).parent / "static"
"""Where the build puts its pages, a folder each."""

Door = Callable[[Request], Awaitable[Response]]

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

GUARD: Final = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""What a browser is told of every page and file: nothing but this origin's own, in no frame."""

_NOT_BUILT: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Svod</title></head>
<body><h1>The {name} is not built</h1>
<p>Run <code>make explorer</code> and load this page again.
The gateway itself answers at <code>/graphql</code>.</p>
</body></html>
"""


def page_of(folder: Path, name: str) -> Door:
    """What answers with the folder's page; `name` is what it is called while it is not built."""

    async def page(_: Request) -> Response:
        index = folder / "index.html"
        if not index.is_file():
            told = _NOT_BUILT.format(name=name)
            return HTMLResponse(told, 503, headers={**GUARD, "Cache-Control": "no-store"})
        return FileResponse(index, headers={**GUARD, "Cache-Control": "no-cache"})

    return page


class HashedFiles(StaticFiles):
    """Files whose names tell their content: kept by browsers for a year. No other file is served."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if not _HASHED.fullmatch(path):
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        response.headers.update({**GUARD, "Cache-Control": "public, max-age=31536000, immutable"})
        return response
