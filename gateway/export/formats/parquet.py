"""Rows as Parquet: typed columns, in groups of rows, each written as soon as it is full."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

import orjson
import pyarrow as pa
from pyarrow import parquet

from gateway.export.asked import Asked
from gateway.export.cells import Cells
from gateway.export.column import Kind
from gateway.export.formats.sink import Sink
from gateway.export.told import Told

GROUP: Final = 8_192
"""Rows of a group: a reader may leave whole groups out, and this process holds one."""

ABOUT: Final = "svod"
"""The key under which the file's own data say what was not given, as JSON."""

TYPES: Final[Mapping[Kind, pa.DataType]] = {
    Kind.TEXT: pa.string(),
    Kind.TEXTS: pa.list_(pa.string()),
    Kind.WHOLE: pa.int64(),
    Kind.NUMBER: pa.float64(),
    Kind.DAY: pa.date32(),
    Kind.MOMENT: pa.timestamp("us", tz="UTC"),
    Kind.FLAG: pa.bool_(),
}


class ParquetWriter:
    """Writes a Parquet file."""

    def __init__(self, asked: Asked, now: dt.datetime) -> None:
        fields = zip(asked.heads, asked.columns, strict=True)
        self._schema = pa.schema([pa.field(head, TYPES[column.kind]) for head, column in fields])
        self._now = now
        self._sink = Sink()
        self._writer = parquet.ParquetWriter(pa.PythonFile(self._sink, "w"), self._schema, compression="zstd")
        self._batches: list[pa.RecordBatch] = []
        self._held = 0

    def head(self) -> bytes:
        """What the file begins with."""
        return self._sink.taken()

    def rows(self, cells: Cells) -> bytes:
        """The groups that these rows have filled."""
        arrays = [pa.array(column, field.type) for column, field in zip(cells, self._schema, strict=True)]
        self._batches.append(pa.record_batch(arrays, schema=self._schema))
        self._held += self._batches[-1].num_rows
        if self._held >= GROUP:
            self._write()
        return self._sink.taken()

    def tail(self, told: Told) -> bytes:
        """The last group, and the end without which the file cannot be read."""
        self._write()
        about = told.summary() | {"made": self._now.isoformat()}
        self._writer.add_key_value_metadata({ABOUT: orjson.dumps(about).decode()})
        self._writer.close()
        return self._sink.taken()

    def broken(self, told: Told, fault: dict[str, Any]) -> bytes:  # noqa: ARG002
        """Nothing: a file without its end cannot be read."""
        return b""

    def leave(self) -> None:
        """Close the file, whatever is missing in it."""
        self._writer.close()

    def _write(self) -> None:
        if self._batches:
            table = pa.Table.from_batches(self._batches)
            self._writer.write_table(table, row_group_size=self._held)
            self._batches, self._held = [], 0
