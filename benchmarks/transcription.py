"""Live transcription of the recordings: `python3 run.py bench transcription --model FOLDER`.

Method: benchmarks/_virtual.py. Every clip is fed in pieces of 40 ms, as our clients send them, with 0.5 s of quiet
before and 1.5 s after it, and noise at -66 dB under it. "First" counts from the first word's onset, "settled" from a
word's end until it stands on screen for good, "final" from the last sound that the voice activity heard. "Changed" is
words changed after they were shown, for every word of the final text: all words from the first difference on count.
"""

import argparse
import asyncio
import json
import random
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from benchmarks import _virtual as virtual
from benchmarks._scores import Screen, errors, percentile
from kit.tasks import Tasks
from speech.audio import pcm
from speech.endpointing import vad
from speech.engines.settings import ListeningSettings
from speech.listener import Listener
from speech.listener_options import ListenerOptions
from speech.pool import jobs
from speech.pool.pool import WorkerPool
from speech.transcription.policy import Policy

CLIPS = Path(__file__).parents[1] / "tests" / "data" / "audio"
LEAD_S, TAIL_S, CHUNK_MS = 0.5, 1.5, 40

Clip = tuple[dict[str, Any], pcm.Samples]  # its line of the manifest and its sound


def noisy(sound: pcm.Samples, lead_s: float = LEAD_S, tail_s: float = TAIL_S) -> pcm.Samples:
    quiet = np.random.default_rng(7)
    whole = np.concatenate([np.zeros(int(lead_s * pcm.RATE)), sound, np.zeros(int(tail_s * pcm.RATE))])
    return (whole + quiet.standard_normal(len(whole)) * 10 ** (-66 / 20)).astype(np.float32)


def clips() -> list[Clip]:
    found = json.loads((CLIPS / "manifest.json").read_text())
    return [(clip, soundfile.read(CLIPS / clip["file"], dtype="float32")[0]) for clip in found]


def learners(folder: Path, count: int, seed: int = 0) -> list[tuple[dict[str, Any], pcm.Samples]]:
    """Utterances of a corpus in the shape of speechocean762's sentences.jsonl."""
    lines = [json.loads(line) for line in (folder / "sentences.jsonl").read_text().splitlines()]
    random.Random(seed).shuffle(lines)
    return [(line, soundfile.read(folder / line["audio"], dtype="float32")[0]) for line in lines[:count]]


class Studio:
    """Listeners on virtual time and one or more workers without processes."""

    def __init__(self, spec: jobs.EngineSpec, policy: Policy, workers: int = 1, speed: float = 1.0) -> None:
        self.clock = virtual.LoopClock()
        self.tasks = Tasks()
        self.workers = WorkerPool(self.clock, self.tasks)
        self.lanes = [virtual.VirtualLane(spec, speed) for _ in range(workers)]
        for lane in self.lanes:
            self.workers.add(lane)
        self.detector = vad.Silero()
        self.policy = policy

    def listener(self, name: str, screen: Screen, **options: Any) -> Listener:
        began = self.clock.monotonic()
        return Listener(
            ListenerOptions(name, **options),
            lambda event: screen.seen.append((self.clock.monotonic() - began, event)),
            self.workers,
            vad.VoiceActivity(self.detector),
            self.policy,
            self.lanes[0].engine,
        )

    async def play(self, name: str, sound: pcm.Samples, **options: Any) -> Screen:
        """A recording fed at the pace of the virtual clock, to the end of its finals."""
        screen = Screen()
        listener = self.listener(name, screen, **options)
        began, step = self.clock.monotonic(), pcm.samples(CHUNK_MS)
        for at in range(0, len(sound), step):
            wait = began + (at + step) / pcm.RATE - self.clock.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            listener.feed(pcm.to_bytes(sound[at : at + step]))
        await listener.finish()
        await listener.close()
        return screen


def report(name: str, rows: list[dict[str, Any]], studio: Studio, seconds: float) -> str:
    def all_of(key: str) -> list[float]:
        return [
            value
            for row in rows
            for value in (row[key] if isinstance(row[key], list) else [row[key]])
            if value is not None
        ]

    total = sum(row["words"] for row in rows)
    passes = [cost for lane in studio.lanes for cost in lane.costs]
    spent = [cost for _, _, cost in passes]
    return (
        f"{name}: WER {100 * sum(r['errors'] for r in rows) / total:.1f} % of {total}; "
        f"first {percentile(all_of('first'), 50):.2f} / {percentile(all_of('first'), 95):.2f} s; "
        f"settled {percentile(all_of('settled'), 50):.2f} / {percentile(all_of('settled'), 95):.2f}, "
        f"appeared {percentile(all_of('appeared'), 50):.2f} / {percentile(all_of('appeared'), 95):.2f} s; "
        f"final {percentile(all_of('latencies'), 50):.2f} / {percentile(all_of('latencies'), 95):.2f} s "
        f"({len(all_of('latencies'))}); changed {sum(r['changed'] for r in rows) / total:.2f} a word; "
        f"taken back {sum(r['taken_back'] for r in rows)}; "
        f"{len(passes)} passes of {percentile(spent, 50):.3f} s (p95 {percentile(spent, 95):.2f}), "
        f"core {100 * sum(spent) / seconds:.0f} % busy"
    )


