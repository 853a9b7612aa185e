"""Tokens: good ones are read, and each kind of forged one is refused for its own fault."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auth.errors import InvalidToken, TokenFault
from auth.tokens import LIFETIME, LONGEST, SKEW
from tests.auth.forge import (
    AUDIENCE,
    NOW,
    Source,
    by_hand,
    claims,
    ec_key,
    part,
    pem,
    public,
    rsa_key,
    signature_of,
    signed,
    tokens,
    with_hmac,
)


async def fault(token: str) -> TokenFault:
    """Why the token is refused; its text is in no message."""
    with pytest.raises(InvalidToken) as refused:
        await tokens().principal(token)
    told = str(refused.value)
    assert not any(len(piece) > 8 and piece in told for piece in token.split("."))
    return refused.value.fault


@pytest.mark.parametrize("key", [rsa_key, ec_key])
async def test_good_token_is_read(key: Callable[[], dict[str, str]]) -> None:
    principal = await tokens().principal(signed(claims(), key()))
    assert principal.subject == "ivanova"
    assert principal.expires_at == datetime.fromtimestamp(NOW + 3_600, UTC)
    assert principal.grants == frozenset()


@pytest.mark.parametrize("typ", ["JWT", "at+jwt", "application/at+jwt", "jwt"])
async def test_types_of_access_tokens(typ: str) -> None:
    assert (await tokens().principal(signed(claims(), typ=typ))).subject == "ivanova"


@pytest.mark.parametrize("typ", ["logout+jwt", "dpop+jwt", "", 5, None, ["JWT"]])
async def test_tokens_of_other_types(typ: object) -> None:
    assert await fault(signed(claims(), typ=typ)) is TokenFault.TYPE


@pytest.mark.parametrize(
    "alg", ["none", "None", "nOnE", "HS256", "RS512", "ES384", "PS256", "dir", "", None, 7, []]
)
async def test_algorithms_that_are_not_on_the_list(alg: object) -> None:
    unsigned = by_hand({"alg": alg, "typ": "JWT", "kid": "ec"}, claims())
    assert await fault(unsigned) is TokenFault.ALGORITHM


async def test_no_algorithm_at_all() -> None:
    assert await fault(by_hand({"typ": "JWT", "kid": "ec"}, claims())) is TokenFault.ALGORITHM


async def test_none_without_a_signature() -> None:
    empty = f"{part({'alg': 'none', 'kid': 'ec'})}.{part(claims())}."
    assert await fault(empty) is TokenFault.MALFORMED


@pytest.mark.parametrize("alg", ["HS256", "RS256", "ES256"])
async def test_public_key_as_a_secret(alg: str) -> None:
    secrets = [
        pem(rsa_key()),
        pem(ec_key()),
        json.dumps(public(rsa_key())).encode(),
    ]
    for secret in secrets:
        forged = with_hmac({"alg": alg, "typ": "JWT", "kid": "rsa"}, claims(), secret)
        assert await fault(forged) in {TokenFault.ALGORITHM, TokenFault.SIGNATURE, TokenFault.KEY}


async def test_key_of_one_algorithm_named_for_another() -> None:
    forged = by_hand({"alg": "RS256", "typ": "JWT", "kid": "ec"}, claims())
    assert await fault(forged) is TokenFault.KEY


async def test_key_that_the_token_brings_along() -> None:
    mine = ec_key("mine")
    forged = signed(claims(), mine, kid="ec", jwk=public(mine), jku="https://forger.test/jwks")
    assert await fault(forged) is TokenFault.SIGNATURE


@pytest.mark.parametrize(
    "kid",
    [
        "unknown",
        "",
        "../../../../etc/passwd",
        "/dev/null",
        "ec' or '1'='1",
        "ec\0",
        "EC",
        "ec ",
        "*",
        "x" * 4_000,
    ],
)
async def test_names_of_keys_that_are_not_there(kid: str) -> None:
    assert await fault(signed(claims(), kid=kid)) is TokenFault.KEY


@pytest.mark.parametrize("kid", [None, 0, ["ec"], {"ec": 1}, True])
async def test_names_of_keys_that_are_no_names(kid: object) -> None:
    assert await fault(signed(claims(), kid=kid)) is TokenFault.KEY


async def test_no_name_of_a_key() -> None:
    _, body, signature = signed(claims()).split(".")
    assert await fault(f"{part({'alg': 'ES256'})}.{body}.{signature}") is TokenFault.KEY


async def test_key_that_was_rotated_away() -> None:
    source = Source(ec_key("old"))
    reader = tokens(source)
    assert (await reader.principal(signed(claims(), ec_key("old")))).subject == "ivanova"
    with pytest.raises(InvalidToken) as refused:
        await tokens(Source(ec_key("new"))).principal(signed(claims(), ec_key("old")))
    assert refused.value.fault is TokenFault.KEY


@pytest.mark.parametrize("crit", [["b64"], ["exp"], []])
async def test_extensions_that_must_be_understood(crit: list[str]) -> None:
    assert await fault(signed(claims(), crit=crit)) is TokenFault.MALFORMED


async def test_claims_changed_after_signing() -> None:
    header, _, signature = signed(claims()).split(".")
    assert await fault(f"{header}.{part(claims(roles=['admin']))}.{signature}") is TokenFault.SIGNATURE


@pytest.mark.parametrize("signature", [b"x", b"\0" * 64, b"\0" * 63, b"\xff" * 256])
async def test_signatures_that_are_none(signature: bytes) -> None:
    header, body, _ = signed(claims()).split(".")
    assert await fault(f"{header}.{body}.{part(signature)}") is TokenFault.SIGNATURE


@pytest.mark.parametrize(
    "iss", ["https://other.test", "https://issuer.test/", "", None, ["https://issuer.test"], ...]
)
async def test_other_issuers(iss: object) -> None:
    assert await fault(signed(claims(iss=iss))) is TokenFault.ISSUER


@pytest.mark.parametrize("aud", ["other", "svod2", [], ["other"], ...])
async def test_other_audiences(aud: object) -> None:
    expected = {TokenFault.AUDIENCE}
    assert await fault(signed(claims(aud=aud))) in expected


async def test_one_audience_among_others() -> None:
    assert (await tokens().principal(signed(claims(aud=["other", AUDIENCE])))).subject == "ivanova"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"exp": NOW - SKEW}, TokenFault.EXPIRED),
        ({"exp": NOW - 3_600, "iat": NOW - 7_200}, TokenFault.EXPIRED),
        ({"iat": NOW + SKEW + 1}, TokenFault.FUTURE),
        ({"nbf": NOW + SKEW + 1}, TokenFault.FUTURE),
        ({"iat": NOW, "exp": NOW + LIFETIME + 1}, TokenFault.LIFETIME),
        ({"exp": 10**30}, TokenFault.LIFETIME),
        ({"iat": NOW + 20, "exp": NOW + 10}, TokenFault.LIFETIME),
    ],
)
async def test_times(changes: dict[str, float], expected: TokenFault) -> None:
    assert await fault(signed(claims(**changes))) is expected


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": NOW - SKEW + 1},
        {"iat": NOW + SKEW},
        {"nbf": NOW + SKEW},
        {"iat": NOW, "exp": NOW + LIFETIME},
        {"exp": NOW + 0.5},
    ],
)
async def test_times_just_good_enough(changes: dict[str, float]) -> None:
    assert (await tokens().principal(signed(claims(**changes)))).subject == "ivanova"


@pytest.mark.parametrize("name", ["exp", "iat", "nbf"])
@pytest.mark.parametrize("value", ["1800000000", True, None, [1], {}, float("inf"), float("nan")])
async def test_times_that_are_none(name: str, value: object) -> None:
    with pytest.raises(InvalidToken) as refused:
        await tokens().principal(signed(claims(**{name: value})))
    assert (refused.value.fault, refused.value.claim) == (TokenFault.CLAIM, name)


@pytest.mark.parametrize("name", ["exp", "iat"])
async def test_times_that_must_be_there(name: str) -> None:
    with pytest.raises(InvalidToken) as refused:
        await tokens().principal(signed(claims(**{name: ...})))
    assert (refused.value.fault, refused.value.claim) == (TokenFault.CLAIM, name)


@pytest.mark.parametrize("size", [LONGEST + 1, 65_536])
async def test_huge_tokens(size: int) -> None:
    assert await fault(signed(claims(pad="x" * size))) is TokenFault.SIZE
    assert await fault("x" * size) is TokenFault.SIZE


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "..",
        "a.b",
        "a.b.c.d",
        "a.b.c",
        "{}.{}.{}",
        "токен.как.есть",
        part({"alg": "ES256"}) + "=." + part({}) + ".x",
        part([]) + ".x.x",
        part("ES256") + ".x.x",
        part(b"\xff\xfe") + ".x.x",
        part(b"[" * 4_000) + ".x.x",
        part(b'{"alg":' * 500) + ".x.x",
        part(b"9" * 5_000) + ".x.x",
    ],
)
async def test_texts_that_are_no_tokens(token: str) -> None:
    assert await fault(token) is TokenFault.MALFORMED


@pytest.mark.parametrize("payload", [b"[]", b"null", b'"x"', b"{", b"\xff", b"[" * 4_000, b""])
async def test_signed_payloads_that_are_no_claims(payload: bytes) -> None:
    header = part({"alg": "ES256", "kid": "ec"})
    text = f"{header}.{part(payload)}"
    assert await fault(f"{text}.{part(signature_of(text))}") is TokenFault.MALFORMED


@pytest.mark.parametrize(
    "changes",
    [
        {"nonce": "n"},
        {"at_hash": "h"},
        {"events": {"http://schemas.openid.net/event/backchannel-logout": {}}},
        {"typ": "ID"},
        {"typ": "Refresh"},
        {"typ": None},
    ],
)
async def test_other_kinds_of_tokens_by_their_claims(changes: dict[str, Any]) -> None:
    assert await fault(signed(claims(**changes))) is TokenFault.TYPE


async def test_a_bearer_token_by_its_claim() -> None:
    assert (await tokens().principal(signed(claims(typ="Bearer")))).subject == "ivanova"


@pytest.mark.parametrize("name", ["sub", "roles", "exp"])
async def test_claims_that_stand_twice(name: str) -> None:
    body = json.dumps(claims(roles=["analyst"]))
    doubled = body[:-1] + f", {json.dumps(name)}: {json.dumps(claims(roles=['admin'])[name])}}}"
    text = f"{part({'alg': 'ES256', 'kid': 'ec'})}.{part(doubled.encode())}"
    assert await fault(f"{text}.{part(signature_of(text))}") is TokenFault.MALFORMED


@pytest.mark.parametrize("second", ['"alg": "none"', '"kid": "other"', '"kid": "ec"'])
async def test_header_members_that_stand_twice(second: str) -> None:
    head = '{"alg": "ES256", "kid": "ec", ' + second + "}"
    text = f"{part(head.encode())}.{part(claims())}"
    assert await fault(f"{text}.{part(signature_of(text))}") is TokenFault.MALFORMED


async def test_when_a_token_was_issued() -> None:
    principal = await tokens().principal(signed(claims()))
    assert principal.issued_at == datetime.fromtimestamp(NOW - 60, UTC)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["alg", "kid", "typ", "crit", "jwk", "b64"]), json_values))
async def test_any_header_is_refused_in_our_words(header: dict[str, Any]) -> None:
    with pytest.raises(InvalidToken):
        await tokens().principal(by_hand(header, claims()))
