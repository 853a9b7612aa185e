"""`svod token`: signs what a demo start reads, and nothing in production."""

from pathlib import Path

import pytest

from auth.issuer import trusted_issuer
from auth.key_sources import key_source
from auth.keyset import KeySet
from auth.principal import Grant, Principal, Role
from auth.tokens import Tokens
from gateway.settings import SERVER_URLS, variable
from tests.gateway.svod import svod

OID = "1.2.643.5.1.13.13.12.2.77.7809"


async def read(folder: Path, token: str) -> Principal:
    """The principal that a demo start with this folder makes of the token."""
    issuer = trusted_issuer(production=False, folder=folder, issuer=None, audience=None, jwks=None)
    keys = KeySet(key_source(issuer), demo_allowed=True)
    return await Tokens(issuer.name, issuer.audience, keys).principal(token)


async def test_its_token_is_read_by_a_demo_start(tmp_path: Path) -> None:
    options = [
        "--role",
        "employer",
        "--session",
        "s-1",
        "--organization",
        OID,
        "--role",
        "worker",
        "--snils",
        "112-233-445 95",
    ]
    printed = svod("token", *options, "--amr", "mfa", "--ttl", "5", SVOD_DATA_DIR=str(tmp_path))
    assert (printed.returncode, printed.stderr) == (0, "")
    principal = await read(tmp_path, printed.stdout.strip())
    assert principal.grants == {Grant(Role.EMPLOYER, frozenset({OID})), Grant(Role.WORKER)}
    assert principal.snils == "11223344595"
    assert principal.subject == "demo-employer"
    assert principal.session == "s-1"
    assert principal.amr == {"mfa"}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--role", "worker", "--snils", "112-233-445 96"], "svod: --snils check digits should be 95\n"),
        (["--role", "regulator", "--region", "7"], "svod: --region is not of the shape that the claim has\n"),
    ],
)
def test_wrong_claims_are_named_by_their_option(tmp_path: Path, options: list[str], told: str) -> None:
    refused = svod("token", *options, SVOD_DATA_DIR=str(tmp_path))
    assert (refused.returncode, refused.stdout, refused.stderr) == (1, "", told)


@pytest.mark.parametrize("minutes", ["0", "1441", "-5"])
def test_life_of_at_most_a_day(tmp_path: Path, minutes: str) -> None:
    refused = svod("token", "--role", "admin", "--ttl", minutes, SVOD_DATA_DIR=str(tmp_path))
    assert refused.returncode == 2
    assert "--ttl" in refused.stderr


def test_production_signs_nothing(tmp_path: Path) -> None:
    urls = {variable(field): "postgresql://u@h/d" for field in SERVER_URLS} | {"SVOD_REDIS_URL": "redis://h"}
    refused = svod("token", "--role", "admin", SVOD_ENV="production", SVOD_DATA_DIR=str(tmp_path), **urls)
    assert refused.returncode == 1
    assert refused.stderr == "svod: svod token signs with the demo key; in production your issuer does\n"
    assert not list(tmp_path.iterdir())


def test_nothing_is_signed_for_an_issuer_that_is_not_ours(tmp_path: Path) -> None:
    refused = svod("token", "--role", "admin", SVOD_ISSUER="https://issuer.test", SVOD_DATA_DIR=str(tmp_path))
    assert refused.returncode == 1
    assert "SVOD_ISSUER names another" in refused.stderr


async def test_a_token_has_no_session_unless_one_is_named(tmp_path: Path) -> None:
    printed = svod("token", "--role", "admin", SVOD_DATA_DIR=str(tmp_path))
    assert (await read(tmp_path, printed.stdout.strip())).session is None


def test_a_token_of_no_role(tmp_path: Path) -> None:
    refused = svod("token", SVOD_DATA_DIR=str(tmp_path))
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--role" in refused.stderr
