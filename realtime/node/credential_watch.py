"""Open lines end with the credential that opened them: signed out, deleted or revoked, within seconds on every node.

A credential that merely expires ends no line: a lesson may be longer than a token. Nothing new begins on it then.
"""

from typing import Protocol

from kit import errors
from kit.caller import Caller
from kit.errors import Failure
from kit.http.gate import Gate
from kit.tasks import Tasks

_CHECK_SECONDS = 5.0


class OpenConnection(Protocol):
    """Whatever somebody was let in on."""

    @property
    def caller(self) -> Caller: ...

    async def expel(self, failure: Failure) -> None:
        """Tell it and close the line, with the sound that goes beside it."""
        ...


class CredentialWatch:
    """The lines of this node."""

    def __init__(self, gate: Gate, tasks: Tasks) -> None:
        self._gate = gate
        self._tasks = tasks
        self._lines: set[OpenConnection] = set()

    def start(self) -> None:
        self._tasks.keep(self.check, name="check credentials of lines", pause=_CHECK_SECONDS)

    def add(self, line: OpenConnection) -> None:
        self._lines.add(line)

    def discard(self, line: OpenConnection) -> None:
        self._lines.discard(line)

    async def check(self) -> None:
        """Close the lines whose credentials have ended. Failure `unavailable`."""
        lines = list(self._lines)
        callers = {line.caller.credential_id: line.caller for line in lines}
        ended = await self._gate.ended(list(callers.values())) if callers else set()
        for line in lines:
            if line.caller.credential_id in ended and line in self._lines:
                self._lines.discard(line)
                # Each in a task of its own: a client that takes nothing holds up no other.
                self._tasks.spawn(line.expel(_ended()), name="close line")


def _ended() -> Failure:
    return errors.unauthenticated("not_authenticated", "The credential of this connection was ended.")
