"""A page that the build has made: its HTML file and the hashed files that this names, each well guarded."""

import mimetypes
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

BUILT: Final = Path(__file__).parent / "static"
"""Where the build puts its pages, a folder each."""

Door = Callable[[Request], Awaitable[Response]]

# The builder writes a digest of the content into the name, so such a file never changes.
_HASHED: Final = re.compile(r"[\w.-]+-[0-9A-Z]{8}(\.\w+)+(?<!\.br)(?<!\.gz)")

# The builder packs some files beforehand. Browsers take Brotli over TLS only, where it is the smaller one.
_PACKED: Final = {"br": ".br", "gzip": ".gz"}

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
    """Files whose names tell their content: kept by browsers for a year. No other file is served.

    Where the build has packed one in a way that the caller takes, he gets it so.
    """

    async def get_response(self, path: str, scope: Scope) -> Response:
        if not _HASHED.fullmatch(path):
            raise HTTPException(404)
        encoding = self._packed(path, Headers(scope=scope))
        response = await super().get_response(path + _PACKED.get(encoding, ""), scope)
        response.headers.update({**GUARD, "Cache-Control": "public, max-age=31536000, immutable"})
        response.headers["Vary"] = "Accept-Encoding"
        if encoding:
            response.headers["Content-Encoding"] = encoding
            response.headers["Content-Type"] = _type(path)
        return response

    def _packed(self, path: str, headers: Headers) -> str:
        """The encoding in which this caller gets the file; nothing where it goes as it is."""
        taken = _taken(headers.get("accept-encoding", ""))
        return next(
            (name for name in _PACKED if name in taken and self.lookup_path(path + _PACKED[name])[1]), ""
        )


def _taken(header: str) -> frozenset[str]:
    """The encodings that a caller names and does not refuse by a weight of nought (RFC 9110, 12.5.3)."""
    parts = (part.replace(" ", "").lower().partition(";q=") for part in header.split(","))
    return frozenset(name for name, _, weight in parts if not re.fullmatch(r"0(\.0*)?", weight))


def _type(path: str) -> str:
    """The media type of a script or style sheet."""
    return f"{mimetypes.guess_type(path)[0] or 'application/octet-stream'}; charset=utf-8"
