"""Pronunciation inside a worker: the encoder's rows that captions were read from are kept and scored as well.

For every open turn it keeps the rows of its sound so far, and with a reference text a follower that scores the words
while they are spoken.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from speech import assessment
from speech.audio import pcm
from speech.pool import jobs
from speech.pronunciation import assess, follow, report

Frames = NDArray[np.float32]
Encode = Callable[[pcm.Samples], Frames]

_MOST_TURNS = 32  # turns that are remembered
_PIECE = 15 * pcm.RATE
_ROW = 320
_MOST_ROWS = 50 * 300


@dataclass(slots=True)
class _TurnAudio:
    """`start` is the turn's first sample; everything up to the sample `heard_to` was processed here."""

    start: int
    heard_to: int
    rows: NDArray[np.float16] | None = None
    follower: follow.Follower | None = None
    reference: str | None = None

    def keep(self, start: int, rows: Frames) -> None:
        """Rows of the window that begins at `start`, in place of what was kept from there on."""
        at = (start - self.start) // _ROW
        known = self.rows if self.rows is not None else np.zeros((0, rows.shape[1]), np.float16)
        self.rows = np.concatenate([known[:at], rows.astype(np.float16)])[:_MOST_ROWS] if at <= len(known) else known


class Scoring:
    """`encode` gives the rows of some sound, None when the scorer works on the sound itself."""

    def __init__(self, assessor: assess.Assessor, encode: Encode | None) -> None:
        self._assessor = assessor
        self._encode = encode
        self._turns: OrderedDict[tuple[str, int], _TurnAudio] = OrderedDict()

    def hear(
        self, job: jobs.Recognise, samples: pcm.Samples, rows: Frames
    ) -> tuple[list[assessment.WordScore], bool, bool]:
        """Keep the rows of a pass; with a reference the words whose score is new or changed.

        Returns them, whether every word is settled, and whether what was said before the window is not known here (the
        next job of this turn should then bring it as `history`).
        """
        audio = self._turn_audio(job)
        if job.history:
            self._catch_up(audio, job)
        if job.start > audio.heard_to:
            return [], False, True
        audio.heard_to = job.start + len(samples)
        if (lead := job.turn_start - job.start) > 0:  # the end of the turn before was heard again
            samples, rows, job = samples[lead:], rows[lead // _ROW :], replace(job, start=job.turn_start)
        if self._encode is not None:
            audio.keep(job.start, rows)
        if audio.follower is None:
            return [], False, False
        start_ms = pcm.ms(job.start - audio.start)
        words = audio.follower.update(samples, rows if self._encode else None, False, start_ms)
        return [_reported(word) for word in words], audio.follower.all_settled, False

    def assess(self, job: jobs.Assess) -> assessment.Report:
        """The report of a whole turn or recording."""
        samples = pcm.to_float(job.pcm)
        audio = self._turns.pop((job.stream, job.turn), None)
        rows = None if self._encode is None else self._rows(samples, audio)
        report = self._assessor.score(
            samples,
            rows,
            self._assessor.plan(job.text),
            job.heard,
            "given" if job.given else "recognised",
            job.start_ms,
        )
        return report.as_dict()

    def _rows(self, samples: pcm.Samples, audio: _TurnAudio | None) -> Frames:
        """Kept rows, and those of the rest of the sound."""
        wanted = -(-len(samples) // _ROW)
        kept = audio.rows[:wanted] if audio is not None and audio.rows is not None else None
        pieces = [kept.astype(np.float32)] if kept is not None else []
        rest = samples[len(kept) * _ROW if kept is not None else 0 :]
        pieces += self._encoded(rest)
        return np.concatenate(pieces) if pieces else np.zeros((0, 512), np.float32)

    def _encoded(self, samples: pcm.Samples) -> list[Frames]:
        assert self._encode is not None
        return [self._encode(samples[at : at + _PIECE]) for at in range(0, len(samples), _PIECE)]

    def _turn_audio(self, job: jobs.Recognise) -> _TurnAudio:
        key = (job.stream, job.turn)
        audio = self._turns.get(key)
        if audio is None or audio.start != job.turn_start or audio.reference != job.reference:
            audio = _TurnAudio(job.turn_start, job.turn_start, reference=job.reference)
            if job.reference:
                audio.follower = self._assessor.follow(self._assessor.plan(job.reference), job.turn_start_ms)
            self._turns[key] = audio
            if len(self._turns) > _MOST_TURNS:
                self._turns.popitem(last=False)
        self._turns.move_to_end(key)
        return audio

    def _catch_up(self, audio: _TurnAudio, job: jobs.Recognise) -> None:
        """Another worker processed what came before: process it again."""
        samples = pcm.to_float(job.history)
        audio.heard_to = audio.start + len(samples)
        if self._encode is None:
            if audio.follower is not None:
                audio.follower.update(samples, None)
            return
        rows = np.concatenate(self._encoded(samples))
        audio.keep(audio.start, rows)
        if audio.follower is not None:
            audio.follower.update(samples, rows)


def _reported(word: report.WordScore) -> assessment.WordScore:
    return assessment.WordScore(
        word.index, word.text, word.start_ms, word.end_ms, word.score, word.error, word.phonemes, word.provisional
    )
