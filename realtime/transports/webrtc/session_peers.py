"""Peers in their sessions: a learner's sound comes in and the tutor's goes out; events travel beside them."""

import asyncio

from kit import errors, ids
from kit.errors import Failure
from kit.storable import JsonObject
from kit.tasks import Tasks
from realtime.node.connection import Connection
from realtime.node.guard import BYTES_A_MS, MAX_FRAME_BYTES
from realtime.node.media import Offer
from realtime.node.runner import SessionRunner
from realtime.session import events as on
from realtime.transports.webrtc import sdp
from realtime.transports.webrtc.peers import Filler, Peer, Peers
from speech.synthesis.voices import RATE as VOICE_RATE

_PIECE_BYTES = 40 * BYTES_A_MS
_VOICE_BYTES_A_MS = 2 * VOICE_RATE / 1000
_BY_SOCKET = "WebRTC does not work from here: the sound goes over the socket."
_LOST = "The WebRTC connection is lost: send a new offer, or the sound over the socket."


class SessionPeer:
    """One peer in one session. It stays when the connection that made the offer breaks: the peer knows by itself
    whether its client lives.

    `tag` and `ice` tell over WHIP for which ICE session a request is; Failure `invalid_request` for what is no SDP.
    """

    def __init__(self, offer: Offer) -> None:
        self.id = ids.secret()
        self.tag = ids.secret()
        self.ice = sdp.read(offer.sdp).ice
        self._runner = offer.runner
        self._carriers = offer.runner.carriers
        self._take = offer.take
        self._left = offer.left
        self._offerer = offer.offerer
        self._voice = offer.voice
        self._peer: Peer | None = None
        self._waiting = bytearray()
        self._alive = False  # whether waiting sound was sent by the client
        self.channel = Connection(offer.caller, offer.runner.session.id, self._send, self._disconnect, cut=self.close)

    def connect(self, peer: Peer) -> None:
        """The peer of an offer that was accepted."""
        self._peer = peer

    def hear(self, pcm: bytes) -> None:
        """The learner's sound, numbered for the session: no client counts it here."""
        if self._carriers.current is not self:
            return
        if not isinstance(pcm, Filler):
            self._alive = True
            self._carriers.heard()
        self._waiting += pcm
        while len(self._waiting) >= _PIECE_BYTES:
            piece, alive = bytes(self._waiting[:MAX_FRAME_BYTES]), self._alive
            del self._waiting[:MAX_FRAME_BYTES]
            self._alive = bool(self._waiting) and not isinstance(pcm, Filler)
            try:
                self._runner.hear(None, len(piece) / BYTES_A_MS, lambda: piece, alive=alive)  # noqa: B023 - called at once
            except Failure:
                self._waiting.clear()
                return  # the session is ending; it closes this line

    def say(self, pcm: bytes) -> bool:
        """Whether the tutor's sound goes this way."""
        if self._peer is None or not self._peer.plays:
            return False
        if self._voice(len(pcm) / _VOICE_BYTES_A_MS):
            self._peer.say(pcm)
        return True

    def flush(self) -> None:
        """Play nothing of what waits."""
        if self._peer is not None:
            self._peer.flush()

    def serves(self, client: object) -> bool:
        """Whether `client` is on the same device: the data channel, or the connection that made the offer."""
        return client is self.channel or client is self._offerer

    async def heard(self, event: str, data: object) -> JsonObject:
        """An event over the data channel; returns its acknowledgement."""
        return await self._take(self.channel, event, (data,))

    async def candidate(self, candidate: JsonObject) -> None:
        """A candidate of the client."""
        if self._peer is not None:
            await self._peer.candidate(candidate)

    async def close(self) -> None:
        """End the peer."""
        if self._peer is not None:
            await self._peer.close()

    def gone(self, lost: bool) -> None:
        """The peer is closed; `lost` when its client had not asked for that."""
        if self._carriers.current is self:
            self._carriers.leave()
            if lost:
                self._runner.handle(on.PartDegraded(_LOST, "media"))
        self._left(self.channel)

    async def _send(self, name: str, data: JsonObject, sound: bytes | None) -> None:
        if self._peer is not None and sound is None:
            self._peer.send(name, data)

    async def _disconnect(self) -> None:
        """Another client gets the events now; the session decides who sends the sound."""


class SessionPeers:
    """All peers of this node; the `Media` of its sessions."""

    def __init__(self, peers: Peers, tasks: Tasks) -> None:
        self._peers = peers
        self._tasks = tasks
        self._open: dict[str, SessionPeer] = {}
        self._closed = False

    async def open(self, offer: Offer) -> str:
        """The SDP answer to an offer."""
        return (await self.opened(offer))[1]

    async def opened(self, offer: Offer) -> tuple[SessionPeer, str]:
        """The line, known by its id until it is closed, and the answer's SDP."""
        await self._peers.ready()
        self._check(offer.runner)
        line = SessionPeer(offer)

        def gone(lost: bool) -> None:
            self._open.pop(line.id, None)
            line.gone(lost)

        peer = self._peers.peer(line.hear, line.heard, gone, offer.channel)
        line.connect(peer)
        self._open[line.id] = line
        offer.entered(line.channel)
        answer = await peer.answer(offer.sdp)
        try:
            self._check(offer.runner)
        except Failure:
            await line.close()
            raise
        if line.id not in self._open:
            raise errors.unavailable("unavailable", "The connection was lost at once. Try again.", 1)
        before = offer.runner.carriers.take(line)
        offer.runner.handle(on.Joined())
        if before is not None:
            # Not at once: the answer may go out over the peer that it replaces.
            self._tasks.spawn(before.close(), name="close peer")
        return line, answer

    def leave(self, runner: SessionRunner, *, failed: bool) -> None:
        """The session goes on over its socket; `failed` if the client could not connect."""
        line = runner.carriers.leave()
        if line is not None:
            self._tasks.spawn(line.close(), name="close peer")
        if failed:
            runner.handle(on.PartDegraded(_BY_SOCKET, "media"))

    async def candidate(self, runner: SessionRunner, candidate: JsonObject) -> None:
        """A candidate of the client. Failure `no_peer`."""
        if not isinstance(line := runner.carriers.current, SessionPeer):
            raise errors.conflict("no_peer", "Send an offer first: webrtc.offer.")
        await line.candidate(candidate)

    def one(self, line_id: str) -> SessionPeer:
        """Failure `not_found`."""
        line = self._open.get(line_id)
        if line is None:
            raise errors.not_found("WHIP session")
        return line

    async def close_one(self, line_id: str) -> None:
        """Failure `not_found`."""
        await self.one(line_id).close()

    async def close(self) -> None:
        """The node stops."""
        self._closed = True
        await asyncio.gather(*(line.close() for line in list(self._open.values())))
        await self._peers.close()

    def state(self) -> tuple[bool, str]:
        """Whether peers can be had, and where they are."""
        return self._peers.state()

    def _check(self, runner: SessionRunner) -> None:
        if self._closed:
            raise errors.unavailable("unavailable", "This node is about to stop. Connect again.", 1)
        if not runner.view.open or runner.carriers.closed:
            raise errors.conflict("session_ended", "This session takes no more sound.")
