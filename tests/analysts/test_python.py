"""A typed Python client, generated from schema.graphql: it is checked strictly, and asks what it should."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.analysts.conftest import Served
from tests.analysts.environment import PYTHON, ROOT, ExampleError, installed, output, ran

WRONG = ("specialties=[CARDIOLOGY]", "specialities=[CARDIOLOGY]")


@pytest.fixture(scope="module")
async def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with its client, generated beside it."""
    folder = tmp_path_factory.mktemp("client") / "examples" / "python" / "client"
    shutil.copytree(PYTHON / "client", folder)
    shutil.copy(ROOT / "schema.graphql", folder.parents[2])
    await ran("ariadne-codegen", cwd=folder)
    return folder


async def test_the_generated_client_asks(client: Path, gateway: Served, cardiologists: list[str]) -> None:
    told = json.loads(await ran("python", "ask.py", gateway.address, gateway.token, cwd=client))
    assert len(cardiologists) > 10, "more than one page"
    assert told == {
        "names": cardiologists,
        "total": len(cardiologists),
        "saved": "Кардиологи",
        "forgotten": True,
    }


async def test_the_generated_client_is_typed(client: Path) -> None:
    assert "Success" in await _checked(client)
    example = client / "ask.py"
    text = example.read_text(encoding="utf-8")
    example.write_text(text.replace(*WRONG), encoding="utf-8")
    with pytest.raises(ExampleError, match="specialities"):
        await _checked(client)
    example.write_text(text, encoding="utf-8")


async def _checked(client: Path) -> str:
    """What mypy says of the example, strictly, over the generated client."""
    mypy = ("-m", "mypy", "--strict", "--follow-imports=silent", "--cache-dir", installed().parent / "mypy")
    environment = ("--python-executable", installed() / "python")
    return await output(sys.executable, *mypy, *environment, "ask.py", cwd=client)
