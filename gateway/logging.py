"""Logging: one JSON object a line, with the request's id, without personal data whoever wrote the line."""

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any

import orjson
import structlog
from structlog.typing import EventDict, Processor

from gateway.settings import LogLevel

# Libraries that tell at INFO what Svod tells itself, or quote a request.
QUIET = ("uvicorn.error", "uvicorn.access", "httpx", "httpcore", "asyncio")

_GAP = r"[\s\-\u2010-\u2015]?"
# A net below the rule that nobody logs personal data: a driver's text or a foreign exception may quote it.
_HIDDEN = (
    # SNILS (11 digits, however written), phones of 11 digits, a person's INN (12 digits)
    re.compile(rf"(?<![0-9A-Za-z])\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{2,3}}(?![0-9A-Za-z])"),
    # bearer tokens
    re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*"),
    # the password of a URL
    re.compile(r"(?<=:)(?<!://)[^:/@\s]+(?=@)"),
    # e-mail addresses
    re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"),
)


def configure_logging(level: LogLevel, *, console: bool) -> None:
    """Send every log line to standard error: JSON, or coloured text for a person to read."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.format_exc_info,
        hide_personal,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.ExtraAdder(), *shared],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer(console=console)],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))


def hide_personal(_logger: object, _method: str, event: EventDict) -> EventDict:
    """The event without anything that looks like a SNILS, a person's INN, a phone, an e-mail or a secret."""
    return {key: _without_personal(value) for key, value in event.items()}


def _without_personal(value: object) -> object:
    match value:
        case str():
            for pattern in _HIDDEN:
                value = pattern.sub("***", value)
            return value
        case Mapping():
            return {key: _without_personal(held) for key, held in value.items()}
        case list() | tuple():
            return [_without_personal(held) for held in value]
        case _:
            return value


def _renderer(*, console: bool) -> Processor:
    if console:
        return structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(),
            timestamp_key="at",
            exception_formatter=structlog.dev.plain_traceback,
        )
    return structlog.processors.JSONRenderer(serializer=_json)


def _json(event: Any, **_: object) -> str:
    return orjson.dumps(event, default=str).decode()
