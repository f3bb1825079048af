"""The weights of the tagger and parser (language/tagging/model), loaded at the first use.

They are those of spaCy's English pipeline en_core_web_sm 3.8.0 (Explosion, MIT licence); how they came here:
benchmarks/_build_tagger.py.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, TypeAlias

import orjson

if TYPE_CHECKING:  # a server starts without it
    import numpy as np
    import numpy.typing as npt

Array: TypeAlias = "npt.NDArray[np.float32]"
TABLES, LAYERS = 6, 5


@dataclass(frozen=True)
class Words:
    """Labels and lists of words that go with the weights."""

    tags: tuple[str, ...]
    moves: tuple[str, ...]
    symbols: dict[str, int]
    verbs: frozenset[str]
    verb_forms: dict[str, str]
    noun_forms: dict[str, str]


@dataclass(frozen=True)
class Layer:
    """Maxout of three, then normed: rows × width → rows × 96."""

    weight: Array
    bias: Array
    gain: Array
    shift: Array


@dataclass(frozen=True)
class Network:
    """Tables of features, layers, tag scores, and what the parser weighs its moves with."""

    tables: tuple[Array, ...]
    layers: tuple[Layer, ...]
    tags: tuple[Array, Array]
    narrow: tuple[Array, Array]
    lower: tuple[Array, Array, Array]
    upper: tuple[Array, Array]
    norms: dict[int, int]

    @property
    def sizes(self) -> tuple[int, ...]:
        """Rows of each table."""
        return tuple(len(table) for table in self.tables)


@cache
def words() -> Words:
    """Tags, moves and lemmas, loaded once."""
    found = orjson.loads(_folder("words.json"))
    return Words(
        tags=tuple(found["tags"]),
        moves=tuple(found["moves"]),
        symbols=found["symbols"],
        verbs=frozenset(found["verbs"].split()),
        verb_forms=found["verb_forms"],
        noun_forms=found["noun_forms"],
    )


@cache
def network() -> Network:
    """The weights, loaded once."""
    import numpy as np  # not needed to start

    kept = np.load(io.BytesIO(_folder("weights.npz")))

    def read(name: str) -> Array:
        return np.ascontiguousarray(kept[name], dtype=np.float32)

    return Network(
        tables=tuple(read(f"hashembed{at}E") for at in range(TABLES)),
        layers=tuple(_layer(read, at) for at in range(LAYERS)),
        tags=(read("tagsW"), read("tagsb")),
        narrow=(read("narrowW"), read("narrowb")),
        lower=_lower(read("lowerW"), read("lowerb"), read("lowerpad")),
        upper=(read("upperW"), read("upperb")),
        norms=dict(zip(kept["norm_of"].tolist(), kept["norm_is"].tolist(), strict=True)),
    )


def _layer(read: Callable[[str], Array], at: int) -> Layer:
    weight = read(f"maxout{at}W").swapaxes(0, 1)  # piece by piece, so that their best is found quickly
    return Layer(
        weight.reshape(-1, weight.shape[-1]).T.copy(),
        read(f"maxout{at}b").T.reshape(-1),
        read(f"layernorm{at}G"),
        read(f"layernorm{at}b"),
    )


def _lower(weight: Array, bias: Array, pad: Array) -> tuple[Array, Array, Array]:
    """Of each of eight words: rows × 64 → 8 × (2 × 64)."""
    pieces = weight.swapaxes(1, 2)
    return pieces.reshape(-1, pieces.shape[-1]).T.copy(), bias.T.reshape(-1), pad[0].swapaxes(1, 2).reshape(8, -1)


def _folder(name: str) -> bytes:
    return resources.files("language.tagging").joinpath("model", name).read_bytes()