async def _measure(options: argparse.Namespace) -> None:
    policy = Policy()
    names = {item.name: item for item in fields(Policy)}
    for given in options.set:
        key, _, value = given.partition("=")
        if key in names:
            policy = replace(policy, **{key: type(getattr(policy, key))(float(value))})
        else:
            policy = replace(policy, rules=replace(policy.rules, **{key: float(value)}))
    model = Path(options.model)
    spec = jobs.EngineSpec("sphinx") if options.model == "sphinx" else jobs.EngineSpec("whisper", model)
    studio = Studio(spec, policy, speed=options.speed)
    chosen = [item for item in clips() if not options.clips or item[0]["id"] in options.clips]
    sets = {
        "native": [c for c in chosen if "so762" not in c[0]["id"]],
        "learner clips": [c for c in chosen if "so762" in c[0]["id"]],
    }
    for name, found in sets.items():
        rows = []
        before = studio.clock.monotonic()
        for lane in studio.lanes:
            lane.costs.clear()
        for clip, sound in found:
            screen = await studio.play(clip["id"], noisy(sound), scored=options.scored)
            rows.append(screen.measure(clip, LEAD_S))
            if options.verbose:
                print({k: v for k, v in rows[-1].items() if k not in ("settled", "appeared")})
                if options.verbose > 1:
                    _print_events(screen)
        if rows:
            print(report(name, rows, studio, studio.clock.monotonic() - before), flush=True)
    if options.learners:
        await _learners(studio, Path(options.learners), options)


def _print_events(screen: Screen) -> None:
    for at, event in screen.seen:
        stable = getattr(event, "stable_prefix_length", "")
        print(f"   {at:6.2f} {type(event).__name__} {getattr(event, 'text', '')!r} {stable}")


async def _learners(studio: Studio, folder: Path, options: argparse.Namespace) -> None:
    wrong = total = runaway = taken_back = 0
    finals: list[float] = []
    for lane in studio.lanes:
        lane.costs.clear()
    before = studio.clock.monotonic()
    for line, sound in learners(folder, options.count):
        screen = await studio.play(line["id"], noisy(sound), scored=options.scored)
        e, n = errors(line["text"], screen.text())
        wrong, total = wrong + e, total + n
        taken_back += screen.taken_back()
        runaway += len(screen.text().split()) > 2 * n + 3
        finals += [event.latency_ms["total"] / 1000 for _, event in screen.seen if hasattr(event, "latency_ms")]
        if options.verbose and e:
            print(f"   {line['id']} {line['text']} | {screen.text()}")
    spent = sum(cost for lane in studio.lanes for _, _, cost in lane.costs)
    busy = 100 * spent / (studio.clock.monotonic() - before)
    print(
        f"learners: {options.count} utterances, WER {100 * wrong / total:.1f} % of {total}, runaway {runaway}, "
        f"taken back {taken_back}, final {percentile(finals, 50):.2f} / {percentile(finals, 95):.2f} s, "
        f"core {busy:.0f} % busy",
        flush=True,
    )


def found_model(name: str) -> Path | None:
    """A folder with a Whisper model, or the one that the store has or fetches by this name."""
    if Path(name).is_dir():
        return Path(name)
    from speech.weights.store import Progress, Store

    return Store(ListeningSettings(data=Path(".parley")).data / "models", Progress()).find(name, print)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench transcription", description=__doc__)
    parser.add_argument("--model", default="base", help="a folder with a Whisper model, or sphinx")
    parser.add_argument("--scored", action="store_true", help="score the pronunciation as well")
    parser.add_argument("--clips", nargs="*", help="only these recordings")
    parser.add_argument("--learners", help="a folder with sentences.jsonl and its audio")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--speed", type=float, default=1.0, help="how much faster the core is than this one")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="policy and rules to change")
    parser.add_argument("-v", "--verbose", action="count", default=0)
    options = parser.parse_args(argv)
    if options.model != "sphinx":
        if (folder := found_model(options.model)) is None:
            print(f"No model {options.model} on this machine; give --model FOLDER.")
            return 2
        options.model = str(folder)
    virtual.run(_measure(options))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
