"""What `svod token` and `svod session` do about revocations: make them and list them, in the Redis of all."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

from auth.errors import NotConfirmed, SessionsUnavailable
from auth.revocation import Kind, Revocation
from auth.revocation_log import RevocationLog, sessions_redis
from auth.revoker import Revoker
from gateway.commands.refusal import RefusalError
from gateway.commands.tables import print_rows
from gateway.commands.terminal import output
from gateway.operation.scrub import scrubbed
from gateway.servers.reach import running_redis_url
from gateway.settings import Environment, Settings, environment_settings, variable

T = TypeVar("T")


def revoke(kind: Kind, name: str) -> None:
    """Revoke what has this name, and say how many replicas have confirmed it."""
    confirmed = _done(lambda log: Revoker(log).revoke(kind, name, scrubbed(name)))
    replicas = "1 replica has" if confirmed == 1 else f"{confirmed} replicas have"
    output().print(f"revoked; {replicas} confirmed it")


def print_revocations(*kinds: Kind) -> None:
    """Print the revocations of these kinds that are still kept."""
    kept = _done(lambda log: log.revocations())
    rows = [_row(each) for each in kept if each.kind in kinds and each.until > datetime.now(UTC).timestamp()]
    if rows:
        print_rows(output(), "revoked", rows)
    else:
        output().print("nothing is revoked")


def _row(revocation: Revocation) -> dict[str, object]:
    return {
        "kind": revocation.kind.value,
        "name": revocation.told,
        "revoked": _moment(revocation.at),
        "kept until": _moment(revocation.until),
    }


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _done(ask: Callable[[RevocationLog], Awaitable[T]]) -> T:
    url = _redis_url(environment_settings())

    async def done() -> T:
        redis = sessions_redis(url)
        try:
            return await ask(RevocationLog(redis))
        finally:
            await redis.aclose()

    try:
        return asyncio.run(done())
    except SessionsUnavailable as exc:
        raise RefusalError("Redis", "cannot be reached: nothing is revoked or listed") from exc
    except NotConfirmed as exc:
        raise RefusalError("a replica", "has not confirmed it yet; it is written down all the same") from exc


def _redis_url(settings: Settings) -> str:
    if settings.redis_url is not None:
        return settings.redis_url
    if settings.env is Environment.PRODUCTION or not (settings.data_dir / "passwords.json").exists():
        raise RefusalError(variable("redis_url"), "is not set, and no Svod keeps its own servers here")
    return running_redis_url(settings.data_dir)
