"""The session as the output of a reply."""

from realtime import spoken
from realtime.node.carrier import CarrierSlot
from realtime.node.inbox import Inbox
from realtime.node.outbox import Outbox
from realtime.node.session_clock import SessionClock
from realtime.reply.microphone import Microphone
from realtime.session import events as on


class SessionStage:
    """Text and ends go through the machine, which decides; sound goes straight to the client,
    by its peer if it has one."""

    def __init__(
        self, inbox: Inbox, outbox: Outbox, carriers: CarrierSlot, clock: SessionClock, microphone: Microphone
    ) -> None:
        self._inbox = inbox
        self._outbox = outbox
        self._carriers = carriers
        self._clock = clock
        self._microphone = microphone

    async def delta(self, turn_id: str, text: str) -> None:
        """More text of the reply."""
        self._inbox.post(on.ReplyGrew(turn_id, text))
        self._microphone.tutor_heard(True)

    async def sound(self, turn_id: str, epoch: int, number: int, pcm: bytes) -> None:
        """Sound of the reply, to the peer or, numbered, to the socket."""
        self._microphone.played(pcm)
        if self._carriers.say(pcm):
            return
        payload = spoken.ResponseAudio(turn_id=turn_id, epoch=epoch, seq=number)
        self._outbox.play("response.audio", payload.model_dump(), pcm)

    async def shape(self, turn_id: str, epoch: int, seconds_ahead: float, shape: int) -> None:
        """A mouth shape, at its time in the sound."""
        at_ms = self._clock.at_ms() + round(seconds_ahead * 1000)
        payload = spoken.ResponseViseme(turn_id=turn_id, epoch=epoch, at_ms=at_ms, id=shape)
        self._outbox.play("response.viseme", payload.model_dump(), None)

    async def done(self, turn_id: str, text: str, *, complete: bool, silent: bool = False) -> None:
        """The reply is over; `complete` is False if it was cut off."""
        self._inbox.post(on.ReplyEnded(turn_id, text, complete, silent))
        self._microphone.tutor_heard(False)

    async def resumed(self, epoch: int, text: str) -> None:
        """A reply that was held goes on."""
        self._inbox.post(on.PlaybackResumed(epoch, text))

    async def flush(self, epoch: int) -> None:
        """The client plays nothing of what it still has."""
        self._microphone.flushed()
        self._carriers.flush()
        self._inbox.post(on.PlaybackFlushed(epoch))

    async def degraded(self, what: str, part: str | None = None) -> None:
        """A part works less well, in a sentence for the learner."""
        self._inbox.post(on.PartDegraded(what, part))
