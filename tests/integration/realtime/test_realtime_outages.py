"""Valkey goes away and comes back while people talk."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from realtime.node import log as event_log
from server.cli.client import Refused
from tests.integration.realtime.conftest import Stage
from tests.integration.realtime.test_realtime_nodes import FRAME, finals, numbers


class Gate:
    """The way to Valkey, which can be closed."""

    def __init__(self, url: str) -> None:
        self._to = urlsplit(url)
        self._lines: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._port = 0

    async def open(self) -> str:
        self._server = await asyncio.start_server(self._relay, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]
        return f"redis://127.0.0.1:{self._port}{self._to.path if self._to.scheme == 'redis' else ''}"

    async def close(self) -> None:
        assert self._server is not None
        self._server.close()
        for line in list(self._lines):
            line.transport.abort()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._to.scheme == "unix":
            there, back = await asyncio.open_unix_connection(self._to.path)
        else:
            there, back = await asyncio.open_connection(self._to.hostname, self._to.port)
        self._lines |= {writer, back}
        with contextlib.suppress(OSError):
            await asyncio.gather(self._pass(reader, back), self._pass(there, writer))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.transport.abort()


@pytest.fixture
async def gate(stage: Stage) -> AsyncIterator[Gate]:
    made = Gate(stage.redis_url)
    stage.redis_url = await made.open()
    yield made
    await made.close()


async def until(condition: Callable[[], bool]) -> None:
    for _ in range(300):
        if condition():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not happen within 15 s")


async def test_without_redis_sessions_go_on_and_afterwards_their_state_is_there_again(stage: Stage, gate: Gate) -> None:
    one, two = await stage.node(), await stage.node()
    session = stage.client(await stage.person(), one, two)
    await session.start_speaking()
    told: list[tuple[str, dict[str, Any]]] = []

    async def listen() -> None:
        async for event in session.events():
            told.append(event)

    listening = asyncio.ensure_future(listen())
    streaming = asyncio.ensure_future(session.stream(FRAME * 250))
    await asyncio.sleep(1.0)
    await gate.close()
    await until(lambda: any(data.get("reason") == "degraded" for _, data in told))
    for node in (one, two):
        with pytest.raises(Refused) as refused:
            await stage.client(await stage.person(), node).start_speaking()
        assert refused.value.code == "unavailable" and refused.value.body["retry_after"] > 0
    before = len(told)
    await asyncio.sleep(1.5)
    assert len(told) > before  # it goes on
    row = await stage.row(session.id or "")
    assert row["last_sign_at"] > row["started_at"]  # nobody else notes it now, so the books do, each second
    await gate.open()
    registry = one.keeper.registry
    await until(lambda: not registry.degraded and not any(d.log.degraded for d in registry.drivers.values()))
    await asyncio.sleep(0.3)
    logged = await event_log.read(one.resources.redis, session.id or "") or []
    assert [entry.seq for entry in logged][:3] == [1, 2, 3]
    session._urls = [two.url]
    await session.cut()  # and another node can go on
    await streaming
    ended = await session.end()
    await listening
    assert numbers(told) == list(range(1, len(numbers(told)) + 1))
    assert finals(told) == [f"second {n}" for n in range(10)] == await stage.texts(session.id or "")
    assert ended["billed_seconds"] in (10, 11)
