"""The public keys of a key set (JWKS), by name and algorithm together. Others are passed over."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from jose import jwk
from jose.backends.base import Key
from jose.exceptions import JOSEError
from jose.utils import base64_to_long

from auth.errors import KeysUnavailable

Keys = Mapping[tuple[str, str], Key]
"""Public keys by `kid` and algorithm."""

ALGORITHMS: Final = frozenset({"RS256", "ES256"})
"""The algorithms that are accepted; a token names one, and its key decides whether that one is right."""

DEMO_KID: Final = "svod-demo-"
"""What the name of every demo key begins with, so that it is known wherever it turns up."""

_PUBLIC_PARTS: Final = ("kty", "n", "e", "crv", "x", "y")
_SMALLEST_RSA: Final = 2048


def keys_of(document: bytes) -> Keys:
    """The keys of a key set that can check our tokens; KeysUnavailable if it is no key set at all."""
    found: dict[tuple[str, str], Key] = {}
    for entry in _entries(document):
        algorithm = _algorithm(entry)
        if algorithm is not None and (entry["kid"], algorithm) not in found:
            key = _key(entry, algorithm)
            if key is not None:
                found[entry["kid"], algorithm] = key
    return found


def without_demo(keys: Keys) -> Keys:
    """The keys that are not the demo issuer's."""
    return {name: key for name, key in keys.items() if not name[0].startswith(DEMO_KID)}


def _entries(document: bytes) -> Iterator[Mapping[str, Any]]:
    try:
        entries = json.loads(document)["keys"]
        yield from (entry for entry in entries if _is_for_signatures(entry))
    except (ValueError, LookupError, TypeError, RecursionError) as exc:
        raise KeysUnavailable from exc


def _is_for_signatures(entry: object) -> bool:
    if not isinstance(entry, dict) or not isinstance(entry.get("kid"), str):
        return False
    operations = entry.get("key_ops", ["verify"])
    return entry.get("use", "sig") == "sig" and isinstance(operations, list) and "verify" in operations


def _algorithm(entry: Mapping[str, Any]) -> str | None:
    """The one algorithm that this key is for, by its type and curve; None if that is not one of ours."""
    match entry.get("kty"), entry.get("crv"):
        case "RSA", None:
            fitting = "RS256"
        case "EC", "P-256":
            fitting = "ES256"
        case _:
            return None
    return fitting if entry.get("alg", fitting) == fitting else None


def _key(entry: Mapping[str, Any], algorithm: str) -> Key | None:
    """The key itself, from its public parts alone; None if they are no key, or a weak one."""
    public = {part: entry[part] for part in _PUBLIC_PARTS if part in entry}
    try:
        if algorithm == "RS256" and base64_to_long(public["n"]).bit_length() < _SMALLEST_RSA:
            return None
        return jwk.construct(public, algorithm)
    except (JOSEError, LookupError, ValueError, TypeError):
        return None
