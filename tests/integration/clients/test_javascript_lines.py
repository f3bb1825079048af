"""The JavaScript client where a listener fails, and where an answer and the end of the line come in one piece."""

import asyncio
import base64
import hashlib
import json
from collections.abc import AsyncIterator

import pytest

from tests.integration.clients.test_javascript_refusals import NODE, told
from tests.support.node import Parley

pytestmark = pytest.mark.skipif(NODE is None, reason="no node on this machine")

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
SESSION = "01890000-0000-7000-8000-000000000000"
_JOINED = {"ok": True, "session_id": SESSION, "seq": 0, "audio_seq": 0, "heartbeat_interval_seconds": 5}
_ENDED = {"seq": 1, "at_ms": 1, "session_id": SESSION, "reason": "client", "billed_seconds": 7}


def _frame(message: object) -> bytes:
    text = json.dumps(message).encode()
    return bytes([0x81, 126, *len(text).to_bytes(2, "big")]) + text


async def _heard(reader: asyncio.StreamReader) -> dict[str, object]:
    head = await reader.readexactly(2)
    size = head[1] & 127
    if size == 126:
        size = int.from_bytes(await reader.readexactly(2), "big")
    mask = await reader.readexactly(4)
    content = await reader.readexactly(size)
    said: dict[str, object] = json.loads(bytes(byte ^ mask[at % 4] for at, byte in enumerate(content)))
    return said


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers a join with all that a session that has ended leaves to say, and hangs up."""
    try:
        key = next(
            line.split(b":")[1].strip()
            for line in (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")
            if line.lower().startswith(b"sec-websocket-key:")
        )
        accept = base64.b64encode(hashlib.sha1(key + _GUID).digest())
        writer.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Protocol: parley.1\r\nSec-WebSocket-Accept: " + accept + b"\r\n\r\n"
        )
        writer.write(_frame({"ack": (await _heard(reader))["id"], "data": {"ok": True}}))
        joined = _frame({"ack": (await _heard(reader))["id"], "data": _JOINED})
        writer.write(joined + _frame({"event": "session.ended", "data": _ENDED}) + b"\x88\x02\x03\xe8")
        await reader.read()
    finally:
        writer.close()


@pytest.fixture
async def hasty() -> AsyncIterator[str]:
    server = await asyncio.start_server(_serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def test_what_comes_in_one_piece_with_the_end_of_the_line_is_told(hasty: str) -> None:
    said = await told(
        f"""
const session = parley.session("/live");
told.joined = (await session.join("{SESSION}")).session_id;
const late = new Promise((done) => setTimeout(() => done({{ billed_seconds: "nothing" }}), 5000));
told.billed = (await Promise.race([session.ended, late])).billed_seconds;
session.close();
""",
        hasty,
        "token",
    )
    assert said == {"joined": SESSION, "billed": 7}


async def test_a_listener_that_fails_stops_neither_the_session_nor_the_others(parley: Parley) -> None:
    account = await parley.account()
    said = await told(
        """
told.thrown = [];
process.on("uncaughtException", (error) => told.thrown.push(error.message));
const session = parley.session("/speaking");
const fail = (name) => session.on(name, () => { throw new Error(name); });
["connection", "session.state", "session.ended"].map(fail);
told.states = [];
session.on("connection", ({ state }) => told.states.push(state));
await session.startSpeaking();
session.sendAudio(new Int16Array(3200));
told.reason = (await session.end()).reason;
await new Promise((done) => setTimeout(done, 10));
""",
        parley.url,
        account.access_token,
    )
    assert said["reason"] == "client" and said["states"] == ["connected"]
    assert {"connection", "session.ended"} <= set(said["thrown"])


async def test_sound_that_waits_for_its_number_is_bounded_too() -> None:
    said = await told(
        """
const session = parley.session("/live", { patience: 3600 });
const joining = outcome(() => session.rejoin("01890000-0000-7000-8000-000000000000"));
const frame = new Int16Array(3200);
told.kept = 0;
while (told.kept < 10_000 && session.sendAudio(frame)) told.kept++;
session.close();
await joining;
""",
        "http://127.0.0.1:9",
        "token",
    )
    assert 3000 < said["kept"] < 5000
