"""Which writer makes which kind of file, and what browsers are told of it."""

import datetime as dt
from collections.abc import Mapping
from importlib import import_module
from os import environ
from typing import Final

from gateway.export.asked import Asked, FileFormat
from gateway.export.formats.csv import CsvWriter
from gateway.export.formats.format import Writer
from gateway.export.formats.ndjson import NdjsonWriter
from gateway.export.formats.xlsx import XlsxWriter

MEDIA: Final[Mapping[FileFormat, str]] = {
    FileFormat.CSV: "text/csv; charset=utf-8; header={header}",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.PARQUET: "application/vnd.apache.parquet",
    FileFormat.NDJSON: "application/x-ndjson",
}


def media(asked: Asked) -> str:
    """The media type of the file."""
    return MEDIA[asked.format].format(header="present" if asked.style.header else "absent")


def writer(asked: Asked, now: dt.datetime) -> Writer:
    """A writer for one file."""
    match asked.format:
        case FileFormat.CSV:
            return CsvWriter(asked)
        case FileFormat.NDJSON:
            return NdjsonWriter(asked)
        case FileFormat.XLSX:
            return XlsxWriter(asked, now)
        case FileFormat.PARQUET:
            return _parquet(asked, now)


def _parquet(asked: Asked, now: dt.datetime) -> Writer:
    # Arrow takes more memory than all the rest of an export: it is loaded when somebody wants it. Its own
    # allocator holds 15 MB more than the system's, and it looks for the choice when it is loaded, not later.
    environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    found: Writer = import_module("gateway.export.formats.parquet").ParquetWriter(asked, now)
    return found
