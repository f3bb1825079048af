"""From the listener's events to the events of clients and the turns that are stored."""

from collections.abc import Iterable
from dataclasses import dataclass

from realtime import wire
from realtime.session import commands as do
from realtime.session.audio import AudioSequence
from speech import assessment
from speech import events as heard

_LOOKBACK_MS = 3000
"""Speech is noticed a little after it starts; audio this recent may still belong to a turn that is not announced."""

_WARM_MS = 5000
"""The sound that a listener needs before a turn to recognize it as if it had heard everything: voice activity warms up
in a second, and the recognizer hears the last 3 s of a turn that ended up to 1.2 s before again."""

_DEGRADED = {
    "stopgap_engine": "Recognition is away: a stopgap hears you, and gets most words of free speech wrong.",
    "engine_failed": "Something could not be recognised. Please say it again.",
    "not_scored": "The pronunciation of a turn could not be scored.",
    "partials_rarer": "Many are speaking: captions come less often.",
    "partials_rare": "Many are speaking: captions come seldom.",
    "finals_only": "Many are speaking: captions come when you have finished.",
    "recovered": "Recognition works as usual again.",
}


@dataclass(slots=True)
class _OpenTurn:
    start_ms: int
    end_ms: int | None = None


class Transcript:
    """The turns of a session. Spoken turns are "1", "2", …; typed ones "k1", … in the same order of `ordinal`, or
    "k:" and the key that the client gave."""

    def __init__(
        self, *, first_turn: int = 1, turns: int = 0, border_ms: int = 0, typed_ids: Iterable[str] = ()
    ) -> None:
        """Go on after `turns` stored turns; the next spoken one is `first_turn`; audio before `border_ms` is done."""
        self._typed_ids = set(typed_ids)
        self.next_turn = first_turn
        self.stored = turns
        self._border_ms = border_ms
        self._open: dict[int, _OpenTurn] = {}

    def note(self, event: heard.SpeechEvent, audio: AudioSequence, now_ms: int) -> list[do.Command]:
        """What recognition found, as commands."""
        match event:
            case heard.SpeechStarted(turn, start_ms):
                self._open[turn] = _OpenTurn(start_ms)
                self.next_turn = max(self.next_turn, turn)
                return [do.Emit("speech.started", wire.SpeechStarted(turn_id=str(turn), start_ms=start_ms))]
            case heard.SpeechStopped(turn, end_ms):
                self._opened(turn).end_ms = end_ms
                return [do.Emit("speech.stopped", wire.SpeechStopped(turn_id=str(turn), end_ms=end_ms))]
            case heard.Partial():
                return self._partial(event)
            case heard.Final():
                return self._final(event, audio, now_ms)
            case heard.WordScored():
                return [do.Emit("pronunciation.word", _word_score(event))]
            case heard.Scored(turn, pronunciation):
                payload = wire.PronunciationFinal(turn_id=str(turn), pronunciation=pronunciation)
                return [do.StoreScore(str(turn), pronunciation, now_ms), do.Emit("pronunciation.final", payload)]
            case heard.Degraded(reason):
                message = _DEGRADED.get(reason, "Recognition works below its best.")
                warning = wire.SessionWarning(reason="degraded", message=message, part="recognition")
                return [do.Emit("session.warning", warning)]
            case heard.Dropped() | heard.Waits():
                return []

    def typed(self, text: str, key: str | None, audio: AudioSequence, now_ms: int) -> list[do.Command]:
        """No commands for a turn that was taken before."""
        turn_id = f"k{self.stored + 1}" if key is None else f"k:{key}"
        if turn_id in self._typed_ids:
            return []
        self._typed_ids.add(turn_id)
        self.stored += 1
        turn = do.FinishedTurn(turn_id, self.stored, "user", text, [], None, None, None, now_ms)
        final = wire.TranscriptFinal(turn_id=turn.turn_id, role="user", text=text, words=[])
        return [do.StoreTurn(turn, self.resume_point(audio)), do.Emit("transcript.final", final)]

    def replied(self, turn_id: str, text: str, audio: AudioSequence, now_ms: int) -> list[do.Command]:
        """The tutor's turn as it was heard; a turn that was not heard is not stored."""
        if not text:
            return []
        self.stored += 1
        turn = do.FinishedTurn(turn_id, self.stored, "ai", text, [], None, None, None, now_ms)
        final = wire.TranscriptFinal(turn_id=turn_id, role="ai", text=text, words=[])
        return [do.StoreTurn(turn, self.resume_point(audio)), do.Emit("transcript.final", final)]

    def resume_point(self, audio: AudioSequence) -> do.ResumePoint:
        """How far audio is processed: up to the first open turn, or up to now. And up to where it will not be requested
        again: earlier by what a listener needs to warm up."""
        if self._open:
            done_ms: float = min(turn.start_ms for turn in self._open.values())
        else:
            done_ms = max(audio.position_ms - _LOOKBACK_MS, self._border_ms)
        safe = audio.forget_before(done_ms - _WARM_MS)
        return do.ResumePoint(safe.seq, round(safe.ms), self.next_turn, round(done_ms), safe.mark)

    def give_up(self) -> list[str]:
        """The turns that began and will get no final."""
        void = [str(turn) for turn in sorted(self._open)]
        self._open.clear()
        return void

    def _opened(self, turn: int) -> _OpenTurn:
        return self._open.setdefault(turn, _OpenTurn(self._border_ms))

    def _partial(self, event: heard.Partial) -> list[do.Command]:
        self._opened(event.turn)
        payload = wire.TranscriptPartial(
            turn_id=str(event.turn),
            text=event.text,
            stable_prefix_length=event.stable_prefix_length,
            words=[_word(word) for word in event.words],
        )
        return [do.Emit("transcript.partial", payload)]

    def _final(self, event: heard.Final, audio: AudioSequence, now_ms: int) -> list[do.Command]:
        turn = self._open.pop(event.turn, _OpenTurn(self._border_ms))
        end_ms = turn.end_ms if turn.end_ms is not None else round(audio.position_ms)
        self._border_ms = max(self._border_ms, end_ms)
        self.next_turn = max(self.next_turn, event.turn + 1)
        payload = wire.TranscriptFinal(
            turn_id=str(event.turn),
            role="user",
            text=event.text,
            words=[_word(word) for word in event.words],
            engine=event.engine,
            latency_ms=wire.Latency.model_validate(event.latency_ms),
        )
        if not event.text:
            return [do.Emit("transcript.final", payload)]
        self.stored += 1
        words = list(payload.words)
        stored = do.FinishedTurn(
            str(event.turn), self.stored, "user", event.text, words, event.engine, turn.start_ms, end_ms, now_ms
        )
        return [do.StoreTurn(stored, self.resume_point(audio)), do.Emit("transcript.final", payload)]


def _word(word: heard.Word) -> assessment.Word:
    confidence = min(1.0, max(0.0, word.confidence))
    return assessment.Word(
        id=word.id, text=word.text, start_ms=word.start_ms, end_ms=word.end_ms, confidence=round(confidence, 3)
    )


def _word_score(event: heard.WordScored) -> wire.PronunciationWord:
    return wire.PronunciationWord(
        turn_id=str(event.turn),
        word_id=event.word_id,
        index=event.index if event.word_id.startswith("r") else None,
        word=event.word,
        score=event.score,
        error=event.error,
        phonemes=event.phonemes,
        provisional=event.provisional,
    )
