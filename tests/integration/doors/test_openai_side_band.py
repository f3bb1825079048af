"""Side-bands of calls: the stock OpenAI client hears and controls a call whose sound is on WebRTC."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from tests.integration.doors.test_openai_calls import TOOL, Caller, used_in_the_end
from tests.integration.doors.test_openai_realtime import _client, _key, _until
from tests.support.language_model import LanguageModel
from tests.support.node import Account, Parley
from tests.support.waiting import until

SECONDS = 60.0


async def key_of_backend(node: Parley, account: Account) -> dict[str, Any]:
    """An API key that may open side-bands: its `id` and `key`."""
    body = {"name": "backend", "scopes": ["live:write"]}
    async with node.client.post("/api/api-keys", json=body, headers=account.headers) as response:
        made: dict[str, Any] = await response.json()
        return made


@asynccontextmanager
async def calling(node: Parley, key: str, **session: Any) -> AsyncIterator[tuple[Caller, str]]:
    """Somebody who calls, and the call's id."""
    caller = Caller()
    try:
        yield caller, await caller.calls(node, key, {"type": "realtime", **session})
    finally:
        await caller.close()


async def says(connection: Any, text: str) -> None:
    content = [{"type": "input_text", "text": text}]
    await connection.conversation.item.create(item={"type": "message", "role": "user", "content": content})
    await connection.response.create()


def path(call_id: str) -> str:
    return f"/v1/realtime?call_id={call_id}"


async def rest_of(socket: aiohttp.ClientWebSocketResponse) -> list[dict[str, Any]]:
    """What is told until the other side closes."""
    async with asyncio.timeout(SECONDS):
        return [message.json() async for message in socket]


async def test_a_backend_controls_a_call(node: Parley, model: LanguageModel) -> None:
    account = await node.account()
    key = await _key(node, account, "live:write")
    seen: list[Any] = []
    async with calling(node, key, instructions="Be kind.") as (caller, call_id), _client(node, key) as client:
        async with client.realtime.connect(call_id=call_id) as backend:
            created = await _until(backend, "session.created", seen)
            assert created.session.instructions == "Be kind."
            session: Any = {"type": "realtime", "instructions": "Be brief.", "tools": [TOOL]}
            await backend.session.update(session=session)
            assert (await _until(backend, "session.updated", seen)).session.instructions == "Be brief."
            assert (await caller.hears("session.updated"))["session"]["instructions"] == "Be brief."
            await says(backend, "Hello.")
            done = await _until(backend, "response.done", seen)
            assert done.response.output[0].content[0].transcript == model.answer
            heard = await caller.hears("response.done")
            assert (heard["event_id"], heard["response"]["id"]) == (done.event_id, done.response.id)
            await until(lambda: caller.loud_frames >= 25)  # the sound stays on WebRTC
            await _functions(backend, model, seen)
            await _cancels(backend, caller, model, seen)
            kinds = {one.type for one in seen}
            assert not kinds & {"error", "response.output_audio.delta"}, kinds
            assert {one["event_id"] for one in caller.events} >= {one.event_id for one in seen[1:]}
        # The call outlives its side-band, and takes another one.
        async with client.realtime.connect(call_id=call_id) as backend:
            assert (await _until(backend, "session.created", seen)).session.instructions == "Be brief."
            caller.sends({"type": "session.update", "session": {"type": "realtime", "instructions": "Go on."}})
            assert (await _until(backend, "session.updated", seen)).session.instructions == "Go on."
            await client.realtime.calls.hangup(call_id)
            async with asyncio.timeout(SECONDS):
                last = [event.type async for event in backend]
            assert set(last) <= {"error", "output_audio_buffer.cleared"}
    assert await used_in_the_end(node, account) >= 1


async def _functions(backend: Any, model: LanguageModel, seen: list[Any]) -> None:
    model.calls = [("weather", "{}")]
    await says(backend, "And the weather?")
    call = await _until(backend, "response.function_call_arguments.done", seen)
    await _until(backend, "response.done", seen)
    item = {"type": "function_call_output", "call_id": call.call_id, "output": "rain"}
    await backend.conversation.item.create(item=item)
    await backend.response.create()
    done = await _until(backend, "response.done", seen)
    assert done.response.output[0].content[0].transcript == "I see: rain."
    await _until(backend, "output_audio_buffer.stopped", seen)


