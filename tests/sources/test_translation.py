"""Every kind of a driver's error has one of ours, and none of its text."""

import asyncpg
import pytest

from sources.errors import Nonsense, SourceError, TimedOut, Unavailable
from sources.registry import Registry
from sources.sql.faults import translated, unreachable

TEXT = "the driver's own words with 11223344595"


@pytest.mark.parametrize(
    ("raised", "ours"),
    [
        (TimeoutError(TEXT), TimedOut),
        (asyncpg.QueryCanceledError(TEXT), TimedOut),
        (ConnectionResetError(TEXT), Unavailable),
        (OSError(TEXT), Unavailable),
        (asyncpg.ConnectionDoesNotExistError(TEXT), Unavailable),
        (asyncpg.AdminShutdownError(TEXT), Unavailable),
        (asyncpg.CannotConnectNowError(TEXT), Unavailable),
        (asyncpg.TooManyConnectionsError(TEXT), Unavailable),
        (asyncpg.InsufficientPrivilegeError(TEXT), Unavailable),
        (asyncpg.SerializationError(TEXT), Unavailable),
        (asyncpg.InterfaceError(TEXT), Unavailable),
        (asyncpg.UndefinedTableError(TEXT), Nonsense),
        (asyncpg.UndefinedColumnError(TEXT), Nonsense),
        (asyncpg.DatatypeMismatchError(TEXT), Nonsense),
        (asyncpg.DataError(TEXT), Nonsense),
        (asyncpg.InternalClientError(TEXT), Unavailable),
        (asyncpg.ProtocolError(TEXT), Nonsense),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, TEXT), Nonsense),
        (OverflowError(TEXT), Nonsense),
    ],
)
def test_what_a_read_raised(raised: Exception, ours: type[SourceError]) -> None:
    error = translated(Registry.WORKERS, raised)
    assert type(error) is ours
    assert str(error) == f"registry WORKERS {ours.fault}"


@pytest.mark.parametrize(
    ("raised", "ours"),
    [
        (TimeoutError(TEXT), TimedOut),
        (asyncpg.InvalidPasswordError(TEXT), Unavailable),
        (asyncpg.InvalidCatalogNameError(TEXT), Unavailable),
        (ValueError(TEXT), Unavailable),
    ],
)
def test_what_a_connection_raised(raised: Exception, ours: type[SourceError]) -> None:
    assert type(unreachable(Registry.WORKERS, raised)) is ours
