"""Whisper's decoder, greedy: a draft is read in one step, and what follows is written token by token.

CTranslate2 reads every token that it is given in a step of its own, of 6.5 ms. Here a step takes about 2 ms, and one of
many tokens little more. What is written is what would be written without the draft, which counts only as far as the
model would have written it. The attention of the same steps says when the words were said.
"""

import json
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from speech import inference
from speech.engines.decoder_graph import DecoderGraphs
from speech.engines.model_bin import Floats, ModelFile
from speech.transcription.tokens import Vocabulary

_NEVER = -1e9
_ALIKE = 0.5  # in log probability: eight bits may make either of two tokens that are equally likely
_NEAR = 0.15  # in probability: the same of no speech
_PLACES = 448  # tokens that a Whisper can count
_MOST_BYTES = 1 << 30  # beside CTranslate2's: a worker is replaced above 2 GB
# The CPU time of a step up to which this is faster than CTranslate2, which takes 6.5 ms for each token of base:
# for each weight 6e-11 s with a processor's instructions for eight bits, else up to 3e-9.
_SLOW = 1.5e-10
_OVERHEAD = 0.002
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Memory:
    """What cross-attention reads of some rows: keys [heads, size, T] and values [heads, T, size] of every layer."""

    keys: tuple[Floats, ...]
    values: tuple[Floats, ...]

    def before(self, behind: "Memory") -> "Memory":
        """These rows, and then those of `behind` that are left."""
        rows = self.keys[0].shape[2]
        keys = zip(self.keys, behind.keys, strict=True)
        values = zip(self.values, behind.values, strict=True)
        return Memory(
            tuple(np.concatenate([one, two[:, :, rows:]], axis=2) for one, two in keys),
            tuple(np.concatenate([one, two[:, rows:]], axis=1) for one, two in values),
        )


@dataclass(frozen=True, slots=True)
class Written:
    """Text tokens with the probability of each among text, and the attention [heads, tokens, rows] from the start token
    to the last.

    `score` is the mean log probability of all of them, as CTranslate2 gives it: that of a given token counts as 0, and
    that of the end is added. `no_speech` is how likely there is none."""

    ids: list[int]
    probabilities: list[float]
    score: float
    no_speech: float
    attention: Floats


class _Past:
    """Keys and values of what was decoded, by the names of the graph's inputs."""

    def __init__(self, layers: int, heads: int, size: int) -> None:
        self.length = 0
        self.found: dict[str, Floats] = {}
        for layer in range(layers):
            self.found[f"past_keys{layer}"] = np.zeros((heads, size, 0), np.float32)
            self.found[f"past_values{layer}"] = np.zeros((heads, 0, size), np.float32)

    def cut(self, length: int) -> None:
        """Forget what was decoded behind the first `length` tokens."""
        self.length = length
        for name, value in self.found.items():
            self.found[name] = value[:, :, :length] if "keys" in name else value[:, :length]


