"""Failures, named once for every transport.

A `Failure` has a kind and a stable code; HTTP and the sockets each translate it in one place. It never holds a secret
or a trace, because its body is sent to the client as it is.
"""

import errno
from collections.abc import Iterable
from enum import StrEnum

from kit.storable import JsonObject


class Kind(StrEnum):
    """What sort of failure it is, from which each transport makes its own status."""

    INVALID = "invalid"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"
    LIMITED = "limited"
    INTERNAL = "internal"
    UNAVAILABLE = "unavailable"


class Failure(Exception):
    """An error that is sent to the client.

    `code` is the stable machine-readable name, `message` one sentence for people, `details` further members of the
    body, `retry_after` seconds until another try makes sense.
    """

    def __init__(
        self,
        kind: Kind,
        code: str,
        message: str,
        *,
        details: JsonObject | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.kind = kind
        self.code = code
        self.message = message
        self.details = details or {}
        self.retry_after = retry_after

    def body(self) -> JsonObject:
        """The error as every transport sends it."""
        return {"error": self.code, "message": self.message, **self.details}


def invalid(message: str, fields: Iterable[tuple[str, str]] = (), code: str = "invalid_request") -> Failure:
    """`fields` are (JSON pointer, what is wrong) pairs, all of them at once."""
    listed = [{"path": path, "message": why} for path, why in fields]
    return Failure(Kind.INVALID, code, message, details={"fields": listed})


def unauthenticated(code: str = "not_authenticated", message: str = "Sign in to do this.") -> Failure:
    """Who asks is not known."""
    return Failure(Kind.UNAUTHENTICATED, code, message)


def forbidden(message: str = "You may not do this.", code: str = "forbidden", **details: object) -> Failure:
    """Who asks is known and may not do this."""
    return Failure(Kind.FORBIDDEN, code, message, details=details)


def not_found(what: str = "Resource") -> Failure:
    """There is no such thing, or it belongs to somebody else."""
    return Failure(Kind.NOT_FOUND, "not_found", f"{what} not found.")


def conflict(code: str, message: str, **details: object) -> Failure:
    """The request does not fit the present state."""
    return Failure(Kind.CONFLICT, code, message, details=details)


def too_large(message: str) -> Failure:
    """More bytes than are taken here."""
    return Failure(Kind.TOO_LARGE, "too_large", message)


def unsupported(message: str) -> Failure:
    """A media type that is not read here."""
    return Failure(Kind.UNSUPPORTED, "unsupported_media_type", message)


def limited(code: str, message: str, retry_after: float, **details: object) -> Failure:
    """Too much was asked; `retry_after` is in seconds."""
    return Failure(Kind.LIMITED, code, message, details=details, retry_after=retry_after)


def unavailable(code: str, message: str, retry_after: float = 5.0) -> Failure:
    """A part is away for now; `retry_after` is in seconds."""
    return Failure(Kind.UNAVAILABLE, code, message, retry_after=retry_after)


def internal() -> Failure:
    """A fault of ours. Nothing about it is disclosed."""
    return Failure(Kind.INTERNAL, "internal_error", "Something went wrong on our side.")


_LACKS = frozenset(
    {
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EROFS,
        errno.EIO,
        errno.ENOMEM,
        errno.EMFILE,
        errno.ENFILE,
        errno.EAGAIN,
    }
)


def of(error: Exception) -> Failure:
    """The Failure to send for any error: a Failure as it is, `unavailable` when the machine is out of something (disk,
    memory, files, threads), otherwise `internal_error`, a fault of the server."""
    if isinstance(error, Failure):
        return error
    lacking = isinstance(error, OSError) and error.errno in _LACKS
    if lacking or isinstance(error, MemoryError) or str(error) == "can't start new thread":
        return unavailable("unavailable", "The server lacks space or memory at the moment. Try again shortly.", 10)
    return internal()


class Unstartable(Exception):
    """Why Parley cannot start: one sentence, ready to be shown to the person who starts it."""
