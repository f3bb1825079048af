"""Whisper through CTranslate2, one window at a time, in a worker process.

faster-whisper gives the features and the tokenizer; the decoding is driven from here, because the window that the
encoder sees, the words that were promised already and the checks afterwards are decided by Parley. Loading the
libraries takes half a second, so only workers load an engine.

Whisper was trained on windows of 30 s, and its encoder costs the same for one second of speech as for thirty. Here the
encoder sees the audio and half a second of silence, and the rows that 30 s of pure silence give are put behind it up to
30 s. The decoder then meets what it was trained on, at a fifteenth of the encoder's cost: see docs/transcription.md.
"""

import math
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from speech.audio import pcm
from speech.engines.greedy import GreedyDecoder
from speech.engines.trial import Trial
from speech.engines.window import END_ROWS, Quiet, Window
from speech.engines.writer import ROWS_PER_SECOND, Writer
from speech.transcription import guards, tokens
from speech.transcription import words as text
from speech.transcription.types import EngineName, Hypothesis, Kind, Request

Frames = NDArray[np.float32]

FULL_WINDOW = 30.0
MARGIN = 0.5  # seconds of silence that the encoder sees behind the audio
RETRY_BEAM = 5
REPEATED = 4  # words of the turn before, repeated
MISLED_S = 1.0  # a partial with this much sound and no word is repeated without the turn before
STOPPED_S = 0.3  # of speech behind the last word: as a rule that ends within 0.1 s of it (64 last passes over 16 clips)
SURE = -0.3  # mean log probability above which a wider beam changes nothing

# A partial sees fewer rows of silence: the first ten seconds' and the last second's, without which the model does not
# know where to stop. That takes a third off the decoder.
SHORT_ROWS = 500


@dataclass(frozen=True, slots=True)
class Heard:
    """A hypothesis and the encoder's rows that it was read from (20 ms each, cut to the audio)."""

    hypothesis: Hypothesis
    frames: Frames


