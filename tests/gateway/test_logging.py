"""Log lines: JSON with the request's id, one format for everyone, nothing personal."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from gateway.logging import configure_logging
from gateway.settings import LogLevel

SNILS = "112-233-445 95"


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_line_is_json_with_the_request_id(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(LogLevel.INFO, console=False)
    structlog.contextvars.bind_contextvars(request_id="r-1")
    structlog.stdlib.get_logger("svod").info("answered", milliseconds=3)
    [line] = lines(capsys)
    assert line["event"] == "answered"
    assert line["request_id"] == "r-1"
    assert line["milliseconds"] == 3
    assert line["level"] == "info"
    assert line["logger"] == "svod"
    assert str(line["at"]).endswith("Z")


def test_a_library_that_logs_in_the_usual_way_looks_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(LogLevel.INFO, console=False)
    structlog.contextvars.bind_contextvars(request_id="r-2")
    logging.getLogger("asyncpg").warning("pool of %s is full", "WORKERS")
    [line] = lines(capsys)
    assert (line["event"], line["request_id"]) == ("pool of WORKERS is full", "r-2")


def test_the_level_decides(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(LogLevel.WARNING, console=False)
    structlog.stdlib.get_logger("svod").info("unheard")
    logging.getLogger("uvicorn.error").info("unheard")
    structlog.stdlib.get_logger("svod").error("heard")
    assert [line["event"] for line in lines(capsys)] == ["heard"]


@pytest.mark.parametrize("console", [False, True])
@pytest.mark.parametrize(
    "personal",
    [
        "11223344595",
        SNILS,
        "112-233-445-95",
        "112\N{NON-BREAKING HYPHEN}233\N{NON-BREAKING HYPHEN}445\N{NO-BREAK SPACE}95",
        "500100732259",
        "79161234567",
        "petrov@clinic.example",
        "postgresql://svod:hunter2@db/workers",
        "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI3In0.c2lnbmF0dXJl",
    ],
)
def test_nothing_personal_is_written(
    capsys: pytest.CaptureFixture[str], personal: str, *, console: bool
) -> None:
    configure_logging(LogLevel.DEBUG, console=console)
    logger = structlog.stdlib.get_logger("svod")
    logger.info(f"asked for {personal}", key=personal, held={"deep": [personal]})
    logging.getLogger("asyncpg").error("Key (snils)=(%s)", personal)
    try:
        raise ValueError(personal)
    except ValueError:
        logger.exception("failed")
        logging.getLogger("asyncpg").exception("failed too")
    written = capsys.readouterr().err
    assert written.count("***") >= 6
    secret = "hunter2" if "hunter2" in personal else personal
    assert secret not in written


def test_numbers_that_are_nobodys_stay(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(LogLevel.INFO, console=False)
    kept = (
        "Л041-01137-77/01838787 1.2.643.5.1.13.13.12.2.77.7809 7707083893 1027700132195 2026-11-22T06:10:28Z"
    )
    structlog.stdlib.get_logger("svod").info(kept)
    assert lines(capsys)[0]["event"] == kept
