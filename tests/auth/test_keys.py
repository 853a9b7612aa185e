"""Keys of an issuer: which of a key set are usable, when it is read again, and what its absence means."""

import asyncio
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from jose import jwk

from auth.discovery import DiscoveredKeys
from auth.errors import InvalidToken, KeysUnavailable, TokenFault
from auth.issuer import Issuer
from auth.key_sources import KeyFile, KeySource, KeyUrl, key_source
from auth.keys import DEMO_KID, keys_of
from auth.keyset import LONGEST_NAME, MOST_UNKNOWN, KeySet
from tests.auth.forge import Clock, Source, ec_key, key_set, public, rsa_key


def test_usable_keys_by_name_and_algorithm() -> None:
    assert set(keys_of(key_set(rsa_key(), ec_key()))) == {("rsa", "RS256"), ("ec", "ES256")}


def test_one_name_for_two_kinds_of_key() -> None:
    assert set(keys_of(key_set(rsa_key("same"), ec_key("same")))) == {("same", "RS256"), ("same", "ES256")}


@pytest.mark.parametrize(
    "changes",
    [
        {"use": "enc"},
        {"key_ops": ["sign"]},
        {"key_ops": "verify"},
        {"alg": "HS256"},
        {"alg": "RS256"},
        {"alg": None},
        {"kty": "oct", "k": "c2VjcmV0"},
        {"kty": "OKP", "crv": "Ed25519"},
        {"kty": "RSA"},
        {"crv": "P-384"},
        {"crv": "secp256k1"},
        {"x": "AAAA"},
        {"x": 5},
        {"y": "не ключ"},
        {"kid": None},
        {"kid": 7},
    ],
)
def test_other_keys_are_passed_over(changes: dict[str, Any]) -> None:
    entries = [public(ec_key()) | changes, public(rsa_key())]
    assert set(keys_of(json.dumps({"keys": entries}).encode())) == {("rsa", "RS256")}


@pytest.mark.parametrize("curve", [ec.SECP384R1(), ec.SECP521R1()])
def test_keys_on_other_curves_are_passed_over(curve: ec.EllipticCurve) -> None:
    key: Any = ec.generate_private_key(curve)
    entry = jwk.construct(key, "ES256").to_dict() | {"kid": "other"}
    assert keys_of(key_set(entry)) == {}


def test_weak_rsa_keys_are_passed_over() -> None:
    assert keys_of(key_set(rsa_key("weak", bits=1024))) == {}


def test_a_private_key_in_the_set_is_used_by_its_public_half() -> None:
    private = json.dumps({"keys": [ec_key()]}).encode()
    assert "d" not in keys_of(private)["ec", "ES256"].to_dict()


@pytest.mark.parametrize(
    "document", [b"", b"<html>", b"[]", b"{}", b'{"keys": 5}', b'{"keys": null}', b"\xff", b"[" * 100_000]
)
def test_documents_that_are_no_key_set(document: bytes) -> None:
    with pytest.raises(KeysUnavailable):
        keys_of(document)


def test_a_key_set_may_be_empty_or_hold_anything_else() -> None:
    assert keys_of(b'{"keys": []}') == {}
    assert keys_of(b'{"keys": [5, null, "x", {}]}') == {}


async def test_keys_are_read_once() -> None:
    source = Source(ec_key())
    keys = KeySet(source, demo_allowed=True)
    for _ in range(3):
        await keys.key("ec", "ES256")
    assert source.reads == 1


async def test_many_at_once_are_one_read() -> None:
    source = Source(ec_key())
    keys = KeySet(source, demo_allowed=True)
    await asyncio.gather(*(keys.key("ec", "ES256") for _ in range(50)))
    assert source.reads == 1


async def test_new_key_is_found_by_one_more_read() -> None:
    source, clock = Source(ec_key()), Clock()
    keys = KeySet(source, demo_allowed=True, pause=10, clock=clock)
    await keys.key("ec", "ES256")
    source.text = key_set(ec_key(), rsa_key("new"))
    clock.now += 10
    assert await keys.key("new", "RS256") is not None
    assert source.reads == 2


async def test_unknown_names_ask_at_a_bounded_pace() -> None:
    source, clock = Source(ec_key()), Clock()
    keys = KeySet(source, demo_allowed=True, pause=10, clock=clock)
    for second in range(30):
        clock.now = second
        with pytest.raises(InvalidToken) as refused:
            await keys.key(f"unknown{second}", "ES256")
        assert refused.value.fault is TokenFault.KEY
    assert source.reads == 3


async def test_the_same_unknown_name_is_looked_for_once_in_a_while() -> None:
    source, clock = Source(ec_key()), Clock()
    keys = KeySet(source, demo_allowed=True, pause=1, ignore=60, clock=clock)
    for second in (0, 2, 30, 59, 61):
        clock.now = second
        with pytest.raises(InvalidToken):
            await keys.key("foreign", "ES256")
    assert source.reads == 2


async def test_a_name_that_no_reading_was_made_for_is_looked_for_at_the_next_chance() -> None:
    source, clock = Source(ec_key()), Clock()
    keys = KeySet(source, demo_allowed=True, pause=10, ignore=60, clock=clock)
    await keys.key("ec", "ES256")
    source.text = key_set(ec_key(), rsa_key("new"))
    clock.now = 5
    with pytest.raises(InvalidToken):
        await keys.key("new", "RS256")
    clock.now = 10
    assert await keys.key("new", "RS256") is not None


async def test_unknown_names_are_remembered_within_a_bound() -> None:
    source, clock = Source(ec_key()), Clock()
    keys = KeySet(source, demo_allowed=True, pause=0, clock=clock)
    for number in range(MOST_UNKNOWN + 10):
        with pytest.raises(InvalidToken):
            await keys.key(f"foreign{number}", "ES256")
    assert len(keys._unknown) == MOST_UNKNOWN


