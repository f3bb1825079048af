"""Side-bands of a call that another node runs have the limits and the rights of those at its own."""

import asyncio
from functools import partial
from typing import Any

import pytest

from realtime.node.credential_watch import CredentialWatch
from realtime.node.storage import SessionStorage
from realtime.transports.openai import side_band
from realtime.transports.openai.relay import Relay
from realtime.transports.openai.relay_line import RelayLine
from realtime.transports.openai.side_band import SideBand
from realtime.transports.websocket import Line
from tests.integration.doors.test_openai_asides import message
from tests.integration.doors.test_openai_side_band import SECONDS, calling, key_of_backend, path, rest_of
from tests.integration.doors.test_openai_side_band_refused import _HANDSHAKE
from tests.support.node import Parley
from tests.support.waiting import until


def _call(relay: Relay, call_id: str, user_id: str) -> Any:
    call = relay._call_of(call_id.removeprefix("rtc_"), user_id)
    assert call is not None
    return call


def _gone(relay: Relay, call_id: str, user_id: str) -> bool:
    return relay._call_of(call_id.removeprefix("rtc_"), user_id) is None


def _much_waits(bands: list[SideBand]) -> bool:
    return any(len(band._waiting) >= 10 for band in bands)


def _update(instructions: str) -> dict[str, Any]:
    return {"type": "session.update", "session": {"type": "realtime", "instructions": instructions}}


async def test_nothing_that_waits_is_taken_once_its_key_has_ended(
    nodes: tuple[Parley, Parley], relays: list[Relay]
) -> None:
    owner, other = nodes
    account = await owner.account()
    made = await key_of_backend(owner, account)
    async with (
        calling(owner, account.access_token) as (caller, call_id),
        other.client.ws_connect(path(call_id), headers={"Authorization": f"Bearer {made['key']}"}) as socket,
    ):
        await socket.receive_json(timeout=SECONDS)
        one_at_a_time = _call(relays[0], call_id, account.user_id)._one_at_a_time
        async with one_at_a_time:
            for number in range(5):
                await socket.send_json(_update(f"{number}"))
            await until(lambda: one_at_a_time._waiters, SECONDS)
            async with owner.client.delete(f"/api/api-keys/{made['id']}", headers=account.headers):
                pass
            assert [one["error"]["code"] for one in await rest_of(socket)] == ["not_authenticated"]
            assert socket.close_code == 1008
        caller.sends(_update("Mine."))
        assert (await caller.hears("session.updated"))["session"]["instructions"] == "Mine."


