"""How soon the tutor answers, and how soon it is silent: `python3 run.py bench replies [--rounds 20] [--model FOLDER]`.

A whole node (embedded servers, recognition in its worker, built-in tutor, its voice) in one process, a learner with a
real recording and a real WebSocket in another. A round: the learner says a sentence; from its last sound to the first
text and the first sound of the reply; a second into the reply the learner speaks again; from the first sound of that to
the `playback.flush` at the client. Beside it stand what a user would set elsewhere, turns that end after a fixed
silence of 800 ms, and the same server as the `openai` package reaches it: `/v1/realtime`, where a client falls silent
at `input_audio_buffer.speech_started`.
"""

import argparse
import asyncio
import math
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import numpy as np
import soundfile

from benchmarks._microphones import Microphone, OpenAi, Own
from clients.python.parley_client import Parley, Tokens
from kit import logs
from server.config import Settings
from server.embedded.stack import EmbeddedStack
from server.migrate import migrate
from speech.synthesis import espeak
from tests.support.node import running

_ROOT = Path(__file__).parents[1]
_AUDIO = _ROOT / "tests" / "data" / "audio"
_CLIP = "so762-008110159"
_INTERRUPTIONS = ("6930-75918-0000", "LJ001-0008", "so762-010370234", "84-121550-0000", "so762-012280054")
_FRAME = 320  # samples: 20 ms
_FIXED_MS = 800
_WAIT_SECONDS = 30.0
MEASURES = ("first text", "first sound", "silence after barge-in")


def _sentence(name: str) -> bytes:
    """The recording from the beginning to the end of its speech: 100 ms above a tenth of its usual loudness."""
    samples, _ = soundfile.read(_AUDIO / f"{name}.flac", dtype="int16")
    frames = samples[: len(samples) // _FRAME * _FRAME].reshape(-1, _FRAME).astype(np.float64)
    loudness = np.sqrt((frames**2).mean(axis=1))
    loud = loudness > 0.1 * np.percentile(loudness, 95)
    steady = np.convolve(loud, np.ones(5), "valid") == 5
    first, last = np.flatnonzero(steady)[[0, -1]]
    return bytes(samples[first * _FRAME : (last + 5) * _FRAME].tobytes())


class Learner:
    """A microphone that is always on, and the times at which things came."""

    def __init__(self, microphone: Microphone) -> None:
        self._microphone = microphone
        self._to_say = bytearray()
        self._said: asyncio.Event = asyncio.Event()
        self.came: dict[str, float] = {}
        self.moved = asyncio.Event()
        self.began = self.ended = 0.0

    async def speak(self) -> None:
        """Frames in real time, silence where nothing is to be said."""
        loop = asyncio.get_running_loop()
        start, number = loop.time(), 0
        while True:
            number += 1
            piece = bytes(self._to_say[: _FRAME * 2])
            fresh = bool(piece)
            del self._to_say[: _FRAME * 2]
            await self._microphone.send(piece.ljust(_FRAME * 2, b"\0"))
            if fresh:
                self.began = self.began or loop.time()
                if not self._to_say:
                    self.ended = loop.time()
                    self._said.set()
            await asyncio.sleep(max(0.0, start + number * _FRAME / 16_000 - loop.time()))

    async def listen(self) -> None:
        loop = asyncio.get_running_loop()
        async for name in self._microphone.events():
            self.came.setdefault(name, loop.time())
            self.moved.set()

    async def say(self, sound: bytes) -> None:
        self.came.clear()
        self._said.clear()
        self.began = 0.0
        self._to_say += sound
        await self._said.wait()

    async def until(self, name: str) -> float:
        async with asyncio.timeout(_WAIT_SECONDS):
            while name not in self.came:
                self.moved.clear()
                await self.moved.wait()
        return self.came[name]


async def _round(microphone: Microphone, interruption: str) -> dict[str, float]:
    learner = Learner(microphone)
    tasks = [asyncio.ensure_future(learner.speak()), asyncio.ensure_future(learner.listen())]
    try:
        await asyncio.sleep(0.4)
        await learner.say(_sentence(_CLIP))
        text, sound = await learner.until("text"), await learner.until("sound")
        found = {MEASURES[0]: text - learner.ended, MEASURES[1]: sound - learner.ended}
        await asyncio.sleep(1.0)
        await learner.say(_sentence(interruption))
        found[MEASURES[2]] = await learner.until("silence") - learner.began
        await learner.until("done")  # the words were recognised: it is cut off for good
        return found
    finally:
        for task in tasks:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome


async def _learn(url: str, token: str, rounds: int) -> None:
    found: dict[str, list[float]] = defaultdict(list)
    async with Parley(url, tokens=Tokens(token, "", math.inf)) as parley:
        ways: dict[str, Callable[[], AbstractAsyncContextManager[Microphone]]] = {
            "adaptive": lambda: Own.opened(parley, None),
            f"fixed {_FIXED_MS} ms": lambda: Own.opened(parley, _FIXED_MS),
            "openai, semantic_vad": lambda: OpenAi.opened(url, token),
        }
        for number in range(rounds):
            interruption = _INTERRUPTIONS[number % len(_INTERRUPTIONS)]
            for name, opened in ways.items():
                async with opened() as microphone:
                    took = await _round(microphone, interruption)
                for measure, seconds in took.items():
                    found[f"{measure}, {name}"].append(seconds * 1000)
    print(f"{'milliseconds':44}{'p50':>8}{'p95':>8}{'most':>8}")
    for name in sorted(found):
        values = found[name]
        p50, p95 = np.percentile(values, [50, 95])
        print(f"{name:44}{p50:8.0f}{p95:8.0f}{max(values):8.0f}")


async def _serve(rounds: int, model: str, folder: Path) -> None:
    stack = EmbeddedStack(folder / "data", durable=False)
    urls = stack.start()
    try:
        await migrate(urls.database_url)
        settings = Settings(data_dir=folder / "node", secret_key="0" * 32, whisper_model=model, speech_at_start=True)
        async with running(settings, urls.database_url, urls.redis_url) as node:
            account = await node.account()
            async with node.resources.database.connection() as cx:
                await cx.execute("update users set plan = 'pro'")
            await asyncio.sleep(8)  # the model loads
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "benchmarks.replies",
                "--as-learner",
                node.url,
                "--token",
                account.access_token,
                "--rounds",
                str(rounds),
                cwd=_ROOT,
            )
            if await process.wait():
                raise SystemExit("the learner failed")
    finally:
        stack.stop()


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench replies", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--model", default=str(_ROOT / "tests" / "data" / "models" / "whisper-clips-test"))
    parser.add_argument("--as-learner", metavar="URL", help=argparse.SUPPRESS)
    parser.add_argument("--token", help=argparse.SUPPRESS)
    chosen = parser.parse_args(argv)
    logs.configure("error")
    if chosen.as_learner:
        asyncio.run(_learn(chosen.as_learner, chosen.token, chosen.rounds))
        return 0
    if espeak.find() is None:
        raise SystemExit("This benchmark needs espeak-ng: without a voice on the server there is no sound to time.")
    with tempfile.TemporaryDirectory(prefix="parley-bench-", ignore_cleanup_errors=True) as folder:
        asyncio.run(_serve(chosen.rounds, chosen.model, Path(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
