"""What a request asks to be exported: its path and its parameters, checked. Knows no rights and no rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NoReturn, TypeVar

from gateway.errors import ErrorCode
from gateway.export.column import Column, Noun
from gateway.export.nouns import NOUNS
from gateway.faults import refused
from gateway.limits import Limits
from gateway.transport.parameters import json_of

W = TypeVar("W", bound=StrEnum)

JSON: Final = frozenset({"where", "orderBy"})
"""Parameters that are JSON, as text in a query string or a form."""

LISTS: Final = frozenset({"groupBy", "measures"})
"""Parameters that are words, in a text with commas between them."""

WHOLE: Final = frozenset({"expiringWithin"})
"""Parameters that are whole numbers."""


class FileFormat(StrEnum):
    """What an export is written as; the name's ending."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    NDJSON = "ndjson"


class Locale(StrEnum):
    """Whose spreadsheet a CSV is for."""

    EN = "en"
    """Commas between cells, points in numbers, as RFC 4180 has it."""
    RU = "ru"
    """Semicolons between cells and commas in numbers, as a spreadsheet in Russian expects."""


class Titles(StrEnum):
    """What stands above the columns."""

    NAMES = "names"
    RU = "ru"


class Ending(StrEnum):
    """Whether the last line tells what was not given."""

    AUTO = "auto"
    """Where there is something to tell."""
    LINE = "line"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Style:
    """How rows are written."""

    locale: Locale = Locale.EN
    titles: Titles = Titles.NAMES
    header: bool = True
    end: Ending = Ending.AUTO


@dataclass(frozen=True, slots=True)
class Asked:
    """An export as it was asked for."""

    noun: Noun
    format: FileFormat
    columns: tuple[Column, ...]
    given: Mapping[str, Any]
    """The root's arguments."""
    after: str | None = None
    limit: int | None = None
    style: Style = Style()

    @property
    def heads(self) -> list[str]:
        """What stands above each column."""
        if self.style.titles is Titles.NAMES:
            return [each.name for each in self.columns]
        return [each.title for each in self.columns]


def noun_and_format(file: str) -> tuple[Noun, FileFormat]:
    """What the file's name asks for. Raises RequestError where there is no such file."""
    name, _, ending = file.partition(".")
    if name in NOUNS and ending in set(FileFormat):
        return NOUNS[name], FileFormat(ending)
    told = f"There is no such export: it should be one of {', '.join(NOUNS)}, as {', '.join(FileFormat)}."
    raise refused(ErrorCode.NOT_FOUND, told)


def asked(file: str, given: Mapping[str, Any], limits: Limits) -> Asked:
    """The export that the file's name and the parameters ask for. Raises RequestError."""
    noun, file_format = noun_and_format(file)
    known = {*noun.arguments, *PARAMETERS} - (PAGED if noun.whole else frozenset())
    unknown = next((name for name in given if name not in known), None)
    if unknown is not None:
        _fault(unknown, f"is no parameter of this export, which takes {', '.join(sorted(known))}")
    present = {name: value for name, value in given.items() if value is not None}
    arguments = {name: _argument(name, present[name], limits) for name in noun.arguments if name in present}
    noun = noun.of(arguments) if noun.of else noun
    return Asked(
        noun,
        file_format,
        _columns(noun, present.get("columns")),
        arguments,
        _text("after", present.get("after")),
        _limit(present.get("limit")),
        Style(
            _word("locale", present.get("locale"), Locale.EN),
            _word("titles", present.get("titles"), Titles.NAMES),
            _flag("header", present.get("header")),
            _word("end", present.get("end"), Ending.AUTO),
        ),
    )


PARAMETERS: Final = ("columns", "after", "limit", "locale", "titles", "header", "end")
"""What every export takes beside its root's arguments."""

PAGED: Final = frozenset({"after"})
"""What an export without pages does not take."""


def _argument(name: str, value: Any, limits: Limits) -> Any:
    if not isinstance(value, str):
        return value
    if name in LISTS and not value.startswith("["):
        return [each.strip() for each in value.split(",")]
    if name in LISTS or name in JSON:
        return json_of(value, limits, f"`{name}`")
    return int(value) if name in WHOLE and value.isdecimal() and len(value) < 10 else value


def _columns(noun: Noun, value: Any) -> tuple[Column, ...]:
    """The columns that are named, in their order; without names the usual ones."""
    if value is None:
        return noun.usual
    names = value.split(",") if isinstance(value, str) else value
    if not isinstance(names, Sequence) or not names or not all(isinstance(each, str) for each in names):
        _fault("columns", "should be names of columns, with commas between them")
    found = {name.strip(): noun.column(name.strip()) for name in names}
    unknown = next((name for name, column in found.items() if column is None), None)
    if unknown is not None:
        known = ", ".join(each.name for each in noun.columns)
        _fault("columns", f"`{unknown[:100]}` is no column of {noun.name}, which have {known}")
    if len(found) < len(names):
        _fault("columns", "should name each column once")
    return tuple(column for column in found.values() if column is not None)


def _limit(value: Any) -> int | None:
    if value is None:
        return None
    try:
        found = int(value)
    except (TypeError, ValueError):
        found = 0
    if isinstance(value, bool | float) or not 1 <= found < 2**31:
        _fault("limit", "should be a whole number of rows, at least 1")
    return found


def _text(name: str, value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        _fault(name, "should be a string")
    return value or None


def _flag(name: str, value: Any) -> bool:
    if value in (None, True, "true"):
        return True
    if value in (False, "false"):
        return False
    return _fault(name, "should be `true` or `false`")


def _word(name: str, value: Any, usual: W) -> W:
    if value is None:
        return usual
    try:
        return type(usual)(value)
    except ValueError:
        _fault(name, f"should be one of: {', '.join(type(usual))}")


def _fault(name: str, right: str) -> NoReturn:
    raise refused(ErrorCode.BAD_USER_INPUT, f"{name}: {right}.", argument=[name])
