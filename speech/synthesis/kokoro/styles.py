"""The seven voices that Parley ships: a style of 256 numbers for each length of a text, packed.

The styles of a voice lie in a space of eight dimensions around their mean, so each is kept as coordinates and
directions in float16 (`voices.npz`, 98 KB instead of 3.6 MB; no number is off by more than 0.0013). `python -m
speech.synthesis.kokoro.styles FOLDER` packs them again from the `*.bin` of the public release.
"""

import sys
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from speech.synthesis.kokoro.speakers import SPEAKERS

Floats = NDArray[np.float32]

_FILE = Path(__file__).with_name("voices.npz")
_LENGTHS, _SIZE, _RANK = 510, 256, 8


def style(speaker: str, symbols: int) -> Floats:
    """The style [1, 256] of a speaker for a text of so many symbols."""
    mean, coordinates, directions = _packed()[speaker]
    row = coordinates[min(max(symbols, 1), _LENGTHS) - 1].astype(np.float32)
    return np.asarray((mean + row @ directions.astype(np.float32))[None], np.float32)


@cache
def _packed() -> dict[str, tuple[Floats, NDArray[np.float16], NDArray[np.float16]]]:
    with np.load(_FILE) as file:
        return {s.id: tuple(file[f"{s.id}.{part}"] for part in ("mean", "at", "along")) for s in SPEAKERS}


def pack(folder: Path) -> None:
    """Write `voices.npz` from the released styles, float32 [510, 1, 256] each."""
    parts = {}
    for speaker in SPEAKERS:
        styles = np.fromfile(folder / f"{speaker.id}.bin", "<f4").reshape(_LENGTHS, _SIZE)
        mean = styles.mean(0)
        left, sizes, right = np.linalg.svd(styles - mean, full_matrices=False)
        parts[f"{speaker.id}.mean"] = mean
        parts[f"{speaker.id}.at"] = (left[:, :_RANK] * sizes[:_RANK]).astype(np.float16)
        parts[f"{speaker.id}.along"] = right[:_RANK].astype(np.float16)
    np.savez(_FILE, **parts)


if __name__ == "__main__":
    pack(Path(sys.argv[1]))