async def test_the_call_s_node_itself_ends_a_side_band_with_its_key(
    nodes: tuple[Parley, Parley], monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, other = nodes
    account = await owner.account()
    made = await key_of_backend(owner, account)
    monkeypatch.setattr(CredentialWatch, "add", _only_of(RelayLine, CredentialWatch.add))
    async with (
        calling(owner, account.access_token) as (_, call_id),
        other.client.ws_connect(path(call_id), headers={"Authorization": f"Bearer {made['key']}"}) as socket,
    ):
        await socket.receive_json(timeout=SECONDS)
        async with owner.client.delete(f"/api/api-keys/{made['id']}", headers=account.headers):
            pass
        assert [one["error"]["code"] for one in await rest_of(socket)] == ["not_authenticated"]
        assert socket.close_code == 1008


def _only_of(kind: type, add: Any) -> Any:
    """At the other node nobody looks."""

    def adds(watch: CredentialWatch, line: Any) -> None:
        if isinstance(getattr(line, "_line", None), kind):
            add(watch, line)

    return adds


async def test_what_was_sent_before_the_close_is_done(nodes: tuple[Parley, Parley], relays: list[Relay]) -> None:
    owner, other = nodes
    account = await owner.account()
    async with calling(owner, account.access_token) as (caller, call_id):
        one_at_a_time = _call(relays[0], call_id, account.user_id)._one_at_a_time
        async with other.client.ws_connect(path(call_id), headers=account.headers) as socket:
            await socket.receive_json(timeout=SECONDS)
            async with one_at_a_time:
                for number in range(2):
                    await socket.send_json(_update(f"{number}"))
                await socket.close()
                await until(lambda: not relays[1]._here, SECONDS)
                assert await relays[1]._asking(owner.resources.node, call_id.removeprefix("rtc_"))(
                    "look", user=account.user_id
                ), "the bus is in order: the call's node knows of the end"
        for number in range(2):
            assert (await caller.hears("session.updated"))["session"]["instructions"] == f"{number}"
        await until(lambda: not relays[0]._lines, SECONDS)


async def test_a_reader_may_be_as_slow_as_at_the_call_s_node(
    nodes: tuple[Parley, Parley], relays: list[Relay], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(side_band, "_MOST_EVENTS", 20)
    owner = nodes[0]
    may_read, plainly = asyncio.Event(), Line.send

    async def held(line: Any, message: Any) -> None:
        await may_read.wait()  # as when the client's window is full
        await plainly(line, message)

    for number, node in enumerate(nodes):
        account = await owner.account(f"reader{number}")
        async with (
            calling(owner, account.access_token) as (_, call_id),
            node.client.ws_connect(path(call_id), headers=account.headers) as socket,
        ):
            await socket.receive_json(timeout=SECONDS)
            may_read.clear()
            monkeypatch.setattr(Line, "send", held)
            for _ in range(60):
                await socket.send_json({"type": "conversation.item.create", "item": message("user", "Hello.")})
            bands = [*_call(relays[0], call_id, account.user_id)._peer_line.bands._bands, *relays[1]._here.values()]
            await until(partial(_much_waits, bands), SECONDS)
            look = relays[0]._asking(nodes[1].resources.node, call_id.removeprefix("rtc_"))
            for _ in range(60):  # what may still come over the bus has come then
                await look("look", user=account.user_id)
            may_read.set()
            told = [(await socket.receive_json(timeout=SECONDS))["type"] for _ in range(120)]
            assert {one: told.count(one) for one in told} == {
                "conversation.item.added": 60,
                "conversation.item.done": 60,
            }
        monkeypatch.setattr(Line, "send", plainly)


async def test_many_events_come_faster_than_one_a_question_to_the_other_node(
    nodes: tuple[Parley, Parley], relays: list[Relay], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(side_band, "_MOST_EVENTS", 60)
    owner, other = nodes
    account = await owner.account()
    async with (
        calling(owner, account.access_token) as (_, call_id),
        other.client.ws_connect(path(call_id), headers=account.headers) as listening,
        owner.client.ws_connect(path(call_id), headers=account.headers) as busy,
    ):
        for socket in (listening, busy):
            await socket.receive_json(timeout=SECONDS)
        look = relays[0]._asking(other.resources.node, call_id.removeprefix("rtc_"))
        for number in range(40):
            for _ in range(4):
                await busy.send_json(_update(f"{number}"))
            for _ in range(4):
                await busy.receive_json(timeout=SECONDS)
            await look("look", user=account.user_id)
        told = [await listening.receive_json(timeout=SECONDS) for _ in range(160)]
        assert [one["session"]["instructions"] for one in told] == [f"{number // 4}" for number in range(160)]


async def test_a_call_that_has_just_ended_is_known_at_every_node(
    nodes: tuple[Parley, Parley], relays: list[Relay], monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = nodes[0]
    account, may_settle, settle = await owner.account(), asyncio.Event(), SessionStorage.settle

    async def held(self: Any, *given: Any) -> None:
        await may_settle.wait()
        await settle(self, *given)

    monkeypatch.setattr(SessionStorage, "settle", held)
    async with calling(owner, account.access_token) as (_, call_id):
        stranger = await owner.account("other")
    await until(lambda: _gone(relays[0], call_id, account.user_id), SECONDS)
    for node in nodes:
        async with node.client.ws_connect(path(call_id), headers=account.headers) as socket:
            assert [one["error"]["code"] for one in await rest_of(socket)] == ["session_ended"]
            assert socket.close_code == 1001
        async with node.client.get(path(call_id), headers={**_HANDSHAKE, **stranger.headers}) as answer:
            assert answer.status == 404
    may_settle.set()
