"""Forged tokens at the real door: each is refused with 401, none tells anything, and good ones go on."""

import json
import time
from typing import Any

import pytest

from demo import stories
from tests.auth.forge import by_hand, ec_key, part, pem, public, rsa_key, signature_of, with_hmac
from tests.issuer.world import AUDIENCE, OwnIssuer, Replica

WORKER = "query($n: RegistryNumber!) { worker(registryNumber: $n) { lastName snils } }"
ASKED = {"n": stories.CARDIOLOGIST.registry_number}


def claims(issuer: OwnIssuer, **changes: Any) -> dict[str, Any]:
    now = int(time.time())
    good = {"iss": issuer.url, "aud": AUDIENCE, "sub": "x", "iat": now, "exp": now + 600, "roles": ["admin"]}
    return good | changes


def _signed(header: bytes, body: bytes) -> str:
    text = f"{part(header)}.{part(body)}"
    return f"{text}.{part(signature_of(text))}"


def forgeries(issuer: OwnIssuer) -> dict[str, str]:
    """Every forgery by its name."""
    now, good = int(time.time()), claims(issuer)
    head, body, signature = issuer.token().split(".")
    known = {"alg": "ES256", "typ": "JWT", "kid": "ec"}
    written = json.dumps(good)
    return {
        "none": by_hand({"alg": "none", "kid": "ec"}, good),
        "none in other letters": by_hand({"alg": "nOnE", "kid": "ec"}, good),
        "none and no signature": f"{part({'alg': 'none', 'kid': 'ec'})}.{part(good)}.",
        "HS256 with the public key": with_hmac({"alg": "HS256", "kid": "ec"}, good, pem(ec_key())),
        "HMAC under the name of ES256": with_hmac(known, good, pem(ec_key())),
        "another audience": issuer.token(aud="other"),
        "another issuer": issuer.token(iss="https://forger.test"),
        "expired": issuer.token(iat=now - 4_000, exp=now - 400),
        "not yet": issuer.token(nbf=now + 400),
        "issued in the future": issuer.token(iat=now + 400, exp=now + 800),
        "longer than a day": issuer.token(exp=now + 90_000),
        "a foreign kid": issuer.token(ec_key("foreign")),
        "a known kid, a foreign key": issuer.token(ec_key("mine") | {"kid": "ec"}),
        "a path in kid": issuer.token(ec_key("../../../../etc/passwd")),
        "SQL in kid": issuer.token(ec_key("ec' or '1'='1' --")),
        "a URL in kid": issuer.token(ec_key("http://127.0.0.1:1/jwks")),
        "a kid that is no text": by_hand(known | {"kid": ["ec"]}, good, b"x" * 64),
        "a key of its own": by_hand(known | {"jwk": public(ec_key("mine"))}, good, b"x" * 64),
        "changed after signing": f"{head}.{part(good)}.{signature}",
        "no signature": f"{head}.{body}.{part(bytes(64))}",
        "another type": _signed(json.dumps(known | {"typ": "logout+jwt"}).encode(), written.encode()),
        "an ID token": issuer.token(nonce="n", at_hash="h"),
        "crit": _signed(json.dumps(known | {"crit": ["exp"]}).encode(), written.encode()),
        "a claim twice": _signed(
            json.dumps(known).encode(), (written[:-1] + ', "roles": ["worker"]}').encode()
        ),
        "a header member twice": _signed(b'{"alg":"ES256","kid":"ec","kid":"ec"}', written.encode()),
        "an unknown role": issuer.token(roles=["root"]),
        "roles that are no list": issuer.token(roles="admin"),
        "organizations that are no OIDs": issuer.token(organizations=["1.2'; --"]),
        "no regions": issuer.token(regions=[]),
        "a SNILS in other letters": issuer.token(snils="112-233-445 9x"),
        "no sub": issuer.token(sub=...),
        "no exp": issuer.token(exp=...),
        "exp that is a text": issuer.token(exp=str(now + 600)),
        "no claims": _signed(json.dumps(known).encode(), b"[]"),
        "a key of another algorithm": by_hand(known | {"alg": "RS256"}, good, b"x" * 256),
        "no token": "x",
        "two tokens": f"{issuer.token()} {issuer.token()}",
        "8 KB": issuer.token(pad="x" * 7_000),
    }


NAMES = tuple(forgeries(OwnIssuer("http://127.0.0.1:1")))


@pytest.mark.parametrize("name", NAMES)
async def test_a_forgery_is_refused(gateway: Replica, issuer: OwnIssuer, name: str) -> None:
    token = forgeries(issuer)[name]
    answer = await gateway.ask(WORKER, token, ASKED)
    assert answer.status_code == 401
    [error] = answer.json()["errors"]
    expected = "TOKEN_EXPIRED" if name == "expired" else "UNAUTHENTICATED"
    assert error["extensions"]["code"] == expected
    assert "data" not in answer.json()
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert not any(len(piece) > 8 and piece in answer.text for piece in token.split("."))


async def test_a_good_token_is_let_in(gateway: Replica, issuer: OwnIssuer) -> None:
    answer = (await gateway.ask(WORKER, issuer.token(), ASKED)).json()
    assert answer["data"]["worker"]["snils"] == "***-***-*** " + stories.CARDIOLOGIST.snils[-2:]


async def test_a_token_of_64_kb_is_refused_with_its_head(gateway: Replica, issuer: OwnIssuer) -> None:
    answer = await gateway.ask(WORKER, issuer.token(pad="x" * 65_536), ASKED)
    assert answer.status_code == 431
    assert answer.json()["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"


async def test_a_flood_of_foreign_kids_does_not_reach_the_issuer(gateway: Replica, issuer: OwnIssuer) -> None:
    before = len(issuer.asked)
    for number in range(30):
        assert (
            await gateway.ask("{ __typename }", issuer.token(ec_key(f"flood-{number % 7}")))
        ).status_code == 401
    assert len(issuer.asked) - before <= 4
    assert not any("flood" in path for path in issuer.asked)


async def test_a_key_that_was_rotated_away(gateway: Replica, issuer: OwnIssuer) -> None:
    """The key set is read anew by a gateway that starts after the rotation; see also test_keys.py."""
    assert rsa_key("gone")["kid"] not in {key["kid"] for key in issuer.keys}
    assert (await gateway.ask(WORKER, issuer.token(rsa_key("gone")), ASKED)).status_code == 401
