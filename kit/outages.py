"""Which errors of PostgreSQL are outages, conflicts and refusals, and whether a connection is still of use."""

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from kit import errors

OUTAGES = (OSError, asyncpg.PostgresConnectionError, asyncpg.exceptions.OperatorInterventionError)
_CONFLICTS = (  # deadlocks, a standby's recovery, locks that are held for too long
    asyncpg.exceptions.TransactionRollbackError,
    asyncpg.exceptions.LockNotAvailableError,
)
REFUSALS = (
    *_CONFLICTS,
    asyncpg.exceptions.InsufficientResourcesError,  # disk full, out of memory, too many connections
    asyncpg.exceptions.PostgresSystemError,  # a disk that cannot be read or written
    asyncpg.exceptions.ReadOnlySQLTransactionError,  # a fail-over: this one is no longer, or not yet, the primary
    asyncpg.exceptions.IdleInTransactionSessionTimeoutError,
    asyncpg.exceptions.TransactionTimeoutError,
)
"""Errors of a PostgreSQL that answers but cannot do its work. A later retry is right."""


def cut(held: PoolConnectionProxy) -> None:
    """Cut the connection of a block that takes too long. That ends the hanging statement and all later ones, the
    rollback included; a cancellation would wait for the server."""
    if lives(held):
        held.terminate()


def lives(held: PoolConnectionProxy) -> bool:
    """Whether a connection can still be used."""
    try:
        return not held.is_closed()
    except asyncpg.InterfaceError:  # it was lost meanwhile, and asyncpg has taken it back
        return False


def gone(held: PoolConnectionProxy, error: Exception) -> bool:
    """Whether the server ended the connection. The pool may have taken it back already; and a rollback after the
    server's "terminating connection" hides that error behind one of the driver."""
    try:
        return bool(held.is_closed()) or isinstance(error.__context__, OUTAGES)
    except asyncpg.InterfaceError:
        return True


def failure(error: Exception) -> errors.Failure:
    """An error of PostgreSQL as the failure that callers see."""
    if isinstance(error, _CONFLICTS):
        return errors.unavailable("unavailable", "The database is busy. Try again shortly.", 1)
    if isinstance(error, REFUSALS):
        return errors.unavailable("unavailable", "The database cannot do this at the moment. Try again shortly.", 5)
    return errors.unavailable("unavailable", "The database cannot be reached. Try again shortly.", 5)
