"""A whole site as an operator has it: PostgreSQL and Redis, coturn, nginx with TLS, nodes of two workers.

In one folder, on free ports, and all of it ends together, also when this process is killed.
"""

import asyncio
import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import aioice.ice

from benchmarks.chaos import fleet
from kit.processes import environment, process
from kit.processes.process import WITH_OUTPUT, Process, Program
from server.bootstrap import debian
from server.embedded import postgres, privileges
from server.embedded.process import wait_until
from server.embedded.stack import EmbeddedStack
from tests.support import proxies, turn
from tests.support.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
SILENCE_S = 4.0
NODES, WORKERS = 2, 2
_GRACE_S, _DRAIN_S = 20.0, 8.0
_START_S, _STOP_S = 180.0, 30.0
_SERVER_S = 60.0
_CLUSTERS = Path("/usr/lib/postgresql")
_MANY = "1000000"
_LIMITS = ("READ", "WRITE", "HEAVY", "PUBLIC", "LOGIN")


class Missing(Exception):
    """A part that cannot be had here; the message says which and why."""


def missing() -> str:
    """What keeps a site from being set up without fetching anything; "" when nothing does."""
    programs = {"nginx": proxies.has("nginx"), "coturn": debian.program("turnserver") is not None}
    return ", ".join(name for name, there in programs.items() if not there)


def fetch() -> None:
    """What is not installed, into a folder of ours. Missing when it cannot be had."""
    for name, package in (("turnserver", "coturn"), ("redis-server", "redis-server")):
        if debian.program(name) is None and (why := debian.fetch(package)) and name == "turnserver":
            raise Missing(f"{package} ({why})")
    if missing():
        raise Missing(missing())