class WhisperEngine:
    """A loaded model. Not thread-safe: one worker owns it."""

    def __init__(
        self,
        model: Any,
        vocabulary: tokens.Vocabulary,
        features: Any,
        name: EngineName,
        silence: Frames | None = None,
        greedy: GreedyDecoder | None = None,
    ) -> None:
        self.model = model
        self.vocabulary = vocabulary
        self._features = features
        self.name = name
        self.silence = self.rows(np.zeros(0, np.float32), FULL_WINDOW) if silence is None else silence
        self._greedy = greedy
        self._writer = Writer(model, vocabulary, greedy)
        self._quiet = Quiet(self.silence, greedy)
        self._short_quiet = Quiet(np.concatenate([self.silence[:SHORT_ROWS], self.silence[-END_ROWS:]]), greedy)

    @classmethod
    def load(
        cls,
        folder: Path,
        *,
        device: str = "cpu",
        compute: str = "int8",
        threads: int = 1,
        silence: Frames | None = None,
    ) -> "WhisperEngine":
        """Read a CTranslate2 Whisper folder. Raises OSError, RuntimeError or ValueError for a broken one.

        `silence`: the same model's `silence` of a load before, which costs a second of processor time.
        """
        import ctranslate2
        from faster_whisper.feature_extractor import FeatureExtractor

        for needed in ("model.bin", "config.json", "tokenizer.json"):
            if not (folder / needed).is_file():
                raise FileNotFoundError(f"{folder} has no {needed}")
        model = ctranslate2.models.Whisper(str(folder), device=device, compute_type=compute, intra_threads=threads)
        name = EngineName("faster-whisper", folder.name, ctranslate2.__version__, translates=model.is_multilingual)
        vocabulary = tokens.Vocabulary.load(folder / "tokenizer.json", multilingual=model.is_multilingual)
        features = FeatureExtractor(feature_size=model.n_mels)
        alone = cls(model, vocabulary, features, name, silence)
        if device != "cpu" or not compute.startswith("int8"):
            return alone
        greedy = Trial(model.generate, vocabulary, alone.silence).decoder(folder, threads)
        return cls(model, vocabulary, features, name, alone.silence, greedy)

    @property
    def multilingual(self) -> bool:
        """Whether the model knows other languages than English."""
        return bool(self.model.is_multilingual)

    @property
    def width(self) -> int:
        """Numbers in a row of the encoder's output: 512 for Whisper base."""
        return int(self.silence.shape[1])

    # ---- encoder

    def encode(self, samples: pcm.Samples, window_s: float) -> Frames:
        """The encoder's raw last layer, float32 [T, width]: one row per 20 ms, rows past the audio cut.

        `samples` is float32 at 16 kHz; silence is added up to `window_s` seconds (at most 30).
        """
        return self.rows(samples, window_s)[: _row_count(samples)]

    def rows(self, samples: pcm.Samples, window_s: float) -> Frames:
        """The encoder's last layer with all rows of `window_s` seconds, at least the audio and at most 30."""
        import ctranslate2

        samples = samples[: int(FULL_WINDOW * pcm.RATE)]
        window = min(FULL_WINDOW, max(window_s, len(samples) / pcm.RATE))
        rows = min(int(FULL_WINDOW * ROWS_PER_SECOND), math.ceil(window * ROWS_PER_SECOND))
        padded = np.pad(samples, (0, max(0, rows * pcm.RATE // ROWS_PER_SECOND - len(samples))))
        mel = np.ascontiguousarray(self._features(padded, padding=160)[None, :, : rows * 2], dtype=np.float32)
        encoded = self.model.encode(ctranslate2.StorageView.from_array(mel), to_cpu=True)
        rows_of_all: Frames = np.array(encoded, dtype=np.float32)[0]
        return rows_of_all

    def seen(self, rows: Frames, kind: Kind) -> Frames:
        """What the decoder sees: the rows of the sound, and those of silence behind them."""
        return np.concatenate([rows, self._behind(kind).rows[len(rows) :]])

    def _behind(self, kind: Kind) -> Quiet:
        return self._short_quiet if kind == "partial" else self._quiet

    # ---- recognition

    def transcribe(self, samples: pcm.Samples, request: Request) -> Heard:
        """Recognise at most 30 s of audio (float32, 16 kHz); a longer window is cut at its end.

        A greedy pass comes first; if the model is unsure, a beam as wide as the request allows follows.
        """
        began = time.perf_counter()
        if request.task == "translate" and not self.name.translates:
            raise ValueError("an English-only model does not translate")
        samples = samples[: int(FULL_WINDOW * pcm.RATE)]
        seconds = len(samples) / pcm.RATE
        rows = self.rows(samples, seconds + MARGIN)
        window = Window(rows, self._behind(request.kind), self._greedy)
        score, hypothesis = self._writer.write(window, seconds, replace(request, beam=1))
        if request.beam > 1 and score < SURE and not _ran_away(hypothesis):
            _, hypothesis = self._writer.write(window, seconds, request)
        if request.lead_s and self._misled(hypothesis, request, seconds):
            hypothesis = self._alone(samples, request, hypothesis)
        elif _stopped_early(hypothesis, request):
            hypothesis = self._once_more(samples, window, request, hypothesis)
        elif request.kind != "partial" and _ran_away(hypothesis):
            anew = replace(request, prompt="", given=(), lead=0, beam=RETRY_BEAM)
            _, again = self._writer.write(self._real_window(samples), seconds, anew)
            hypothesis = replace(again, drops=(*hypothesis.drops, *again.drops))
        return Heard(replace(hypothesis, seconds=time.perf_counter() - began), rows[: _row_count(samples)])

    def _misled(self, hypothesis: Hypothesis, request: Request, seconds: float) -> bool:
        """Behind the words of the turn before, the decoder sometimes says nothing more, or the same again."""
        if request.kind == "partial" and seconds - request.lead_s < MISLED_S:
            return False
        keys = text.keys(word.text for word in hypothesis.words)
        before, own = keys[: request.lead], keys[request.lead :]
        again = " ".join(own[:REPEATED]) in " ".join(before)
        return not own or (again and len(own) >= REPEATED) or _ran_away(hypothesis)

    def _alone(self, samples: pcm.Samples, request: Request, hypothesis: Hypothesis) -> Hypothesis:
        """The result without the turn before, with that turn's words put before it."""
        at = int(request.lead_s * pcm.RATE)
        spoken_s = max(0.0, request.spoken_s - request.lead_s)
        own = replace(request, given=request.given[request.lead :], lead=0, lead_s=0.0, spoken_s=spoken_s)
        again = self.transcribe(samples[at:], own).hypothesis
        lead_s = request.lead_s
        before = [
            replace(word, start=min(word.start, lead_s), end=min(word.end, lead_s))
            for word in hypothesis.words[: request.lead]
        ]
        words = [replace(word, start=word.start + lead_s, end=word.end + lead_s) for word in again.words]
        return Hypothesis((*before, *words), (*hypothesis.drops, *again.drops), no_speech=again.no_speech)

    def _real_window(self, samples: pcm.Samples) -> Window:
        return Window(self.rows(samples, FULL_WINDOW), self._quiet, self._greedy)

    def _once_more(self, samples: pcm.Samples, window: Window, request: Request, hypothesis: Hypothesis) -> Hypothesis:
        """There was speech long after the last word: behind words that look complete the decoder sometimes says that
        nothing follows. Without what stands before them it says more, or else on a real window."""
        seconds = len(samples) / pcm.RATE
        if request.lead:
            again = self._alone(samples, request, hypothesis)
        elif request.given:
            _, again = self._writer.write(window, seconds, replace(request, prompt="", given=(), beam=RETRY_BEAM))
        else:
            again_whole = self._real_window(samples)
            _, again = self._writer.write(again_whole, seconds, replace(request, prompt="", beam=RETRY_BEAM))
        return again if len(again.words) > len(hypothesis.words) and not _ran_away(again) else hypothesis


def _stopped_early(hypothesis: Hypothesis, request: Request) -> bool:
    words = hypothesis.words
    return bool(words) and request.spoken_s - words[-1].end >= STOPPED_S and not _ran_away(hypothesis)


def _ran_away(hypothesis: Hypothesis) -> bool:
    return any(drop.rule in guards.RUNAWAY for drop in hypothesis.drops)


def _row_count(samples: pcm.Samples) -> int:
    return math.ceil(len(samples) / (pcm.RATE // ROWS_PER_SECOND))
