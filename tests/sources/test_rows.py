"""Rows hold the asked columns by position, and tell when another one is read."""

import pytest

from sources.rows import UnknownColumn, columns_of, shape
from sources.worker import WorkerRecord


def test_a_shape_keeps_the_order_of_the_table() -> None:
    narrow = shape(WorkerRecord, ("last_name", "id", "snils"))
    assert columns_of(narrow) == ("id", "snils", "last_name")
    assert narrow.noun == WorkerRecord.noun == "Worker"


def test_a_shape_is_made_once_for_a_set_of_columns() -> None:
    assert shape(WorkerRecord, ("id", "last_name")) is shape(WorkerRecord, ("last_name", "id", "id"))


def test_a_row_is_a_tuple_with_names() -> None:
    row = tuple.__new__(shape(WorkerRecord, ("region_code", "last_name")), ("Иванов", "77"))
    last_name, region_code = tuple(row)
    assert (row.last_name, row.region_code) == (last_name, region_code) == ("Иванов", "77")


def test_a_column_that_was_not_asked_is_named() -> None:
    row = tuple.__new__(shape(WorkerRecord, ("last_name",)), ("Иванов",))
    with pytest.raises(AttributeError, match="WorkerRecord was read without its column snils"):
        _ = row.snils


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownColumn, match="Worker has no column salary"):
        shape(WorkerRecord, ("salary",))
