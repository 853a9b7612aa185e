"""What is known of a token at once, what has to be asked, and what ends a live connection."""

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from auth import middleware
from auth.errors import GrantsEnded, InvalidToken, SessionsUnavailable, TokenFault
from auth.principal import PUBLIC, Grant, Principal, Role
from auth.revocation import Kind, Revocation, mark
from auth.sessions import Sessions
from auth.standing import Organization
from tests.auth.doubles import Registries, Seeing, Uses, door

HOSPITAL = "1.2.3"
HEADER = "Bearer anna"


class Reader:
    """Checks tokens: each speaks of Anna, an auditor, unless the test says something else of her."""

    def __init__(self, **changes: Any) -> None:
        now = datetime.now(UTC)
        anna = Principal("anna", frozenset({Grant(Role.AUDITOR)}), token_id="t", issued_at=now)
        self.anna = replace(anna, **changes)
        self.checks = 0

    async def principal(self, token: str) -> Principal:  # noqa: ARG002
        self.checks += 1
        return self.anna


def revocation(kind: Kind, name: str) -> Revocation:
    return Revocation(kind, mark(kind, name), name, time.time())


async def test_a_token_is_known_once_it_was_asked_about() -> None:
    reader = Reader()
    authenticator = door(reader)
    assert authenticator.known(None) is PUBLIC
    assert authenticator.known(HEADER) is None
    principal = await authenticator.authenticate(HEADER)
    assert authenticator.known(HEADER) is principal
    assert reader.checks == 1


@pytest.mark.parametrize(("kind", "name"), [(Kind.TOKEN, "t"), (Kind.SESSION, "s"), (Kind.SUBJECT, "anna")])
async def test_no_memory_hides_a_revocation(kind: Kind, name: str) -> None:
    seeing = Seeing()
    authenticator = door(Reader(session="s"), seeing=seeing)
    await authenticator.authenticate(HEADER)
    assert authenticator.known(HEADER) is not None
    seeing.revoke(revocation(kind, name))
    assert authenticator.known(HEADER) is None
    with pytest.raises(InvalidToken) as refused:
        await authenticator.authenticate(HEADER)
    assert refused.value.fault is TokenFault.REVOKED


async def test_others_stay_known_after_a_revocation() -> None:
    seeing = Seeing()
    authenticator = door(Reader(), seeing=seeing)
    principal = await authenticator.authenticate(HEADER)
    seeing.revoke(revocation(Kind.TOKEN, "other"))
    assert authenticator.known(HEADER) is principal


async def test_nobody_is_known_to_the_blind_and_no_grant_is_left() -> None:
    seeing = Seeing()
    authenticator = door(Reader(snils="11223344595", amr=frozenset({"mfa"})), seeing=seeing)
    await authenticator.authenticate(HEADER)
    seeing.seeing = False
    assert authenticator.known(HEADER) is None
    principal = await authenticator.authenticate(HEADER)
    assert (principal.subject, principal.grants, principal.snils, principal.amr) == (
        "anna",
        frozenset(),
        None,
        frozenset(),
    )
    assert principal.is_unchecked
    assert [lapse.line() for lapse in principal.lapses] == [
        {"role": "auditor", "reason": "SESSIONS_UNAVAILABLE"}
    ]
    seeing.seeing = True
    assert (await authenticator.authenticate(HEADER)).grants == {Grant(Role.AUDITOR)}


async def test_a_session_that_ended_is_refused_and_one_that_cannot_be_asked_gives_nothing() -> None:
    uses = Uses()
    authenticator = door(Reader(session="s"), sessions=Sessions(uses, 900))
    uses.away = True
    assert (await authenticator.authenticate(HEADER)).is_unchecked
    assert authenticator.known(HEADER) is None
    uses.away = False
    assert not (await authenticator.authenticate(HEADER)).is_unchecked
    assert authenticator.known(HEADER) is not None
    ended = door(Reader(session="s"), sessions=Sessions(uses, 900))
    uses.ended.add(mark(Kind.SESSION, "s"))
    with pytest.raises(InvalidToken) as refused:
        await ended.authenticate(HEADER)
    assert refused.value.fault is TokenFault.IDLE


def employer(registries: Registries) -> Reader:
    registries.known = {HOSPITAL: Organization(None, False)}
    grants = frozenset({Grant(Role.EMPLOYER, frozenset({HOSPITAL}))})
    return Reader(grants=grants)


async def test_the_word_of_the_registries_is_believed_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    registries = Registries()
    reader = employer(registries)
    authenticator = door(reader, registries=registries)
    await authenticator.authenticate(HEADER)
    assert authenticator.known(HEADER) is not None
    monkeypatch.setattr(authenticator, "_clock", lambda: time.clock_gettime(time.CLOCK_BOOTTIME) + 3)
    assert authenticator.known(HEADER) is None
    registries.known = {HOSPITAL: Organization(None, True)}
    held = await authenticator.authenticate(HEADER)
    assert held.grants == {Grant(Role.EMPLOYER)}
    assert len(held.lapses) == 1


async def test_what_ends_a_live_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "LOOK_SECONDS", 0.001)
    registries, seeing, uses = Registries(), Seeing(), Uses()
    reader = employer(registries)
    sessions = Sessions(uses, 900)
    authenticator = door(reader, seeing=seeing, registries=registries, sessions=sessions)
    principal = replace(await authenticator.authenticate(HEADER), session="s")

    async def ends(changed: Principal = principal) -> object:
        async with asyncio.timeout(30):
            return await authenticator.ended(changed)

    registries.known = {}
    assert isinstance(await ends(), GrantsEnded)
    registries.known = {HOSPITAL: Organization(None, False)}
    uses.since = 911
    idle = await ends(replace(principal, session="idle"))
    assert isinstance(idle, InvalidToken)
    assert idle.fault is TokenFault.IDLE
    seeing.lose()
    assert isinstance(await ends(), SessionsUnavailable)
    seeing.revoke(revocation(Kind.TOKEN, "t"))
    revoked = await ends()
    assert isinstance(revoked, InvalidToken)
    assert revoked.fault is TokenFault.REVOKED


async def test_a_live_connection_goes_on_and_ends_at_once_with_the_news() -> None:
    seeing = Seeing()
    authenticator = door(Reader(), seeing=seeing)
    watching = asyncio.create_task(authenticator.ended(await authenticator.authenticate(HEADER)))
    await asyncio.sleep(0.01)
    assert not watching.done()
    seeing.revoke(revocation(Kind.SUBJECT, "anna"))
    async with asyncio.timeout(30):
        await watching


async def test_the_public_stays_while_redis_is_away() -> None:
    seeing = Seeing()
    authenticator = door(Reader(), seeing=seeing)
    watching = asyncio.create_task(authenticator.ended(PUBLIC))
    seeing.lose()
    await asyncio.sleep(0.01)
    assert not watching.done()
    watching.cancel()
