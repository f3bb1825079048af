"""Recordings: cut at pauses, recognised window by window with the engines that serve live speech."""

import asyncio
import itertools
import math
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace

from speech import events
from speech.audio import buffer, pcm
from speech.endpointing import vad
from speech.pool import jobs
from speech.pool.pool import WorkerPool
from speech.transcription import unheard
from speech.transcription import words as text
from speech.transcription.types import NO_ENGINE, EngineName, HeardWord, Hypothesis, Request

LONGEST_S = 28.0
_PAUSE_FRAMES = 10  # 320 ms
_CUT_MARGIN_S = 0.7
_LEAST_S = 0.25
_LEAD_WORDS = 4  # of a window cut within speech, which the next one recognizes again
_LEAD_S = 3.0
_CUT_WORD_S = 0.3
_PROGRESS_S = 0.1  # shorter words have no place in the sound

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Segment:
    """A window that was recognised at once: `words[first:last]`, heard in what begins at `start_ms`."""

    first: int
    last: int
    start_ms: int
    tokens: tuple[int, ...]
    mean_log_probability: float
    """Of its tokens, or of its words where the engine has no tokens."""
    no_speech: float


@dataclass(slots=True)
class Transcript:
    """What was said in a recording; `segments` follow each other."""

    words: list[events.Word] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    dropped: list[events.Dropped] = field(default_factory=list)
    duration_s: float = 0.0
    language: str = "en"
    engine: EngineName = NO_ENGINE

    @property
    def text(self) -> str:
        """The whole text."""
        return self.text_of(0, len(self.words))

    def text_of(self, first: int, last: int) -> str:
        """The text of some words."""
        return text.joiner(self.language).join(word.text for word in self.words[first:last])


