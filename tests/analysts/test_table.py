"""The script of an analyst: a paged query and an export, as tables, find the same people."""

import json

from tests.analysts.conftest import Served
from tests.analysts.environment import PYTHON, ran


async def test_pages_and_exports_are_the_same_table(gateway: Served) -> None:
    told = json.loads(await ran("python", "expiring.py", gateway.address, gateway.token, cwd=PYTHON))
    assert len(told["paged"]) > 100, "more than one page"
    assert told["paged"] == told["parquet"] == told["csv"]
    assert told["days"] == "Date"
    assert told["specialties"] > 3
