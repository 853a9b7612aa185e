"""The demo issuer: its key is made once, kept from others, and good for a demo alone."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from auth.demo_key import DEMO_AUDIENCE, DEMO_ISSUER, demo_key
from auth.errors import InvalidToken
from auth.key_sources import KeyFile
from auth.keys import DEMO_KID
from auth.keyset import KeySet
from auth.tokens import Tokens
from tests.auth.forge import NOW, Clock


def reader(jwks: Path, *, demo_allowed: bool = True) -> Tokens:
    keys = KeySet(KeyFile(jwks), demo_allowed=demo_allowed)
    return Tokens(DEMO_ISSUER, DEMO_AUDIENCE, keys, Clock(NOW))


CLAIMS = {"sub": "demo", "iat": NOW, "exp": NOW + 60}


async def test_its_token_is_read_with_its_key_set(tmp_path: Path) -> None:
    key = demo_key(tmp_path)
    assert (await reader(key.jwks).principal(key.token(CLAIMS))).subject == "demo"


async def test_production_passes_its_key_over(tmp_path: Path) -> None:
    key = demo_key(tmp_path)
    with pytest.raises(InvalidToken):
        await reader(key.jwks, demo_allowed=False).principal(key.token(CLAIMS))


async def test_every_folder_has_its_own(tmp_path: Path) -> None:
    mine, other = demo_key(tmp_path / "mine"), demo_key(tmp_path / "other")
    with pytest.raises(InvalidToken):
        await reader(other.jwks).principal(mine.token(CLAIMS))


def test_it_is_made_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        kids = {
            json.loads(demo.jwks.read_text())["keys"][0]["kid"] for demo in pool.map(demo_key, [tmp_path] * 8)
        }
    assert len(kids) == 1
    assert kids.pop().startswith(DEMO_KID)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo-issuer.json", "demo-jwks.json"]


def test_its_private_half_is_for_the_owner_alone(tmp_path: Path) -> None:
    key = demo_key(tmp_path)
    assert (tmp_path / "demo-issuer.json").stat().st_mode & 0o777 == 0o600
    (published,) = json.loads(key.jwks.read_text())["keys"]
    assert "d" not in published
    assert json.loads((tmp_path / "demo-issuer.json").read_text())["d"] not in repr(key)
