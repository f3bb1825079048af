"""A PostgreSQL cluster in the data folder, reached through a unix socket only."""

import os
import re
import signal
import time
from pathlib import Path
from urllib.parse import quote

from kit import removal
from kit.processes.process import Process, run
from server.embedded import process
from server.embedded.binaries import Binaries
from server.embedded.errors import EmbeddedProblem
from server.embedded.privileges import Account, name_for, private_folder

OWNER = DATABASE = "parley"

_READY_SECONDS = 60.0
_RETRY_SECONDS = 0.3
_RETRIES = 15
_STATUS_LINE = 7
_WHY = re.compile(r"FATAL|PANIC|ERROR|error:")

_LOCALE = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
_FORGETFUL = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


class Postgres:
    """One server on the cluster `folder`, with its socket in `runtime`."""

    name = "postgres"
    end_at_once = signal.SIGQUIT

    def __init__(
        self, binaries: Binaries, folder: Path, runtime: Path, log: Path, account: Account | None, durable: bool
    ) -> None:
        self._binaries = binaries
        self._folder = folder
        self._runtime = runtime
        self.log = log
        self._account = account
        self._durable = durable
        self.kept = process.kept(self.name, lambda: self._begin())

    @property
    def url(self) -> str:
        """Where clients connect."""
        return url_in(self._runtime)

    def exists(self) -> bool:
        """Whether the folder holds a database."""
        return (self._folder / "PG_VERSION").exists()

    def initialise(self) -> None:
        """Make the cluster and its database beside the final place, then move it, so that none is left incomplete."""
        staging = self._folder.with_name(self._folder.name + ".new")
        try:
            self._clear(staging)  # an incomplete one of a start that was killed
            removal.make(staging)
            cluster = private_folder(private_folder(staging, self._account) / "cluster", self._account)
            self._create(cluster)
            cluster.replace(self._folder)
            self._clear(staging)
        except removal.NotOurs as why:
            raise EmbeddedProblem(f"{staging} is in the way of the database: it {why}. Move it elsewhere.") from why

    def _clear(self, staging: Path) -> None:
        owners = {os.geteuid(), *([self._account.uid] if self._account else [])}
        removal.remove(staging, within=[self._folder.parent], prefix=staging.name, owners=owners)

    def _create(self, cluster: Path) -> None:
        here = name_for(cluster, self._account)
        no_sync = [] if self._durable else ["--no-sync"]
        owner = [f"--username={OWNER}", "--auth=trust"]
        self._run([self._binaries.initdb, "-D", here, *owner, *_LOCALE, *no_sync], cluster)
        create = f"create database {DATABASE}\n"
        self._run([self._binaries.postgres, "--single", "-D", here, "postgres"], cluster, create)

    def _begin(self) -> Process:
        here = name_for(self._folder, self._account)
        settings = ["timezone=UTC", "log_timezone=UTC", "log_checkpoints=off", *([] if self._durable else _FORGETFUL)]
        argv: list[str | Path] = [
            self._binaries.postgres,
            "-D",
            here,
            "-k",
            self._runtime,
            "-h",
            "",
            *_options(settings),
        ]
        # Immediate: every committed row is in the write-ahead log, so no checkpoint is needed.
        return process.spawn(process.program(self.name, argv, self._account, self._folder, signal.SIGQUIT), self.log)

    def wait_ready(self) -> None:
        """Wait for the server, starting it again when it ends: for a moment after a crash the dead server's last
        processes may still hold its shared memory."""
        deadline = time.monotonic() + _READY_SECONDS
        failures = 0
        while not self._is_ready():
            if self.kept.has_ended:
                failures += 1
                if failures > _RETRIES:
                    said = process.last_words(self.log)
                    raise EmbeddedProblem(f"PostgreSQL did not start ({said}); its log is {self.log}.")
                time.sleep(_RETRY_SECONDS)
                self.kept.start().is_logged = False
            if time.monotonic() > deadline:
                raise EmbeddedProblem(f"PostgreSQL was not ready in {_READY_SECONDS:.0f} s; its log is {self.log}.")
            time.sleep(0.01)

    def stop(self) -> None:
        """Fast shutdown; after a second an immediate one, which the next start repairs from the log."""
        if self.kept.child is not None:
            self.kept.child.end([(signal.SIGINT, 1.0), (signal.SIGQUIT, 0.3)])

    def _is_ready(self) -> bool:
        # The server itself keeps its state in this file; pg_ctl waits for the same line.
        try:
            lines = (self._folder / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        ours = self.kept.child is not None and lines[:1] == [str(self.kept.child.pid)]
        return ours and len(lines) > _STATUS_LINE and lines[_STATUS_LINE].strip() == "ready"

    def _run(self, argv: list[str | Path], folder: Path, text: str = "") -> None:
        program = process.program(f"{self.name}_setup", argv, self._account, folder)
        result = run(program, text.encode())
        if result.status != 0:
            said = (result.errors or result.output).decode(errors="replace").strip().splitlines()
            why = [line for line in said if _WHY.search(line)] or said[-2:]  # the last lines are about cleaning up
            raise EmbeddedProblem(f"The database could not be created in {self._folder}: {' '.join(why[:2])}")


def url_in(runtime: Path) -> str:
    """The address of a server whose socket is in that folder."""
    return f"postgresql://{OWNER}@/{DATABASE}?host={quote(str(runtime), safe='')}"


def _options(settings: list[str]) -> list[str]:
    return [part for setting in settings for part in ("-c", setting)]
