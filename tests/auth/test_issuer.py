"""Whose tokens are trusted: the settings' issuer; in a demo without one, and only there, our own."""

from pathlib import Path

import pytest

from auth.demo_key import DEMO_ISSUER, demo_key
from auth.errors import UnsafeIssuer
from auth.issuer import Issuer, trusted_issuer
from tests.auth.forge import ec_key, key_set

NAME, AUDIENCE, JWKS = "https://issuer.test", "svod", "https://issuer.test/jwks"


def trusted(
    folder: Path, issuer: str | None, audience: str | None, jwks: str | None, *, production: bool = True
) -> Issuer:
    return trusted_issuer(production=production, folder=folder, issuer=issuer, audience=audience, jwks=jwks)


def test_demo_without_an_issuer_trusts_its_own(tmp_path: Path) -> None:
    issuer = trusted(tmp_path, None, None, None, production=False)
    assert issuer == Issuer(DEMO_ISSUER, "svod", str(tmp_path / "demo-jwks.json"))
    assert (tmp_path / "demo-jwks.json").exists()


@pytest.mark.parametrize("production", [True, False])
def test_the_settings_issuer(tmp_path: Path, production: bool) -> None:
    assert trusted(tmp_path, NAME, AUDIENCE, JWKS, production=production) == Issuer(NAME, AUDIENCE, JWKS)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("production", [True, False])
@pytest.mark.parametrize(
    ("stated", "missing"),
    [
        ((NAME, None, JWKS), "SVOD_AUDIENCE"),
        ((NAME, "", None), "SVOD_AUDIENCE"),
        ((None, AUDIENCE, ""), "SVOD_ISSUER"),
        ((None, None, JWKS), "SVOD_ISSUER and SVOD_AUDIENCE"),
    ],
)
def test_half_an_issuer(
    tmp_path: Path, production: bool, stated: tuple[str | None, str | None, str | None], missing: str
) -> None:
    with pytest.raises(UnsafeIssuer) as refused:
        trusted(tmp_path, *stated, production=production)
    assert refused.value.setting == missing


def test_production_without_an_issuer(tmp_path: Path) -> None:
    with pytest.raises(UnsafeIssuer, match="SVOD_ISSUER and SVOD_AUDIENCE should be set in production"):
        trusted(tmp_path, None, None, None)
    assert not list(tmp_path.iterdir())


def test_production_with_the_demo_issuer_or_its_key(tmp_path: Path) -> None:
    jwks = str(demo_key(tmp_path).jwks)
    with pytest.raises(UnsafeIssuer, match="SVOD_ISSUER should not be the demo issuer"):
        trusted(tmp_path, DEMO_ISSUER, AUDIENCE, JWKS)
    with pytest.raises(UnsafeIssuer, match="SVOD_JWKS should not hold the demo key"):
        trusted(tmp_path, NAME, AUDIENCE, jwks)
    assert trusted(tmp_path, NAME, AUDIENCE, jwks, production=False).jwks == jwks


@pytest.mark.parametrize("text", [b"", b"{}", b'{"keys": []}', None])
def test_production_with_a_file_without_keys(tmp_path: Path, text: bytes | None) -> None:
    path = tmp_path / "jwks.json"
    if text is not None:
        path.write_bytes(text)
    with pytest.raises(UnsafeIssuer, match="SVOD_JWKS should"):
        trusted(tmp_path, NAME, AUDIENCE, str(path))


def test_production_with_a_file(tmp_path: Path) -> None:
    path = tmp_path / "jwks.json"
    path.write_bytes(key_set(ec_key()))
    assert trusted(tmp_path, NAME, AUDIENCE, str(path)).jwks == str(path)


@pytest.mark.parametrize(
    "url", ["http://issuer.test/jwks", "http://10.0.0.1/jwks", "http:///jwks", "http://[::2]/"]
)
def test_keys_that_could_be_exchanged_on_their_way(tmp_path: Path, url: str) -> None:
    with pytest.raises(UnsafeIssuer, match="https://"):
        trusted(tmp_path, NAME, AUDIENCE, url)


@pytest.mark.parametrize(
    "url", ["http://localhost:3000/jwks", "http://127.0.0.1/jwks", "http://[::1]:3000/jwks"]
)
def test_keys_of_this_machine(tmp_path: Path, url: str) -> None:
    assert trusted(tmp_path, NAME, AUDIENCE, url).jwks == url


@pytest.mark.parametrize("production", [True, False])
@pytest.mark.parametrize("name", [NAME, "https://issuer.test/realms/x/", "http://127.0.0.1:3000"])
def test_keys_to_be_discovered(tmp_path: Path, production: bool, name: str) -> None:
    assert trusted(tmp_path, name, AUDIENCE, None, production=production) == Issuer(name, AUDIENCE, None)


@pytest.mark.parametrize("production", [True, False])
@pytest.mark.parametrize(
    "name",
    [
        "http://issuer.test",
        "urn:issuer",
        "issuer.test",
        "file:///etc/issuer",
        "https://",
        "https://[",
        f"{NAME}?tenant=1",
        f"{NAME}#x",
    ],
)
def test_issuers_that_discovery_would_not_be_safe_with(tmp_path: Path, production: bool, name: str) -> None:
    with pytest.raises(UnsafeIssuer, match="SVOD_ISSUER should be a URL that begins with https://"):
        trusted(tmp_path, name, AUDIENCE, None, production=production)
