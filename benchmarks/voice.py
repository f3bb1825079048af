"""The neural voice beside espeak-ng: `python3 run.py bench voice --model FOLDER`, a folder with Whisper base.

Lines of the course are spoken in turn by four voices and by espeak-ng; Whisper (beam 5) writes both down, and the words
that differ are counted after numbers are read as words; words that sound alike ("colour", "color") are the same, and no
line spells a name. In the same run: processor time over sound (one thread), the time to the first sound of sentences of
up to 8 words, how long the work goes on after somebody stops listening, how far the voice's own word starts are from
those that our aligner hears, and the memory of the process after many sentences. The load of the machine is printed
before and after, since clock times mean little on a busy one.
"""

import argparse
import asyncio
import os
import random
import re
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from functools import cache
from pathlib import Path

import numpy as np
import soxr
from numpy.typing import NDArray

from api.english.catalog import load
from api.english.sound.voicing import scripts
from benchmarks._processes import cpu_seconds
from kit.tasks import Tasks
from server.wiring.recognition import installer_found
from speech.engines.whisper import WhisperEngine
from speech.pronunciation.assess import Assessor
from speech.pronunciation.lexicon import british, tokens
from speech.pronunciation.lexicon.dictionary import shared
from speech.synthesis import espeak
from speech.synthesis.kokoro.process import Engine
from speech.synthesis.kokoro.voice import FILE, MODEL
from speech.synthesis.voices import RATE, Manner, Spoken, joined
from speech.weights.store import Progress, Store

SPEAKERS = ("af_heart", "bf_emma", "am_michael", "bm_george")
RATES = (1.0, 0.85, 0.9, 1.2)
WHISPER_RATE = 16_000
MARGIN = 0.5  # seconds of silence that the encoder gets behind the sound
_SPELLED = re.compile(r"\b[A-Z]\b\W+[A-Z]\b")
PARTS = ("words", "first", "silence", "starts", "memory")
ROOT = Path(__file__).parents[1]


def lines(count: int, seed: int) -> list[str]:
    """Sentences that learners hear in the course."""
    found = {
        re.sub(r"^[A-Z][\w. ]{0,24}: ", "", line).strip()
        for text, _ in scripts(load.catalog().modules)
        for line in text.splitlines()
    }
    usable = sorted(
        one for one in found if 4 <= len(one.split()) <= 20 and not set("{}|[]") & set(one) and not _SPELLED.search(one)
    )
    random.Random(seed).shuffle(usable)
    return usable[:count]


def words(text: str) -> list[str]:
    return [word for token in tokens.split(text) for word in token.spoken]


def wrong(wanted: list[str], heard: list[str]) -> int:
    """Words to change, add and leave out."""
    costs = list(range(len(heard) + 1))
    for i, one in enumerate(wanted, 1):
        before, costs[0] = costs[0], i
        for j, other in enumerate(heard, 1):
            before, costs[j] = costs[j], min(costs[j] + 1, costs[j - 1] + 1, before + (not alike(one, other)))
    return costs[-1]


@cache
def alike(one: str, other: str) -> bool:
    """Whether two words are the same to the ear, in American or British English."""
    return one == other or not _sounds(one).isdisjoint(_sounds(other))


def _sounds(word: str) -> set[tuple[str, ...]]:
    standard = shared().standard(word)
    return set() if standard is None else {standard, *british.variants(word, standard)}


def for_whisper(pcm: bytes) -> NDArray[np.float32]:
    samples = np.frombuffer(pcm, "<i2").astype(np.float32) / 32768
    return np.asarray(soxr.resample(samples, RATE, WHISPER_RATE), np.float32)


async def model() -> Path:
    """Where the voice's network is; fetched where it is not."""
    progress = Progress()
    store = Store(ROOT / ".parley" / "models", progress, installer_found)
    folder = store.find(MODEL, print) or await store.fetch(MODEL, print)
    if folder is None:
        raise SystemExit("The model of the voice cannot be had.")
    return folder / FILE


async def whole(pieces: AsyncGenerator[Spoken, None]) -> bytes:
    async with aclosing(pieces):
        return b"".join([one.pcm async for one in pieces])


