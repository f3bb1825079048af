"""Side-bands of a call that another node runs."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import pytest

from realtime.node.bus import Bus
from realtime.transports.openai import relay
from realtime.transports.openai.relay import Relay
from tests.integration.doors.test_openai_realtime import _client, _key, _until
from tests.integration.doors.test_openai_side_band import SECONDS, calling, key_of_backend, path, rest_of, says
from tests.integration.doors.test_openai_side_band_refused import _HANDSHAKE
from tests.support.language_model import LanguageModel
from tests.support.node import Parley
from tests.support.waiting import until


async def test_a_backend_controls_a_call_of_another_node(nodes: tuple[Parley, Parley], model: LanguageModel) -> None:
    owner, other = nodes
    account = await owner.account()
    key = await _key(owner, account, "live:write")
    seen: list[Any] = []
    async with calling(owner, key, instructions="Be kind.") as (caller, call_id), _client(other, key) as client:
        async with client.realtime.connect(call_id=call_id) as backend:
            assert (await _until(backend, "session.created", seen)).session.instructions == "Be kind."
            for number in range(20):
                session: Any = {"type": "realtime", "instructions": f"{number}"}
                await backend.session.update(session=session)
            for number in range(20):
                assert (await _until(backend, "session.updated", seen)).session.instructions == f"{number}"
            await says(backend, "Hello.")
            done = await _until(backend, "response.done", seen)
            assert done.response.output[0].content[0].transcript == model.answer
            assert (await caller.hears("response.done"))["event_id"] == done.event_id
            await backend.conversation.item.delete(item_id="nobody", event_id="mine")
            error = (await _until(backend, "error", seen)).error
            assert (error.code, error.event_id) == ("item_delete_invalid_item_id", "mine")
            assert not [one for one in caller.events if one["type"] == "error"], "it is told to who sent it"
            told = [one["event_id"] for one in caller.events]
            mine = [one.event_id for one in seen if one.event_id in told]
            assert len(mine) > 30 and mine == [one for one in told if one in mine], "in order"
        async with client.realtime.connect(call_id=call_id) as backend:
            await _until(backend, "session.created", seen)
            await client.realtime.calls.hangup(call_id)
            async with asyncio.timeout(SECONDS):
                assert {event.type async for event in backend} <= {"error"}


async def test_rights_and_places_are_checked_at_both_nodes(nodes: tuple[Parley, Parley]) -> None:
    owner, other = nodes
    account, stranger = await owner.account(), await owner.account("other")
    async with owner.client.post(
        "/api/live/session/start", json={"session_type": "voice"}, headers=stranger.headers
    ) as response:
        plain = f"rtc_{(await response.json())['session_id']}"
    async with calling(owner, account.access_token) as (_, call_id), AsyncExitStack() as stack:
        for call, headers in ((call_id, stranger.headers), (plain, stranger.headers), (plain, account.headers)):
            async with other.client.get(path(call), headers={**_HANDSHAKE, **headers}) as answer:
                assert answer.status == 404
        for number in range(5):
            node = nodes[number % 2]
            socket = await stack.enter_async_context(node.client.ws_connect(path(call_id), headers=account.headers))
            told = await socket.receive_json(timeout=SECONDS)
            assert told["type"] == ("error" if number == 4 else "session.created")
        assert told["error"]["code"] == "too_many_side_bands"
        made = await key_of_backend(owner, account)
        await stack.aclose()
        bearer = {"Authorization": f"Bearer {made['key']}"}
        async with other.client.ws_connect(path(call_id), headers=bearer) as socket:
            while (await socket.receive_json(timeout=SECONDS))["type"] != "session.created":
                pass
            async with owner.client.delete(f"/api/api-keys/{made['id']}", headers=account.headers):
                pass
            assert [one["error"]["code"] for one in await rest_of(socket)] == ["not_authenticated"]
            assert socket.close_code == 1008


async def test_strange_and_long_events_are_told_and_the_line_stays(nodes: tuple[Parley, Parley]) -> None:
    owner, other = nodes
    account = await owner.account()
    async with (
        calling(owner, account.access_token) as (caller, call_id),
        other.client.ws_connect(path(call_id), headers=account.headers) as socket,
    ):
        await socket.receive_json(timeout=SECONDS)
        for said in ("", "{", "[]", "null", '"x"', "\0", '{"type": []}', '{"type": "x"}', '"' + "x" * 200_000 + '"'):
            await socket.send_str(said)
            assert (await socket.receive_json(timeout=SECONDS))["type"] == "error", said[:20]
        for _ in range(200):
            await socket.send_json({"type": "session.update", "session": {"type": "realtime"}})
        for _ in range(200):
            assert (await socket.receive_json(timeout=SECONDS))["type"] == "session.updated"
        assert not [one for one in caller.events if one["type"] == "error"]


@pytest.mark.parametrize("gone", ["call", "side-band"])
async def test_when_a_node_is_gone_the_other_side_ends(
    nodes: tuple[Parley, Parley], relays: list[Relay], monkeypatch: pytest.MonkeyPatch, gone: str
) -> None:
    monkeypatch.setattr(relay, "_PING_SECONDS", 0.1)
    owner, other = nodes
    account = await owner.account()
    async with (
        calling(owner, account.access_token) as (caller, call_id),
        other.client.ws_connect(path(call_id), headers=account.headers) as socket,
    ):
        await socket.receive_json(timeout=SECONDS)
        ask = Bus.ask

        async def deaf(bus: Bus, node: str, what: str, *more: Any) -> bool | None:
            to_owner = node == owner.resources.node
            return None if what == "side-band" and to_owner == (gone == "call") else await ask(bus, node, what, *more)

        monkeypatch.setattr(Bus, "ask", deaf)
        if gone == "call":
            assert [one["error"]["code"] for one in await rest_of(socket)] == ["unavailable"]
            assert socket.close_code == 1013
        else:
            caller.sends({"type": "session.update", "session": {"type": "realtime"}})
            await until(lambda: not relays[0]._lines)
            await caller.hears("session.updated")
