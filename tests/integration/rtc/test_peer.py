"""Our peer against a second aiortc peer: real ICE, DTLS, SRTP, Opus and a data channel on this machine."""

import asyncio
import gc
import json
import re
from collections.abc import AsyncIterator

import numpy as np
import pytest
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack
from av import AudioFrame
from av.frame import Frame

from kit.clock import SystemClock
from kit.errors import Failure
from kit.storable import JsonObject
from kit.tasks import Tasks
from realtime.transports.webrtc import peer as peers
from realtime.transports.webrtc.outbound import Outbound
from realtime.transports.webrtc.peers import EVENTS, PeerTerms, Reports
from tests.support.waiting import until


class Client:
    """A learner's browser, as far as WebRTC goes."""

    def __init__(self, channel: str = EVENTS) -> None:
        self.connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self.microphone = Outbound(SystemClock(), 16000)
        self.connection.addTrack(self.microphone)
        self.channel = self.connection.createDataChannel(channel)
        self.messages: asyncio.Queue[str] = asyncio.Queue()
        self.channel.on("message", self.messages.put_nowait)
        self.tracks: asyncio.Queue[AudioStreamTrack] = asyncio.Queue()
        self.connection.on("track", self.tracks.put_nowait)

    async def offer(self) -> str:
        await self.connection.setLocalDescription(await self.connection.createOffer())
        return self.connection.localDescription.sdp

    async def accept(self, sdp: str) -> None:
        await self.connection.setRemoteDescription(RTCSessionDescription(sdp, "answer"))


class Server:
    def __init__(self, channel: str = EVENTS) -> None:
        self.heard, self.closed = bytearray(), asyncio.Event()
        self.events: list[tuple[str, object]] = []
        self.lost: bool | None = None
        self.tasks = Tasks()
        reports = Reports(self.heard.extend, self._event, self._gone)
        self.peer = peers.Peer(reports, self.tasks, SystemClock(), PeerTerms(24_000, channel=channel))

    def _gone(self, lost: bool) -> None:
        self.lost = lost
        self.closed.set()

    async def _event(self, name: str, data: object) -> JsonObject:
        self.events.append((name, data))
        return {"ok": True}


Pair = tuple[Server, Client]


@pytest.fixture
async def pair() -> AsyncIterator[Pair]:
    server, client = Server(), Client()
    await client.accept(await server.peer.answer(await client.offer()))
    yield server, client
    await client.connection.close()
    await server.peer.close()
    await server.tasks.close()
    gc.collect()


def _tone(rate: int, seconds: float, hertz: int = 440) -> bytes:
    wave = np.sin(2 * np.pi * hertz * np.arange(int(rate * seconds)) / rate)
    return np.asarray(wave * 12000).astype("<i2").tobytes()


async def _loudest(track: AudioStreamTrack) -> int:
    """Of the next frame."""
    frame = await asyncio.wait_for(track.recv(), 60)
    assert isinstance(frame, AudioFrame)
    return int(np.abs(frame.to_ndarray().astype(int)).max())


async def test_sound_arrives_in_real_time_at_16_khz(pair: Pair) -> None:
    server, client = pair
    await until(lambda: len(server.heard) > 3200)
    start = len(server.heard)

    def heard() -> np.ndarray:
        return np.frombuffer(bytes(server.heard[start : start + (len(server.heard) - start) // 2 * 2]), "<i2")

    client.microphone.say(_tone(16000, 1.0))
    await until(lambda: np.count_nonzero(np.abs(heard().astype(int)) > 2000) > 8000)
    samples = heard().astype(float)
    spectrum = np.abs(np.fft.rfft(samples))
    assert abs(np.argmax(spectrum) * 16000 / len(samples) - 440) < 15


async def test_events_travel_over_the_data_channel_both_ways(pair: Pair) -> None:
    server, client = pair
    await until(lambda: client.channel.readyState == "open")
    client.channel.send('{"event": "session.heartbeat", "id": 7, "data": {}}')
    assert await asyncio.wait_for(client.messages.get(), 60) == '{"ack": 7, "data": {"ok": true}}'
    assert server.events == [("session.heartbeat", {})]
    server.peer.send("session.state", {"status": "active"})
    assert "session.state" in await asyncio.wait_for(client.messages.get(), 60)
    client.channel.send("rubbish")
    assert "invalid_request" in await asyncio.wait_for(client.messages.get(), 60)


async def test_a_bare_channel_does_without_what_it_cannot_take() -> None:
    server, client = Server("oai-events"), Client("oai-events")
    try:
        offer = await client.offer()
        small, changes = re.subn(r"a=max-message-size:\d+", "a=max-message-size:1000", offer)
        assert changes == 1
        await client.accept(await server.peer.answer(small))
        await until(lambda: server.events)  # that it has opened
        server.peer.send("", {"text": "x" * 1000})
        server.peer.send("", {"text": "ü" * 400})
        assert json.loads(await asyncio.wait_for(client.messages.get(), 60)) == {"text": "ü" * 400}
        assert server.lost is None
    finally:
        await client.connection.close()
        await server.peer.close()
        await server.tasks.close()


async def test_the_tutors_voice_is_heard_and_can_be_cut_off(pair: Pair) -> None:
    server, client = pair
    track = await asyncio.wait_for(client.tracks.get(), 60)
    server.peer.voice.say(_tone(24000, 60.0))  # 3,000 frames
    loud = quiet = 0
    while loud < 10:
        loud += int(await _loudest(track) > 2000)
    server.peer.voice.flush()
    while quiet < 10:  # behind what was on its way
        is_quiet = await _loudest(track) < 300
        quiet, loud = quiet + 1 if is_quiet else 0, loud + int(not is_quiet)
    assert loud < 2000


async def test_a_client_that_leaves_is_noticed_and_everything_is_closed(pair: Pair) -> None:
    server, client = pair
    await until(lambda: len(server.heard) > 0)
    await client.connection.close()
    async with asyncio.timeout(60):
        await server.closed.wait()
    assert server.lost is False
    await until(lambda: len(server.tasks) == 0)


async def test_an_offer_that_is_none_is_refused_and_leaves_nothing() -> None:
    server = Server()
    with pytest.raises(Failure) as refusal:
        await server.peer.answer("v=0\r\nrubbish")
    assert refusal.value.code == "invalid_request"
    assert server.closed.is_set()
    assert len(server.tasks) == 0


async def test_a_peer_that_is_silent_on_the_wire_is_lost(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    server, client = pair
    await until(lambda: len(server.heard) > 0)
    monkeypatch.setattr(peers, "LOST_SECONDS", 0.6)

    class Mute(AudioStreamTrack):
        async def recv(self) -> Frame:
            await asyncio.sleep(3600)
            raise AssertionError("nobody waits so long")

    client.connection.getSenders()[0].replaceTrack(Mute())
    async with asyncio.timeout(60):
        await server.closed.wait()
    assert server.lost is True
