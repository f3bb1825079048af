"""The session as the place where a reply is seen and heard."""

from realtime import spoken
from realtime.node.runner import SessionRunner
from realtime.reply.microphone import Microphone
from realtime.session import commands as do
from realtime.session import events as on


class SessionStage:
    """Text and ends go through the machine, which decides; sound goes straight to the client,
    by its peer if it has one."""

    def __init__(self, runner: SessionRunner, microphone: Microphone) -> None:
        self._runner = runner
        self._microphone = microphone

    async def delta(self, turn_id: str, text: str) -> None:
        self._runner.handle(on.ReplyGrew(turn_id, text))
        self._heard(True)

    async def sound(self, turn_id: str, epoch: int, number: int, pcm: bytes) -> None:
        self._microphone.played(pcm)
        if self._runner.carrier is not None and self._runner.carrier.say(pcm):
            return
        payload = spoken.ResponseAudio(turn_id=turn_id, epoch=epoch, seq=number)
        self._runner.play("response.audio", payload.model_dump(), pcm)

    async def shape(self, turn_id: str, epoch: int, seconds_ahead: float, shape: int) -> None:
        at_ms = self._runner.now_ms + round(seconds_ahead * 1000)
        payload = spoken.ResponseViseme(turn_id=turn_id, epoch=epoch, at_ms=at_ms, id=shape)
        self._runner.play("response.viseme", payload.model_dump(), None)

    async def done(self, turn_id: str, text: str, *, complete: bool, silent: bool = False) -> None:
        self._runner.handle(on.ReplyEnded(turn_id, text, complete, silent))
        self._heard(False)

    async def resumed(self, epoch: int, text: str) -> None:
        self._runner.show(do.Emit("playback.resume", spoken.PlaybackResume(epoch=epoch, text=text)))

    async def flush(self, epoch: int) -> None:
        self._microphone.flushed()
        if self._runner.carrier is not None:
            self._runner.carrier.flush()
        self._runner.show(do.Emit("playback.flush", spoken.PlaybackFlush(epoch=epoch)))

    async def degraded(self, what: str, part: str | None = None) -> None:
        self._runner.handle(on.PartDegraded(what, part))

    def _heard(self, playing: bool) -> None:
        self._microphone.tutor_heard(playing)
