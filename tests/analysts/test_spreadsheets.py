"""A spreadsheet opens an export: the same rows whoever reads the file, days as days, no text as a formula."""

import asyncio
import csv
import io
import json
import shutil
from pathlib import Path

import httpx
import pytest

from tests.analysts.conftest import Served
from tests.analysts.environment import PYTHON, output, ran

ASKED = {
    "where": json.dumps({"regions": ["77"], "lastName": "Иванова"}),
    "columns": "registryNumber,fullName,organization,registeredOn,eligible",
}
UTF8 = "Text - txt - csv (StarCalc):44,34,76"
"""Commas, quotation marks, UTF-8, in LibreOffice's words."""
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.fixture(scope="module")
async def files(gateway: Served, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The same rows as a CSV and as an XLSX."""
    folder = tmp_path_factory.mktemp("sheets")
    found = []
    async with httpx.AsyncClient(headers=gateway.headers, timeout=60) as client:
        for kind in ("csv", "xlsx"):
            answer = await client.get(f"{gateway.address}/export/workers.{kind}", params=ASKED)
            found.append(folder / f"workers.{kind}")
            await asyncio.to_thread(found[-1].write_bytes, answer.raise_for_status().content)
    return found


@pytest.fixture(scope="module")
async def direct(gateway: Served) -> list[list[str]]:
    """The same rows, asked of GraphQL."""
    query = """query ($where: WorkerWhere) { workers(where: $where, first: 100) {
      nodes { registryNumber fullName registeredOn eligibility { allowed } } } }"""
    body = {"query": query, "variables": {"where": json.loads(ASKED["where"])}}
    async with httpx.AsyncClient(headers=gateway.headers, timeout=60) as client:
        told = (await client.post(f"{gateway.address}/graphql", json=body)).json()
    return [
        [each["registryNumber"], each["fullName"], each["registeredOn"]]
        for each in told["data"]["workers"]["nodes"]
    ]


async def test_every_reader_sees_the_same_rows(files: list[Path], direct: list[list[str]]) -> None:
    told = json.loads(await ran("python", "sheet.py", *files, cwd=PYTHON))
    assert [*told] == ["workers.csv by_csv", "workers.xlsx by_openpyxl", "workers.xlsx by_calamine"]
    for rows in told.values():
        head, *found = rows
        assert head == ASKED["columns"].split(",")
        assert [[row[0], row[1], row[3]] for row in found] == direct
        assert {row[4].lower() for row in found} <= {"true", "false"}
    assert direct, "there is something to read"


@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice on this machine")
async def test_libreoffice_opens_both(files: list[Path], direct: list[list[str]], tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for path in files:
        target = tmp_path / path.suffix.strip(".")
        # Without its dialog, which proposes UTF-8 by the mark, it has to be told how to read a CSV.
        read = ("--infilter=" + UTF8,) if path.suffix == ".csv" else ()
        command = ("--headless", profile, *read, "--convert-to", f"csv:{UTF8}")
        assert OFFICE is not None
        await output(OFFICE, *command, "--outdir", target, path, cwd=tmp_path, HOME=str(tmp_path))
        text = await asyncio.to_thread((target / "workers.csv").read_text, "utf-8-sig")
        _, *found = csv.reader(io.StringIO(text))
        assert [row[1] for row in found] == [row[1] for row in direct]
