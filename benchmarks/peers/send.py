"""Senders: aiortc peers whose microphone is a recording that was encoded once, so that sending costs little."""

import asyncio
import contextlib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import soundfile
import soxr
from aiohttp import ClientSession
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack

import realtime.transports.webrtc.peer  # noqa: F401 - lets two peers meet on a machine that has no network

RATE = 48_000
FRAME = 960


def encoded(file: Path, *, before: float = 0.5, after: float = 2.0) -> list[bytes]:
    """Opus packets of 20 ms, mono at 32 kbit/s as browsers send speech, with silence around the recording."""
    samples, rate = soundfile.read(file, dtype="float32")
    sound = soxr.resample(samples, rate, RATE)
    sound = np.concatenate([np.zeros(round(before * RATE)), sound, np.zeros(round(after * RATE))])
    encoder = av.CodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format, encoder.bit_rate = RATE, "mono", "s16", 32_000
    encoder.options = {"application": "voip"}
    packets = []
    for start in range(0, len(sound) - FRAME + 1, FRAME):
        pcm = (sound[start : start + FRAME] * 32767).astype(np.int16).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(pcm, format="s16", layout="mono")
        frame.sample_rate, frame.pts = RATE, start
        packets += [bytes(packet) for packet in encoder.encode(frame)]
    return packets


class Recording(MediaStreamTrack):
    """Plays packets in real time; then again, or silence of the line (nothing) when `once`."""

    kind = "audio"

    def __init__(self, packets: list[bytes], *, once: bool = False) -> None:
        super().__init__()
        self._packets = packets
        self._once = once
        self._sent = 0
        self._began: float | None = None
        self.over = asyncio.Event()

    async def recv(self) -> "av.Packet[Any]":
        loop = asyncio.get_running_loop()
        if self._began is None:
            self._began = loop.time()
        if self._once and self._sent >= len(self._packets):
            self.over.set()
            await asyncio.Event().wait()
        if (wait := self._began + self._sent * FRAME / RATE - loop.time()) > 0:
            await asyncio.sleep(wait)
        if self.readyState != "live":
            raise MediaStreamError
        packet = av.Packet(self._packets[self._sent % len(self._packets)])
        packet.pts, packet.time_base = self._sent * FRAME, Fraction(1, RATE)
        self._sent += 1
        return packet


class Sender:
    def __init__(self, packets: list[bytes], *, once: bool = False) -> None:
        self.track = Recording(packets, once=once)
        self.connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self.connection.addTransceiver(self.track, direction="sendonly")

    async def call(
        self, http: ClientSession, url: str, ticket: str = "", through: Callable[[str], str] = lambda sdp: sdp
    ) -> None:
        """Offer by WHIP and wait until connected. `through` may change the answer."""
        await self.connection.setLocalDescription(await self.connection.createOffer())
        headers = {"Content-Type": "application/sdp", "Authorization": f"Bearer {ticket}"}
        async with http.post(url, data=self.connection.localDescription.sdp, headers=headers) as response:
            answer = await response.text()
            if response.status != 201:
                raise SystemExit(f"{response.status}: {answer}")
        await self.connection.setRemoteDescription(RTCSessionDescription(through(answer), "answer"))
        async with asyncio.timeout(30):
            while self.connection.connectionState != "connected":  # noqa: ASYNC110 - it happens on the network
                await asyncio.sleep(0.01)

    async def close(self) -> None:
        self.track.stop()
        with contextlib.suppress(ConnectionError):
            await self.connection.close()
