"""Discovery: the issuer's own configuration says where his keys are (OpenID Connect Discovery 1.0)."""

import json
from typing import Any, Final
from urllib.parse import urlsplit

from auth.addresses import is_loopback, is_safe
from auth.documents import Documents
from auth.errors import KeysUnavailable

WELL_KNOWN: Final = "/.well-known/openid-configuration"


class DiscoveredKeys:
    """The key set of an issuer who is known by his name alone.

    His configuration is read anew before each reading of the keys, so that he may move them.
    """

    def __init__(self, issuer: str, documents: Documents) -> None:
        self._issuer, self._documents = issuer, documents

    async def document(self) -> bytes:
        """The key set that his configuration names; KeysUnavailable where it says anything unsafe."""
        found = await self._documents.document(self._issuer.removesuffix("/") + WELL_KNOWN)
        return await self._documents.document(keys_address(self._issuer, found))


def keys_address(issuer: str, configuration: bytes) -> str:
    """Where this issuer's configuration says that his keys are; it must be his own, and the way safe."""
    try:
        told: Any = json.loads(configuration)
        named, address = told["issuer"], told["jwks_uri"]
    except (ValueError, LookupError, TypeError, RecursionError) as exc:
        raise KeysUnavailable from exc
    if named != issuer or not isinstance(address, str) or not _is_safe_beside(address, issuer):
        raise KeysUnavailable
    return address


def _is_safe_beside(address: str, issuer: str) -> bool:
    """By https; without it only between two addresses of this machine."""
    return is_safe(address) and (address.startswith("https://") or is_loopback(urlsplit(issuer).hostname))
