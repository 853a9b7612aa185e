"""A Parquet file has typed columns, says what was not given, and is written in groups."""

import datetime as dt
import io
import json
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from gateway.export.asked import Asked, FileFormat
from gateway.export.column import Column, Kind
from gateway.export.formats.parquet import GROUP, ParquetWriter
from gateway.export.nouns import NOUNS
from gateway.export.told import Told
from tests.export.door import Door

NOW = dt.datetime(2026, 11, 22, 9, 5, 7, tzinfo=dt.UTC)


def writer(*kinds: Kind) -> ParquetWriter:
    columns = tuple(Column(f"c{place}", "", "x", kind) for place, kind in enumerate(kinds))
    return ParquetWriter(Asked(NOUNS["workers"], FileFormat.PARQUET, columns, {}), NOW)


def opened(content: bytes) -> Any:
    return parquet.ParquetFile(io.BytesIO(content))


def test_every_kind_has_its_type_and_value() -> None:
    values = {
        Kind.TEXT: "0012",
        Kind.TEXTS: ["а", "б"],
        Kind.WHOLE: -7,
        Kind.NUMBER: 0.25,
        Kind.DAY: dt.date(2026, 2, 28),
        Kind.MOMENT: NOW,
        Kind.FLAG: False,
    }
    made = writer(*values)
    pieces = [made.head(), made.rows([[value, None] for value in values.values()]), made.tail(Told(rows=2))]
    table = opened(b"".join(pieces)).read()
    assert table.to_pylist()[0] == dict(zip(table.column_names, values.values(), strict=True))
    assert set(table.to_pylist()[1].values()) == {None}
    assert table.schema.types == [
        pa.string(),
        pa.list_(pa.string()),
        pa.int64(),
        pa.float64(),
        pa.date32(),
        pa.timestamp("us", tz="UTC"),
        pa.bool_(),
    ]


def test_rows_leave_in_groups_and_are_not_kept() -> None:
    made = writer(Kind.WHOLE)
    pieces = [made.head()] + [made.rows([list(range(1_000))]) for _ in range(100)] + [made.tail(Told())]
    found = opened(b"".join(pieces))
    sizes = [found.metadata.row_group(each).num_rows for each in range(found.num_row_groups)]
    assert sizes == [9_000] * 11 + [1_000]
    assert sum(bool(piece) for piece in pieces) == 13
    assert sizes[0] - GROUP < 1_000
    assert found.read().column("c0").to_pylist() == list(range(1_000)) * 100


async def test_as_it_comes_from_the_gateway(door: Door) -> None:
    found = await door.get("workers.parquet", columns="registryNumber,credentialUntil,specialties,snils")
    assert found.headers["content-type"] == "application/vnd.apache.parquet"
    table = opened(found.content).read()
    lines = await door.rows("workers", columns="registryNumber,credentialUntil,specialties", end="none")
    assert table.drop_columns(["snils"]).to_pylist() == [
        line | {"credentialUntil": line["credentialUntil"] and dt.date.fromisoformat(line["credentialUntil"])}
        for line in lines
    ]
    told = json.loads(table.schema.metadata[b"svod"])
    assert (told["rows"], told["whole"]) == (len(lines), True)
    assert told["access"][0]["coordinate"] == "Worker.snils"
