"""What the decoders are given of some sound: the encoder's rows, and behind them those of silence."""

from functools import cached_property
from typing import Any

import numpy as np

from speech.engines.greedy import GreedyDecoder, Memory
from speech.engines.model_bin import Floats

END_ROWS = 50  # the last second of the silence, without which the model does not know where to stop


class Quiet:
    """What the encoder makes of silence, for one kind of pass."""

    def __init__(self, rows: Floats, greedy: GreedyDecoder | None) -> None:
        self.rows = rows
        self.memory = greedy.memory(rows) if greedy is not None else None


class Window:
    """The encoder's rows of some sound, with those of silence behind it, as the decoders take them."""

    def __init__(self, rows: Floats, quiet: Quiet, greedy: GreedyDecoder | None) -> None:
        self._rows = rows
        self._quiet = quiet
        self._greedy = greedy

    @cached_property
    def encoded(self) -> Any:
        """For CTranslate2 to write from."""
        return storage(np.concatenate([self._rows, self._quiet.rows[len(self._rows) :]])[None])

    @cached_property
    def aligned(self) -> Any:
        """For CTranslate2 to find words in. Nothing is written here, so it cannot run away: the end of the silence is
        enough."""
        return storage(np.concatenate([self._rows, self._quiet.rows[-END_ROWS:]])[None])

    @cached_property
    def memory(self) -> Memory:
        """For the greedy decoder, which there must be."""
        assert self._greedy is not None and self._quiet.memory is not None
        return self._greedy.memory(self._rows).before(self._quiet.memory)


def storage(rows: Floats) -> Any:
    """Float32 [windows, rows, width] as CTranslate2 takes it."""
    import ctranslate2

    return ctranslate2.StorageView.from_array(np.ascontiguousarray(rows))
