"""Whisper's decoder as ONNX graphs, made from the numbers of a CTranslate2 model.

Weights are kept in eight bits with a scale for every 128 of them, and multiplied as such. One graph turns the encoder's
rows into what cross-attention reads, the other decodes any number of tokens behind those that were decoded before.
"""

from collections.abc import Sequence

import numpy as np

from speech.engines.model_bin import Floats, ModelFile
from speech.engines.onnx_graph import Graph

_BLOCK = 128
_CONTRIB = "com.microsoft"
_KIND = ("WhisperSpec", 3)
# What CTranslate2 knows of how a decoder is built: the graph is one of these. An older file lacks some.
_BUILT = {"activation": 3, "pre_norm": 1, "scale_embeddings": 0, "alibi": 0, "start_from_zero_embedding": 0}  # 3: GELU
_QUIET_ROWS = 2050  # of silence, behind a whole window and behind a partial's


class DecoderGraphs:
    """`chosen` are the heads whose attention tells when a word was said, as (layer, head)."""

    def __init__(self, numbers: ModelFile, chosen: Sequence[tuple[int, int]]) -> None:
        """Raises KeyError or ValueError for numbers that make no such decoder."""
        if numbers.kind != _KIND:
            raise ValueError(f"the model is a {numbers.kind}, not a {_KIND}")
        for name, known in _BUILT.items():
            if f"decoder/{name}" in numbers and int(numbers.floats(f"decoder/{name}")) != known:
                raise ValueError(f"the decoder has another {name} than {known}")
        self._numbers = numbers
        self._chosen = chosen
        self.words, self.width = numbers.shape("decoder/embeddings/weight")
        self.heads = int(numbers.floats("decoder/num_heads"))
        self.size = self.width // self.heads  # of a head
        self.layers = 0
        while f"decoder/layer_{self.layers}/ffn/linear_0/weight" in numbers:
            self.layers += 1
        if not chosen or not all(0 <= layer < self.layers and 0 <= head < self.heads for layer, head in chosen):
            raise ValueError(f"the heads {list(chosen)} are not among {self.layers} layers with {self.heads} heads")

    @property
    def weights(self) -> int:
        """How many numbers are multiplied with in a step."""
        return (self.layers * 14 * self.width + self.words) * self.width

    @property
    def taken(self) -> int:
        """About how many bytes a process takes for both graphs, with what is computed of the rows of silence."""
        return 2 * (self.weights + 2 * self.layers * _QUIET_ROWS * self.width * 4)

    def memory(self) -> bytes:
        """`rows` [T, width] to `keys<i>` [heads, size, T] and `values<i>` [heads, T, size] of every layer."""
        graph = Graph()
        rows = graph.input("rows", "float32", ["rows", self.width])
        for layer in range(self.layers):
            both = self._linear(graph, rows, f"decoder/layer_{layer}/attention/linear_1")
            keys, values = self._split(graph, both, 2)
            self._heads_of(graph, keys, (1, 2, 0), out=f"keys{layer}")
            self._heads_of(graph, values, (1, 0, 2), out=f"values{layer}")
            graph.output(f"keys{layer}", "float32", ["heads", self.size, "rows"])
            graph.output(f"values{layer}", "float32", ["heads", "rows", self.size])
        return graph.model()

    def decoder(self) -> bytes:
        """`tokens` [n, width] with their places, `mask` [n, before + n], the memory, `past_keys<i>` and
        `past_values<i>` to `logits` [wanted, vocabulary] of the tokens `wanted`, `attention` [chosen heads, n, rows]
        before its softmax, `new_keys<i>` and `new_values<i>`."""
        graph = Graph()
        x = graph.input("tokens", "float32", ["n", self.width])
        mask = graph.input("mask", "float32", ["n", "all"])
        chosen: dict[tuple[int, int], str] = {}
        for layer in range(self.layers):
            x = graph.node("Add", x, self._self_attention(graph, x, layer, mask))
            x = graph.node("Add", x, self._cross_attention(graph, x, layer, chosen))
            x = graph.node("Add", x, self._feed_forward(graph, x, f"decoder/layer_{layer}/ffn"))
        graph.node("Concat", *(chosen[head] for head in self._chosen), out="attention", axis=0)
        x = graph.node("Gather", self._norm(graph, x, "decoder/layer_norm"), graph.input("wanted", "int64", ["wanted"]))
        self._product(graph, x, "decoder/projection/weight", out="logits")
        graph.output("logits", "float32", ["wanted", self.words])
        graph.output("attention", "float32", [len(self._chosen), "n", "rows"])
        return graph.model()

    # ---- parts of a layer

    def _self_attention(self, graph: Graph, x: str, layer: int, mask: str) -> str:
        name = f"decoder/layer_{layer}/self_attention"
        queries, keys, values = self._split(
            graph, self._linear(graph, self._norm(graph, x, f"{name}/layer_norm"), f"{name}/linear_0"), 3
        )
        past_keys = graph.input(f"past_keys{layer}", "float32", ["heads", self.size, "before"])
        past_values = graph.input(f"past_values{layer}", "float32", ["heads", "before", self.size])
        new_keys = self._heads_of(graph, keys, (1, 2, 0))
        new_values = self._heads_of(graph, values, (1, 0, 2))
        keys = graph.node("Concat", past_keys, new_keys, out=f"new_keys{layer}", axis=2)
        values = graph.node("Concat", past_values, new_values, out=f"new_values{layer}", axis=1)
        graph.output(keys, "float32", ["heads", self.size, "all"])
        graph.output(values, "float32", ["heads", "all", self.size])
        scores = graph.node("Add", self._scores(graph, queries, keys), mask)
        return self._linear(graph, self._weighed(graph, scores, values), f"{name}/linear_1")

    def _cross_attention(self, graph: Graph, x: str, layer: int, chosen: dict[tuple[int, int], str]) -> str:
        name = f"decoder/layer_{layer}/attention"
        keys = graph.input(f"keys{layer}", "float32", ["heads", self.size, "rows"])
        values = graph.input(f"values{layer}", "float32", ["heads", "rows", self.size])
        queries = self._linear(graph, self._norm(graph, x, f"{name}/layer_norm"), f"{name}/linear_0")
        scores = self._scores(graph, queries, keys)
        for head in [at for at in self._chosen if at[0] == layer]:
            chosen[head] = graph.node("Gather", scores, graph.constant(np.array([head[1]], np.int64)), axis=0)
        return self._linear(graph, self._weighed(graph, scores, values), f"{name}/linear_2")

    def _feed_forward(self, graph: Graph, x: str, name: str) -> str:
        wide = self._linear(graph, self._norm(graph, x, f"{name}/layer_norm"), f"{name}/linear_0")
        return self._linear(graph, graph.node("Gelu", wide, domain=_CONTRIB), f"{name}/linear_1")

    def _scores(self, graph: Graph, queries: str, keys: str) -> str:
        scaled = graph.node("Mul", queries, graph.constant(np.array(self.size**-0.5, np.float32)))
        return graph.node("MatMul", self._heads_of(graph, scaled, (1, 0, 2)), keys)

    def _weighed(self, graph: Graph, scores: str, values: str) -> str:
        found = graph.node("MatMul", graph.node("Softmax", scores, axis=-1), values)
        flat = graph.node("Transpose", found, perm=(1, 0, 2))
        return graph.node("Reshape", flat, graph.constant(np.array([-1, self.width], np.int64)))

    # ---- small parts

    def _heads_of(self, graph: Graph, x: str, order: Sequence[int], out: str = "") -> str:
        """[n, width] as heads, with its axes (n, heads, size) in another order."""
        shape = graph.constant(np.array([-1, self.heads, self.size], np.int64))
        return graph.node("Transpose", graph.node("Reshape", x, shape), out=out, perm=order)

    def _split(self, graph: Graph, x: str, count: int) -> list[str]:
        """`count` equal parts of the last axis."""
        parts = []
        for at in range(count):
            ends = (at * self.width, (at + 1) * self.width, 1)  # of axis 1
            parts.append(graph.node("Slice", x, *(graph.constant(np.array([end], np.int64)) for end in ends)))
        return parts

    def _norm(self, graph: Graph, x: str, name: str) -> str:
        gamma, beta = (graph.constant(self._numbers.floats(f"{name}/{part}")) for part in ("gamma", "beta"))
        return graph.node("LayerNormalization", x, gamma, beta, axis=-1, epsilon=1e-5)

    def _linear(self, graph: Graph, x: str, name: str) -> str:
        product = self._product(graph, x, f"{name}/weight")
        return graph.node("Add", product, graph.constant(self._numbers.floats(f"{name}/bias")))

    def _product(self, graph: Graph, x: str, name: str, out: str = "") -> str:
        scales, eights = _in_eight_bits(self._numbers.floats(name))
        outputs, blocks = scales.shape
        sizes = {"K": blocks * _BLOCK, "N": outputs, "bits": 8, "block_size": _BLOCK, "accuracy_level": 4}
        known = graph.constant(eights), graph.constant(scales)
        return graph.node("MatMulNBits", x, *known, out=out, domain=_CONTRIB, **sizes)


def _in_eight_bits(weights: Floats) -> tuple[Floats, np.typing.NDArray[np.uint8]]:
    """Scales [out, blocks] and numbers [out, blocks, 128] around 128."""
    blocks = weights.reshape(len(weights), -1, _BLOCK)
    scales = np.maximum(np.abs(blocks).max(axis=2), 1e-12) / 127
    return scales, (np.rint(blocks / scales[..., None]) + 128).astype(np.uint8)