class GreedyDecoder:
    """The decoder of one model. Not thread-safe."""

    def __init__(self, folder: Path, vocabulary: Vocabulary, threads: int = 1) -> None:
        """Raises OSError, KeyError or ValueError for a model that it cannot read."""
        if vocabulary.no_speech is None:
            raise ValueError("the tokenizer has no token for no speech")
        config = json.loads((folder / "config.json").read_text())
        heads = [(int(layer), int(head)) for layer, head in config.get("alignment_heads") or []]
        graphs = DecoderGraphs(ModelFile(folder / "model.bin", "decoder/"), heads)
        if graphs.taken > _MOST_BYTES:
            raise ValueError(f"it would take {graphs.taken >> 20} MB beside CTranslate2's decoder")
        self._layers, self._head, words = graphs.layers, (graphs.heads, graphs.size), graphs.words
        self._weights = graphs.weights
        self._memory = _session(graphs.memory(), threads)
        self._decoder = _session(graphs.decoder(), threads)
        del graphs  # and what was read of the file; of the rest only the rows of some words are read
        self._numbers = ModelFile(folder / "model.bin", "decoder/")
        self._places = self._numbers.floats("decoder/position_encodings/encodings")
        layers = range(self._layers)
        self._outputs = ["logits", "attention"]
        self._outputs += [f"new_{part}{layer}" for layer in layers for part in ("keys", "values")]
        self._start, self._end, self._no_speech = vocabulary.transcript, vocabulary.end, vocabulary.no_speech
        marks = [*_listed(config, "suppress_ids", words), *range(self._end + 1, words)]  # behind the end: no text
        self._never = np.array(marks, np.int64)
        self._never_first = np.array(_listed(config, "suppress_ids_begin", words), np.int64)

    def keeps_up(self) -> bool:
        """Whether this processor has instructions that make it worth while."""
        memory = self.memory(np.zeros((1, self._places.shape[1]), np.float32))
        spent = []
        for _ in range(_TRIES):
            began = time.process_time()
            self._step(memory, _Past(self._layers, *self._head), [self._start], [0])
            spent.append(time.process_time() - began)
        return min(spent) < _OVERHEAD + _SLOW * self._weights

    def agrees(self, memory: Memory, prompt: Sequence[int], given: Sequence[int], token: int, no_speech: float) -> bool:
        """Whether `token` may well be what follows `prompt` and the `given` text, where another decoder wrote it,
        with nothing suppressed."""
        wanted = [prompt.index(self._start), len(prompt) + len(given) - 1]
        logits, _ = self._step(memory, _Past(self._layers, *self._head), [*prompt, *given], wanted)
        none = _exponents(logits[0])
        none /= none.sum()
        far = abs(float(none[self._no_speech]) - no_speech)
        return far < _NEAR and float(logits[1].max() - logits[1][token]) < _ALIKE

    def memory(self, rows: Floats) -> Memory:
        """What is read of the encoder's rows [T, width]."""
        found = self._memory.run(None, {"rows": np.ascontiguousarray(rows)})
        return Memory(tuple(found[0::2]), tuple(found[1::2]))

    def write(
        self, memory: Memory, prompt: Sequence[int], given: Sequence[int], draft: Sequence[int], most: int
    ) -> Written:
        """What follows `prompt`, which ends with the start tokens, and the `given` text: at most `most` tokens. The
        `draft` says how they may begin. Raises ValueError where the model gives no numbers."""
        given = given[: _PLACES - 1 - len(prompt)]
        before, start = len(prompt) + len(given), prompt.index(self._start)
        most = min(most, _PLACES - before)
        draft = draft[: most - 1]
        past = _Past(self._layers, *self._head)
        wanted = [start, *range(len(prompt) - 1, before + len(draft))]
        logits, attention = self._step(memory, past, [*prompt, *given, *draft], wanted)
        none = _exponents(logits[0])
        no_speech = float(none[self._no_speech] / none.sum())
        likely = [self._likely(row, token) for row, token in zip(logits[1:], given, strict=False)]
        logits, attended = logits[1 + len(given) :], attention[:, start:before]
        attention = attention[:, before:]
        written: list[int] = []
        scores: list[float] = []
        while True:
            read = 0
            for row in logits:
                blank = not given and not written
                token, score, probability = self._next(row, blank)
                scores.append(score)
                over = token == self._end or len(written) == most
                if not over:
                    written.append(token)
                    likely.append(probability)
                if over or read == len(draft) or draft[read] != token:
                    break
                read += 1
            attended = np.concatenate([attended, attention[:, :read] if draft else attention], axis=1)
            if over:
                return Written(
                    [*given, *written], likely, sum(scores) / max(1, len(given) + len(written)), no_speech, attended
                )
            past.cut(before + len(written) - 1)
            draft = ()
            logits, attention = self._step(memory, past, written[-1:], [0])

    def _step(self, memory: Memory, past: _Past, tokens: Sequence[int], wanted: Sequence[int]) -> tuple[Floats, Floats]:
        """Decodes tokens; logits of those `wanted`, and the attention of all."""
        count, length = len(tokens), past.length
        inputs: dict[str, NDArray[np.generic]] = {
            "tokens": self._numbers.floats("decoder/embeddings/weight", tokens) + self._places[length : length + count],
            "wanted": np.array(wanted, np.int64),
            "mask": np.triu(np.full((count, length + count), _NEVER, np.float32), length + 1),
            **past.found,
        }
        for layer, (keys, values) in enumerate(zip(memory.keys, memory.values, strict=True)):
            inputs[f"keys{layer}"], inputs[f"values{layer}"] = keys, values
        logits, attention, *found = self._decoder.run(self._outputs, inputs)
        past.found = dict(zip(past.found, found, strict=True))
        past.length = length + count
        return logits, attention

    def _next(self, row: Floats, first: bool) -> tuple[int, float, float]:
        """The likeliest token that may be written, its log probability among those, and its probability among text."""
        allowed = row.copy()
        allowed[self._never] = -np.inf
        if first:
            allowed[self._never_first] = -np.inf
        token = int(allowed.argmax())
        return token, -math.log(float(_exponents(allowed).sum())), self._likely(row, token)

    def _likely(self, row: Floats, token: int) -> float:
        """The probability of a token among text; 0 for one that is no text."""
        if token >= self._end:
            return 0.0
        weights = _exponents(row[: self._end])
        return float(weights[token] / weights.sum())


def _listed(config: dict[str, Any], name: str, words: int) -> list[int]:
    """Tokens that the model's configuration names, without those that it does not have."""
    return [token for token in map(int, config.get(name) or []) if 0 <= token < words]


def _exponents(logits: Floats) -> Floats:
    """Proportional to the probabilities; the likeliest is 1. Raises ValueError for logits that are no numbers."""
    top = logits.max()
    if not np.isfinite(top):
        raise ValueError(f"the decoder's greatest logit is {top}")
    found: Floats = np.exp(logits - top)
    return found


def _session(graph: bytes, threads: int) -> onnxruntime.InferenceSession:
    try:
        session = inference.opened(graph, inference.steady(threads))
    except Exception as error:  # its errors have no common class
        raise ValueError(f"ONNX Runtime refuses the decoder: {error}") from error
    session._model_bytes = None  # 50 MB, kept for another provider to be chosen later
    return session
