"""Side-bands of calls that are refused, misused or not read: no call is held by them, and nothing of them stays."""

import asyncio
import json
from typing import Any

import pytest

from kit import errors
from realtime.transports.openai import side_band
from realtime.transports.openai.call import Call
from realtime.transports.websocket import Line
from tests.integration.doors.test_openai_realtime import _client, _key
from tests.integration.doors.test_openai_side_band import SECONDS, calling, path, rest_of
from tests.support.node import Parley
from tests.support.waiting import until


async def test_who_may_not_control_a_call_is_refused(node: Parley) -> None:
    account, other = await node.account(), await node.account("other")
    reader = {"Authorization": f"Bearer {await _key(node, account, 'live:read')}"}
    async with _client(node, account.access_token) as client:
        made = await client.realtime.client_secrets.create(session={"type": "realtime"})
    async with node.client.post(
        "/api/live/session/start", json={"session_type": "voice"}, headers=other.headers
    ) as response:
        plain = f"rtc_{(await response.json())['session_id']}"
    async with calling(node, account.access_token) as (caller, call_id):
        unknown = "rtc_0199e0a4-5d5e-7cc3-98a1-5d1e1c5b2f90"
        wrong: list[tuple[str, dict[str, str], int, str]] = [
            (call_id, {}, 401, "not_authenticated"),
            (call_id, {"Authorization": "Bearer nonsense"}, 401, "not_authenticated"),
            (call_id, reader, 403, "INSUFFICIENT_API_KEY_SCOPE"),
            (call_id, {"Authorization": f"Bearer {made.value}"}, 403, "forbidden"),
            (call_id, {**account.headers, "Origin": "https://evil.example"}, 403, "forbidden"),
            (call_id, other.headers, 404, "not_found"),
            (plain, other.headers, 404, "not_found"),
            (plain, account.headers, 404, "not_found"),
            *(
                (strange, account.headers, 404, "not_found")
                for strange in (unknown, "", "rtc_", "x", "../..", "9" * 500)
            ),
        ]
        for call, headers, status, code in wrong:
            async with node.client.get(path(call), headers={**_HANDSHAKE, **headers}) as response:
                error = (await response.json())["error"]
                assert (response.status, error["code"]) == (status, code), (call, headers)
                assert set(error) == {"message", "type", "param", "code"}
        async with _client(node, other.access_token) as client:
            with pytest.raises(Exception, match="404"):
                await client.realtime.connect(call_id=call_id).enter()
        key = {"X-API-Key": await _key(node, account, "live:write")}
        async with node.client.ws_connect(path(call_id), headers=key) as socket:
            assert (await socket.receive_json(timeout=SECONDS))["type"] == "session.created"
        assert not [one for one in caller.events if one["type"] == "error"]


