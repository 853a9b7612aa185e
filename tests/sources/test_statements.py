"""Every read of every source: one statement a call, no column but the asked ones and the keys."""

import inspect
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from sources.registry import Registry
from sources.rows import Columns, columns_of, shape
from sources.sources import Sources
from sources.sql.opened import SqlRegistries
from sources.worker import WorkerRecord
from tests.sources.behind import Behind
from tests.sources.calls import CALLS, Samples, samples
from tests.sources.recorder import Recorder

NOT_BY_COLUMNS = {
    "subjects_by_id",
    "subjects_by_snils",
    "occupied_by_organization",
    "people_by_organization",
    "staff_by_organization",
    "reached_by_organization",
}


@pytest.fixture(scope="module")
async def some(behind: Behind, today: date) -> Samples:
    """Keys of the registries."""
    return await samples(behind, today)


@pytest.fixture
def recorder(opened: SqlRegistries) -> Iterator[Recorder]:
    """What the registries are asked in a test."""
    recorder = Recorder()
    for database in opened.databases.values():
        recorder.listen(database)
    yield recorder
    for database in opened.databases.values():
        del database.asked


def source_of(sources: Sources, registry: Registry) -> Any:
    return getattr(sources, registry.lower())


def reads_of(source: Any) -> dict[str, Any]:
    members = inspect.getmembers(source, inspect.iscoroutinefunction)
    return {name: member for name, member in members if not name.startswith("_")}


@pytest.mark.parametrize("registry", Registry)
def test_every_read_is_called_in_these_tests(registry: Registry, sources: Sources, some: Samples) -> None:
    assert set(reads_of(source_of(sources, registry))) == set(CALLS[registry](sources, some))


@pytest.mark.parametrize("registry", Registry)
async def test_a_call_is_one_statement(
    registry: Registry, sources: Sources, some: Samples, recorder: Recorder
) -> None:
    for name, calls in CALLS[registry](sources, some).items():
        for call in calls:
            await call()
            sent = recorder.taken()
            assert [each.registry for each in sent] == [registry], name


@pytest.mark.parametrize("registry", Registry)
async def test_no_keys_ask_nothing(registry: Registry, sources: Sources, recorder: Recorder) -> None:
    for name, read in reads_of(source_of(sources, registry)).items():
        if "_by_" in name:
            assert await read([], **_neutral(read)) == {}, name
    assert recorder.taken() == []


@pytest.mark.parametrize("registry", Registry)
async def test_only_asked_columns_are_selected(
    registry: Registry, sources: Sources, some: Samples, recorder: Recorder
) -> None:
    """The sample calls ask for one column each; keys, and what the next page needs, come beside it."""
    for name, calls in CALLS[registry](sources, some).items():
        if name in NOT_BY_COLUMNS or not ("_by_" in name or name.endswith("_page")) or "_count" in name:
            continue
        for call in calls:
            rows = _rows(await call())
            sent = recorder.taken()[0].rows
            assert {tuple(row.keys()) for row in sent} >= {row._fields for row in rows}, name
            assert all(len(row) <= 1 + _beside(name) for row in sent), name


async def test_the_columns_of_a_row(sources: Sources, some: Samples) -> None:
    snils: Any = some.workers[0][1]
    columns: Columns = ("region_code", "last_name")
    row = (await sources.workers.workers_by_snils([snils], columns))[snils]
    assert type(row) is shape(WorkerRecord, ("snils", *columns))
    assert columns_of(type(row)) == ("snils", "last_name", "region_code")
    with pytest.raises(AttributeError, match="birth_date"):
        _ = row.birth_date


async def test_no_columns_give_the_keys(sources: Sources, some: Samples) -> None:
    key = some.workers[0][0]
    row = (await sources.workers.workers_by_id([key], ()))[key]
    assert tuple(row) == (key,)


async def test_keys_that_no_database_can_hold_are_not_asked(sources: Sources, recorder: Recorder) -> None:
    unknown: list[Any] = ["\0", "\ud800", "a\0b"]
    assert await sources.qualifications.credentials_by_number(unknown, ("status",)) == {}
    assert recorder.taken() == []


def _rows(answer: Any) -> Sequence[Any]:
    if not isinstance(answer, Mapping):
        return list(answer)
    return [row for value in answer.values() for row in (value if isinstance(value, list) else [value])]


def _beside(name: str) -> int:
    """How many columns come beside the asked one."""
    if "holder" in name:
        return 4
    return 2 if name.endswith("_by_department") or "_page_by_" in name else 1


def _neutral(read: Any) -> dict[str, Any]:
    known: dict[str, Any] = {
        "columns": (),
        "on": date(2026, 1, 1),
        "valid_from": date(2026, 1, 1),
        "valid_to": date(2026, 1, 1),
        "current": None,
        "after": None,
        "limit": 1,
    }
    return {name: known[name] for name in inspect.signature(read).parameters if name != "keys"}
