"""One WebRTC peer: its connection, tracks and data channel, closed together on every path.

aiortc has no ICE restart, so a client whose network changed opens a new peer in the same session. It notices a dead
client only after 30 s, so a watchdog here looks for silence on the wire.
"""

import asyncio
import contextlib
import json
from collections.abc import Callable
from typing import Any

import aioice.ice
from aiortc import RTCConfiguration, RTCDataChannel, RTCIceServer, RTCPeerConnection, RTCSessionDescription

from kit import errors, logs
from kit.clock import Clock
from kit.errors import Failure
from kit.http import v1
from kit.storable import JsonObject
from kit.tasks import Tasks
from realtime import payload
from realtime.transports.webrtc import counts, gathering
from realtime.transports.webrtc.candidates import Candidates
from realtime.transports.webrtc.inbound import Inbound
from realtime.transports.webrtc.offer import Offer
from realtime.transports.webrtc.outbound import Outbound
from realtime.transports.webrtc.peers import EVENTS, OPENED, PeerTerms, Reports
from realtime.transports.webrtc.silence import Silence

LOST_SECONDS = 3.5
_CONNECT_SECONDS = 15.0
_LOOK_SECONDS = 0.5
_LARGEST_MESSAGE = 64 * 1024
_MOST_MESSAGES = 200  # that wait for the session; a client that sends more is refused by name
_MOST_UNSENT = 1024 * 1024  # bytes; a client that does not read is disconnected and can resume later
_DRAIN_SECONDS = 0.5

_log = logs.get(__name__)


def _allow_loopback() -> None:
    """aioice offers no loopback address; on a machine with nothing else two local peers could never meet."""
    gather = aioice.ice.get_host_addresses

    def addresses(use_ipv4: bool, use_ipv6: bool) -> list[str]:
        return gather(use_ipv4, use_ipv6) or ["127.0.0.1"]

    aioice.ice.get_host_addresses = addresses


_allow_loopback()


