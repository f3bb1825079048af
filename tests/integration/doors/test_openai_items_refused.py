"""Items that a client of the OpenAI Realtime API may not add or take away, and floods of them."""

import asyncio
from typing import Any

import pytest

from tests.integration.doors.test_openai_asides import message
from tests.support.language_model import LanguageModel
from tests.support.node import Parley

SECONDS = 60.0

_STRANGE_ITEMS: list[Any] = [
    None, [], "x", 7, {}, {"type": "message"}, {"type": "message", "role": "tool", "content": []},
    {"type": "mcp_call", "role": "user", "content": [{"type": "input_text", "text": "x"}]},
    {"type": "message", "role": ["user"], "content": [{"type": "input_text", "text": "x"}]},
    {"type": "message", "role": "user", "content": {"type": "input_text", "text": "x"}},
    {"type": "message", "role": "user", "content": []},
    {"type": "message", "role": "user", "content": [None]},
    {"type": "message", "role": "user", "content": [{"type": "input_text"}]},
    {"type": "message", "role": "user", "content": [{"type": "input_text", "text": 5}]},
    {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "  "}]},
    {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "x" * 4001}]},
    {"type": "message", "role": "user", "content": [{"type": "output_text", "text": "x"}]},
    {"type": "message", "role": "user", "content": [{"type": "input_audio", "transcript": "x"}]},
    {"type": "message", "role": "user", "content": [{"type": ["input_text"], "text": "x"}]},
    {"type": "message", "role": "system", "content": [{"type": "input_text", "text": "x" * 20_001}]},
    {"type": "message", "role": "system", "content": [{"type": "input_audio", "transcript": "x"}]},
    {"type": "message", "role": "assistant", "content": [{"type": "input_text", "text": "x"}]},
    {"type": "message", "role": "assistant", "content": [{"type": "output_audio", "transcript": "x"}]},
    {"type": "function_call", "call_id": "c", "name": "n", "arguments": "{}"},
    {"type": "function_call_output", "call_id": ["c"], "output": "x"},
    {"type": "item_reference", "id": "x"},
    {**message("system", "x"), "id": "x" * 33},
    {**message("system", "x"), "id": {"a": 1}},
]  # fmt: skip


async def test_strange_items_are_refused_and_leave_nothing(node: Parley) -> None:
    account = await node.account()
    async with node.client.ws_connect("/v1/realtime", headers=account.headers) as socket:
        await socket.receive_json(timeout=SECONDS)
        events = [{"type": "conversation.item.create", "item": item} for item in _STRANGE_ITEMS]
        strange: list[Any] = [5, [], {"a": 1}, "", "x" * 40_000]
        for previous in strange:
            event = {"type": "conversation.item.create", "item": message("system", "x"), "previous_item_id": previous}
            events.append(event)
        for item_id in [*strange, None, "root"]:
            events += [
                {"type": f"conversation.item.{step}", "item_id": item_id, "audio_end_ms": 0}
                for step in ("delete", "retrieve", "truncate")
            ]
        events += [{"type": "conversation.item.delete"}, {"type": "output_audio_buffer.clear"}]
        for event in events:
            await socket.send_json(event)
            told = await socket.receive_json(timeout=SECONDS)
            assert (told["type"], told["error"]["type"]) == ("error", "invalid_request_error"), str(event)[:200]
            assert len(str(told)) < 500
        await socket.send_json({"type": "conversation.item.create", "item": message("system", "x")})
        added = await socket.receive_json(timeout=SECONDS)
        assert added["previous_item_id"] is None, "nothing was added before"


@pytest.mark.parametrize("deleted", [True, False])
async def test_a_flood_of_items_holds_nobody_and_takes_little(
    node: Parley, model: LanguageModel, deleted: bool
) -> None:
    account, other = await node.account(), await node.account("other")
    many, text = 3000, "x" * 2000
    async with (
        node.client.ws_connect("/v1/realtime", headers=account.headers) as socket,
        node.client.ws_connect("/v1/realtime", headers=other.headers) as beside,
    ):
        for one in (socket, beside):
            await one.receive_json(timeout=SECONDS)

        async def flood() -> None:
            for number in range(many):
                item = {**message("system", text), "id": f"i{number}"}
                await socket.send_json({"type": "conversation.item.create", "item": item, "previous_item_id": "root"})
                if deleted:
                    await socket.send_json({"type": "conversation.item.delete", "item_id": f"i{number}"})

        flooding = asyncio.create_task(flood())
        got = 0
        while got < many * (3 if deleted else 2):
            assert (await socket.receive_json(timeout=SECONDS))["type"] != "error"
            got += 1
            if got == many:
                await beside.send_json({"type": "session.update", "session": {"type": "realtime"}})
                assert (await beside.receive_json(timeout=SECONDS))["type"] == "session.updated"
        await flooding
        await socket.send_json({"type": "conversation.item.create", "item": message("user", "Well?")})
        await socket.send_json({"type": "response.create"})
        while (await socket.receive_json(timeout=SECONDS))["type"] != "response.done":
            pass
        asked = model.requests[-1]["messages"]
        assert asked[-1] == {"role": "user", "content": "Well?"}
        assert (len(asked[0]["content"]) < 5000) if deleted else (190_000 < len(asked[0]["content"]) < 210_000)
