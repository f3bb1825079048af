"""Does the explanation name the fault? `python3 run.py bench explanations --whisper DIR`

Ten recordings with one known fault each: native clips that are edited here, sentences that the neural voice spoke with
a sound or a stress changed, and a learner's with the experts' label. Printed is what each report says cost most; right
is one whose first loss is of the kind, and about the word, that it should be.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from speech import assessment
from speech.engines.whisper import WhisperEngine
from speech.pronunciation import assess

Samples = NDArray[np.float32]
DATA = Path(__file__).parents[1] / "tests" / "data"
RATE = 16000
MARGIN = 0.5


@dataclass(frozen=True)
class Case:
    """A recording of a text, and the first loss that is right: its kinds, and the word (by place in the text)."""

    name: str
    sound: Samples
    text: str
    kinds: tuple[assessment.LossKind, ...]
    word: int


def clip(name: str) -> tuple[Samples, str, list[tuple[int, int]]]:
    """Samples, text, and the samples [start, end) of each word."""
    row = next(r for r in json.loads((DATA / "audio" / "manifest.json").read_text()) if r["id"] == name)
    x, _ = soundfile.read(DATA / "audio" / row["file"], dtype="float32")
    return x, row["text"], [(int(w["start"] * RATE), int(w["end"] * RATE)) for w in row["words"]]


def _silence(x: Samples, seconds: float) -> Samples:
    """As quiet as the quietest of a recording."""
    noise = np.random.default_rng(0).normal(size=int(seconds * RATE))
    quiet: Samples = (noise * np.percentile(np.abs(x), 5)).astype(np.float32)
    return quiet


def paused() -> Case:
    x, text, words = clip("LJ001-0013")
    at = words[4][1]
    return Case("pause of 2 s", np.concatenate([x[:at], _silence(x, 2.0), x[at:]]), text, ("pause",), 4)


def left_out() -> Case:
    x, text, words = clip("7902-96591-0000")
    return Case("word left out", np.concatenate([x[: words[4][0]], x[words[4][1] :]]), text, ("omission",), 4)


def repeated() -> Case:
    x, text, words = clip("LJ001-0008")
    start, end = words[2]
    return Case("word said twice", np.concatenate([x[:end], x[start:]]), text, ("repetition",), 2)


def added() -> Case:
    x, text, words = clip("LJ001-0013")
    y, _, others = clip("LJ001-0002")
    start, end = others[2]
    at = words[3][1]
    kinds: tuple[assessment.LossKind, ...] = ("insertion", "hesitation")
    return Case("word put in", np.concatenate([x[:at], y[start:end], x[at:]]), text, kinds, 3)


EDITED: tuple[Callable[[], Case], ...] = (paused, left_out, repeated, added)
SPOKEN: tuple[tuple[str, str, tuple[assessment.LossKind, ...], int], ...] = (
    ("missing-s", "My sister works in a bank.", ("missing_sound",), 2),
    ("missing-m", "He wants to go home on Sunday.", ("missing_sound",), 4),
    ("v-as-w", "It was a very nice evening.", ("sound",), 3),
    ("ship-as-sheep", "The ship left the harbor at noon.", ("sound",), 1),
    ("stress-computer", "I wrote the word computer in my book.", ("stress",), 4),
    ("steady", "I just wanted to play steady.", ("sound", "missing_sound"), 5),
)


def cases() -> list[Case]:
    """All ten."""
    found = [make() for make in EDITED]
    for name, text, kinds, word in SPOKEN:
        x, _ = soundfile.read(DATA / "faults" / f"{name}.flac", dtype="float32")
        found.append(Case(name, x, text, kinds, word))
    return found


def is_named(case: Case, report: assessment.Report) -> bool:
    """The first loss is of the right kind and about the right word."""
    lost = report.get("lost") or []
    return bool(lost) and lost[0]["kind"] in case.kinds and case.word in lost[0]["words"]


def main(argv: Sequence[str] | None = None) -> int:
    """Print what is named first. Returns 1 when fewer than nine of ten are right, 2 without a model."""
    parser = argparse.ArgumentParser(prog="run.py bench explanations", description=__doc__)
    parser.add_argument("--whisper", type=Path, help="CTranslate2 folder of Whisper base")
    options = parser.parse_args(argv)
    if options.whisper is None or not options.whisper.exists():
        print("bench explanations needs --whisper, a CTranslate2 folder of Whisper base.")
        return 2
    engine = WhisperEngine.load(options.whisper)
    assessor = assess.Assessor.load("whisper")
    right = 0
    for case in cases():
        frames = engine.encode(case.sound, len(case.sound) / RATE + MARGIN)
        report = assessor.score(case.sound, frames, assessor.plan(case.text)).as_dict()
        good = is_named(case, report)
        right += good
        told = "; ".join(f"−{loss['points']} {loss['message']}" for loss in (report.get("lost") or [])[:3])
        print(f"{'right' if good else 'WRONG'}  {case.name:16s} {report['overall']}  {told}", flush=True)
    print(f"{right} of {len(cases())} faults are named first")
    return 0 if right >= 9 else 1


if __name__ == "__main__":
    sys.exit(main())
