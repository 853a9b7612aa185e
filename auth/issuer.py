"""Whose tokens are trusted: the issuer of the settings, or, in a demo without one, our own."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from auth.addresses import is_safe, is_url
from auth.demo_key import DEMO_AUDIENCE, DEMO_ISSUER, demo_key
from auth.errors import KeysUnavailable, UnsafeIssuer
from auth.keys import keys_of, without_demo

_ISSUER: Final = "SVOD_ISSUER"
_AUDIENCE: Final = "SVOD_AUDIENCE"
_JWKS: Final = "SVOD_JWKS"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who signs the tokens, for which audience, and where his keys are: a URL, a file, None for discovery."""

    name: str
    audience: str
    jwks: str | None


def trusted_issuer(
    *, production: bool, folder: Path, issuer: str | None, audience: str | None, jwks: str | None
) -> Issuer:
    """The one issuer whose tokens count. UnsafeIssuer says by name what a setting should be and is not."""
    stated = stated_issuer(issuer, audience, jwks)
    if production:
        return check_production(stated)
    return stated or demo_issuer(folder)


def stated_issuer(issuer: str | None, audience: str | None, jwks: str | None) -> Issuer | None:
    """The issuer of the settings, None if there is none; half of one is refused, naming what is missing."""
    if not (issuer or audience or jwks):
        return None
    if not issuer or not audience:
        missing = [name for name, value in ((_ISSUER, issuer), (_AUDIENCE, audience)) if not value]
        raise UnsafeIssuer(" and ".join(missing), "should be set too, beside the issuer's other settings")
    if not jwks:
        _check_discovery(issuer)
    return Issuer(issuer, audience, jwks or None)


def demo_issuer(folder: Path) -> Issuer:
    """Our own issuer, with its key in this folder (made at the first call)."""
    return Issuer(DEMO_ISSUER, DEMO_AUDIENCE, str(demo_key(folder).jwks))


def check_production(issuer: Issuer | None) -> Issuer:
    """The issuer, if production may trust it: stated, not ours, its keys safe on their way."""
    if issuer is None:
        raise UnsafeIssuer(f"{_ISSUER} and {_AUDIENCE}", "should be set in production")
    if issuer.name == DEMO_ISSUER:
        raise UnsafeIssuer(_ISSUER, "should not be the demo issuer in production")
    if issuer.jwks is None:
        return issuer
    if is_url(issuer.jwks):
        _check_url(issuer.jwks)
    else:
        _check_file(Path(issuer.jwks))
    return issuer


def _check_discovery(issuer: str) -> None:
    """An issuer whose keys are to be discovered is a URL that nobody can answer in his place."""
    if not is_safe(issuer) or urlsplit(issuer).query or urlsplit(issuer).fragment:
        told = f"should be a URL that begins with https://, for {_JWKS} is unset and the keys are discovered"
        raise UnsafeIssuer(_ISSUER, told)


def _check_url(url: str) -> None:
    if not is_safe(url):
        raise UnsafeIssuer(_JWKS, "should begin with https:// in production")


def _check_file(path: Path) -> None:
    try:
        keys = keys_of(path.read_bytes())
    except (OSError, KeysUnavailable) as exc:
        raise UnsafeIssuer(_JWKS, "should be a URL or a file with a key set (JWKS)") from exc
    if keys != without_demo(keys):
        raise UnsafeIssuer(_JWKS, "should not hold the demo key in production")
    if not keys:
        raise UnsafeIssuer(_JWKS, "should hold a key for RS256 or ES256")
