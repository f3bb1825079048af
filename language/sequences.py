"""How often words stand side by side: pairs and triples, from public-domain books and a count of the web.

How the table was made: benchmarks/_build_sequences.py. One in five thousand sequences that nobody wrote is taken for
one that somebody did, since a sequence is kept as 32 bits.
"""

import zlib
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a server starts without it
    import numpy as np
    import numpy.typing as npt

FILE = Path(__file__).parent / "sequences.npz"


def key(words: str) -> int:
    """The sum that stands for words with single spaces between them, lower case."""
    return zlib.crc32(words.encode()[::-1]) ^ zlib.adler32(words.encode()) << 16 & 0xFFFFFFFF


@cache
def _table() -> "tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]":
    import numpy as np  # not needed to start

    with np.load(FILE) as kept:
        return kept["keys"], kept["logs"]


@lru_cache(maxsize=20_000)
def often(words: str) -> float:
    """About how often this pair or triple was seen, the web scaled to their size; 0 for one that was seen once at most.

    Lower case, single spaces; "." stands for any mark.
    """
    import numpy as np  # not needed to start

    keys, logs = _table()
    at = int(np.searchsorted(keys, np.uint32(key(words))))
    if at == len(keys) or int(keys[at]) != key(words):
        return 0.0
    return float(2 ** (int(logs[at]) / 8) - 1)
