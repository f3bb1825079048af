"""What shows that a session of an OpenAI client is in use, and what an ended one refuses."""

import asyncio
import base64
from collections.abc import AsyncIterator
from typing import Any

import pytest

from realtime.node.runner import SessionRunner
from realtime.session import events as on
from realtime.transports.openai import side_band, talking
from tests.integration.doors.test_openai_asides import aside, message
from tests.integration.doors.test_openai_calls import used_in_the_end
from tests.integration.doors.test_openai_realtime import _client, _until
from tests.integration.doors.test_openai_side_band import SECONDS, calling, path
from tests.support.language_model import LanguageModel
from tests.support.node import Parley
from tests.support.openai_node import openai_node

CHANGE: Any = {"type": "session.update", "session": {"type": "realtime", "instructions": "Be brief."}}
UNKNOWN: Any = {"type": "conversation.item.retrieve", "item_id": "item_x"}


class Signs:
    """Signs of life that sessions were shown."""

    def __init__(self) -> None:
        self.seen = 0
        self.changed = asyncio.Event()

    async def next(self) -> None:
        before = self.seen
        async with asyncio.timeout(SECONDS):
            while self.seen == before:
                self.changed.clear()
                await self.changed.wait()


@pytest.fixture
def signs(monkeypatch: pytest.MonkeyPatch) -> Signs:
    found, plainly = Signs(), SessionRunner.handle

    def handle(runner: SessionRunner, event: on.Event) -> None:
        if isinstance(event, on.LifeShown):
            found.seen += 1
            found.changed.set()
        plainly(runner, event)

    monkeypatch.setattr(SessionRunner, "handle", handle)
    return found


async def test_whatever_a_client_sends_shows_its_life(
    node: Parley, signs: Signs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talking, "_LIFE_SECONDS", 3600.0)
    account = await node.account()
    seen: list[Any] = []
    async with _client(node, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        await aside(connection, seen, input=[message("user", "Well?")])
        assert signs.seen == 1, "a response out of band may be all that there is"
        await connection.session.update(session=CHANGE["session"])
        await _until(connection, "session.updated", seen)
        greeting: Any = message("user", "Hello.")
        await connection.conversation.item.create(item=greeting)
        await _until(connection, "conversation.item.done", seen)
        await connection.conversation.item.retrieve(item_id="item_x")
        await _until(connection, "error", seen)
        await aside(connection, seen, input=[message("user", "Well?")])
        assert signs.seen >= 5


async def test_a_connection_is_alive_while_it_only_pings(
    node: Parley, signs: Signs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing that arrives puts the next sign off."""
    monkeypatch.setattr(talking, "_LIFE_SECONDS", 0.5)
    account = await node.account()
    async with node.client.ws_connect("/v1/realtime", headers=account.headers) as socket:

        async def pings() -> None:
            while True:
                await socket.ping()
                await asyncio.sleep(0.05)

        pinging = asyncio.create_task(pings())
        await socket.send_json(
            {"type": "response.create", "response": {"conversation": "none", "input": [message("user", "Well?")]}}
        )
        while (await socket.receive_json(timeout=SECONDS))["type"] != "response.done":
            pass
        for _ in range(3):
            await signs.next()
        pinging.cancel()
        await asyncio.gather(pinging, return_exceptions=True)
    assert await used_in_the_end(node, account) >= 1


async def test_a_transcription_lives_by_events_too(node: Parley, signs: Signs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talking, "_LIFE_SECONDS", 3600.0)
    account = await node.account()
    async with node.client.ws_connect("/v1/realtime?intent=transcription", headers=account.headers) as socket:
        await socket.receive_json(timeout=SECONDS)
        sound = base64.b64encode(bytes(4800)).decode()
        await socket.send_json({"type": "input_audio_buffer.append", "audio": sound})
        await socket.send_json(UNKNOWN)
        assert (await socket.receive_json(timeout=SECONDS))["type"] == "error"
        assert signs.seen == 1


async def test_a_call_lives_by_its_page_and_its_side_bands(
    node: Parley, signs: Signs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talking, "_LIFE_SECONDS", 3600.0)
    account = await node.account()
    async with (
        calling(node, account.access_token) as (caller, call_id),
        node.client.ws_connect(path(call_id), headers=account.headers) as socket,
    ):
        await socket.receive_json(timeout=SECONDS)
        assert signs.seen == 0, "its sound counts by itself"
        await socket.send_json(UNKNOWN)
        assert (await socket.receive_json(timeout=SECONDS))["type"] == "error"
        assert signs.seen == 1
        caller.sends(UNKNOWN)
        await caller.hears("error")
        assert signs.seen == 2
        assert caller.channel is not None
        caller.channel.send(b"\0")
        await caller.hears("error")
        assert signs.seen == 3


async def test_a_call_that_has_ended_answers_nothing_more(
    node: Parley, model: LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(side_band.SideBands, "end", lambda *_: None)  # what was on its way arrives
    account = await node.account()
    async with (
        calling(node, account.access_token) as (caller, call_id),
        node.client.ws_connect(path(call_id), headers=account.headers) as socket,
    ):
        await socket.receive_json(timeout=SECONDS)
        await caller.close()
        await used_in_the_end(node, account)
        given = {"conversation": "none", "input": [message("user", "Well?")], "output_modalities": ["text"]}
        await socket.send_json({"type": "response.create", "response": given})
        while (told := await socket.receive_json(timeout=SECONDS))["type"] != "error" or (
            told["error"]["message"].startswith("The session has ended")
        ):
            assert not told["type"].startswith("response."), told
        assert told["error"]["code"] == "session_ended"
    assert not model.requests


@pytest.fixture
async def narrow(settings: Any, database_url: str, redis_url: str, model: LanguageModel) -> AsyncIterator[Parley]:
    async with openai_node(settings, database_url, redis_url, model, limit_heavy=3) as parley:
        yield parley


async def test_answers_out_of_band_count_as_costly_requests(narrow: Parley, model: LanguageModel) -> None:
    account = await narrow.account()
    seen: list[Any] = []
    async with _client(narrow, account.access_token) as client, client.realtime.connect(model="auto") as connection:
        for _ in range(2):  # beside the connection itself
            assert (await aside(connection, seen, input=[message("user", "Well?")])).status == "completed"
        response: Any = {"conversation": "none", "output_modalities": ["text"], "input": [message("user", "Well?")]}
        await connection.response.create(response=response)
        assert (await _until(connection, "error", seen)).error.code == "rate_limited"
    assert len(model.requests) == 2
