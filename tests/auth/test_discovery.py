"""Discovery: the issuer's configuration is believed where it is his own, and his keys come a safe way."""

import json
from typing import Any

import httpx
import pytest

from auth.discovery import WELL_KNOWN, DiscoveredKeys, keys_address
from auth.documents import Documents
from auth.errors import KeysUnavailable
from tests.auth.forge import ISSUER, ec_key, key_set

JWKS = "https://keys.test/jwks"


def configuration(**changes: Any) -> bytes:
    """What a good issuer says of himself, with these changes; a change to `...` leaves a member out."""
    told = {"issuer": ISSUER, "jwks_uri": JWKS} | changes
    return json.dumps({name: value for name, value in told.items() if value is not ...}).encode()


def discovered(issuer: str, answers: dict[str, httpx.Response], asked: list[str]) -> DiscoveredKeys:
    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return answers.get(str(request.url), httpx.Response(404))

    return DiscoveredKeys(issuer, Documents(transport=httpx.MockTransport(answer)))


@pytest.mark.parametrize("issuer", [ISSUER, f"{ISSUER}/", f"{ISSUER}/realms/svod"])
async def test_keys_are_found_by_the_name_of_the_issuer(issuer: str) -> None:
    where, asked = issuer.removesuffix("/") + WELL_KNOWN, list[str]()
    answers = {
        where: httpx.Response(200, content=configuration(issuer=issuer)),
        JWKS: httpx.Response(200, content=key_set(ec_key())),
    }
    assert await discovered(issuer, answers, asked).document() == key_set(ec_key())
    assert asked == [where, JWKS]


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(404),
        httpx.Response(302, headers={"Location": "https://forger.test"}),
        httpx.Response(200, content=configuration(issuer="https://forger.test")),
    ],
)
async def test_nothing_more_is_asked_after_a_wrong_configuration(answer: httpx.Response) -> None:
    asked: list[str] = []
    with pytest.raises(KeysUnavailable):
        await discovered(ISSUER, {ISSUER + WELL_KNOWN: answer}, asked).document()
    assert asked == [ISSUER + WELL_KNOWN]


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"[]",
        b"null",
        b"\xff",
        b"[" * 5_000,
        configuration(issuer=...),
        configuration(issuer=f"{ISSUER}/"),
        configuration(issuer=ISSUER.upper()),
        configuration(issuer=None),
        configuration(issuer=[ISSUER]),
        configuration(jwks_uri=...),
        configuration(jwks_uri=None),
        configuration(jwks_uri=5),
        configuration(jwks_uri=""),
        configuration(jwks_uri="/jwks"),
        configuration(jwks_uri="http://keys.test/jwks"),
        configuration(jwks_uri="file:///etc/jwks.json"),
        configuration(jwks_uri="https:///jwks"),
        configuration(jwks_uri="https://["),
    ],
)
def test_configurations_that_are_not_believed(told: bytes) -> None:
    with pytest.raises(KeysUnavailable):
        keys_address(ISSUER, told)


def test_plain_http_only_within_this_machine() -> None:
    local, here = "http://127.0.0.1:3000", "http://localhost:3000/jwks"
    assert keys_address(local, configuration(issuer=local, jwks_uri=here)) == here
    with pytest.raises(KeysUnavailable):
        keys_address(ISSUER, configuration(jwks_uri=here))
