"""Parley beside what one would use instead: `python3 run.py bench recognisers --model FOLDER`.

The same clips, model and machine in one run, one after the other: 100 ms pieces with 0.5 s of quiet before a clip,
int8, one thread. Beside Parley: whisper_streaming's policy (see benchmarks/_local_agreement.py), both in virtual time
(benchmarks/_virtual.py), so that what else the machine does counts as little as can be. With `--whisper-live`,
WhisperLive too, from the package index, in an environment of its own: its server with its defaults on the loopback.
That is a server of threads, so it can be measured in real time only, on a machine that does nothing else.

"First" counts from the first word's onset, "settled" from a word's end until it stands there for good, "final" from the
last word's end until the client is told that the text is whole, "changed" is words changed after they were shown for
every word, "core" CPU time over the time listened. WhisperLive never says that an utterance is over: its final is when
every segment is called completed, and the quiet after a clip goes on for `--patience` seconds to let it.
"""

import argparse
import asyncio
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import _virtual as virtual
from benchmarks._local_agreement import CHUNK_S, LocalAgreement
from benchmarks._scores import Screen
from benchmarks._side_by_side import final, measure, now, partial, spoken
from benchmarks._whisper_live import install, whisper_live
from benchmarks.transcription import Clip, Studio, clips, noisy
from speech.audio import pcm
from speech.endpointing import vad
from speech.endpointing.segmenter import Opened, Segmenter, Silent
from speech.pool import jobs
from speech.transcription.policy import Policy

QUIET_END_MS, PADDING_MS = 500, 100  # the defaults of whisper_streaming's voice activity controller


# ---- Parley


async def parley(model: Path, found: Sequence[Clip]) -> None:
    studio = Studio(jobs.EngineSpec("whisper", model), Policy())

    async def play(clip: Clip) -> Screen:
        return await studio.play(clip[0]["id"], noisy(clip[1]), scored=False)

    await measure("Parley", found, play, lambda: sum(lane.busy for lane in studio.lanes))


# ---- whisper_streaming's policy


async def whisper_streaming(model: Path, found: Sequence[Clip]) -> None:
    from faster_whisper import WhisperModel

    engine = WhisperModel(str(model), device="cpu", compute_type="int8", cpu_threads=1)
    detector = vad.Silero()
    spent = [0.0]

    async def play(clip: Clip) -> Screen:
        session = Streaming(engine, detector, spent)
        feeding = asyncio.ensure_future(spoken(noisy(clip[1]), session.feed, session.began))
        await session.run(feeding)
        return session.screen

    await measure("whisper_streaming's policy", found, play, lambda: spent[0])


class Streaming:
    """The policy's loop: read what has come, do a pass when a second of it is new or the voice has ended."""

    def __init__(self, engine: Any, detector: vad.Silero, spent: list[float]) -> None:
        self.screen, self.began = Screen(), now()
        self._spent = spent
        self._engine = engine
        self._activity, self._segmenter = vad.VoiceActivity(detector), Segmenter()
        self._sound = np.zeros(0, np.float32)
        self._utterances: list[tuple[int, int | None]] = []  # first sample, and end when that is known

    async def feed(self, piece: pcm.Samples) -> bool:
        self._sound = np.concatenate([self._sound, piece])
        for probability in self._activity.push(piece):
            mark = self._segmenter.push(probability)
            if isinstance(mark, Opened):
                self._utterances.append((mark.start, None))
            elif isinstance(mark, Silent) and mark.silence_ms >= QUIET_END_MS:
                self._utterances[-1] = (self._utterances[-1][0], mark.end + pcm.samples(PADDING_MS))
                self._segmenter.close()
        return True

    async def run(self, feeding: "asyncio.Future[None]") -> None:
        said: list[str] = []
        online: LocalAgreement | None = None
        read = 0
        while not feeding.done() or self._utterances:
            await asyncio.sleep(0.01)
            if not self._utterances:
                continue
            start, over = self._utterances[0]
            if online is None:
                online, read = LocalAgreement(self._engine, start / pcm.RATE), start
            end = over or len(self._sound)
            if end - read < CHUNK_S * pcm.RATE and over is None:
                if feeding.done():
                    break
                continue
            online.insert(self._sound[read:end])
            read = end
            began = time.process_time()
            online.process()
            took = time.process_time() - began
            self._spent[0] += took
            await asyncio.sleep(took)
            if over is None:
                self._show(" ".join([*said, online.text()]).strip())
                continue
            online.hypotheses.finish()
            said.append(online.text())
            self._show(" ".join(said), over=True)
            self._utterances.pop(0)
            online = None
        await feeding

    def _show(self, text: str, over: bool = False) -> None:
        at = now() - self.began
        self.screen.seen.append((at, final(text) if over else partial(text, len(text))))


def _chosen(options: argparse.Namespace) -> list[Clip]:
    wanted = options.clips or [clip["id"] for clip, _ in clips() if options.all or "so762" not in clip["id"]]
    return [clip for clip in clips() if clip[0]["id"] in wanted]


async def _compare(options: argparse.Namespace) -> None:
    await parley(options.model, _chosen(options))
    await whisper_streaming(options.model, _chosen(options))


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench recognisers", description=__doc__)
    parser.add_argument("--model", type=lambda given: Path(given).resolve(), required=True, help="a folder")
    parser.add_argument("--clips", nargs="*", help="only these recordings")
    parser.add_argument("--all", action="store_true", help="the learners' clips too")
    parser.add_argument("--whisper-live", action="store_true", help="WhisperLive too, in real time")
    parser.add_argument("--patience", type=float, default=8.0, help="seconds of quiet for WhisperLive after a clip")
    parser.add_argument(
        "--environment", default=".parley/recognisers", help="where WhisperLive is or will be installed"
    )
    options = parser.parse_args(argv)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    virtual.run(_compare(options))
    if options.whisper_live:
        python = install(Path(options.environment))
        asyncio.run(whisper_live(options.model, _chosen(options), python, options.patience))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
