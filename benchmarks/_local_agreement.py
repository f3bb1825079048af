"""A streaming recogniser as most projects build it: whisper_streaming's policy over faster-whisper's `transcribe`.

Written from the paper (Macháček, Dabre, Bojar: Turning Whisper into Real-Time Transcription System, 2023) with the
parameters that the project documents: LocalAgreement-2, a pass for every second of new sound, beam 5, word times, a
buffer that is cut at the last finished segment beyond 15 s, 200 characters of earlier text as prompt, and a voice
activity controller that finishes after 500 ms of silence. The package of that name on the index is another's rewrite.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from speech.audio import pcm

CHUNK_S = 1.0
TRIM_S = 15.0
BEAM = 5
PROMPT_CHARACTERS = 200
OVERLAP_WORDS = 5

Word = tuple[float, float, str]


@dataclass
class Hypotheses:
    """Words that two passes in a row agreed upon are committed."""

    committed: list[Word] = field(default_factory=list)
    _before: list[Word] = field(default_factory=list)
    _last: float = 0.0

    def offer(self, heard: list[Word]) -> None:
        fresh = [word for word in heard if word[0] > self._last - 0.1]
        if fresh and abs(fresh[0][0] - self._last) < 1:
            for count in range(min(OVERLAP_WORDS, len(self.committed), len(fresh)), 0, -1):
                if [w[2] for w in self.committed[-count:]] == [w[2] for w in fresh[:count]]:
                    fresh = fresh[count:]
                    break
        agreed = 0
        while agreed < min(len(fresh), len(self._before)) and fresh[agreed][2] == self._before[agreed][2]:
            agreed += 1
        self.committed += fresh[:agreed]
        if agreed:
            self._last = fresh[agreed - 1][1]
        self._before = fresh[agreed:]

    def finish(self) -> None:
        self.committed += self._before
        self._before = []


class LocalAgreement:
    """One utterance: sound in, committed words out. A pass blocks."""

    def __init__(self, model: Any, start_s: float) -> None:
        self._model = model
        self._start = start_s
        self._sound = np.zeros(0, np.float32)
        self.hypotheses = Hypotheses()
        self.hypotheses._last = start_s

    def insert(self, sound: pcm.Samples) -> None:
        self._sound = np.concatenate([self._sound, sound])

    def process(self) -> None:
        segments, _ = self._model.transcribe(
            self._sound, language="en", initial_prompt=self._prompt(), beam_size=BEAM, word_timestamps=True
        )
        found = list(segments)
        self.hypotheses.offer(
            [(self._start + w.start, self._start + w.end, w.word) for s in found for w in s.words or []]
        )
        if len(self._sound) > TRIM_S * pcm.RATE and self.hypotheses.committed:
            ends = [self._start + s.end for s in found[:-1] if self._start + s.end <= self.hypotheses.committed[-1][1]]
            if ends:
                self._sound = self._sound[int((ends[-1] - self._start) * pcm.RATE) :]
                self._start = ends[-1]

    def text(self) -> str:
        return "".join(word[2] for word in self.hypotheses.committed).strip()

    def _prompt(self) -> str:
        return "".join(word[2] for word in self.hypotheses.committed if word[1] < self._start)[-PROMPT_CHARACTERS:]
