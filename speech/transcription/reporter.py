"""What a stream says about its turns: partials and finals as events."""

from collections.abc import Callable

from speech import events
from speech.transcription import words as text
from speech.transcription.turn import EarlyPass, Turn, numbered
from speech.transcription.types import NO_ENGINE, EngineName, HeardWord, Hypothesis


class EventReporter:
    """`engine` stands in every final; `start_ms` is where the session's clock began."""

    def __init__(self, emit: Callable[[events.SpeechEvent], None], language: str, start_ms: int) -> None:
        self.emit = emit
        self.engine: EngineName = NO_ENGINE
        self.start_ms = start_ms
        self._join = text.joiner(language)

    def joined(self, words: list[HeardWord]) -> str:
        return self._join.join(word.text for word in words)

    def partial(self, turn: Turn) -> None:
        """What is heard so far, if that is news; otherwise the turn counts as calm."""
        shown = numbered(turn.number, turn.shown(), self.start_ms, None)
        whole = self._join.join(word.text for word in shown)
        stable = len(self._join.join(turn.promised_texts()))
        said = f"{stable}:{whole}"
        turn.calm = said == turn.last_said
        if whole and not turn.calm:
            turn.last_said = said
            self.emit(events.Partial(turn.number, whole, stable, shown))

    def final(self, turn: Turn, last: EarlyPass, speech_end_ms: int, now: float) -> None:
        """The turn's text: what was promised, and what the last pass heard after it."""
        self.drops(turn, last.hypothesis)
        words = turn.closed(last.hypothesis)
        shown = numbered(turn.number, words, self.start_ms, speech_end_ms)
        total = max(0.0, now - turn.heard_at)
        policy = max(0.0, total - last.timing.queue - last.timing.engine)
        parts = {"total": total, "queue": last.timing.queue, "engine": last.timing.engine, "policy": policy}
        latency = {part: round(seconds * 1000) for part, seconds in parts.items()}
        wait_ms = None if turn.answer_ms is None else max(0, turn.answer_ms - latency["total"])
        self.emit(
            events.Final(turn.number, self.joined(words), shown, self.engine.as_dict(), latency, last.failed, wait_ms)
        )

    def drops(self, turn: Turn, hypothesis: Hypothesis) -> None:
        for drop in hypothesis.drops:
            self.emit(events.Dropped(turn.number, drop.text, drop.rule))
