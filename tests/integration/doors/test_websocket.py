"""A mobile app on the plain WebSocket, written from the contract alone."""

import math
import struct
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import av
import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from server.config import Settings
from tests.support.calls import Socket
from tests.support.node import Parley, running

DATA = Path(__file__).parents[2] / "data"
CLIP = "so762-008110159"
TEXT = "Let us know if you have any other questions."


@pytest.fixture
async def node(settings: Settings, database_url: str, redis_url: str) -> AsyncIterator[Parley]:
    with_ears = settings.model_copy(update={"whisper_model": str(DATA / "models" / "whisper-clips-test")})
    async with running(with_ears, database_url, redis_url) as parley:
        yield parley


class App(Socket):
    patience = 30.0

    async def send(self, seq: int, codec: int, data: bytes) -> None:
        await self.socket.send_bytes(struct.pack(">IB", seq, codec) + data)


def _samples() -> NDArray[np.int16]:
    samples, rate = soundfile.read(DATA / "audio" / f"{CLIP}.flac", dtype="int16")
    assert rate == 16000
    return np.asarray(samples, np.int16)


def _pcm_frames() -> list[bytes]:
    data = _samples().tobytes()
    return [data[i : i + 3200] for i in range(0, len(data), 3200)]


def _opus_frames() -> list[bytes]:
    encoder = av.CodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format, encoder.bit_rate = 16000, "mono", "s16", 32000
    samples = _samples()
    packets: list[bytes] = []
    for start in range(0, len(samples) - 319, 320):
        frame = av.AudioFrame.from_ndarray(samples[start : start + 320].reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.pts = 16000, start
        packets += [bytes(packet) for packet in encoder.encode(frame)]
    return packets


@pytest.mark.parametrize("codec, frames", [(0, _pcm_frames()), (1, _opus_frames())], ids=["pcm16", "opus"])
async def test_a_sentence_is_read_from_the_documents_alone(node: Parley, codec: int, frames: list[bytes]) -> None:
    account = await node.account()
    began = time.monotonic()
    async with node.client.ws_connect("/api/realtime/speaking", protocols=("parley.1",)) as socket:
        assert socket.protocol == "parley.1"
        app = App(socket)
        await socket.send_json({"event": "auth", "data": {"token": account.access_token}})
        started = await app.ask("speaking.start", {"reference_text": TEXT})
        assert started["ok"]
        for seq, frame in enumerate(frames, 1):
            await app.send(seq, codec, frame)
        assert (await app.ask("session.end", {}))["ok"]
        ended = await app.until("session.ended")
        # Sent all at once: the sound costs what it lasts, and no more unless more time really went by.
        sound_s = len(frames) * (0.1 if codec == 0 else 0.02)
        assert math.floor(sound_s) <= ended["billed_seconds"] <= math.ceil(max(sound_s, time.monotonic() - began))
    finals = [event["data"] for event in app.events if event["event"] == "transcript.final"]
    assert finals[-1]["text"] == TEXT
    numbers = [event["data"]["seq"] for event in app.events if event["event"] not in ("audio.ack", "error")]
    assert numbers == list(range(1, len(numbers) + 1))


async def test_a_ticket_in_the_address_opens_a_conversation_once(node: Parley) -> None:
    account = await node.account()
    body = {"session_type": "voice"}
    async with node.client.post("/api/live/session/start", json=body, headers=account.headers) as response:
        started = await response.json()
    path = f"/api/realtime/live?ticket={started['realtime']['ticket']}"
    async with node.client.ws_connect(path) as socket:
        app = App(socket)
        assert (await app.ask("session.join", {"session_id": started["session_id"]}))["ok"]
        assert (await app.ask("text", {"text": "Hello, my name is Ana."}))["ok"]
        await app.until("response.delta")
    async with node.client.ws_connect(path) as socket:
        refused = await App(socket).until("error")
        assert refused["error"] == "not_authenticated"
        assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE


@pytest.mark.parametrize(
    "said, code",
    [
        ("rubbish", "invalid_request"),
        ('["event"]', "invalid_request"),
        ('{"event": "no.such"}', "unknown_event"),
        ('{"event": "text", "data": {"text": "too early"}}', "not_joined"),
        (b"\x00", "invalid_request"),
        (struct.pack(">IB", 1, 0) + bytes(3200), "not_joined"),
        (struct.pack(">IB", 1, 7) + bytes(100), "unsupported_codec"),
        (struct.pack(">IB", 1, 0) + bytes(1_000_000), "too_large"),
        (struct.pack(">IB", 1, 1), "invalid_request"),
    ],
)
async def test_bad_input_is_refused_by_name_and_the_line_stays(parley: Parley, said: bytes | str, code: str) -> None:
    account = await parley.account()
    async with parley.client.ws_connect("/api/realtime/live") as socket:
        app = App(socket)
        await socket.send_json({"event": "auth", "data": {"token": account.access_token}})
        await (socket.send_bytes(said) if isinstance(said, bytes) else socket.send_str(said))
        refused = await app.until("error")
        assert refused["error"] == code
        assert (await app.ask("session.heartbeat", {}))["error"]["error"] == "not_joined"


@pytest.mark.parametrize("first", ['{"event": "auth", "data": {"token": "x"}}', '{"event": "text"}', "rubbish"])
async def test_without_a_credential_the_line_is_closed(parley: Parley, first: str) -> None:
    async with parley.client.ws_connect("/api/realtime/live") as socket:
        await socket.send_str(first)
        assert "error" in await App(socket).until("error")
        assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE


async def test_a_foreign_page_may_not_connect(parley: Parley) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refusal:
        await parley.client.ws_connect("/api/realtime/live", origin="https://elsewhere.example")
    assert refusal.value.status == 403


async def test_our_page_behind_a_proxy_may_connect_and_its_sign_in_is_acknowledged(parley: Parley) -> None:
    token = (await parley.account("ana")).access_token
    headers = {"X-Forwarded-Host": "learn.example"}
    async with parley.client.ws_connect(
        "/api/realtime/live", origin="https://learn.example", headers=headers
    ) as socket:
        await socket.send_json({"event": "auth", "id": "a", "data": {"token": token}})
        assert await socket.receive_json() == {"ack": "a", "data": {"ok": True}}
