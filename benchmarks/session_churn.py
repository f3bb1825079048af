"""Sessions in sequence, and what they leave behind: `python3 run.py bench session_churn [--sessions 10000]`.

One node in a process of its own, PostgreSQL and Valkey; four ways through a session in turn: reading over Socket.IO,
reading over the plain WebSocket, a conversation that REST starts and a ticket joins, and one that REST starts and ends
with no connection at all. Each sends a second of audio, so it has a turn, a bill and a transcript. Recognition is the
checksum of benchmarks/chaos/listener.py, or with `--whisper` the real one with the small model of the tests.

After each tenth of the sessions it counts the node's memory, tasks, open files, and the keys in Valkey, and compares
the first (everything is loaded then) with the end; the event logs of sessions that ended stay for three minutes, so it
waits for that (`--no-wait` leaves them out of the count). The exit code is 0 when nothing grew: memory by less than
1 KB a session, or 8 MB in a short run, the rest not at all. The tenth in which memory grew most does not count: a leak
grows in each, what is loaded once (late, on a busy machine) in one.
"""

import argparse
import asyncio
import secrets
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.chaos import fleet
from clients.python.parley_client import Session
from kit.redis import connect
from server.embedded.stack import EmbeddedStack, Endpoints
from server.migrate import migrate
from tests.support import socketio_line

SOUND = b"\x10\x00" * 16_000
_FRAME = 6400
_MOST_GROWTH = 1024  # bytes of memory a session
_NOISE = 8 * 2**20
_LOG_SECONDS = 185  # for so long a client that was away at the end can still fetch it
_WAIT_STEPS = 40
_FEW_STEPS = 3


@dataclass(frozen=True)
class Lease:
    """What a node holds, and what Valkey keeps for it."""

    rss: int
    tasks: int
    files: int
    keys: int

    def __str__(self) -> str:
        return f"{self.rss / 2**20:7.1f} MB{self.tasks:6} tasks{self.files:5} files{self.keys:6} keys"


class Visitor:
    """One learner after the other."""

    def __init__(self, url: str, http: aiohttp.ClientSession, token: str, text: str | None) -> None:
        self._url, self._http, self._token = url, http, token
        self._text = text

    async def socket_io(self) -> None:
        session = Session(self._url, "/speaking", token=self._token, opener=socketio_line.opened)
        await self._through(session, session.start_speaking(reference_text=self._text))

    async def websocket(self) -> None:
        session = Session(self._url, "/speaking", token=self._token)
        await self._through(session, session.start_speaking(reference_text=self._text))

    async def conversation(self) -> None:
        started = await self._post("start", {"session_type": "voice"})
        session = Session(self._url, "/live", ticket=started["realtime"]["ticket"])
        await self._through(session, session.join(started["session_id"]))

    async def _through(self, session: Session, begin: Awaitable[Any]) -> None:
        try:
            await begin
            for at in range(0, len(SOUND), _FRAME):
                session.send_audio(SOUND[at : at + _FRAME])
            await session.end()
        finally:
            await session.close()

    async def rest(self) -> None:
        started = await self._post("start", {"session_type": "voice"})
        await self._post("heartbeat", {"session_id": started["session_id"]})
        await self._post("end", {"session_id": started["session_id"]})

    async def _post(self, what: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._token}"}
        async with self._http.post(f"/api/live/session/{what}", json=body, headers=headers) as response:
            response.raise_for_status()
            answer: dict[str, Any] = await response.json()
            return answer


async def _account(http: aiohttp.ClientSession, number: int) -> str:
    name, password = f"churn{number}", secrets.token_urlsafe(18)
    body = {"email": f"{name}@example.com", "username": name, "password": password}
    async with http.post("/api/auth/register", json=body) as response:
        response.raise_for_status()
    async with http.post("/api/auth/login", data={"username": name, "password": password}) as response:
        return str((await response.json())["access_token"])


