"""A Valkey that stores nothing on disk: what must survive is in PostgreSQL."""

import signal
import socket
from pathlib import Path

from kit.processes.process import Process
from server.embedded import process
from server.embedded.errors import EmbeddedProblem
from server.embedded.privileges import Account

_READY_SECONDS = 10.0
_SOCKET = "valkey.sock"


class Valkey:
    """One server with a unix socket in `runtime`."""

    name = "valkey"
    end_at_once = signal.SIGTERM

    def __init__(self, binary: Path, runtime: Path, log: Path, account: Account | None) -> None:
        self._binary = binary
        self._runtime = runtime
        self.log = log
        self._account = account
        self._socket = runtime / _SOCKET
        self.kept = process.kept(self.name, lambda: self._begin())

    @property
    def url(self) -> str:
        """Where clients connect."""
        return url_in(self._runtime)

    def _begin(self) -> Process:
        listens: list[str | Path] = ["--port", "0", "--unixsocket", self._socket, "--unixsocketperm", "700"]
        keeps_nothing: list[str | Path] = ["--dir", self._runtime, "--save", "", "--appendonly", "no"]
        argv = [self._binary, *listens, *keeps_nothing, "--loglevel", "warning", "--daemonize", "no"]
        return process.spawn(process.program(self.name, argv, self._account, self._runtime, signal.SIGTERM), self.log)

    def wait_ready(self) -> None:
        """Wait until it answers. Raises EmbeddedError if it does not."""
        is_decided = process.wait_until(lambda: self._answers() or self.kept.has_ended, _READY_SECONDS)
        if not is_decided or self.kept.has_ended:
            raise EmbeddedProblem(f"Valkey did not start ({process.last_words(self.log)}); its log is {self.log}.")

    def stop(self) -> None:
        """End it; it has 0.3 s to do so in order."""
        if self.kept.child is not None:
            self.kept.child.end([(signal.SIGTERM, 0.3)])

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(1.0)
            try:
                probe.connect(str(self._socket))
                probe.sendall(b"PING\r\n")
                return probe.recv(16).startswith(b"+PONG")
            except OSError:
                return False


def url_in(runtime: Path) -> str:
    """The address of a server whose socket is in that folder."""
    return f"unix://{runtime / _SOCKET}"
