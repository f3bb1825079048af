"""A peer in a media worker, and the frames that belong to it."""

import asyncio
import json
from typing import Any

from kit import errors
from kit.clock import Clock
from kit.errors import Failure
from kit.storable import JsonObject
from kit.tasks import Tasks
from realtime.transports.webrtc.decoding import RATE
from realtime.transports.webrtc.frames import Frame, Kind
from realtime.transports.webrtc.link import Link, LinkLost
from realtime.transports.webrtc.peer import Peer
from realtime.transports.webrtc.peers import Filler, Gone, PeerTerms, Reports

_PIECE_BYTES = 2 * RATE * 40 // 1000  # 40 ms: as much as a session takes at once


class Hosted:
    """A peer inside a media worker."""

    def __init__(self, number: int, offer: JsonObject, gone: Gone, link: Link, tasks: Tasks, clock: Clock) -> None:
        """`offer` as in the frame OFFER."""
        self._number = number
        self._link = link
        self._tasks = tasks
        self._peer = Peer(Reports(self._hear, self._heard, gone), tasks, clock, PeerTerms.read(offer))
        self._peer.on_state = self._state
        self._sdp = str(offer["sdp"])
        self._opening: asyncio.Task[None] | None = None
        self._waiting = bytearray()
        self._plays = False

    def open(self, question: Frame) -> None:
        """Answer the offer, in the background."""
        self._opening = self._tasks.spawn(self._open(question), name="peer offer")

    async def close(self) -> None:
        """End the peer."""
        if self._opening is not None and not self._opening.done():
            self._opening.cancel()  # the peer closes itself then
            await asyncio.wait([self._opening])
        await self._peer.close()

    def take(self, frame: Frame) -> None:
        """What the server wants of the peer."""
        if frame.kind is Kind.SOUND:
            self._peer.say(frame.payload)
        elif frame.kind is Kind.FLUSH:
            self._peer.flush()
        elif frame.kind is Kind.EVENT:
            told = json.loads(frame.payload)
            self._peer.send(told["event"], told["data"])
        elif frame.kind is Kind.CANDIDATE:
            self._tasks.spawn(self._candidate(frame), name="peer candidate")
        elif frame.kind is Kind.CLOSE:
            self._tasks.spawn(self.close(), name="peer close")

    async def _open(self, question: Frame) -> None:
        try:
            answer = await self._peer.answer(self._sdp)
        except Failure as failure:
            self._link.refuse(question, failure)
        else:
            self._link.answer(question, {"sdp": answer})

    async def _candidate(self, question: Frame) -> None:
        try:
            await self._peer.candidate(json.loads(question.payload))
        except Failure as failure:
            self._link.refuse(question, failure)
        else:
            self._link.answer(question, {})

    def _hear(self, pcm: bytes) -> None:
        filler = isinstance(pcm, Filler)
        if not filler:
            self._waiting += pcm
        if len(self._waiting) >= _PIECE_BYTES or (filler and self._waiting):
            self._link.send(Kind.SOUND, self._number, bytes(self._waiting))
            self._waiting.clear()
        if filler:
            self._link.send(Kind.FILLER, self._number, pcm)

    async def _heard(self, event: str, data: Any) -> JsonObject:
        try:
            return await self._link.ask(Kind.EVENT, self._number, {"event": event, "data": data})
        except LinkLost:
            return _refusal(errors.unavailable("unavailable", "This server stops."))
        except Failure as failure:
            return _refusal(failure)

    def _state(self) -> None:
        if self._peer.plays != self._plays:
            self._plays = not self._plays
            self._link.send(Kind.PLAYS, self._number, bytes([self._plays]))


def _refusal(failure: Failure) -> JsonObject:
    return {"ok": False, "error": failure.body()}
