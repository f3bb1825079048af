"""A learner's browser, as far as WebRTC goes: aiortc with a microphone, a loudspeaker and a data channel."""

import asyncio
import contextlib
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from aiortc import RTCConfiguration, RTCIceServer, RTCIceTransportPolicy, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError

import realtime.transports.webrtc.peer  # noqa: F401 - lets two peers meet on a machine that has no network
from kit.clock import SystemClock
from realtime.transports.webrtc.outbound import Outbound


class Learner:
    def __init__(
        self,
        *,
        channel: bool = True,
        listens: bool = True,
        label: str = "events",
        ice_servers: Sequence[dict[str, Any]] = (),
        relayed: bool = False,
    ) -> None:
        """`relayed`: by a TURN server only, as `iceTransportPolicy: "relay"`."""
        policy = RTCIceTransportPolicy.RELAY if relayed else RTCIceTransportPolicy.ALL
        servers = [RTCIceServer(**one) for one in ice_servers]
        self.connection = RTCPeerConnection(RTCConfiguration(servers, iceTransportPolicy=policy))
        self.microphone = Outbound(SystemClock(), 16000)
        self.connection.addTransceiver(self.microphone, direction="sendrecv" if listens else "sendonly")
        self.channel = self.connection.createDataChannel(label) if channel else None
        self.events: list[dict[str, Any]] = []
        self.acks: dict[int, dict[str, Any]] = {}
        self.loud_frames = 0
        self.quiet_frames = 0
        """Those since the last loud one."""
        self._asked = 0
        self._changed = asyncio.Event()
        self._listening: list[asyncio.Task[None]] = []
        if self.channel is not None:
            self.channel.on("message", self._message)
        self.connection.on("track", lambda track: self._listening.append(asyncio.ensure_future(self._listen(track))))

    async def offer(self) -> str:
        await self.connection.setLocalDescription(await self.connection.createOffer())
        return str(self.connection.localDescription.sdp)

    async def accept(self, sdp: str) -> None:
        await self.connection.setRemoteDescription(RTCSessionDescription(sdp, "answer"))

    async def connected(self) -> None:
        async with asyncio.timeout(60):
            while self.connection.connectionState != "connected" or (  # noqa: ASYNC110 - it happens on the network
                self.channel is not None and self.channel.readyState != "open"
            ):
                await asyncio.sleep(0.02)

    async def ask(self, event: str, data: dict[str, Any]) -> dict[str, Any]:
        self._asked += 1
        number = self._asked
        self.say(json.dumps({"event": event, "id": number, "data": data}))
        async with asyncio.timeout(60):
            while number not in self.acks:
                self._changed.clear()
                await self._changed.wait()
        answer: dict[str, Any] = self.acks[number]
        return answer

    def say(self, message: str) -> None:
        assert self.channel is not None
        self.channel.send(message)

    async def until(self, event: str) -> dict[str, Any]:
        async with asyncio.timeout(60):
            while True:
                if found := [one["data"] for one in self.events if one["event"] == event]:
                    last: dict[str, Any] = found[-1]
                    return last
                self._changed.clear()
                await self._changed.wait()

    async def close(self) -> None:
        await self.connection.close()
        for task in self._listening:
            task.cancel()
        await asyncio.gather(*self._listening, return_exceptions=True)

    def _message(self, message: str) -> None:
        parsed = json.loads(message)
        if "ack" in parsed:
            with contextlib.suppress(TypeError):  # one of an id that no dictionary takes
                self.acks[parsed["ack"]] = parsed["data"]
        else:
            self.events.append(parsed)
        self._changed.set()

    async def _listen(self, track: Any) -> None:
        with contextlib.suppress(MediaStreamError):
            while True:
                frame = await track.recv()
                loud = bool(np.abs(frame.to_ndarray().astype(int)).max() > 1000)
                self.loud_frames += int(loud)
                self.quiet_frames = 0 if loud else self.quiet_frames + 1