async def _cancels(backend: Any, caller: Caller, model: LanguageModel, seen: list[Any]) -> None:
    model.calls, model.answer = [], "This is a long answer. " * 12
    model.may_end.clear()
    await says(backend, "Tell me more.")
    await _until(backend, "output_audio_buffer.started", seen)
    await backend.response.cancel()
    assert (await _until(backend, "response.done", seen)).response.status == "cancelled"
    await _until(backend, "output_audio_buffer.cleared", seen)
    await caller.hears("output_audio_buffer.cleared")


async def test_each_is_told_only_of_its_own_mistakes(node: Parley) -> None:
    account = await node.account()
    async with (
        calling(node, account.access_token) as (caller, call_id),
        node.client.ws_connect(path(call_id), headers=account.headers) as first,
        node.client.ws_connect(path(call_id), headers=account.headers) as second,
    ):
        for socket in (first, second):
            assert (await socket.receive_json(timeout=SECONDS))["type"] == "session.created"
        await first.send_json({"type": "input_audio_buffer.append", "audio": "AAAA", "event_id": "mine"})
        told = await first.receive_json(timeout=SECONDS)
        assert (told["error"]["code"], told["error"]["param"]) == ("unknown_event", "type")
        assert (told["error"]["type"], told["error"]["event_id"]) == ("invalid_request_error", "mine")
        await first.send_bytes(b"\0\0")
        assert (await first.receive_json(timeout=SECONDS))["error"]["code"] == "invalid_request"
        caller.say("{")
        assert (await caller.hears("error"))["error"]["code"] == "invalid_request"
        await second.send_json({"type": "session.update", "session": {"type": "realtime", "instructions": "Now."}})
        assert (await second.receive_json(timeout=SECONDS))["type"] == "session.updated"
        assert (await first.receive_json(timeout=SECONDS))["type"] == "session.updated"
        assert len([one for one in caller.events if one["type"] == "error"]) == 1


async def test_the_end_of_a_call_closes_its_side_bands(node: Parley) -> None:
    account = await node.account()
    async with (
        calling(node, account.access_token) as (caller, call_id),
        node.client.ws_connect(path(call_id), headers=account.headers) as first,
        node.client.ws_connect(path(call_id), headers=account.headers) as second,
    ):
        for socket in (first, second):
            await socket.receive_json(timeout=SECONDS)
        await caller.close()  # by the page itself
        for socket in (first, second):
            told = await rest_of(socket)
            assert socket.close_code in (1000, 1001) and {one["type"] for one in told} <= {"error"}
    await used_in_the_end(node, account)
    async with node.client.ws_connect(path(call_id), headers=account.headers) as socket:
        assert [one["error"]["code"] for one in await rest_of(socket)] == ["session_ended"]
        assert socket.close_code == 1001
    async with _client(node, account.access_token) as client, client.realtime.connect(call_id=call_id) as backend:
        assert [event.type async for event in backend] == ["error"]


async def test_a_side_band_ends_with_its_key_and_the_call_does_not(node: Parley) -> None:
    account = await node.account()
    made = await key_of_backend(node, account)
    async with (
        calling(node, account.access_token) as (caller, call_id),
        node.client.ws_connect(path(call_id), headers={"Authorization": f"Bearer {made['key']}"}) as socket,
    ):
        await socket.receive_json(timeout=SECONDS)
        async with node.client.delete(f"/api/api-keys/{made['id']}", headers=account.headers) as response:
            assert response.status < 300
        assert [one["error"]["code"] for one in await rest_of(socket)] == ["not_authenticated"]
        assert socket.close_code == 1008
        caller.sends({"type": "session.update", "session": {"type": "realtime", "instructions": "Still here."}})
        assert (await caller.hears("session.updated"))["session"]["instructions"] == "Still here."
