"""Sessions of the OpenAI Realtime API over WebRTC: sound on the tracks, events over the data channel."""

import asyncio
from abc import ABC, abstractmethod

from kit import errors
from kit.caller import Caller
from kit.clock import Clock
from kit.http.gate import Gate
from kit.storable import JsonObject
from realtime.node.connection import Connection
from realtime.node.registry import Registry
from realtime.node.runner import SessionRunner
from realtime.transports.openai.config import Config
from realtime.transports.openai.messages import Tell
from realtime.transports.openai.side_band import SideBand, SideBands
from realtime.transports.openai.talk_config import TalkConfig
from realtime.transports.openai.talking import Talking
from realtime.transports.openai.transcribing import Transcribing
from realtime.transports.webrtc.peers import OPENED
from realtime.transports.webrtc.session_peers import SessionPeer

_END_SECONDS = 5.0
_PLAYED = "sound.played"  # comes back through the session's queue, behind the words before it


class _PeerLine:
    """The data channel, once there is a peer, and the side-bands, which are told the same."""

    def __init__(self) -> None:
        self._peer: SessionPeer | None = None
        self._closed = False
        self.bands = SideBands()

    def connect(self, peer: SessionPeer) -> None:
        self._peer = peer

    def alive(self) -> bool:
        return not self._closed

    async def tell(self, message: JsonObject) -> None:
        self.bands.tell(message)
        await self.tell_page(message)

    async def tell_page(self, message: JsonObject) -> None:
        """Not the side-bands."""
        if self._peer is not None:
            await self._peer.channel.send("", message)

    async def close(self, _: int) -> None:
        self._closed = True
        self.bands.end("session_ended")
        if self._peer is not None:
            await self._peer.close()


class Call(Transcribing, ABC):
    """Its live session runs from the start: the learner is heard as soon as the tracks are connected."""

    _peer_line: _PeerLine

    def _carried_by(self, line: _PeerLine) -> None:
        self._peer_line = line
        self._one_at_a_time = asyncio.Lock()
        self._committed_ms = 0
        del self._handlers["input_audio_buffer.append"]

    async def begin(self) -> SessionRunner:
        """Failure `live_quota_exceeded`, `session_active`, `tools_unsupported`, `unavailable`."""
        return await self._session()

    async def over(self) -> None:
        """There will be no call. Waits until the place is free for the next one, as a rule."""
        runner = self._runner
        self.left()
        if runner is not None:
            await runner.end("client", _END_SECONDS)

    def left(self) -> None:
        """The client is gone: the session ends, and what controls it."""
        super().left()
        self._peer_line.bands.end("session_ended")

    def connect(self, peer: SessionPeer) -> None:
        """Events go over this peer's data channel from now on."""
        self._peer_line.connect(peer)

    async def take(self, _: Connection, event: str, arguments: tuple[object, ...]) -> JsonObject:
        """What comes over the data channel: OPENED first, then texts."""
        page = self._peer_line.tell_page
        if event == OPENED:
            await self._describe("created", page)
        elif isinstance(text := arguments[0], str):
            await self.controlled(text, page)
        else:
            self._shows_life()
            await self._complain(errors.invalid("Events are texts; sound goes over the track."), None, page)
        return {}

    async def controlled(self, text: str, tell: Tell, band: SideBand | None = None) -> None:
        """An event of the page or of a side-band, which alone is told what is wrong with it. One after the other."""
        async with self._one_at_a_time:
            if band is None or band.open:
                await self._take(text, tell)

    async def join(self, band: SideBand) -> None:
        """Every event goes to this side-band, too, from now on; `session.created` first. Failure
        `too_many_side_bands`, `session_ended`."""
        self._peer_line.bands.add(band)
        await self._describe("created", band.tell)

    def leave(self, band: SideBand) -> None:
        """No more events for it."""
        self._peer_line.bands.discard(band)

    @abstractmethod
    def plays(self, ms: float) -> bool:
        """So much of the tutor's sound would be played now; False when the client wants none."""

    async def _commit(self, event: JsonObject) -> None:
        heard_ms = self._heard_ms()
        self._uncommitted = heard_ms > self._committed_ms  # since the commit before, over the track
        await super()._commit(event)
        self._committed_ms = heard_ms

    async def _clear(self, event: JsonObject) -> None:
        self._committed_ms = self._heard_ms()
        await super()._clear(event)

    def _heard_ms(self) -> int:
        return self._runner.view.heard_ms if self._runner is not None else 0


class TranscribingCall(Call):
    """What is said is written down; nobody answers."""

    def __init__(self, caller: Caller, gate: Gate, registry: Registry, clock: Clock, config: Config) -> None:
        line = _PeerLine()
        super().__init__(line, caller, gate, registry, clock, config)
        self._carried_by(line)

    def plays(self, ms: float) -> bool:
        return False


class TalkingCall(Call, Talking):
    """A conversation with the tutor."""

    def __init__(self, caller: Caller, gate: Gate, registry: Registry, clock: Clock, config: TalkConfig) -> None:
        line = _PeerLine()
        Talking.__init__(self, line, caller, gate, registry, clock, config)
        self._carried_by(line)
        self._handlers["output_audio_buffer.clear"] = self._clear_output

    async def begin(self) -> SessionRunner:
        self._check_tools(self._talk, "session")
        return await super().begin()

    def plays(self, ms: float) -> bool:
        if self._responses.spoken and self._runner is not None:
            self._runner.play(_PLAYED, {"ms": ms}, b"")
        return self._responses.spoken

    async def send(self, name: str, data: JsonObject, sound: bytes | None = None) -> None:
        if name == _PLAYED:
            await self._tell(self._responses.played(data["ms"]))
        elif name != "response.audio":  # sound from before the tracks are connected
            await super().send(name, data, sound)

    async def _clear_output(self, _: JsonObject) -> None:
        if not self._responses.is_active:
            raise errors.conflict("response_cancel_not_active", "Nothing is being said.")
        self._silence()
