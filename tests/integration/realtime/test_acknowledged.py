"""What a socket acknowledges is kept; what cannot be kept is refused, and the session goes on."""

from typing import Any

import aiohttp
import pytest

from kit import ids
from tests.integration.realtime.conftest import Stage
from tests.support import socketio_line, talks

FRAME = b"\0\0" * 640
ODD_TEXTS = ["a\0b", "\0", "x" * 4001, "", 7, None, ["x"], {"text": "x"}, 1.5, True]


@pytest.mark.parametrize("door", ["socketio", "websocket"])
async def test_a_text_is_kept_or_refused(stage: Stage, door: str) -> None:
    node = await stage.node()
    user = await stage.person()
    session = stage.client(user, opener=socketio_line.opened)
    session_id = (await session.start_speaking())["session_id"]
    kept = ["\x01 \x1f \x7f", "\ufffe\uffff", "\u202e\u2028", "😀" * 2000, "x" * 4000, "last"]
    async with aiohttp.ClientSession() as http, http.ws_connect(f"{node.url}/api/realtime/speaking") as line:
        if door == "websocket":
            await line.send_json({"event": "auth", "data": {"token": user}})
            await line.send_json({"event": "session.join", "id": 0, "data": {"session_id": session_id}})

        async def say(text: Any) -> Any:
            if door == "socketio":
                return await talks.answered(session, "text", {"text": text})
            await line.send_json({"event": "text", "id": 1, "data": {"text": text}})
            while (said := await line.receive_json()).get("ack") != 1:
                pass
            return said["data"]

        for odd in ODD_TEXTS:
            answer = await say(odd)
            assert answer["error"]["error"] == "invalid_request", odd
        for text in kept:
            assert (await say(text))["ok"], text
        if door == "websocket":  # JSON that is half of a pair
            await line.send_str('{"event": "text", "id": 2, "data": {"text": "\\ud800"}}')
            while (said := await line.receive_json()).get("event") != "error":
                pass
            assert said["data"]["error"] == "invalid_request"
            await line.send_json({"event": "session.end", "id": 3})
            while (said := await line.receive_json()).get("event") != "session.ended":
                pass
        else:
            await session.end()
    assert await stage.texts(session_id) == kept
    assert (await stage.row(session_id))["end_reason"] == "client"


async def test_a_number_that_nobody_can_have_seen_is_not_believed(stage: Stage) -> None:
    await stage.node()
    user = await stage.person()
    session = stage.client(user)
    session_id = (await session.start_speaking())["session_id"]
    for last_seq in (2**63 - 1, 2**53 - 1, 10**6, 1001 + 10, -1, "5", True, 1.5):
        wanted = {"session_id": session_id, "last_seq": last_seq}
        answer = await talks.answered(session, "session.join", wanted)
        assert answer["error"]["error"] == "invalid_request", last_seq
    for odd in ("", "x", "../x", session_id.upper(), session_id + "\n", "0" * 64, None, 7, ["x"]):
        answer = await talks.answered(session, "session.join", {"session_id": odd})
        assert answer["error"]["error"] == "invalid_request", odd
    answer = await talks.answered(session, "session.join", {"session_id": ids.new_id()})
    assert answer["error"]["error"] == "not_found"
    await session.stream(FRAME * 30)
    ended = await session.end()  # its events still come here
    assert ended.seq < 100
    assert await stage.texts(session_id) == ["second 0", "second 1"]
    answer = await talks.answered(session, "session.join", {"session_id": session_id, "last_seq": 2**53 - 1})
    assert answer["error"]["error"] == "invalid_request"
