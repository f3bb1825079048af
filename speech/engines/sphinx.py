"""PocketSphinx: recognition that is always available, as a stopgap. In free speech 58 to 78 % of its words are wrong,
and Parley reports that. It is used while Whisper is being fetched and where Whisper is not available. The wheel brings
its English models (BSD-like licence)."""

import functools
import importlib
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from speech.audio import pcm
from speech.engines.whisper import Heard
from speech.pool import jobs
from speech.transcription import guards
from speech.transcription.types import Drop, EngineName, HeardWord, Hypothesis

_DECODERS = 2  # utterances that can go on being decoded where they stopped; each holds 80 MB
_FRAME_S = 0.01
_FILLER = re.compile(r"^[<\[].*[>\]]$")
_VARIANT = re.compile(r"\(\d+\)$")
_LEAST_CONFIDENCE = 0.05

# Fewer paths than its defaults (30,000 HMMs and every word): on 58 s of the recordings of docs/transcription.md 52.4 %
# wrong words for 53.1, in 0.21 instead of 0.51 CPU seconds a second.
_PATHS = {"maxhmmpf": 5000, "maxwpf": 10}
_NO_FRAMES = np.zeros((0, 0), np.float32)


@dataclass(slots=True)
class _Utterance:
    decoder: Any
    decoded: int = 0  # bytes of the window that the decoder has had


class SphinxEngine:
    """Not thread-safe: one worker owns it. A window that grows is decoded on from where the last pass stopped."""

    def __init__(self) -> None:
        pocketsphinx = importlib.import_module("pocketsphinx")

        self.name = EngineName("pocketsphinx", "en-us", getattr(pocketsphinx, "__version__", "5"))
        self._new: Callable[[], Any] = functools.partial(pocketsphinx.Decoder, loglevel="FATAL", **_PATHS)
        self._spare: list[Any] = [self._new()]
        self._open: OrderedDict[tuple[str, int, int], _Utterance] = OrderedDict()

    def recognise(self, job: jobs.Recognise, samples: pcm.Samples) -> Heard:
        """A partial leaves the utterance open; any other pass ends it and knows confidences."""
        if job.request.task == "translate":
            raise ValueError("PocketSphinx does not translate")
        began = time.perf_counter()
        key = (job.stream, job.turn, job.start)
        utterance = self._open.get(key)
        if utterance is None or utterance.decoded > len(job.pcm):
            utterance = self._begin(key)
        fresh = job.pcm[utterance.decoded :]
        if fresh:
            utterance.decoder.process_raw(fresh, False, False)
        utterance.decoded = len(job.pcm)
        partial = job.request.kind == "partial"
        if not partial:
            utterance.decoder.end_utt()
        words = self._words(utterance.decoder, measured=not partial)
        if not partial:
            del self._open[key]
            self._spare.append(utterance.decoder)
        kept, drops = self._judge(words, len(samples) / pcm.RATE, partial)
        return Heard(Hypothesis(tuple(kept), tuple(drops), time.perf_counter() - began), _NO_FRAMES)

    def _begin(self, key: tuple[str, int, int]) -> _Utterance:
        old = self._open.pop(key, None)
        if old is None and not self._spare and len(self._open) >= _DECODERS:
            _, old = self._open.popitem(last=False)
        if old is not None:
            old.decoder.end_utt()
            self._spare.append(old.decoder)
        decoder = self._spare.pop() if self._spare else self._new()
        decoder.start_utt()
        self._open[key] = _Utterance(decoder)
        return self._open[key]

    def _words(self, decoder: Any, *, measured: bool) -> list[HeardWord]:
        heard = []
        for segment in decoder.seg() or ():
            word = _VARIANT.sub("", segment.word)
            if _FILLER.match(word):
                continue
            confidence = min(1.0, float(segment.prob)) if measured else 0.5  # a probability, no logarithm
            begin, end = segment.start_frame * _FRAME_S, (segment.end_frame + 1) * _FRAME_S
            heard.append(HeardWord(word, begin, end, confidence))
        return heard

    def _judge(self, words: list[HeardWord], seconds: float, partial: bool) -> tuple[list[HeardWord], list[Drop]]:
        if not words:
            return [], []
        sure = sum(word.confidence for word in words) / len(words)
        if not partial and sure < _LEAST_CONFIDENCE:
            return [], [Drop(" ".join(word.text for word in words), "low_confidence")]
        return guards.judge(words, seconds, 0.0, 0.0)
