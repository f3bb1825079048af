"""Whether a model gets the greedy decoder: built, and tried beside CTranslate2, which reads and runs more than that."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from kit import logs
from speech.engines.greedy import GreedyDecoder
from speech.engines.model_bin import Floats
from speech.engines.window import storage
from speech.transcription.tokens import Vocabulary

_ROWS = 500  # of silence, 20 ms each
_BEGINNINGS = ("", "Well,", "I have been to the")

_log = logs.get(__name__)


class Answer(Protocol):
    """What CTranslate2 writes."""

    sequences_ids: list[list[int]]
    no_speech_prob: float


class Trial:
    """What the greedy decoder is tried with: CTranslate2's, the vocabulary, and what the encoder makes of silence."""

    def __init__(self, generate: Callable[..., Sequence[Answer]], vocabulary: Vocabulary, silence: Floats) -> None:
        """`silence` [T, width] are the encoder's rows."""
        self._generate = generate
        self._vocabulary = vocabulary
        self._silence = silence

    def decoder(self, folder: Path, threads: int) -> GreedyDecoder | None:
        """The greedy decoder of the model's folder, or None where it is refused, which is logged."""
        try:
            built = GreedyDecoder(folder, self._vocabulary, threads)
            refused = self._refused(built)
        except Exception as error:  # ONNX Runtime's errors have no common class
            _log.warning("greedy_decoder_not_built", folder=str(folder), error=repr(error))
            return None
        if refused:
            _log.warning(refused, folder=str(folder))
            return None
        return built

    def _refused(self, built: GreedyDecoder) -> str:
        """Why, or nothing. A graph that is wrong still writes, so both are asked what follows some words."""
        if not built.keeps_up():
            return "greedy_decoder_too_slow"
        rows = np.ascontiguousarray(self._silence[:_ROWS])
        memory, encoded = built.memory(rows), storage(rows[None])
        prompt = [*self._vocabulary.start("en"), self._vocabulary.no_timestamps]
        for words in _BEGINNINGS:
            given = self._vocabulary.encode(words) if words else []
            begun = [*prompt, *given]
            # Nothing is suppressed: CTranslate2 dies of tokens to suppress that the model does not have.
            free = {"suppress_blank": False, "suppress_tokens": [], "return_no_speech_prob": True}
            found = self._generate(encoded, [begun], beam_size=1, max_length=2 * len(begun) + 2, **free)[0]
            following = found.sequences_ids[0][len(given) :]
            token = following[0] if following else self._vocabulary.end
            if not built.agrees(memory, prompt, given, token, float(found.no_speech_prob)):
                return "greedy_decoder_disagrees"
        return ""
