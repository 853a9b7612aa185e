"""An issuer for the tests, and a forger: tokens as nobody should accept them are made here by hand."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jose import jwk, jwt

from auth.errors import KeysUnavailable
from auth.keyset import KeySet
from auth.tokens import Tokens

ISSUER, AUDIENCE = "https://issuer.test", "svod"
NOW = 1_800_000_000


@cache
def rsa_key(kid: str = "rsa", bits: int = 2048) -> dict[str, str]:
    """A private RSA key as a JWK."""
    return _jwk(rsa.generate_private_key(65537, bits), "RS256", kid)


@cache
def ec_key(kid: str = "ec") -> dict[str, str]:
    """A private P-256 key as a JWK."""
    return _jwk(ec.generate_private_key(ec.SECP256R1()), "ES256", kid)


def _jwk(made: Any, algorithm: str, kid: str) -> dict[str, str]:
    parts = jwk.construct(made, algorithm).to_dict()
    return {name: str(part) for name, part in parts.items()} | {"kid": kid, "use": "sig"}


def pem(key: Mapping[str, str]) -> bytes:
    """The public half of a key as a PEM text."""
    return bytes(jwk.construct(public(key), key["alg"]).to_pem())


def signature_of(text: str) -> bytes:
    """The good signature of a text by the EC key."""
    return bytes(jwk.construct(ec_key(), "ES256").sign(text.encode()))


def public(key: Mapping[str, str]) -> dict[str, str]:
    """The public half of a key."""
    return {
        name: key[name] for name in key if name in {"kty", "crv", "x", "y", "n", "e", "kid", "alg", "use"}
    }


def key_set(*keys: Mapping[str, Any]) -> bytes:
    """The key set that holds the public halves of these keys."""
    return json.dumps({"keys": [public(key) for key in keys]}).encode()


def claims(**changes: Any) -> dict[str, Any]:
    """Good claims, with these changes; a change to `...` leaves the claim out."""
    good = {"iss": ISSUER, "aud": AUDIENCE, "sub": "ivanova", "iat": NOW - 60, "exp": NOW + 3_600}
    return {name: value for name, value in (good | changes).items() if value is not ...}


def signed(body: Mapping[str, Any], key: Mapping[str, str] | None = None, **header: Any) -> str:
    """A token that is signed as it should be."""
    by = key or ec_key()
    return jwt.encode(dict(body), dict(by), by["alg"], headers={"kid": by["kid"]} | header)


def part(value: Any) -> str:
    """One part of a token, by hand."""
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def by_hand(header: Any, body: Any, signature: bytes = b"none") -> str:
    """A token of these parts, whatever they are."""
    return f"{part(header)}.{part(body)}.{part(signature)}"


def with_hmac(header: Mapping[str, Any], body: Any, secret: bytes) -> str:
    """A token signed with HS256 by a secret, which may be what others know as a public key."""
    text = f"{part(header)}.{part(body)}"
    return f"{text}.{part(hmac.new(secret, text.encode(), hashlib.sha256).digest())}"


class Source:
    """A key set that the test changes, breaks and counts the reads of."""

    def __init__(self, *keys: Mapping[str, Any]) -> None:
        self.text = key_set(*keys)
        self.reads = 0
        self.broken = False

    async def document(self) -> bytes:
        self.reads += 1
        if self.broken:
            raise KeysUnavailable
        return self.text


class Clock:
    """A clock that the test moves."""

    def __init__(self, now: float = 0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def tokens(source: Source | None = None, now: float = NOW) -> Tokens:
    """The reader of tokens under test, with an RSA and an EC key."""
    keys = KeySet(source or Source(rsa_key(), ec_key()), demo_allowed=True)
    return Tokens(ISSUER, AUDIENCE, keys, Clock(now))
