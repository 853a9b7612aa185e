"""How callers are known: the issuer's keys, tokens, revocations, sessions, and which grants hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from redis.asyncio import Redis

from auth.demo_key import DEMO_ISSUER
from auth.issuer import Issuer, trusted_issuer
from auth.key_sources import key_source
from auth.keyset import KeySet
from auth.middleware import Authenticator
from auth.remembered import RememberedTokens
from auth.revocation_log import RevocationLog
from auth.revocation_watch import RevocationWatch
from auth.session_store import SessionStore
from auth.sessions import Sessions
from auth.standing import GrantStanding
from auth.tokens import Tokens
from gateway.background import Work
from gateway.settings import Environment, Settings
from gateway.standing import RegistryStanding
from sources.sources import Sources


@dataclass(frozen=True, slots=True)
class Authentication:
    """What knows the callers, and the work that goes on behind it."""

    authenticator: Authenticator
    revocations: RevocationWatch
    works: Sequence[Work]


def authentication(settings: Settings, redis: Redis, sources: Sources) -> Authentication:
    """The authentication of these settings. Raises UnsafeIssuer where the issuer cannot be trusted."""
    issuer = issuer_of(settings)
    keys = KeySet(key_source(issuer), demo_allowed=issuer.name == DEMO_ISSUER)
    tokens = RememberedTokens(Tokens(issuer.name, issuer.audience, keys))
    revocations = RevocationWatch(RevocationLog(redis))
    sessions = Sessions(SessionStore(redis), settings.session_minutes * 60)
    standing = GrantStanding(RegistryStanding(sources.workers, sources.organizations))
    authenticator = Authenticator(tokens, revocations, sessions, standing)
    return Authentication(authenticator, revocations, (keys.keep_fresh, revocations.follow, sessions.tell))


def issuer_of(settings: Settings) -> Issuer:
    """The one issuer whose tokens count."""
    return trusted_issuer(
        production=settings.env is Environment.PRODUCTION,
        folder=settings.data_dir,
        issuer=settings.issuer,
        audience=settings.audience,
        jwks=settings.jwks,
    )