_HANDSHAKE = {
    "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}  # fmt: skip


async def test_a_side_band_that_reads_nothing_holds_nobody(node: Parley, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(side_band, "_MOST_EVENTS", 20)
    sent = asyncio.Event()

    async def held(line: Any, message: str) -> None:
        await sent.wait()  # as when the client's window is full
        await plainly(line, message)

    plainly = Line.send
    account = await node.account()
    async with (
        calling(node, account.access_token) as (caller, call_id),
        node.client.ws_connect(path(call_id), headers=account.headers) as socket,
    ):
        await socket.receive_json(timeout=SECONDS)
        monkeypatch.setattr(Line, "send", held)
        for number in range(40):
            caller.sends({"type": "session.update", "session": {"type": "realtime", "instructions": f"{number}"}})
            assert (await caller.hears("session.updated"))["session"]["instructions"] == f"{number}"
        sent.set()
        told = await rest_of(socket)
        assert told[-1]["error"]["code"] == "too_slow" and len(told) <= 3
        assert socket.close_code == 1013


@pytest.fixture
def bands(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Any]]:
    """The side-bands that have `joined` and `left` their calls."""
    seen: dict[str, list[Any]] = {"joined": [], "left": []}
    join, leave = Call.join, Call.leave

    async def joins(call: Call, band: Any) -> None:
        seen["joined"].append(band)
        await join(call, band)

    def leaves(call: Call, band: Any) -> None:
        seen["left"].append(band)
        leave(call, band)

    monkeypatch.setattr(Call, "join", joins)
    monkeypatch.setattr(Call, "leave", leaves)
    return seen


async def test_a_side_band_that_was_expelled_controls_and_hears_nothing_more(
    node: Parley, monkeypatch: pytest.MonkeyPatch, bands: dict[str, list[Any]]
) -> None:
    sent, plainly = asyncio.Event(), Line.send

    async def held(line: Any, text: str) -> None:
        await sent.wait()
        await plainly(line, text)

    account = await node.account()
    async with (
        calling(node, account.access_token) as (caller, call_id),
        node.client.ws_connect(path(call_id), headers=account.headers) as socket,
    ):
        await socket.receive_json(timeout=SECONDS)
        monkeypatch.setattr(Line, "send", held)
        for number in range(3):
            caller.sends({"type": "session.update", "session": {"type": "realtime", "instructions": f"{number}"}})
            await caller.hears("session.updated")
        await bands["joined"][0].expel(errors.unauthenticated("not_authenticated", "It has ended."))
        await socket.send_json({"type": "session.update", "session": {"type": "realtime", "instructions": "Mine."}})
        await until(lambda: bands["left"], SECONDS)  # it was read, and others still wait
        sent.set()
        told = await rest_of(socket)
        assert told[-1]["error"]["code"] == "not_authenticated" and socket.close_code == 1008
        assert len(told) <= 2, "what was being sent, and why it ends"
        caller.sends({"type": "session.update", "session": {"type": "realtime", "instructions": "Well."}})
        assert (await caller.hears("session.updated"))["session"]["instructions"] == "Well."


async def test_a_side_band_that_takes_nothing_is_cut_off_in_the_end(
    node: Parley, monkeypatch: pytest.MonkeyPatch, bands: dict[str, list[Any]]
) -> None:
    async def held(*_: Any) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(side_band, "_CLOSE_SECONDS", 0.1)
    account = await node.account()
    async with (
        calling(node, account.access_token) as (_, call_id),
        node.client.ws_connect(path(call_id), headers=account.headers) as socket,
    ):
        await socket.receive_json(timeout=SECONDS)
        monkeypatch.setattr(Line, "send", held)
        await bands["joined"][0].expel(errors.unauthenticated("not_authenticated", "It has ended."))
        assert await rest_of(socket) == []


async def test_an_item_is_read_again_by_the_one_that_asks(node: Parley) -> None:
    account = await node.account()
    async with (
        calling(node, account.access_token) as (caller, call_id),
        node.client.ws_connect(path(call_id), headers=account.headers) as first,
        node.client.ws_connect(path(call_id), headers=account.headers) as second,
    ):
        for socket in (first, second):
            await socket.receive_json(timeout=SECONDS)
        content = [{"type": "input_text", "text": "Hello."}]
        item = {"type": "message", "role": "user", "content": content, "id": "item_a"}
        await first.send_json({"type": "conversation.item.create", "item": item})
        await first.send_json({"type": "conversation.item.retrieve", "item_id": "item_a"})
        await first.send_json({"type": "session.update", "session": {"type": "realtime"}})
        last = "session.updated"
        created = ["conversation.item.added", "conversation.item.done"]
        for socket, wanted in ((first, [*created, "conversation.item.retrieved", last]), (second, [*created, last])):
            assert [(await socket.receive_json(timeout=SECONDS))["type"] for _ in wanted] == wanted
        await caller.hears(last)
        assert not [one for one in caller.events if one["type"] == "conversation.item.retrieved"]


async def test_a_call_has_few_side_bands_and_two_hundred_bad_events_harm_nothing(node: Parley) -> None:
    account = await node.account()
    async with calling(node, account.access_token) as (caller, call_id):
        sockets = [await node.client.ws_connect(path(call_id), headers=account.headers) for _ in range(5)]
        assert (await sockets[4].receive_json(timeout=SECONDS))["error"]["code"] == "too_many_side_bands"
        await sockets.pop().close()
        first = sockets[0]
        assert (await first.receive_json(timeout=SECONDS))["type"] == "session.created"
        strange = _strange()
        for text in strange:
            await first.send_str(text)
        for _ in strange:
            told = await first.receive_json(timeout=SECONDS)
            if told["type"] != "session.updated":  # with a session in which nothing is set
                assert told["error"]["type"] == "invalid_request_error", told
        for socket in sockets:
            await socket.close()
        tasks = [task for task in asyncio.all_tasks() if task.get_name() == "side-band"]
        await asyncio.wait_for(asyncio.gather(*tasks), SECONDS)
        async with node.client.ws_connect(path(call_id), headers=account.headers) as socket:
            await socket.receive_json(timeout=SECONDS)
            caller.sends({"type": "session.update", "session": {"type": "realtime", "instructions": "Well."}})
            assert (await socket.receive_json(timeout=SECONDS))["session"]["instructions"] == "Well."


def _strange() -> list[str]:
    """Two hundred events that are none."""
    kinds = (
        "session.update", "conversation.item.create", "conversation.item.truncate", "response.cancel",
        "input_audio_buffer.append", "no.such.event", "", "response.create",
    )  # fmt: skip
    values: list[Any] = [
        None,
        1,
        "x",
        [],
        [None],
        {"type": 1},
        {"type": "nothing"},
        {"id": "item_x"},
        True,
        1e308,
        "\0",
    ]
    members = ("session", "item", "response", "item_id", "response_id")
    events = [json.dumps({"type": kind, **dict.fromkeys(members, value)}) for kind in kinds for value in values]
    broken = [
        "",
        "{",
        "[]",
        "null",
        '"x"',
        "1",
        "[" * 500,
        '{"type": null}',
        '{"type": 5}',
        "{}",
        '{"type": "\\ud800"}',
    ]
    texts = [*broken, *events]
    return [texts[number % len(texts)] for number in range(200)]
