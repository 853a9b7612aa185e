"""Which pages may ask from a browser: those of this origin and of the listed ones, and no other.

A browser lets any page send simple requests anywhere and hides only the answer. A request that another page
sent is therefore refused before anything is done, by what browsers say of it and no page can forge: `Origin`
and `Sec-Fetch-Site`. A client that is no browser says neither.
"""

from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from gateway.errors import ErrorCode
from gateway.faults import refused
from gateway.transport.head import Head, Headers

OWN_SITES: Final = ("same-origin", "none")
"""Asked by a page of this very origin, or by the user himself."""


class KnownPages:
    """A step that lets no foreign page ask at a path, or below one that ends with a slash."""

    def __init__(self, paths: Collection[str], origins: Collection[str]) -> None:
        self._paths = frozenset(paths)
        self._below = tuple(each for each in paths if each.endswith("/"))
        self._origins = origins

    def before(self, head: Head) -> None:
        """Raises RequestError for a page that may not ask."""
        origin, site = head.value(b"origin"), head.value(b"sec-fetch-site")
        if (origin is None and site is None) or site in OWN_SITES or not self._guards(head.scope["path"]):
            return
        if origin is None or not known(origin, self._origins, head.value(b"host")):
            raise refused(ErrorCode.FORBIDDEN, "Pages of this origin may not ask here.")

    def after(self, head: Head, status: int, headers: Headers) -> None:
        """Nothing: a step of requests."""

    def _guards(self, path: str) -> bool:
        return path in self._paths or path.startswith(self._below)


def known(origin: str, origins: Collection[str], host: str | None) -> bool:
    """Whether pages of this origin may ask: a listed one, or our own."""
    return "*" in origins or origin in origins or urlsplit(origin).netloc == host
