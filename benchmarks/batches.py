"""Would several speakers' windows in one batch be cheaper? `python3 run.py bench batches --model FOLDER`.

The first seconds of different recordings as a worker hears them for partials, once one after the other and once as one
batch, greedy, int8, one thread. CPU seconds a window, the least of some rounds; "ready" is when a speaker's words are
there if all ask at the same moment: one after the other that is half of the time on average, in a batch all of it.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.transcription import clips
from speech.audio import pcm
from speech.engines.whisper import MARGIN, WhisperEngine
from speech.engines.window import storage


def least(work: Callable[[], Any], rounds: int) -> float:
    spent = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return min(spent)


def windows(engine: WhisperEngine, seconds: float, count: int) -> list[Any]:
    """What the decoder sees of `count` recordings: float32 [rows, width], all of one length."""
    found = [sound for _, sound in clips() if len(sound) >= seconds * pcm.RATE]
    cut = [found[at % len(found)][: int(seconds * pcm.RATE)] for at in range(count)]
    return [engine.seen(engine.rows(sound, seconds + MARGIN), "partial") for sound in cut]


def greedy(engine: WhisperEngine, seen: Any, size: int) -> None:
    """One pass of the decoder; `max_length` as for four seconds."""
    start = [*engine.vocabulary.start("en"), engine.vocabulary.no_timestamps]
    engine.model.generate(seen, [start] * size, beam_size=1, max_length=96)


def row(engine: WhisperEngine, seconds: float, size: int, rounds: int) -> str:
    seen = windows(engine, seconds, size)
    batch = storage(np.stack(seen))
    singles = [storage(one[None]) for one in seen]
    alone = sum(least(partial(greedy, engine, one, 1), rounds) for one in singles) / size
    together = least(partial(greedy, engine, batch, size), rounds) / size
    return (
        f"{seconds:.0f} s, {size} speakers: one by one {alone:.3f} s a window, batch {together:.3f} s "
        f"({100 * (together / alone - 1):+.0f} %); ready after {alone * (size + 1) / 2:.2f} s on average one by one, "
        f"{together * size:.2f} s in a batch"
    )


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench batches", description=__doc__)
    parser.add_argument("--model", required=True, help="a folder with a Whisper model")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(argv)
    engine = WhisperEngine.load(Path(options.model))
    for seconds in (2.0, 4.0):
        for size in (2, 4, 8):
            print(row(engine, seconds, size, options.rounds), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
