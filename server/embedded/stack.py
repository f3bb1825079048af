"""PostgreSQL and Valkey from their wheels, started, watched and ended together."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kit import logs
from kit.processes.process import NotStarted
from server.embedded import binaries, postgres, privileges, process, runtime, valkey
from server.embedded.errors import EmbeddedProblem
from server.embedded.postgres import Postgres
from server.embedded.valkey import Valkey

_log = logs.get(__name__)

Progress = Callable[[str], None]
DATABASE = "postgres"
"""The folder of the database in a data folder."""


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Addresses of the servers; both are unix sockets in a folder that only we can enter."""

    database_url: str
    redis_url: str


class EmbeddedStack:
    """The servers of one data folder. A process may hold a folder only once, and only one process may.

    `start`, `revive` and `stop` block (a tenth of a second when all is well) and belong to the main thread, because the
    servers are arranged to end with the thread that started them.
    """

    def __init__(self, data_dir: Path, *, durable: bool = True, database: bool = True, redis: bool = True) -> None:
        """`durable=False` trades crash safety for speed: for tests. `database` and `redis` say which servers to run."""
        self._data_dir = data_dir.expanduser().absolute()
        self._durable = durable
        self._wanted = (database, redis)
        self._servers: list[Postgres | Valkey] = []
        self._lock: IO[str] | None = None
        self._record: runtime.Record | None = None

    def start(self, on_progress: Progress | None = None, while_waiting: Callable[[], None] = lambda: None) -> Endpoints:
        """Start the selected servers and wait until they answer, calling `while_waiting` once. Raises EmbeddedProblem
        with one sentence. The URL of a server that is not selected is the empty string."""
        say = on_progress or (lambda _: None)
        self._open_folder()
        self._lock = runtime.lock(self._data_dir)
        try:
            return self._start(say, while_waiting)
        except OSError as error:
            self.stop()
            raise EmbeddedProblem(runtime.unwritable(self._data_dir, error)) from error
        except NotStarted as error:
            self.stop()
            raise EmbeddedProblem(f"The database cannot be started: {error}.") from error
        except BaseException:
            self.stop()
            raise

    def revive(self) -> list[str]:
        """Start again whichever server has ended, without waiting for it; returns their names.

        One that cannot be started now (no memory, no room for its log), or ends again and again, is tried again later.
        """
        revived = [server.name for server in self._servers if server.kept.look()]
        if revived:
            try:
                self._remember()
            except OSError as error:  # a full disk: the next start could not find the process, but it ends with us
                _log.error("embedded_server_not_noted", why=str(error))
        return revived

    def trim_logs(self) -> None:
        """Limit the servers' logs; on a full disk at the next call."""
        for server in self._servers:
            try:
                process.trim(server.log)
            except OSError as error:
                _log.error("embedded_log_not_trimmed", server=server.name, why=str(error))

    def stop(self) -> None:
        """End the servers and remove their sockets; harmless when nothing runs."""
        for server in reversed(self._servers):
            server.stop()
        self._servers = []
        if self._record is not None:
            runtime.forget(self._data_dir, self._record)
            self._record = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def kill(self) -> None:
        """End the servers at once, from any thread; the next start recovers what was committed."""
        for server in self._servers:
            if server.kept.child is not None:
                server.kept.child.ask(server.end_at_once)

    def _open_folder(self) -> None:
        try:
            # Others may pass through but not list it: the database's account has to reach its folder inside.
            self._data_dir.mkdir(mode=0o711, parents=True, exist_ok=True)
            (self._data_dir / "logs").mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise EmbeddedProblem(runtime.unwritable(self._data_dir, error)) from error

    def _start(self, say: Progress, while_waiting: Callable[[], None]) -> Endpoints:
        account = privileges.account_to_use()
        programs = binaries.find(account)
        self._end_earlier()
        folder = runtime.make_folder(self._data_dir, account)
        self._record = runtime.Record(folder)
        logs = self._data_dir / "logs"
        cluster = Postgres(programs, self._data_dir / DATABASE, folder, logs / "postgres.log", account, self._durable)
        cache = Valkey(programs.valkey, folder, logs / "valkey.log", account)
        database, redis = self._wanted
        if redis:
            self._launch(cache)
        if database:
            if not cluster.exists():
                say("Creating the database")
                _create(cluster, while_waiting)
                while_waiting = _nothing
            say("Starting PostgreSQL")
            self._launch(cluster)
        while_waiting()
        for server in self._servers:
            server.wait_ready()
            if server.kept.child is not None:
                server.kept.child.is_logged = True
        self._remember()
        return Endpoints(cluster.url if database else "", cache.url if redis else "")

    def _launch(self, server: Postgres | Valkey) -> None:
        server.kept.start().is_logged = False  # a failed start becomes one sentence for the operator
        self._servers.append(server)
        self._remember()

    def _remember(self) -> None:
        if self._record is not None:
            self._record.pids = {one.name: one.kept.child.pid for one in self._servers if one.kept.child}
            self._record.save(self._data_dir)

    def _end_earlier(self) -> None:
        earlier = runtime.load(self._data_dir)
        if earlier is None:
            return
        for server in (Postgres, Valkey):
            if server.name in earlier.pids:
                process.end_stale(earlier.pids[server.name], str(earlier.runtime), server.end_at_once)
        runtime.forget(self._data_dir, earlier)


def running(data_dir: Path) -> Endpoints | None:
    """The servers that another process runs on this data folder, if it does. EmbeddedProblem for a damaged note."""
    record = runtime.load(data_dir)
    if record is None or not all(process.runs(pid, str(record.runtime)) for pid in record.pids.values()):
        return None
    return Endpoints(
        postgres.url_in(record.runtime) if Postgres.name in record.pids else "",
        valkey.url_in(record.runtime) if Valkey.name in record.pids else "",
    )


def _create(cluster: Postgres, while_waiting: Callable[[], None]) -> None:
    """The longest step of a first start, beside what the caller has to do anyway."""
    with ThreadPoolExecutor(1, "create the database") as thread:
        created = thread.submit(cluster.initialise)
        while_waiting()
        created.result()


def _nothing() -> None:
    """For what was done already."""
