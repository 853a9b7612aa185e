"""A token is checked once a minute, and never believed past its end."""

from datetime import UTC, datetime

import pytest

from auth.errors import InvalidToken, TokenFault
from auth.principal import Principal
from auth.remembered import RememberedTokens


class Reader:
    """Checks tokens, and counts how often; `bad` is refused."""

    def __init__(self, expires_at: float | None = None) -> None:
        self.checks: list[str] = []
        self.expires_at = None if expires_at is None else datetime.fromtimestamp(expires_at, UTC)

    async def principal(self, token: str) -> Principal:
        self.checks.append(token)
        if token == "bad":
            raise InvalidToken(TokenFault.SIGNATURE)
        return Principal(token, expires_at=self.expires_at)


class Clock:
    """A time that a test sets."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


async def test_a_token_is_checked_again_only_after_a_while() -> None:
    reader, clock = Reader(), Clock()
    tokens = RememberedTokens(reader, seconds=60, clock=clock)
    first = await tokens.checked("a")
    clock.now += 59
    assert await tokens.checked("a") is first
    assert reader.checks == ["a"]
    clock.now += 1
    await tokens.checked("a")
    assert reader.checks == ["a", "a"]


async def test_it_is_not_believed_past_its_own_end() -> None:
    clock = Clock()
    reader = Reader(expires_at=clock.now + 10)
    tokens = RememberedTokens(reader, seconds=60, clock=clock)
    await tokens.checked("a")
    clock.now += 10
    await tokens.checked("a")
    assert reader.checks == ["a", "a"]


async def test_one_token_says_nothing_of_another() -> None:
    tokens = RememberedTokens(Reader())
    assert (await tokens.checked("a")).principal.subject == "a"
    assert (await tokens.checked("b")).principal.subject == "b"


async def test_a_refusal_is_not_remembered() -> None:
    reader = Reader()
    tokens = RememberedTokens(reader)
    for _ in range(2):
        with pytest.raises(InvalidToken):
            await tokens.checked("bad")
    assert reader.checks == ["bad", "bad"]


async def test_so_many_are_remembered_and_the_longest_unused_leaves() -> None:
    reader = Reader()
    tokens = RememberedTokens(reader, most=2)
    for token in ("a", "b", "a", "c", "a", "b"):
        await tokens.checked(token)
    assert reader.checks == ["a", "b", "c", "b"]


async def test_the_token_itself_is_not_kept() -> None:
    tokens = RememberedTokens(Reader())
    await tokens.checked("a-secret")
    assert "a-secret" not in str(vars(tokens)).replace("subject='a-secret'", "")
