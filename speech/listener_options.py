"""What a listener knows of its speaker in advance."""

from dataclasses import dataclass

from kit import tracing
from speech import events
from speech.audio import pcm
from speech.transcription.stream import Before, StreamOptions
from speech.transcription.types import HeardWord


@dataclass(frozen=True, slots=True)
class ListenerOptions:
    """`scored`: pronunciation is wanted as well. `pauses`: what patience has learned before. `start_ms`, `first_turn`:
    where a resumed session goes on. `trace` is the step that turns are part of.

    Its sound before `known_ms` was heard by another listener, up to the end of the turn with the words `before`, and
    comes again only to be known: voice activity and recogniser are warm then, as if they had heard it all.
    """

    session_id: str
    language: str = "en"
    reference_text: str | None = None
    patience_ms: int | None = None
    pauses: tuple[int, ...] = ()
    vocabulary: tuple[str, ...] = ()
    first_turn: int = 1
    start_ms: int = 0
    known_ms: int = 0
    before: tuple[events.Word, ...] = ()
    before_end_ms: int = 0
    scored: bool = True
    trace: tracing.Span = tracing.NO_SPAN

    @property
    def known_samples(self) -> int:
        """How much of the sound another listener has heard."""
        return pcm.samples(max(0, self.known_ms - self.start_ms))

    def stream(self) -> StreamOptions:
        """The options of the stream."""
        reading = self.reference_text is not None
        return StreamOptions(self.language, self.first_turn, self.start_ms, reading, self._before())

    def _before(self) -> Before | None:
        if not self.known_samples:
            return None
        words = tuple(
            HeardWord(
                word.text, (word.start_ms - self.start_ms) / 1000, (word.end_ms - self.start_ms) / 1000, word.confidence
            )
            for word in self.before
        )
        return Before(self.known_samples, words, pcm.samples(self.before_end_ms - self.start_ms))
