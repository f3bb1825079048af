"""The node's handle on a peer that a media worker carries."""

import asyncio
import json

from kit import errors, logs
from kit.storable import JsonObject
from kit.tasks import Tasks
from realtime.transports.webrtc import counts
from realtime.transports.webrtc.frames import Frame, Kind
from realtime.transports.webrtc.link import Link, LinkLost
from realtime.transports.webrtc.peers import Filler, PeerTerms, Reports

STARTING = "WebRTC is being started. Try again in a moment."
_CLOSE_SECONDS = 3.0  # a worker that has not closed a peer by then will be ended
_log = logs.get(__name__)


class RemotePeer:
    """A peer in a media worker, as the server sees it."""

    def __init__(self, link: Link, number: int, reports: Reports, tasks: Tasks, terms: PeerTerms) -> None:
        """`terms` go with the offer."""
        self._link = link
        self._number = number
        self._hear = reports.hear
        self._heard = reports.heard
        self._on_gone = reports.gone
        self._tasks = tasks
        self._terms = terms
        self._answering: asyncio.Task[None] | None = None
        self._over = asyncio.Event()
        self.plays = False
        counts.PEERS.inc()

    async def answer(self, sdp: str) -> str:
        """The SDP answer to an offer. Failures as of a peer here."""
        try:
            answer = await self._link.ask(Kind.OFFER, self._number, {"sdp": sdp, **self._terms.written()})
        except BaseException as error:  # also when cancelled: nothing else would close the peer
            self._link.send(Kind.CLOSE, self._number)
            self.gone(lost=False)
            if isinstance(error, LinkLost):
                raise errors.unavailable("unavailable", STARTING, 1) from error
            raise
        return str(answer["sdp"])

    async def candidate(self, given: JsonObject) -> None:
        """A candidate of the client. Failure `no_peer`."""
        try:
            await self._link.ask(Kind.CANDIDATE, self._number, given)
        except LinkLost as error:
            raise errors.conflict("no_peer", "Send an offer first: webrtc.offer.") from error

    def say(self, pcm: bytes) -> None:
        """Play sound (PCM)."""
        self._link.send(Kind.SOUND, self._number, pcm)

    def flush(self) -> None:
        """Play nothing of what waits."""
        self._link.send(Kind.FLUSH, self._number)

    def send(self, event: str, data: JsonObject) -> None:
        """An event over the data channel."""
        self._link.tell(Kind.EVENT, self._number, {"event": event, "data": data})

    async def close(self) -> None:
        """Close it and wait until it is; harmless when done before."""
        if self._over.is_set():
            return
        self._link.send(Kind.CLOSE, self._number)
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self._over.wait()
        except TimeoutError:
            _log.warning("media_peer_not_closed")
            self.gone(lost=False)

    def take(self, frame: Frame) -> None:
        """What the worker says of the peer."""
        if frame.kind is Kind.SOUND:
            self._hear(frame.payload)
        elif frame.kind is Kind.FILLER:
            self._hear(Filler(frame.payload))
        elif frame.kind is Kind.PLAYS:
            self.plays = frame.payload == b"\1"
        elif frame.kind is Kind.EVENT:
            self._answering = self._tasks.spawn(self._event(frame), name="media peer event")

    def gone(self, *, lost: bool) -> None:
        """The peer is over; `lost` if its worker died."""
        if self._over.is_set():
            return
        self._over.set()
        self.plays = False
        if self._answering is not None and self._answering is not asyncio.current_task():
            self._answering.cancel()
        counts.PEERS.dec()
        self._on_gone(lost)

    async def _event(self, frame: Frame) -> None:
        said = json.loads(frame.payload)
        try:
            self._link.answer(frame, await self._heard(said["event"], said["data"]))
        except Exception:  # the client's channel waits for an answer
            _log.exception("media_event_failed")
            self._link.refuse(frame, errors.internal())