async def _held(nodes: fleet.Fleet, endpoints: Endpoints, *, fading: bool = True) -> Lease:
    """`fading` counts the keys that go by themselves: logs of what ended, and tickets that nobody used."""
    redis = connect(endpoints.redis_url)
    found = [key async for key in redis.scan_iter("parley:live:*")]
    keys = len([key for key in found if fading or not (key.endswith(b":log") or b":ticket:" in key)])
    await redis.aclose()
    node = (await nodes.ask("/left"))[0]
    return Lease(node["rss"], node["all_tasks"], node["files"], keys)


async def churn(
    sessions: int, home: Path, endpoints: Endpoints, *, whisper: bool, wait: bool
) -> tuple[list[Lease], Lease, float]:
    """What was held after each tenth, at the end, and sessions a second."""
    await migrate(endpoints.database_url)
    nodes = fleet.Fleet(fleet.settings(home / "data", endpoints), home / "nodes.log", fleet.free_ports(1))
    try:
        nodes.start(0)
        await nodes.all_ready()
        url = f"http://127.0.0.1:{nodes.ports[0]}"
        async with aiohttp.ClientSession(url) as http:
            began = time.monotonic()
            tenths: list[Lease] = []
            for number in range(sessions):
                if number % 500 == 0:  # access tokens live for a quarter of an hour
                    visitor = Visitor(url, http, await _account(http, number), "Hello there." if whisper else None)
                    ways: list[Callable[[], Awaitable[None]]] = [
                        visitor.socket_io,
                        visitor.websocket,
                        visitor.conversation,
                        visitor.rest,
                    ]
                await ways[number % len(ways)]()
                if (number + 1) % max(4, sessions // 10) == 0:
                    tenths.append(await _held(nodes, endpoints))
                    print(f"{number + 1:6} sessions {tenths[-1]}", flush=True)
            rate = sessions / (time.monotonic() - began)
        return tenths, await _settled(nodes, endpoints, wait=wait), rate
    finally:
        await nodes.close()


async def _settled(nodes: fleet.Fleet, endpoints: Endpoints, *, wait: bool) -> Lease:
    """When what goes by itself has gone: tasks of Engine.IO in seconds, logs in minutes."""
    for _ in range(_WAIT_STEPS if wait else _FEW_STEPS):
        await asyncio.sleep(_LOG_SECONDS / _WAIT_STEPS)
        held = await _held(nodes, endpoints, fading=wait)
        if held.keys == 0 and wait:
            break
    print(f"  and later     {held}", flush=True)
    return held


def grown(tenths: list[Lease], end: Lease, sessions: int) -> list[str]:
    """What grew since the first tenth, in words."""
    found, warm = [], tenths[0]
    steps = [after.rss - before.rss for before, after in pairwise([*tenths, end])]
    memory = sum(steps) - max(steps)
    if memory > max(_NOISE, _MOST_GROWTH * sessions):
        found.append(f"memory by {memory / sessions:.0f} bytes a session")
    if end.tasks > warm.tasks:
        found.append(f"tasks from {warm.tasks} to {end.tasks}")
    if end.files > warm.files + 2:  # pools may hold a connection more
        found.append(f"open files from {warm.files} to {end.files}")
    if end.keys:
        found.append(f"{end.keys} keys in Valkey")
    return found


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench session_churn", description=__doc__)
    parser.add_argument("--sessions", type=int, default=10_000)
    parser.add_argument("--whisper", action="store_true", help="hear with the real recogniser")
    parser.add_argument("--no-wait", action="store_true", help="do not wait until the last logs are given up")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="parley-churn-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        stack = EmbeddedStack(home / "data", durable=False)
        try:
            endpoints = stack.start()
            tenths, end, rate = asyncio.run(
                churn(options.sessions, home, endpoints, whisper=options.whisper, wait=not options.no_wait)
            )
        finally:
            stack.stop()
    found = grown(tenths, end, options.sessions)
    print(f"{rate:.0f} sessions a second; {'; '.join(found) or 'nothing grew and nothing was left'}")
    return 1 if found else 0
