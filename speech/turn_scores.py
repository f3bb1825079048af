"""The turns of a listener that still need a score: jobs for the workers, and events from their answers."""

from collections import deque
from collections.abc import Iterator

from speech import events
from speech.audio import buffer, pcm
from speech.pool import jobs, word_scores

_LEAST_MS = 250


class TurnScores:
    """Of one session. Positions are samples of the stream, whose first one is at `start_ms` of the session's clock."""

    def __init__(self, session_id: str, start_ms: int, reference: str | None) -> None:
        """`reference` is the text that is read; None in free speech."""
        self._session_id = session_id
        self._start_ms = start_ms
        self._reference = reference
        self._begun: dict[int, tuple[int, str | None]] = {}  # turns without a final: first sample, reference
        self._stopped: dict[int, int] = {}
        self._owed: deque[tuple[int, jobs.Assess, events.Final]] = deque()

    @property
    def next(self) -> jobs.Assess | None:
        """The job of the oldest turn without a score."""
        return self._owed[0][1] if self._owed else None

    def reference_of(self, turn: int) -> str | None:
        """The text of a turn; None without one."""
        return self._begun[turn][1] if turn in self._begun else None

    def begun(self, event: events.SpeechStarted) -> None:
        """A turn began."""
        self._begun[event.turn] = (pcm.samples(event.start_ms - self._start_ms), self._reference)

    def stopped(self, event: events.SpeechStopped) -> None:
        """The voice of a turn ended."""
        self._stopped[event.turn] = pcm.samples(event.end_ms - self._start_ms)

    def final(self, final: events.Final, audio: buffer.AudioBuffer, *, wanted: bool) -> None:
        """A turn has its text. It is scored if that is `wanted` and there is enough speech."""
        start, reference = self._begun.pop(final.turn, (0, None))
        stopped = self._stopped.pop(final.turn, start)
        text = reference if reference is not None else final.text
        if not wanted or not text or stopped - start < pcm.samples(_LEAST_MS):
            return
        first = max(start, audio.start)
        first_ms = self._start_ms + pcm.ms(first)
        heard = tuple((w.text, w.start_ms - first_ms, w.end_ms - first_ms, w.confidence) for w in final.words)
        sound = audio.cut(first, stopped + pcm.samples(200))
        job = jobs.Assess(sound, text, reference is not None, heard, first_ms, self._session_id, final.turn)
        self._owed.append((final.turn, job, final))

    def answered(self, answer: jobs.Answer) -> Iterator[events.SpeechEvent]:
        """The events of the oldest turn's score."""
        turn, job, final = self._owed.popleft()
        if answer.report is None:
            return
        if not job.given:
            for word, scored in word_scores.paired(final, answer.report["words"]):
                yield word_scores.scored_word(turn, word, scored)
        yield events.Scored(turn, answer.report)

    def give_up(self) -> None:
        """The oldest turn gets no score."""
        self._owed.popleft()