async def words_wrong(engine: Engine, whisper: Path, asked: list[str]) -> None:
    from faster_whisper import WhisperModel

    listener = WhisperModel(str(whisper), device="cpu", compute_type="int8", cpu_threads=1)
    program = espeak.find()
    counted = {"Kokoro-82M": 0, "espeak-ng": 0}
    said = 0
    used = seconds = 0.0
    for i, line in enumerate(asked):
        before = cpu_seconds(engine.pid) if engine.pid else 0.0
        sounds = {"Kokoro-82M": await whole(engine.speak(line, SPEAKERS[i % len(SPEAKERS)]))}
        if before and engine.pid:
            used += cpu_seconds(engine.pid) - before
            seconds += len(sounds["Kokoro-82M"]) / 2 / RATE
        if program is not None:
            language = "en-gb" if i % 2 else "en-us"
            sounds["espeak-ng"] = await whole(espeak.EspeakVoice(program).speak(line, language, Manner()))
        said += len(words(line))
        for name, pcm in sounds.items():
            heard, _ = listener.transcribe(
                for_whisper(pcm), language="en", beam_size=5, condition_on_previous_text=False
            )
            text = " ".join(one.text for one in heard)
            missed = wrong(words(line), words(text))
            counted[name] += missed
            if missed:
                print(f"  {name}: {line} → {text.strip()}")
    for name, missed in counted.items():
        print(f"{name}: {missed} of {said} words wrong, {100 * missed / said:.1f} %")
    print(f"Processor time over sound, one thread: {used / seconds:.2f}")


async def first_sound(engine: Engine, asked: list[str]) -> None:
    times = []
    for line in asked:
        began = time.perf_counter()
        async with aclosing(engine.speak(line, SPEAKERS[0])) as clauses:
            await anext(clauses)
            times.append(time.perf_counter() - began)
    print(f"First sound, up to 8 words: p50 {np.percentile(times, 50):.2f} s, p95 {np.percentile(times, 95):.2f} s")


async def starts(engine: Engine, whisper: Path, asked: list[str]) -> None:
    """The voice's word starts beside our aligner's, in sentences whose words both count alike."""
    encoder, assessor = WhisperEngine.load(whisper), Assessor.load("whisper")
    apart = []
    for i, line in enumerate(asked):
        async with aclosing(engine.speak(line, SPEAKERS[i % len(SPEAKERS)])) as pieces:
            spoken = joined([one async for one in pieces])
        sound = for_whisper(spoken.pcm)
        frames = encoder.encode(sound, len(sound) / WHISPER_RATE + MARGIN)
        heard = [one for one in assessor.score(sound, frames, assessor.plan(line)).words if one.index is not None]
        if len(heard) != len(spoken.words):
            continue
        apart += [
            abs(1000 * start - one.start_ms)
            for one, (_, start, _) in zip(heard, spoken.words, strict=True)
            if one.aligned
        ]
    print(
        f"Word starts against our aligner, {len(apart)} words: "
        f"p50 {np.percentile(apart, 50):.0f} ms, p95 {np.percentile(apart, 95):.0f} ms"
    )


async def silence(engine: Engine, rounds: int) -> None:
    """From the moment somebody stops listening, in the middle of a clause, until the process is free."""
    text = "This is a sentence that nobody wants to hear to its end, because it goes on and on and on. " * 3
    times = []
    for i in range(rounds):
        async with aclosing(engine.speak(text, SPEAKERS[0])) as clauses:
            await anext(clauses)
            await asyncio.sleep(0.05 * (i % 5))
            began = time.perf_counter()
        times.append(time.perf_counter() - began)
    print(f"Stopped: p50 {1000 * np.percentile(times, 50):.0f} ms, p95 {1000 * np.percentile(times, 95):.0f} ms")


async def memory(engine: Engine, asked: list[str], count: int) -> None:
    """Lines of all lengths at the rates of the course."""
    most, processes = 0, set[int | None]()
    for i in range(count):
        await whole(engine.speak(asked[i % len(asked)], SPEAKERS[i % len(SPEAKERS)], RATES[i // 4 % len(RATES)]))
        most = max(most, engine.rss)
        processes.add(engine.pid)
    print(f"Memory after {count} sentences: {engine.rss >> 20} MiB, at most {most >> 20}; processes: {len(processes)}")


async def measure(arguments: argparse.Namespace) -> None:
    print(f"Load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    tasks = Tasks()
    engine = Engine(await model(), tasks)
    await whole(engine.speak("Hello.", SPEAKERS[0]))
    asked = lines(arguments.lines, arguments.seed)
    every = lines(10_000, arguments.seed + 1)
    short = [line for line in every if len(line.split()) <= 8]
    if "words" in arguments.parts:
        await words_wrong(engine, arguments.model, asked)
    if "first" in arguments.parts:
        await first_sound(engine, short[: arguments.first])
    if "silence" in arguments.parts:
        await silence(engine, 20)
    if "starts" in arguments.parts:
        await starts(engine, arguments.model, asked)
    if "memory" in arguments.parts:
        await memory(engine, every, arguments.after)
    await engine.close()
    await tasks.close()
    print(f"Load after: {os.getloadavg()[0]:.1f}")


def main(rest: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="run.py bench voice", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True, help="Whisper base")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--lines", type=int, default=100)
    parser.add_argument("--first", type=int, default=30)
    parser.add_argument("--after", type=int, default=300)
    parser.add_argument("--seed", type=int, default=7)
    asyncio.run(measure(parser.parse_args(rest)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