async def test_a_name_longer_than_any_is_never_looked_for() -> None:
    source, clock = Source(ec_key()), Clock()
    keys = KeySet(source, demo_allowed=True, pause=0, clock=clock)
    await keys.key("ec", "ES256")
    for _ in range(5):
        with pytest.raises(InvalidToken):
            await keys.key("x" * (LONGEST_NAME + 1), "ES256")
    assert source.reads == 1


class Stuck(Source):
    """A source that does not answer until it is told to."""

    def __init__(self, *keys: Mapping[str, Any]) -> None:
        super().__init__(*keys)
        self.asked, self.answers = asyncio.Event(), asyncio.Event()
        self.answers.set()

    async def document(self) -> bytes:
        text = await super().document()
        self.asked.set()
        await self.answers.wait()
        return text


async def test_a_known_key_does_not_wait_for_an_issuer_who_is_being_asked() -> None:
    source, clock = Stuck(ec_key()), Clock()
    keys = KeySet(source, demo_allowed=True, age=600, clock=clock)
    await keys.key("ec", "ES256")
    source.asked.clear()
    source.answers.clear()
    clock.now = 601
    refreshing = asyncio.create_task(keys.keep_fresh())
    await source.asked.wait()
    async with asyncio.timeout(30):
        assert await keys.key("ec", "ES256") is not None
    refreshing.cancel()


async def test_keys_are_kept_fresh_without_anybody_asking() -> None:
    source = Source(ec_key())
    keys = KeySet(source, demo_allowed=True, age=0.001, pause=0)
    refreshing = asyncio.create_task(keys.keep_fresh())
    async with asyncio.timeout(30):
        while source.reads < 3:  # noqa: ASYNC110 - the source counts, it has no event
            await asyncio.sleep(0.001)
    refreshing.cancel()


async def test_a_key_that_left_the_set_is_honoured_until_the_next_reading_only() -> None:
    source, clock = Source(ec_key(), rsa_key()), Clock()
    keys = KeySet(source, demo_allowed=True, age=600, clock=clock)
    assert await keys.key("rsa", "RS256") is not None
    source.text = key_set(ec_key())
    clock.now += 600
    assert await keys.key("rsa", "RS256") is not None
    clock.now += 1
    with pytest.raises(InvalidToken):
        await keys.key("rsa", "RS256")


async def test_known_keys_outlive_a_break_of_the_issuer_but_not_for_ever() -> None:
    source, clock = Source(ec_key()), Clock()
    keys = KeySet(source, demo_allowed=True, age=600, keep=3_600, clock=clock)
    await keys.key("ec", "ES256")
    source.broken = True
    clock.now += 3_600
    assert await keys.key("ec", "ES256") is not None
    clock.now += 1
    with pytest.raises(KeysUnavailable):
        await keys.key("ec", "ES256")


async def test_an_issuer_that_was_never_reached_is_tried_at_a_bounded_pace() -> None:
    source, clock = Source(ec_key()), Clock()
    source.broken = True
    keys = KeySet(source, demo_allowed=True, pause=10, clock=clock)
    for _ in range(5):
        with pytest.raises(KeysUnavailable):
            await keys.key("ec", "ES256")
    assert source.reads == 1
    source.broken = False
    clock.now += 10
    assert await keys.key("ec", "ES256") is not None


async def test_demo_keys_are_not_in_a_set_for_production() -> None:
    source = Source(ec_key(f"{DEMO_KID}1"), rsa_key())
    with pytest.raises(InvalidToken):
        await KeySet(source, demo_allowed=False).key(f"{DEMO_KID}1", "ES256")
    assert await KeySet(source, demo_allowed=True).key(f"{DEMO_KID}1", "ES256") is not None


async def test_key_set_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "jwks.json"
    with pytest.raises(KeysUnavailable):
        await KeyFile(path).document()
    path.write_bytes(key_set(ec_key()))
    assert keys_of(await KeyFile(path).document())


def answering(answer: Callable[[httpx.Request], httpx.Response], deadline: float = 30) -> KeyUrl:
    return KeyUrl("https://issuer.test/jwks", deadline, httpx.MockTransport(answer))


async def test_key_set_behind_a_url() -> None:
    source = answering(lambda _: httpx.Response(200, content=key_set(ec_key())))
    assert keys_of(await source.document())


def refused_connection(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused", request=request)


@pytest.mark.parametrize(
    "answer",
    [
        lambda _: httpx.Response(404),
        lambda _: httpx.Response(500, content=key_set(ec_key())),
        lambda _: httpx.Response(302, headers={"Location": "https://forger.test/jwks"}),
        lambda _: httpx.Response(200, content=b" " * 300_000),
        refused_connection,
    ],
)
async def test_answers_that_are_no_key_set(answer: Callable[[httpx.Request], httpx.Response]) -> None:
    with pytest.raises(KeysUnavailable):
        await answering(answer).document()


async def test_an_issuer_that_never_answers() -> None:
    async def silence(request: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    async with asyncio.timeout(30):
        with pytest.raises(KeysUnavailable):
            await KeyUrl("https://issuer.test/jwks", 0.01, httpx.MockTransport(silence)).document()


def test_the_setting_names_a_url_or_a_file() -> None:
    def source(jwks: str | None) -> KeySource:
        return key_source(Issuer("https://issuer.test", "svod", jwks))

    assert isinstance(source("https://issuer.test/jwks"), KeyUrl)
    assert isinstance(source("/etc/svod/jwks.json"), KeyFile)
    assert isinstance(source("jwks.json"), KeyFile)
    assert isinstance(source(None), DiscoveredKeys)