class Peer:
    """`on_state` is called when `plays` may have changed."""

    def __init__(self, reports: Reports, tasks: Tasks, clock: Clock, terms: PeerTerms) -> None:
        servers = [RTCIceServer(**server) for server in terms.ice_servers]
        self._connection = RTCPeerConnection(RTCConfiguration(iceServers=servers))
        self._sink = reports.hear
        self._on_event = reports.heard
        self._on_closed = reports.gone
        self.on_state: Callable[[], None] = lambda: None
        self._tasks = tasks
        self._clock = clock
        self._label = terms.channel
        self.voice = Outbound(clock, terms.voice_rate)
        self._candidates = Candidates(private=terms.network.private)
        self._network = terms.network
        self._offer: Offer | None = None
        self._inbound: Inbound | None = None
        self._channel: RTCDataChannel | None = None
        self._messages: asyncio.Queue[str | bytes] = asyncio.Queue(_MOST_MESSAGES)
        self._running: list[asyncio.Task[Any]] = []
        self._closed = False
        self._lost = False
        self._heard_at = clock.monotonic()
        counts.PEERS.inc()

    async def answer(self, sdp: str) -> str:
        """The answer to an offer. Failure `invalid_request` for one that cannot be used; the peer is then closed."""
        self._connection.on("track", self._track)
        self._connection.on("datachannel", self._datachannel)
        self._connection.on("connectionstatechange", self._state)
        try:
            offer = self._offer = Offer(sdp, self._candidates)
            async with asyncio.timeout(_CONNECT_SECONDS):
                await self._connection.setRemoteDescription(RTCSessionDescription(sdp=offer.sdp, type="offer"))
                if self._connection.sctp is not None:
                    self._guard(self._connection.sctp)
                self._connection.addTrack(self.voice)
                gathering.apply(self._network, self._connection)
                await self._connection.setLocalDescription(await self._connection.createAnswer())
        except (asyncio.CancelledError, errors.Failure):
            await self.close()
            raise
        except Exception as error:  # aiortc raises many kinds of errors for a bad offer
            _log.info("offer_refused", why=type(error).__name__)
            await self.close()
            raise errors.invalid("The offer cannot be used.", [("/sdp", "a valid SDP offer with audio")]) from error
        self._running.append(self._tasks.spawn(self._watch(), name="peer watchdog"))
        return offer.answer(str(self._connection.localDescription.sdp))

    @property
    def plays(self) -> bool:
        """Whether the client is connected and takes the tutor's voice."""
        return self._connection.connectionState == "connected" and any(
            one.sender.track is self.voice and one.currentDirection in ("sendrecv", "sendonly")
            for one in self._connection.getTransceivers()
        )

    async def candidate(self, given: JsonObject) -> None:
        """An address of the client, as a browser's `RTCIceCandidate.toJSON()`. Failure `invalid_request`."""
        line = str(given.get("candidate") or "").removeprefix("candidate:")
        if not line or self._offer is None:  # the end of them, which is not needed: the watchdog ends a vain search
            return
        found = self._candidates.take(line)
        target = self._offer.target(given.get("sdpMid"), given.get("sdpMLineIndex"))
        if found is None or target is None or self._closed:
            return
        found.sdpMid = target
        await self._connection.addIceCandidate(found)

    def say(self, pcm: bytes) -> None:
        """Play sound (PCM)."""
        self.voice.say(pcm)

    def flush(self) -> None:
        """Play nothing of what waits."""
        self.voice.flush()

    def send(self, event: str, data: JsonObject) -> None:
        """Send an event over the data channel, if there is one."""
        if self._channel is None or self._channel.readyState != "open":
            return
        if self._channel.bufferedAmount > _MOST_UNSENT:
            _log.info("slow_peer_let_go")
            self._close_soon()
            return
        self._put({"event": event, "data": data} if self._label == EVENTS else data)

    def _complain(self, failure: Failure) -> None:
        bare = {"type": "error", "error": {**v1.error(failure, 400), "event_id": None}}
        self.send("error", failure.body() if self._label == EVENTS else bare)

    def _put(self, message: JsonObject) -> None:
        assert self._channel is not None
        try:
            self._channel.send(json.dumps(message, ensure_ascii=False))
        except ValueError:  # the client's offer said that it takes no message of this length
            _log.info("peer_takes_too_little")
            if self._label == EVENTS:  # it can resume over another connection; other clients do without the message
                self._close_soon()

    async def close(self) -> None:
        """Close connection, tracks and tasks; harmless when done before."""
        if self._closed:
            return
        self._closed = True
        await self._drain()
        current = asyncio.current_task()
        running = [task for task in self._running if task is not current]
        for task in running:
            task.cancel()
        self.voice.stop()
        try:
            await self._connection.close()
        finally:
            await asyncio.gather(*running, return_exceptions=True)
            counts.PEERS.dec()
            self._on_closed(self._lost)

    async def _drain(self) -> None:
        """Send the last events: closing the connection drops what is queued."""
        if self._channel is None or not self._channel.bufferedAmount:
            return
        sent = asyncio.Event()
        self._channel.on("bufferedamountlow", sent.set)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(sent.wait(), _DRAIN_SECONDS)

    def _close_soon(self) -> None:
        if not self._closed:
            self._tasks.spawn(self.close(), name="peer close")

    def _guard(self, sctp: Any) -> None:
        """aiortc takes a client's word for much of SCTP and of the channel's own protocol, and for texts in UTF-8: the
        task that reads the peer would end with a trace, and the peer be deaf."""
        handle = sctp._handle_data

        async def guarded(data: bytes) -> None:
            try:
                await handle(data)
            except ConnectionError:
                raise
            except Exception as error:
                _log.info("peer_malformed", why=type(error).__name__)
                self._lost = True
                self._close_soon()

        sctp._handle_data = guarded

    def _track(self, track: Any) -> None:
        receiver = next(one for one in self._connection.getReceivers() if one.track is track)
        self._inbound = Inbound(receiver, track, self._sink, self._clock)
        self._running.append(self._tasks.spawn(self._inbound.run(), name="peer inbound"))

    def _datachannel(self, channel: RTCDataChannel) -> None:
        if channel.label != self._label or self._channel is not None:
            channel.close()
            return
        self._channel = channel
        channel.on("message", self._arrived)
        self._running.append(self._tasks.spawn(self._listen(), name="peer events"))

    def _arrived(self, message: str | bytes) -> None:
        self._heard_at = self._clock.monotonic()
        if len(message) > _LARGEST_MESSAGE:
            self._complain(errors.too_large("The message is too large."))
            return
        try:
            self._messages.put_nowait(message)
        except asyncio.QueueFull:
            self._complain(errors.limited("rate_limited", "Too many events.", 1.0))

    async def _listen(self) -> None:
        """One after the other, in the order in which the client sent them."""
        if self._label != EVENTS:
            await self._on_event(OPENED, None)
        while True:
            message = await self._messages.get()
            try:
                await self._message(message)
            except Exception:  # a channel that no longer answers is worse than none
                _log.exception("channel_message_failed")
                self._close_soon()
                return

    async def _message(self, message: str | bytes) -> None:
        if self._label != EVENTS:
            await self._on_event("", message if isinstance(message, str) else None)
            return
        try:
            said, event = payload.envelope(message)
        except Failure as failure:
            self.send("error", failure.body())
            return
        answer = await self._on_event(event, said.get("data"))
        if "id" in said and self._channel is not None and self._channel.readyState == "open":
            self._put({"ack": said["id"], "data": answer})

    def _state(self) -> None:
        self.on_state()
        if self._connection.connectionState in ("failed", "closed"):
            self._lost = self._lost or self._connection.connectionState == "failed"
            self._close_soon()

    async def _watch(self) -> None:
        silence = Silence(self._clock.monotonic())
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            heard = max(self._heard_at, (self._inbound and self._inbound.last_frame_at) or 0.0)
            silent = silence.look(self._clock.monotonic(), heard)
            state = self._connection.connectionState
            if silent > (LOST_SECONDS if state == "connected" else _CONNECT_SECONDS):
                _log.info("peer_lost", state=state, silent_seconds=round(silent, 1))
                self._lost = True
                await self.close()
                return