@dataclass(frozen=True, slots=True)
class Window:
    """Sound to recognise, from the sample `start`; `whole` when it ends in silence and not in the middle of speech."""

    start: int
    pcm: bytes
    whole: bool
    speech: tuple[unheard.Span, ...] = ()

    def part(self, span: unheard.Span) -> "Window":
        """A stretch of it, to be recognized separately."""
        first, last = (pcm.samples(seconds * 1000) for seconds in span)
        return Window(self.start + first, self.pcm[first * 2 : last * 2], True, unheard.within(self.speech, span))


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words that were heard at once, in seconds from the sample `start`."""

    start: int
    words: list[HeardWord]
    no_speech: float


class Cutter:
    """Cuts speech out of a recording: windows of at most 28 s that end at pauses where there are any. Blocking."""

    def __init__(self, activity: vad.VoiceActivity) -> None:
        self._activity = activity
        self._audio = buffer.AudioBuffer()
        self._frames: list[float] = []
        self._first = 0  # the sample of the first frame in _frames
        self._from = 0  # nothing before this sample belongs to the next window

    @property
    def heard_s(self) -> float:
        """Seconds of sound so far."""
        return self._audio.end / pcm.RATE

    def push(self, sound: bytes) -> None:
        """Take sound (PCM)."""
        before = self._audio.end
        self._audio.append(sound)
        self._frames += self._activity.push(self._audio.floats(before, self._audio.end))

    def back(self, to: int) -> None:
        """The last window was cut in speech; what follows the sample `to` is heard again."""
        self._from = min(self._from, to)

    def next(self, last: bool) -> Window | None:
        """The next window, None when more sound is needed; `last`: there is no more."""
        speech = [i for i, p in enumerate(self._frames) if p >= 0.5 and self._at(i) + vad.FRAME > self._from]
        if not speech:
            self._forget(self._audio.end - pcm.RATE)
            return None
        start = max(self._from, self._at(speech[0]) - pcm.samples(300))
        limit = start + int(LONGEST_S * pcm.RATE)
        if self._audio.end < limit + pcm.RATE and not last:
            return None
        inside = [i for i in speech if self._at(i) < limit]
        beyond = speech[len(inside)] if len(inside) < len(speech) else len(self._frames)
        if last and beyond == len(self._frames):
            return self._cut(start, self._at(inside[-1] + 1) + pcm.samples(300), whole=True)
        pauses = [a for a, b in itertools.pairwise([*inside, beyond]) if b - a > _PAUSE_FRAMES]
        late = [i for i in pauses if self._at(i) - start > LONGEST_S * pcm.RATE * 0.4] or pauses
        if late:
            return self._cut(start, self._at(late[-1] + 1) + pcm.samples(160), whole=True)
        return self._cut(start, min(limit, self._audio.end), whole=False)

    def _cut(self, start: int, end: int, *, whole: bool) -> Window:
        sound = self._audio.cut(start, end)
        frames = range(max(0, (start - self._first) // vad.FRAME), len(self._frames))
        shift = (self._at(frames.start) - start) / pcm.RATE
        speech = unheard.spans([self._frames[i] >= 0.5 for i in frames], vad.FRAME / pcm.RATE)
        speech = unheard.within(speech, (-shift, len(sound) / 2 / pcm.RATE - shift))
        self._from = min(end, self._audio.end)
        self._forget(start)
        return Window(start, sound, whole, speech)

    def _at(self, frame: int) -> int:
        return self._first + frame * vad.FRAME

    def _forget(self, before: int) -> None:
        gone = max(0, (before - self._first) // vad.FRAME)
        del self._frames[:gone]
        self._first += gone * vad.FRAME
        self._audio.forget(self._first)


class FileTranscription:
    """One recording in the workers; live speakers come first."""

    def __init__(
        self, workers: WorkerPool, activity: vad.VoiceActivity, request: Request, owner: str | None = None
    ) -> None:
        self._workers = workers
        self._owner = owner
        self._cutter = Cutter(activity)
        self._request = request
        self._lead: list[HeardWord] = []
        self._lead_s = 0.0
        self.transcript = Transcript(language=request.language)

    async def run(self, sound: AsyncIterator[bytes], progress: Progress | None = None) -> Transcript:
        """Recognize all of it; `progress` is called with the seconds done. Raises Failure when no engine can."""
        async for seconds in self.windows(sound):
            if progress is not None:
                progress(seconds)
        return self.transcript

    async def windows(self, sound: AsyncIterator[bytes]) -> AsyncGenerator[float, None]:
        """The seconds done, each time that `transcript` has grown. Failure as of `run`."""
        async for piece in sound:
            await asyncio.to_thread(self._cutter.push, piece)
            async for seconds in self._drain(False):
                yield seconds
        async for seconds in self._drain(True):
            yield seconds
        self.transcript.duration_s = self._cutter.heard_s

    async def _drain(self, last: bool) -> AsyncGenerator[float, None]:
        while (window := self._cutter.next(last)) is not None:
            if len(window.pcm) >= _LEAST_S * pcm.RATE * 2:
                await self._recognise(window)
            yield (window.start + len(window.pcm) // 2) / pcm.RATE

    async def _recognise(self, window: Window) -> None:
        lead, lead_s = [word.text for word in self._lead], self._lead_s
        self._lead = []
        answer = await self._hear(window, tuple(lead), lead_s if lead else 0.0)
        if self._request.task == "translate":  # the times of translated words do not show what was not heard
            self._write(_Piece(window.start, list(answer.words), answer.no_speech))
            return
        heard = list(answer.words)
        end = len(window.pcm) / 2 / pcm.RATE
        if not window.whole:
            heard = self._whole_words(window, heard)
            end = heard[-1].end if self._lead else end
        known = text.covered(text.keys(lead), text.keys(word.text for word in heard))
        for piece in await self._complete(window, heard, known, end, answer.no_speech):
            self._write(piece)

    async def _hear(self, window: Window, lead: tuple[str, ...] = (), lead_s: float = 0.0) -> Hypothesis:
        request = replace(self._request, given=lead[:-1], lead=len(lead), lead_s=lead_s)
        job = jobs.Recognise("file", 0, window.start, window.pcm, request)
        answer = await self._workers.perform(job, "file", self._owner)
        self.transcript.engine = answer.engine
        self.transcript.dropped += [events.Dropped(0, drop.text, drop.rule) for drop in answer.hypothesis.drops]
        return answer.hypothesis

    async def _complete(
        self, window: Window, heard: list[HeardWord], known: int, end: float, no_speech: float
    ) -> list[_Piece]:
        """Add the words of a window up to `end`, except the first `known`; speech before and after them without words
        is recognized separately."""
        pieces: list[_Piece] = []
        done = known
        for at, span in unheard.stretches(heard, window.speech, end):
            part = window.part(span)
            if at < known or len(part.pcm) < _LEAST_S * pcm.RATE * 2:
                continue
            answer = await self._hear(part)
            new = _unrepeated(heard[:at], answer.words)
            if not new or new[-1].end - new[0].start < _PROGRESS_S or unheard.same(heard, new, behind=at > 0):
                continue
            pieces.append(_Piece(window.start, heard[done:at], no_speech))
            pieces += await self._complete(part, new, 0, len(part.pcm) / 2 / pcm.RATE, answer.no_speech)
            done = at
        return [*pieces, _Piece(window.start, heard[done:], no_speech)]

    def _write(self, piece: _Piece) -> None:
        if not piece.words:
            return
        first = len(self.transcript.words)
        for word in piece.words:
            start, end = (pcm.ms(piece.start) + round(seconds * 1000) for seconds in (word.start, word.end))
            number = len(self.transcript.words) + 1
            self.transcript.words.append(events.Word(f"1.{number}", word.text, start, end, round(word.confidence, 3)))
        self.transcript.segments.append(
            Segment(
                first,
                len(self.transcript.words),
                pcm.ms(piece.start),
                tuple(token for word in piece.words for token in word.tokens),
                _mean_log_probability(piece.words),
                piece.no_speech,
            )
        )

    def _whole_words(self, window: Window, heard: list[HeardWord]) -> list[HeardWord]:
        """The window was cut in the middle of speech: its last words are left to the next one.

        That one hears the words before them too: a sentence that begins in its middle easily loses its first word.
        """
        limit = len(window.pcm) / 2 / pcm.RATE - _CUT_MARGIN_S
        kept = [word for word in heard if word.end <= limit]
        if not kept or kept[-1].end < limit / 2:
            return heard
        self._lead = [word for word in kept[-_LEAD_WORDS:] if word.start > kept[-1].end - _LEAD_S]
        before = kept[-len(self._lead) - 1].end if len(self._lead) < len(kept) else self._lead[0].start
        self._lead_s = kept[-1].end - before
        self._cutter.back(window.start + pcm.samples(before * 1000))
        return kept


def _unrepeated(before: Sequence[HeardWord], heard: Sequence[HeardWord]) -> list[HeardWord]:
    """Without the end of the last word before a stretch, where that was heard once more."""
    again = [word.text for word in heard[:2] if word.end <= _CUT_WORD_S]
    return list(heard[text.repeated_start(text.keys(word.text for word in before), text.keys(again)) :])


def _mean_log_probability(words: Sequence[HeardWord]) -> float:
    """A word's confidence is the geometric mean of its tokens' probabilities, so this is exact where there are any."""
    counts = [len(word.tokens) or 1 for word in words]
    logs = [math.log(max(word.confidence, 1e-6)) for word in words]
    return sum(log * count for log, count in zip(logs, counts, strict=True)) / sum(counts)
