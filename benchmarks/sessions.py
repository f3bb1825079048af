"""Many who talk at once on one worker: `python3 run.py bench sessions --model FOLDER --talkers 1 3 6 12`.

Method: benchmarks/_virtual.py. Every talker says clips of tests/data/audio in a random order with pauses of 0.8 s,
denser than any lesson, and is listened to by one `Listener`; all share one worker on one core. A final is lost when a
turn that began has none.
"""

import argparse
import asyncio
import itertools
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import _virtual as virtual
from benchmarks._scores import Screen, errors, percentile
from benchmarks.transcription import Studio, clips
from speech import events
from speech.audio import pcm
from speech.pool import jobs
from speech.transcription.policy import Policy

PAUSE_S = 0.8


def talk(seconds: float, seed: int) -> tuple[pcm.Samples, str]:
    """Sound of at least so many seconds, and what is said in it."""
    chance, quiet = random.Random(seed), np.random.default_rng(seed)
    sound, said = [np.zeros(pcm.RATE // 2, np.float32)], []
    found = [item for item in clips() if item[0]["seconds"] > 2]
    while sum(map(len, sound)) < seconds * pcm.RATE:
        clip, spoken = chance.choice(found)
        sound += [spoken, np.zeros(int(PAUSE_S * pcm.RATE), np.float32)]
        said.append(clip["text"])
    whole = np.concatenate([*sound, np.zeros(pcm.RATE, np.float32)])
    return (whole + quiet.standard_normal(len(whole)) * 10 ** (-66 / 20)).astype(np.float32), " ".join(said)


async def _talkers(studio: Studio, count: int, seconds: float) -> dict[str, Any]:
    async def one(seed: int) -> tuple[Screen, str]:
        await asyncio.sleep(random.Random(seed).random() * 2)
        sound, said = talk(seconds, seed)
        return await studio.play(f"talker{seed}", sound, scored=False), said

    for lane in studio.lanes:
        lane.costs.clear()
    began = studio.clock.monotonic()
    heard = await asyncio.gather(*(one(seed) for seed in range(count)))
    lasted = studio.clock.monotonic() - began
    all_events = [event for screen, _ in heard for _, event in screen.seen]
    finals = [event for event in all_events if isinstance(event, events.Final)]
    wrong = [errors(said, screen.text()) for screen, said in heard]
    gaps = [
        b - a
        for screen, _ in heard
        for times in [[at for at, event in screen.seen if isinstance(event, events.Partial)]]
        for a, b in itertools.pairwise(times)
        if b - a < 4
    ]
    return {
        "latency": [event.latency_ms["total"] / 1000 for event in finals if event.text],
        "gaps": gaps,
        "lost": sum(isinstance(event, events.SpeechStarted) for event in all_events) - len(finals),
        "taken_back": sum(screen.taken_back() for screen, _ in heard),
        "wer": 100 * sum(w for w, _ in wrong) / sum(n for _, n in wrong),
        "rungs": sorted({event.reason for event in all_events if isinstance(event, events.Degraded)}),
        "busy": 100 * sum(cost for lane in studio.lanes for _, _, cost in lane.costs) / lasted,
        "hours": count * lasted / 3600,
    }


async def _measure(options: argparse.Namespace) -> None:
    studio = Studio(jobs.EngineSpec("whisper", Path(options.model)), Policy(), options.workers, options.speed)
    for count in options.talkers:
        row = await _talkers(studio, count, options.seconds)
        print(
            f"{count} talkers: final {percentile(row['latency'], 50):.2f} / {percentile(row['latency'], 95):.2f} s "
            f"({len(row['latency'])}), lost {row['lost']}; between partials {percentile(row['gaps'], 50):.2f} / "
            f"{percentile(row['gaps'], 95):.2f} s; taken back {row['taken_back']} in {row['hours']:.2f} h; "
            f"WER {row['wer']:.1f} %; worker {row['busy']:.0f} % busy; ladder {', '.join(row['rungs']) or 'not used'}",
            flush=True,
        )


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench sessions", description=__doc__)
    parser.add_argument("--model", required=True, help="a folder with a Whisper model")
    parser.add_argument("--talkers", type=int, nargs="+", default=[1, 3, 6, 12])
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--speed", type=float, default=1.0, help="how much faster the core is than this one")
    virtual.run(_measure(parser.parse_args(argv)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
