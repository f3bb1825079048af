"""What a conversation takes along to another node: how patient it is, and which of the tutor's sounds count."""

import asyncio
import json
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from realtime.ports import ListenerOptions
from speech.events import SpeechEvent
from tests.support.node import Account, Parley, running
from tests.support.scripted_listener import ScriptedListener, ScriptedListening
from tests.support.voice_server import voice_server


class RememberingListening(ScriptedListening):
    def __init__(self) -> None:
        super().__init__()
        self.wanted: list[ListenerOptions] = []

    async def open(self, wanted: ListenerOptions, emit: Callable[[SpeechEvent], None]) -> ScriptedListener:
        self.wanted.append(wanted)
        return await super().open(wanted, emit)


class House:
    """Two nodes of one installation, with a voice that says nothing for five seconds."""

    def __init__(self, nodes: list[Parley], listener: list[RememberingListening]) -> None:
        self.nodes, self.listener = nodes, listener


@pytest.fixture
async def house(settings: Any, database_url: str, redis_url: str) -> AsyncIterator[House]:
    async with voice_server(lambda: bytes(24_000 * 2 * 5)) as voice, AsyncExitStack() as stack:
        both = settings.model_copy(update=voice)
        listener = [RememberingListening(), RememberingListening()]
        nodes = [
            await stack.enter_async_context(running(both, database_url, redis_url, listening=one)) for one in listener
        ]
        yield House(nodes, listener)


async def _started(node: Parley, account: Account, **options: Any) -> str:
    body = {"session_type": "voice", **options}
    async with node.client.post("/api/live/session/start", json=body, headers=account.headers) as response:
        assert response.status == 201, await response.text()
        return str((await response.json())["session_id"])


class Line:
    """One connection of the learner, joined."""

    def __init__(self, socket: Any) -> None:
        self.socket = socket

    async def ask(self, event: str, **data: Any) -> dict[str, Any]:
        await self.socket.send_json({"event": event, "id": event, "data": data})
        return await self.until(lambda said: said.get("ack") == event)

    async def event(self, name: str) -> dict[str, Any]:
        return await self.until(lambda said: said.get("event") == name)

    async def until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        async with asyncio.timeout(60):
            while True:
                message = await self.socket.receive()
                if isinstance(message.data, str) and wanted(said := json.loads(message.data)):
                    return dict(said["data"])

    async def sound(self) -> tuple[int, int]:
        """Epoch and number of the next piece of the tutor's sound."""
        async with asyncio.timeout(60):
            while True:
                message = await self.socket.receive()
                if isinstance(message.data, bytes):
                    epoch, number, _ = struct.unpack_from(">HIB", message.data)
                    return epoch, number


async def _joined(stack: AsyncExitStack, node: Parley, account: Account, session_id: str) -> Line:
    socket = await stack.enter_async_context(node.client.ws_connect("/api/realtime/live"))
    line = Line(socket)
    await socket.send_json({"event": "auth", "data": {"token": account.access_token}})
    assert (await line.ask("session.join", session_id=session_id))["ok"]
    return line


async def test_the_tutor_is_heard_at_the_next_node_after_an_interruption(house: House) -> None:
    """A client plays nothing of an epoch before the last flush, whichever node sent that."""
    account = await house.nodes[0].account()
    session_id = await _started(house.nodes[0], account)
    async with AsyncExitStack() as stack:
        line = await _joined(stack, house.nodes[0], account, session_id)
        flushed = 0
        for _ in range(3):
            await line.ask("text", text="Hello, my name is Ana.")
            assert await line.sound() == (flushed, 1)
            await line.ask("response.cancel")
            flushed = (await line.event("playback.flush"))["epoch"]
        assert flushed == 3
        line = await _joined(stack, house.nodes[1], account, session_id)
        await line.ask("text", text="I like music.")
        epoch, number = await line.sound()
        assert epoch > flushed and number == 1
        await line.ask("response.cancel")
        assert (await line.event("playback.flush"))["epoch"] == epoch + 1


@pytest.mark.parametrize("wanted", [900, 0, None])
async def test_patience_that_was_set_holds_at_the_next_node(house: House, wanted: int | None) -> None:
    account = await house.nodes[0].account()
    session_id = await _started(house.nodes[0], account, patience_ms=700)
    async with AsyncExitStack() as stack:
        line = await _joined(stack, house.nodes[0], account, session_id)
        assert house.listener[0].wanted[-1].patience_ms == 700
        assert (await line.ask("session.update", patience_ms=wanted))["patience_ms"] == wanted
        assert house.listener[0].listener[-1].patience_ms == wanted
        await _joined(stack, house.nodes[1], account, session_id)
        assert house.listener[1].wanted[-1].patience_ms == wanted