@dataclass
class Site:
    """Made by `opened`. `parts` says of each where it came from."""

    folder: Path
    parts: dict[str, str] = field(default_factory=dict)
    url: str = ""
    database_url: str = ""
    redis_url: str = ""
    relay: str = ""  # its address
    nodes: dict[int, Process] = field(default_factory=dict)
    ports: list[int] = field(default_factory=list)
    secret: str = field(default_factory=lambda: secrets.token_hex(32), repr=False)
    relay_secret: str = field(default_factory=lambda: secrets.token_hex(32), repr=False)  # stands in a command line
    _others: list[Process] = field(default_factory=list)
    _embedded: EmbeddedStack | None = None

    def run(self, name: str, line: list[str | Path], variables: Mapping[str, str], ids: tuple[int, int] | None) -> None:
        self._others.append(self._started(name, line, variables, ids))

    def _started(
        self, name: str, line: list[str | Path], variables: Mapping[str, str], ids: tuple[int, int] | None = None
    ) -> Process:
        program = Program(name, line, variables, self.folder, signal.SIGKILL, ids, own_session=True)
        with (self.folder / f"{name}.log").open("ab") as log:
            return process.start(program, stdout=log, stderr=WITH_OUTPUT)

    def start_node(self, number: int) -> None:
        line: list[str | Path] = [sys.executable, ROOT / "run.py", "serve", "--no-browser", "--workers", str(WORKERS)]
        line += ["--port", str(self.ports[number]), "--data", self.folder / f"node-{number}"]
        self.nodes[number] = self._started(f"node-{number}", line, self._settings())

    def kill_node(self, number: int) -> None:
        """At once, with its workers: they are tied to it."""
        self.nodes[number].kill("drill")
        self.nodes[number].wait()

    async def drain_node(self, number: int) -> bool:
        """As a deployment does. Whether it ended by itself, in time, with code 0."""
        node = self.nodes[number]
        node.ask(signal.SIGTERM)
        deadline = time.monotonic() + _DRAIN_S + _STOP_S
        while node.status is None and time.monotonic() < deadline:  # noqa: ASYNC110 - a process tells nobody
            await asyncio.sleep(0.1)
        return node.status == 0

    async def node_answers(self, number: int) -> None:
        await self._answers(f"http://127.0.0.1:{self.ports[number]}", self.nodes[number])

    async def _answers(self, url: str, by: Process) -> None:
        async with aiohttp.ClientSession() as http, asyncio.timeout(_START_S):
            while True:
                if by.status is not None:
                    raise RuntimeError(f"{by.program.name} ended: {self._said(by.program.name)}")
                with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                    async with http.get(f"{url}/api/health", timeout=aiohttp.ClientTimeout(5)) as response:
                        if response.status == 200:
                            return
                await asyncio.sleep(0.2)

    def _said(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")[-1500:]

    def _settings(self) -> dict[str, str]:
        theirs = ("PARLEY_", "DATABASE_URL", "REDIS_URL", "OPENAI_")
        own = {name: value for name, value in environment.whole().items() if not name.startswith(theirs)}
        return (
            own
            | {f"PARLEY_LIMIT_{name}": _MANY for name in _LIMITS}
            | {
                "DATABASE_URL": self.database_url,
                "REDIS_URL": self.redis_url,
                "PARLEY_SECRET_KEY": self.secret,
                "PARLEY_PUBLIC_URL": self.url,
                "PARLEY_TRUSTED_PROXIES": "127.0.0.1",
                "PARLEY_ICE_SERVERS": f"turn:{self.relay}",
                "PARLEY_TURN_SECRET": self.relay_secret,
                "PARLEY_PLAN_FREE_SECONDS": "100000",
                "PARLEY_LIMIT_RECORDINGS": "1440",
                "PARLEY_LIVE_SESSIONS": "100",
                "PARLEY_LIVE_SILENCE_SECONDS": str(SILENCE_S),
                "PARLEY_LIVE_GRACE_SECONDS": str(_GRACE_S),
                "PARLEY_DRAIN_SECONDS": str(_DRAIN_S),
                "PARLEY_WHISPER_MODEL": str(fleet.MODEL),
                "PARLEY_WHISPER_DOWNLOAD": "false",
                "PARLEY_VOICE_DOWNLOAD": "false",
                "PARLEY_SPEECH_WORKERS": "1",
                "PARLEY_LOG_LEVEL": "warning",
                "PARLEY_LOG_JSON": "true",
            }
        )

    def close(self) -> None:
        for one in [*self.nodes.values(), *reversed(self._others)]:
            one.end([(signal.SIGINT, 3.0)])
        if self._embedded is not None:
            self._embedded.stop()

    def open_servers(self) -> None:
        """PostgreSQL and Redis: Debian's own where there are any, else those of the wheels."""
        runtime = self.folder / "sockets"
        account = privileges.account_to_use()
        privileges.private_folder(runtime, account)
        ids = (account.uid, account.gid) if account else None
        newest = max((path for path in _CLUSTERS.glob("*/bin") if (path / "initdb").exists()), default=None)
        redis = debian.program("redis-server")
        if newest is not None:
            self._open_postgres(newest, privileges.private_folder(self.folder / "cluster", account), runtime, ids)
        if redis is not None:
            self._open_redis(redis, runtime, ids)
        if newest is None or redis is None:
            self._embedded = EmbeddedStack(self.folder / "data", database=newest is None, redis=redis is None)
            ends = self._embedded.start()
            self.database_url, self.redis_url = ends.database_url or self.database_url, ends.redis_url or self.redis_url
            self.parts |= {"PostgreSQL": "from its wheel"} if newest is None else {}
            self.parts |= {"Redis": "Valkey from its wheel"} if redis is None else {}

    def _open_postgres(self, programs: Path, cluster: Path, runtime: Path, ids: tuple[int, int] | None) -> None:
        user, group = ids or (None, None)
        made = ["-D", str(cluster), "--username=parley", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
        bare = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}
        subprocess.run(
            [programs / "initdb", *made], check=True, capture_output=True, user=user, group=group, env=bare, cwd=cluster
        )
        self.run("postgres", [programs / "postgres", "-D", cluster, "-k", runtime, "-h", ""], bare, ids)
        _await(lambda: (runtime / ".s.PGSQL.5432").exists())
        create = [str(programs / "createdb"), "--host", str(runtime), "--username=parley", "parley"]
        _await(lambda: subprocess.run(create, check=False, capture_output=True, env=bare).returncode == 0)
        self.database_url = postgres.url_in(runtime)
        self.parts["PostgreSQL"] = f"{programs.parent.name}, {programs}"

    def _open_redis(self, program: Path, runtime: Path, ids: tuple[int, int] | None) -> None:
        place = runtime / "redis.sock"
        listens: list[str | Path] = ["--port", "0", "--unixsocket", place, "--unixsocketperm", "700"]
        line: list[str | Path] = [program, *listens, "--save", "", "--appendonly", "no", "--dir", runtime]
        self.run("redis", line, {"PATH": os.defpath} | debian.libraries(program), ids)
        _await(place.exists)
        self.redis_url = f"unix://{place}"
        told = subprocess.run(
            [program, "--version"], capture_output=True, text=True, check=False, env=debian.libraries(program)
        )
        self.parts["Redis"] = f"{told.stdout.partition(' v=')[2].partition(' ')[0]}, {program}"

    def open_relay(self) -> None:
        program = debian.program("turnserver")
        assert program is not None
        address = next(iter(aioice.ice.get_host_addresses(use_ipv4=True, use_ipv6=False)), "127.0.0.1")
        port = free_port(socket.SOCK_DGRAM, address)
        line = turn.line(program, self.folder, address, port, self.relay_secret)
        self.run("coturn", line, {"PATH": os.defpath} | debian.libraries(program), None)
        self.relay = f"{address}:{port}"
        self.parts["coturn"] = str(program)

    def open_proxy(self) -> None:
        port = free_port()
        line = proxies.nginx_line(self.folder, port, self.ports[0])
        one = "server 127.0.0.1:{} max_fails=2 fail_timeout=5s;"
        proxies.rewrite(
            Path(line[-1]), {one.format(self.ports[0]): "\n    ".join(one.format(port) for port in self.ports)}
        )
        self.run("nginx", [*line], environment.inherited("PATH"), None)
        self.url = f"https://localhost:{port}"
        self.parts["nginx"] = f"{line[0]}, deploy/nginx.conf, certificate of its own"


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Site]:
    """All parts but the nodes, which need an event loop to wait for."""
    folder.chmod(0o711)  # PostgreSQL's account has to reach its own folder in here
    site = Site(folder, ports=fleet.free_ports(NODES))
    try:
        site.open_servers()
        site.open_relay()
        site.open_proxy()
        yield site
    finally:
        site.close()


def trust(site: Site) -> None:
    """The site's certificate, for every client in this process: libraries make connections themselves."""
    aiohttp.connector._SSL_CONTEXT_VERIFIED.load_verify_locations(site.folder / "localhost.pem")


def _await(condition: Callable[[], bool]) -> None:
    if not wait_until(condition, _SERVER_S):
        raise RuntimeError("a server did not start")
