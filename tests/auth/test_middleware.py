"""The door: no header is the public, a good one its holder, and a wrong one nobody."""

import pytest

from auth.errors import InvalidToken, KeysUnavailable, TokenFault
from auth.principal import PUBLIC
from tests.auth.doubles import door
from tests.auth.forge import Source, claims, signed, tokens


async def test_nobody_said_who_he_is() -> None:
    principal = await door(tokens()).authenticate(None)
    assert principal is PUBLIC
    assert principal.is_public


@pytest.mark.parametrize("scheme", ["Bearer ", "bearer ", "BEARER  "])
async def test_good_header(scheme: str) -> None:
    principal = await door(tokens()).authenticate(scheme + signed(claims()))
    assert principal.subject == "ivanova"
    assert not principal.is_public


@pytest.mark.parametrize(
    "header", ["", " ", "Bearer", "Bearer ", "Basic dTpw", "token", "Bearer\ttoken", " Bearer x"]
)
async def test_headers_that_are_no_bearer_token(header: str) -> None:
    with pytest.raises(InvalidToken) as refused:
        await door(tokens()).authenticate(header)
    assert refused.value.fault is TokenFault.HEADER


@pytest.mark.parametrize("token", ["a b", "x", "x.y.z, Bearer x.y.z"])
async def test_headers_with_a_text_that_is_no_token(token: str) -> None:
    with pytest.raises(InvalidToken) as refused:
        await door(tokens()).authenticate(f"Bearer {token}")
    assert refused.value.fault is TokenFault.MALFORMED


async def test_without_keys_nobody_is_let_in() -> None:
    source = Source()
    source.broken = True
    with pytest.raises(KeysUnavailable):
        await door(tokens(source)).authenticate(f"Bearer {signed(claims())}")
