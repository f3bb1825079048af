"""Writes what a window says: by the greedy decoder where there is one, and by CTranslate2 with beams."""

import math
from collections.abc import Sequence
from typing import Any

from kit import logs
from speech.engines import attention
from speech.engines.greedy import GreedyDecoder
from speech.engines.window import Window
from speech.transcription import guards, tokens
from speech.transcription.types import HeardWord, Hypothesis, Request
from speech.transcription.words import joiner

ROWS_PER_SECOND = 50
TOKENS_PER_SECOND = 8
MOST_PROMPT_TOKENS = 100

_log = logs.get(__name__)


class Writer:
    """The decoders of one model and its vocabulary."""

    def __init__(self, model: Any, vocabulary: tokens.Vocabulary, greedy: GreedyDecoder | None) -> None:
        self._model = model
        self._vocabulary = vocabulary
        self._greedy = greedy

    def write(self, window: Window, seconds: float, request: Request) -> tuple[float, Hypothesis]:
        """The mean log probability of all tokens, of which the given ones count as certain, and what they say."""
        spoken = self._language(window.encoded) if request.task == "translate" else request.language
        start = self._vocabulary.start(spoken, request.task)
        given = self._written(request.given, request.language)
        most = int(seconds * TOKENS_PER_SECOND) + 12
        prompt = [*self._before(request), *start, self._vocabulary.no_timestamps]
        if self._greedy is not None and request.beam == 1:
            try:
                draft = self._written(request.draft, request.language)
                written = self._greedy.write(window.memory, prompt, given, draft, most)
                steps = attention.path(written.attention, len(start), int(seconds * ROWS_PER_SECOND))
            except Exception as error:  # CTranslate2 writes what this decoder cannot, from here on
                self._greedy = None
                _log.error("greedy_decoder_failed", error=repr(error))
            else:
                words = self._words(written.ids, steps, written.probabilities, seconds, request)
                return written.score, _judged(words, seconds, written.score, written.no_speech, request)
        prompt += given
        # CTranslate2 stops at half of max_length, or when the prompt and as many new tokens are written.
        result = self._model.generate(
            window.encoded,
            [prompt],
            beam_size=request.beam,
            max_length=min(448, max(2 * most, len(prompt) + most)),
            suppress_blank=not given,
            return_scores=True,
            return_no_speech_prob=True,
        )[0]
        # The given words are part of the answer; in the score each counts as 0.
        ids = [token for token in result.sequences_ids[0] if token < self._vocabulary.end]
        words = self._aligned(ids, window, start, seconds, request)
        score = float(result.scores[0])
        return score, _judged(words, seconds, score, float(result.no_speech_prob), request)

    def _language(self, encoded: Any) -> str:
        """What is spoken, as a code of Whisper's."""
        likeliest, _ = self._model.detect_language(encoded)[0][0]
        return str(likeliest).strip("<|>")

    def _before(self, request: Request) -> list[int]:
        before = " ".join([", ".join(request.vocabulary), request.prompt]).strip()
        if not before:
            return []
        return [self._vocabulary.previous, *self._vocabulary.encode(before)[-MOST_PROMPT_TOKENS:]]

    def _written(self, words: Sequence[str], language: str) -> list[int]:
        """The tokens that the model would write for words of its own."""
        join = joiner(language)
        return self._vocabulary.encode(join.join(words), join) if words else []

    def _aligned(
        self, ids: list[int], window: Window, start: list[int], seconds: float, request: Request
    ) -> list[HeardWord]:
        if not ids or not request.times:
            return self._words(ids, [], [], seconds, request)
        rows = max(2, int(seconds * ROWS_PER_SECOND) * 2)
        found = self._model.align(window.aligned, start, [ids], rows)[0]
        return self._words(ids, found.alignments, found.text_token_probs, seconds, request)

    def _words(
        self,
        ids: list[int],
        path: Sequence[tuple[int, int]],
        probabilities: Sequence[float],
        seconds: float,
        request: Request,
    ) -> list[HeardWord]:
        groups = self._vocabulary.words(ids, request.language)
        if not groups:
            return []
        if not request.times:
            step = seconds / len(groups)
            return [HeardWord(word, i * step, (i + 1) * step, 1.0) for i, (word, _) in enumerate(groups)]
        heard = tokens.timed(groups, path, probabilities, seconds)
        return tokens.with_ids(heard, groups, ids) if request.kind == "file" else heard


def _judged(words: list[HeardWord], seconds: float, score: float, no_speech: float, request: Request) -> Hypothesis:
    before, own = words[: request.lead], words[request.lead :]
    mean = _mean(score, own, max(0, len(request.given) - request.lead))
    kept, drops = guards.judge(own, seconds, mean, no_speech)
    return Hypothesis((*before, *kept), tuple(drops), no_speech=no_speech)


def _mean(score: float, words: list[HeardWord], given: int) -> float:
    """The mean log probability of all words: of the `given` ones from their own, as in `score` these count as 0."""
    known = sum(math.log(max(word.confidence, 1e-6)) for word in words[:given])
    new = max(1, len(words) - given)
    return (known + score * new) / (given + new)
