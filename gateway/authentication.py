"""How callers are known: the issuer's keys, and the tokens that were checked with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from auth.demo_key import DEMO_ISSUER
from auth.issuer import Issuer, trusted_issuer
from auth.key_sources import key_source
from auth.keyset import KeySet
from auth.middleware import Authenticator
from auth.remembered import RememberedTokens
from auth.tokens import Tokens
from gateway.background import Work
from gateway.settings import Environment, Settings


@dataclass(frozen=True, slots=True)
class Authentication:
    """What knows the callers, and the work that goes on behind it."""

    authenticator: Authenticator
    works: Sequence[Work]


def authentication(settings: Settings) -> Authentication:
    """The authentication of these settings. Raises UnsafeIssuer where the issuer cannot be trusted."""
    issuer = issuer_of(settings)
    keys = KeySet(key_source(issuer), demo_allowed=issuer.name == DEMO_ISSUER)
    tokens = RememberedTokens(Tokens(issuer.name, issuer.audience, keys))
    return Authentication(Authenticator(tokens), (keys.keep_fresh,))


def issuer_of(settings: Settings) -> Issuer:
    """The one issuer whose tokens count."""
    return trusted_issuer(
        production=settings.env is Environment.PRODUCTION,
        folder=settings.data_dir,
        issuer=settings.issuer,
        audience=settings.audience,
        jwks=settings.jwks,
    )
