"""The demo issuer: a key of its own, made once in the data folder, that signs tokens for trying Svod out."""

import hashlib
import json
import os
import tempfile
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec
from jose import jwt
from jose.backends import ECKey

from auth.keys import DEMO_KID

DEMO_ISSUER: Final = "urn:svod:demo"
DEMO_AUDIENCE: Final = "svod"

_ALGORITHM: Final = "ES256"
_PRIVATE_FILE: Final = "demo-issuer.json"
_PUBLIC_FILE: Final = "demo-jwks.json"


@dataclass(frozen=True, slots=True)
class DemoKey:
    """The demo issuer's key; `jwks` is the file with its public half."""

    jwks: Path
    _private: Mapping[str, str] = field(repr=False)

    def token(self, claims: Mapping[str, Any]) -> str:
        """A token with these claims, signed by the demo issuer for Svod."""
        parties = {"iss": DEMO_ISSUER, "aud": DEMO_AUDIENCE}
        signed = jwt.encode(
            parties | dict(claims),
            dict(self._private),
            algorithm=_ALGORITHM,
            headers={"kid": self._private["kid"]},
        )
        return str(signed)


def demo_key(folder: Path) -> DemoKey:
    """The key of this data folder, made now if it has none; only its owner may read the private half."""
    folder.mkdir(parents=True, exist_ok=True)
    private = folder / _PRIVATE_FILE
    if not private.exists():
        with suppress(FileExistsError):  # somebody else has just made it: his is the one
            _write_once(private, json.dumps(_new_key()))
    found: dict[str, str] = json.loads(private.read_text("utf-8"))
    public = folder / _PUBLIC_FILE
    with suppress(FileExistsError):
        _write_once(public, json.dumps({"keys": [{name: found[name] for name in found if name != "d"}]}))
    return DemoKey(public, found)


def _new_key() -> dict[str, str]:
    parts = ECKey(ec.generate_private_key(ec.SECP256R1()), _ALGORITHM).to_dict()
    named = {name: str(value) for name, value in parts.items()}
    return named | {"kid": DEMO_KID + _thumbprint(named), "use": "sig"}


def _thumbprint(key: Mapping[str, str]) -> str:
    """The key's thumbprint (RFC 7638), shortened."""
    required = json.dumps({name: key[name] for name in ("crv", "kty", "x", "y")}, separators=(",", ":"))
    return urlsafe_b64encode(hashlib.sha256(required.encode()).digest())[:16].decode()


def _write_once(path: Path, text: str) -> None:
    """Write a file for its owner alone, whole or not at all; FileExistsError if there is one already."""
    if path.exists():
        raise FileExistsError(path)
    descriptor, name = tempfile.mkstemp(dir=path.parent)  # made with mode 600
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        os.link(name, path)
    finally:
        Path(name).unlink()
