"""A Valkey that stores nothing on disk: what must survive is in PostgreSQL."""

import signal
import socket
import subprocess
from pathlib import Path

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
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return url_in(self._runtime)

    def spawn(self) -> None:
        """Start the program without waiting for it."""
        options: list[str | Path] = ["--port", "0", "--unixsocket", self._socket, "--unixsocketperm", "700"]
        keeps_nothing: list[str | Path] = [
            "--dir",
            self._runtime,
            "--save",
            "",
            "--appendonly",
            "no",
            "--loglevel",
            "warning",
            "--daemonize",
            "no",
        ]
        self.process = process.spawn(
            [self._binary, *options, *keeps_nothing],
            account=self._account,
            folder=self._runtime,
            log=self.log,
            death_signal=signal.SIGTERM,
        )

    def wait_ready(self) -> None:
        if not process.wait_until(lambda: self._answers() or self.ended, _READY_SECONDS) or self.ended:
            raise EmbeddedProblem(f"Valkey did not start ({process.last_words(self.log)}); its log is {self.log}.")

    @property
    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def stop(self) -> None:
        if self.process is not None:
            process.end(self.process, [(signal.SIGTERM, 0.3)])

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
