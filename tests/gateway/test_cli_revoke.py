"""`svod token revoke`, `svod session revoke` and their lists: what is revoked is in Redis, and told."""

import asyncio
from pathlib import Path

import pytest

from auth.principal import Principal
from auth.revocation import marks_of
from auth.revocation_log import RevocationLog, sessions_redis
from auth.revocation_watch import RevocationWatch
from gateway.servers import OwnServers
from tests.gateway.svod import Finished, svod


@pytest.fixture
async def redis_url(own_servers: OwnServers) -> str:
    """The address of an empty database of Redis."""
    url = own_servers.redis_url.replace("db=0", "db=8")
    redis = sessions_redis(url)
    await redis.flushdb()
    await redis.aclose()
    return url


async def run(url: str, *arguments: str) -> Finished:
    return await asyncio.to_thread(svod, *arguments, SVOD_REDIS_URL=url)


async def test_what_is_revoked_is_known_to_replicas_and_listed(redis_url: str) -> None:
    redis = sessions_redis(redis_url)
    watch = RevocationWatch(RevocationLog(redis))
    following = asyncio.create_task(watch.follow())
    await watch.sight()
    told = "revoked; 1 replica has confirmed it\n"
    for arguments, holder in (
        (("session", "revoke", "s-1"), Principal("x", session="s-1")),
        (("token", "revoke", "t-1"), Principal("x", token_id="t-1")),
        (("token", "revoke", "--subject", "anna"), Principal("anna")),
    ):
        assert not watch.strikes(marks_of(holder))
        done = await run(redis_url, *arguments)
        assert (done.returncode, done.stdout, done.stderr) == (0, told, "")
        assert watch.strikes(marks_of(holder))
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)
    await redis.aclose()
    sessions, tokens = await run(redis_url, "session", "list"), await run(redis_url, "token", "list")
    assert "s-1" in sessions.stdout
    assert "t-1" not in sessions.stdout
    assert "t-1" in tokens.stdout
    assert "anna" in tokens.stdout
    assert "s-1" not in tokens.stdout


async def test_a_snils_is_listed_by_nobody(redis_url: str) -> None:
    await run(redis_url, "token", "revoke", "--subject", "112-233-445 95")
    listed = await run(redis_url, "token", "list")
    assert "subject" in listed.stdout
    assert "445" not in listed.stdout


async def test_nothing_is_revoked(redis_url: str) -> None:
    assert (await run(redis_url, "token", "list")).stdout == "nothing is revoked\n"


def test_without_redis_nothing_is_said_to_be_revoked(tmp_path: Path) -> None:
    refused = svod("token", "revoke", "t", SVOD_REDIS_URL=f"unix://{tmp_path}/none.sock")
    assert refused.returncode == 1
    assert refused.stderr == "svod: Redis cannot be reached: nothing is revoked or listed\n"
    refused = svod("session", "revoke", "s", SVOD_DATA_DIR=str(tmp_path))
    assert refused.returncode == 1
    assert "SVOD_REDIS_URL is not set" in refused.stderr


@pytest.mark.parametrize("arguments", [(), ("t", "--subject", "anna")])
def test_one_thing_at_a_time(arguments: tuple[str, ...]) -> None:
    refused = svod("token", "revoke", *arguments)
    assert refused.returncode == 2
    assert "either a JTI or --subject" in refused.stderr
