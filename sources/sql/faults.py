"""The driver's errors in our words: nothing of a driver's text goes on."""

from asyncpg import exceptions as pg

from sources.errors import Nonsense, SourceError, TimedOut, Unavailable
from sources.registry import Registry

_REFUSED = (
    OSError,
    pg.PostgresConnectionError,
    pg.InsufficientPrivilegeError,
    pg.InsufficientResourcesError,
    pg.OperatorInterventionError,
    pg.ObjectNotInPrerequisiteStateError,
    pg.PostgresSystemError,
    pg.TransactionRollbackError,
)


def unreachable(registry: Registry, error: Exception) -> SourceError:
    """The SourceError for what the driver raised before there was a connection."""
    return TimedOut(registry) if isinstance(error, TimeoutError) else Unavailable(registry)


def translated(registry: Registry, error: Exception) -> SourceError:
    """The SourceError for what the driver raised in a read."""
    if isinstance(error, TimeoutError | pg.QueryCanceledError):
        return TimedOut(registry)
    if isinstance(error, _REFUSED) or type(error) is pg.InternalClientError:
        # The latter: the server said goodbye, and the driver has not yet seen the connection end.
        return Unavailable(registry)
    # Of the driver's own complaints, those about a value or an answer are no sign of a lost connection.
    if isinstance(error, pg.InterfaceError) and not isinstance(error, ValueError | pg.ProtocolError):
        return Unavailable(registry)
    return Nonsense(registry)
