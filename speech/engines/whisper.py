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
from speech.transcription import guards, tokens
from speech.transcription import words as text
from speech.transcription.types import EngineName, HeardWord, Hypothesis, Kind, Request

Frames = NDArray[np.float32]

FULL_WINDOW = 30.0
MARGIN = 0.5  # seconds of silence that the encoder sees behind the audio
ROWS_PER_SECOND = 50
TOKENS_PER_SECOND = 8
MOST_PROMPT_TOKENS = 100
RETRY_BEAM = 5
REPEATED = 4  # words of the turn before, repeated
MISLED_S = 1.0  # a partial with this much sound and no word is repeated without the turn before
STOPPED_S = 0.3  # of speech behind the last word: as a rule that ends within 0.1 s of it (64 last passes over 16 clips)
SURE = -0.3  # mean log probability above which a wider beam changes nothing

# A partial sees fewer rows of silence: the first ten seconds' and the last second's, without which the model does not
# know where to stop. That takes a third off the decoder.
SHORT_ROWS = 500
END_ROWS = 50


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
    ) -> None:
        self.model = model
        self.vocabulary = vocabulary
        self._features = features
        self.name = name
        self.silence = self.rows(np.zeros(0, np.float32), FULL_WINDOW) if silence is None else silence
        self._short_silence = np.concatenate([self.silence[:SHORT_ROWS], self.silence[-END_ROWS:]])

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
        return cls(model, vocabulary, FeatureExtractor(feature_size=model.n_mels), name, silence)

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
        behind = self._short_silence if kind == "partial" else self.silence
        return np.concatenate([rows, behind[len(rows) :]])

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
        encoded = storage(self.seen(rows, request.kind)[None])
        # Nothing is generated here, so it cannot run away: the end of the silence is enough.
        aligned = storage(np.concatenate([rows, self.silence[-END_ROWS:]])[None])
        score, hypothesis = self._decode(encoded, aligned, seconds, replace(request, beam=1))
        if request.beam > 1 and score < SURE and not _ran_away(hypothesis):
            _, hypothesis = self._decode(encoded, aligned, seconds, request)
        if request.lead_s and self._misled(hypothesis, request, seconds):
            hypothesis = self._alone(samples, request, hypothesis)
        elif _stopped_early(hypothesis, request):
            hypothesis = self._once_more(samples, encoded, aligned, request, hypothesis)
        elif request.kind != "partial" and _ran_away(hypothesis):
            whole = storage(self.rows(samples, FULL_WINDOW)[None])
            _, again = self._decode(
                whole, whole, seconds, replace(request, prompt="", given=(), lead=0, beam=RETRY_BEAM)
            )
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

    def _once_more(
        self, samples: pcm.Samples, encoded: Any, aligned: Any, request: Request, hypothesis: Hypothesis
    ) -> Hypothesis:
        """There was speech long after the last word: behind words that look complete the decoder sometimes says that
        nothing follows. Without what stands before them it says more, or else on a real window."""
        seconds = len(samples) / pcm.RATE
        if request.lead:
            again = self._alone(samples, request, hypothesis)
        elif request.given:
            _, again = self._decode(encoded, aligned, seconds, replace(request, prompt="", given=(), beam=RETRY_BEAM))
        else:
            whole = storage(self.rows(samples, FULL_WINDOW)[None])
            _, again = self._decode(whole, whole, seconds, replace(request, prompt="", beam=RETRY_BEAM))
        return again if len(again.words) > len(hypothesis.words) and not _ran_away(again) else hypothesis

    def _decode(self, encoded: Any, aligned: Any, seconds: float, request: Request) -> tuple[float, Hypothesis]:
        """The mean log probability of the new tokens, and what all say; word times come from `aligned`."""
        spoken = self._language(encoded) if request.task == "translate" else request.language
        start = self.vocabulary.start(spoken, request.task)
        given = self.vocabulary.encode(" ".join(request.given)) if request.given else []
        prompt = [*self._before(request), *start, self.vocabulary.no_timestamps, *given]
        # CTranslate2 stops at half of max_length, or when the prompt and as many new tokens are written.
        most = int(seconds * TOKENS_PER_SECOND) + 12
        result = self.model.generate(
            encoded,
            [prompt],
            beam_size=request.beam,
            max_length=min(448, max(2 * most, len(prompt) + most)),
            suppress_blank=not given,
            return_scores=True,
            return_no_speech_prob=True,
        )[0]
        # The given words are part of the answer, but not of the score.
        heard = [token for token in result.sequences_ids[0] if token < self.vocabulary.end]
        words = self._words(heard, aligned, start, seconds, request)
        score = float(result.scores[0])
        before, words = words[: request.lead], words[request.lead :]
        mean = _mean(score, words, max(0, len(request.given) - request.lead))
        kept, drops = guards.judge(words, seconds, mean, float(result.no_speech_prob))
        return score, Hypothesis((*before, *kept), tuple(drops), no_speech=float(result.no_speech_prob))

    def _language(self, encoded: Any) -> str:
        """What is spoken, as a code of Whisper's."""
        likeliest, _ = self.model.detect_language(encoded)[0][0]
        return str(likeliest).strip("<|>")

    def _before(self, request: Request) -> list[int]:
        before = " ".join([", ".join(request.vocabulary), request.prompt]).strip()
        if not before:
            return []
        return [self.vocabulary.previous, *self.vocabulary.encode(before)[-MOST_PROMPT_TOKENS:]]

    def _words(
        self, ids: list[int], encoded: Any, start: list[int], seconds: float, request: Request
    ) -> list[HeardWord]:
        groups = self.vocabulary.words(ids, request.language)
        if not groups:
            return []
        if not request.times:
            step = seconds / len(groups)
            return [HeardWord(word, i * step, (i + 1) * step, 1.0) for i, (word, _) in enumerate(groups)]
        aligned = self.model.align(encoded, start, [ids], max(2, int(seconds * ROWS_PER_SECOND) * 2))[0]
        heard = tokens.timed(groups, aligned.alignments, aligned.text_token_probs, seconds)
        return tokens.with_ids(heard, groups, ids) if request.kind == "file" else heard


def _stopped_early(hypothesis: Hypothesis, request: Request) -> bool:
    words = hypothesis.words
    return bool(words) and request.spoken_s - words[-1].end >= STOPPED_S and not _ran_away(hypothesis)


def _ran_away(hypothesis: Hypothesis) -> bool:
    return any(drop.rule in guards.RUNAWAY for drop in hypothesis.drops)


def _mean(score: float, words: list[HeardWord], given: int) -> float:
    """The mean log probability of all words: `score` is that of those behind the `given` ones."""
    known = sum(math.log(max(word.confidence, 1e-6)) for word in words[:given])
    new = max(1, len(words) - given)
    return (known + score * new) / (given + new)


def storage(rows: Frames) -> Any:
    """Float32 [windows, rows, width] as CTranslate2 takes it."""
    import ctranslate2

    return ctranslate2.StorageView.from_array(np.ascontiguousarray(rows))


def _row_count(samples: pcm.Samples) -> int:
    return math.ceil(len(samples) / (pcm.RATE // ROWS_PER_SECOND))
