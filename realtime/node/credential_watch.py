"""Open connections end with the credential that opened them: signed out, deleted or revoked, within seconds on every
node. A credential that merely expires ends no connection, because a lesson may be longer than a token; but nothing new
can begin on it."""

from typing import Protocol

from kit import errors
from kit.caller import Caller
from kit.errors import Failure
from kit.http.gate import Gate
from kit.tasks import Tasks

_CHECK_SECONDS = 5.0


class OpenConnection(Protocol):
    """A connection that was admitted with a credential."""

    @property
    def caller(self) -> Caller:
        """Whom the credential stands for."""

    async def expel(self, failure: Failure) -> None:
        """Report it and close the connection, with the sound beside it."""
        ...


class CredentialWatch:
    """The connections of this node."""

    def __init__(self, gate: Gate, tasks: Tasks) -> None:
        self._gate = gate
        self._tasks = tasks
        self._lines: set[OpenConnection] = set()

    async def start(self) -> None:
        """Check regularly until the node stops."""
        self._tasks.keep(self.check, name="check credentials of lines", pause=_CHECK_SECONDS)

    def add(self, line: OpenConnection) -> None:
        """Look after a connection."""
        self._lines.add(line)

    def discard(self, line: OpenConnection) -> None:
        """Look after it no longer."""
        self._lines.discard(line)

    async def check(self) -> None:
        """Close the connections whose credentials have ended. Failure `unavailable`."""
        lines = list(self._lines)
        callers = {line.caller.credential_id: line.caller for line in lines}
        gone = await self._gate.ended(list(callers.values())) if callers else set()
        for line in lines:
            if line.caller.credential_id in gone and line in self._lines:
                self._lines.discard(line)
                # Each in its own task: a client that does not read delays no other.
                self._tasks.spawn(line.expel(ended()), name="close line")


def ended() -> Failure:
    """What a connection is told whose credential has ended."""
    return errors.unauthenticated("not_authenticated", "The credential of this connection was ended.")
