"""What pronunciation costs a server: the answer after a sentence, a crowd, start and files. And native clips."""

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from kit.clock import SystemClock
from kit.tasks import Tasks
from speech.pool import jobs
from speech.pool.lanes import ProcessLane
from speech.pool.pool import WorkerPool
from speech.pronunciation import assess
from speech.pronunciation.lexicon.dictionary import MODELS

Samples = NDArray[np.float32]
Encode = Callable[[Samples], Any]
CLIPS = Path(__file__).parents[1] / "tests" / "data" / "audio"
STEP = 0.005
HOP = 3200
NEAR = 8.0
"""Points by which accuracy may differ from the mean of its words."""


def native(assessor: assess.Assessor, encode: Encode, clips: Path = CLIPS) -> dict[str, float]:
    """Readings by native speakers: overall scores, how near accuracy is to the mean of the words, words called a
    mispronunciation."""
    overall: list[float] = []
    apart: list[float] = []
    accused = words = 0
    for row in json.loads((clips / "manifest.json").read_text()):
        if row["id"].startswith("so762") or not (clips / row["file"]).exists():
            continue
        x, _ = soundfile.read(clips / row["file"], dtype="float32")
        found = assessor.score(x, encode(x), assessor.plan(row["text"]))
        scores = [w.score for w in found.words if w.score is not None]
        overall.append(found.overall or 0.0)
        apart.append(abs((found.accuracy or 0.0) - float(np.mean(scores))))
        words += len(scores)
        accused += sum(w.error != "none" for w in found.words if w.index is not None)
    return {
        "words": words,
        "accused": accused,
        "overall median": float(np.median(overall)),
        "overall least": min(overall),
        "accuracy within 8 of its words": float((np.array(apart) <= NEAR).mean()),
    }


def answer(assessor: assess.Assessor, encode: Encode, sounds: list[tuple[Samples, str]]) -> dict[str, float]:
    """Milliseconds from the end of a sentence that was followed to its report: the last encoder pass, the scores."""
    passes: list[float] = []
    scores: list[float] = []
    for x, text in sounds:
        plan = assessor.plan(text)
        follower = assessor.follow(plan)
        for end in range(HOP, len(x), HOP):
            follower.update(x[:end], encode(x[:end]))
        began = time.perf_counter()
        frames = encode(x)
        middle = time.perf_counter()
        assessor.score(x, frames, plan)
        passes.append((middle - began) * 1000)
        scores.append((time.perf_counter() - middle) * 1000)
    both = np.add(passes, scores)
    return {
        "sentences": len(sounds),
        "encoder p50": float(np.median(passes)),
        "scores p50": float(np.median(scores)),
        "p50": float(np.median(both)),
        "p95": float(np.percentile(both, 95)),
    }


def crowd(whisper: Path | None, sounds: list[tuple[Samples, str]], count: int = 50) -> dict[str, float]:
    """How late the event loop is while sentences are scored all at once by the worker, beside the idle loop."""
    return asyncio.run(_crowd(whisper, sounds, count))


async def _crowd(whisper: Path | None, sounds: list[tuple[Samples, str]], count: int) -> dict[str, float]:
    tasks = Tasks()
    workers = WorkerPool(SystemClock(), tasks)
    spec = jobs.EngineSpec("whisper", whisper) if whisper else jobs.EngineSpec("sphinx")
    try:
        await workers.open(ProcessLane(spec))
        wanted = [_job(*sounds[i % len(sounds)]) for i in range(count)]
        idle = await _late(asyncio.sleep(2))
        began = time.perf_counter()
        busy = await _late(asyncio.gather(*(workers.perform(job, "file") for job in wanted)))
        took = time.perf_counter() - began
    finally:
        await workers.close()
        await tasks.close()
    return {
        "sentences": count,
        "seconds": took,
        "idle p99 ms": float(np.percentile(idle, 99)),
        "idle max ms": max(idle),
        "p99 ms": float(np.percentile(busy, 99)),
        "max ms": max(busy),
    }


def _job(x: Samples, text: str) -> jobs.Assess:
    return jobs.Assess((x * 32767).astype(np.int16).tobytes(), text, True)


async def _late(work: Any) -> list[float]:
    """Milliseconds by which a wake-up every 5 ms came late while `work` went on."""
    loop = asyncio.get_running_loop()
    late: list[float] = []
    task = asyncio.ensure_future(work)
    while not task.done():
        asked = loop.time()
        await asyncio.sleep(STEP)
        late.append((loop.time() - asked - STEP) * 1000)
    await task
    return late


def start(kind: str) -> dict[str, float]:
    """Seconds to load the models again, and megabytes of all shipped files."""
    began = time.perf_counter()
    assess.Assessor.load(kind)
    seconds = time.perf_counter() - began
    size = sum(p.stat().st_size for p in MODELS.rglob("*") if p.is_file())
    return {"seconds": seconds, "files MB": size / 1e6}
