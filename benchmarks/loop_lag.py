"""How late the event loop is while learners speak: `python3 run.py bench loop_lag [--clients 10] [--model FOLDER]`.

A whole node (embedded servers, recognition in its worker, scoring) runs in this process beside a probe that asks to be
woken every 5 ms and notes how much later it was. The learners read sentences in real time, from a process of their own.
Besides stands the same probe on the idle node: what the machine alone costs.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
from pathlib import Path

import soundfile

from clients.python.parley_client import Session
from kit import logs
from server.config import Settings
from server.embedded.stack import EmbeddedStack
from server.migrate import migrate
from tests.support.node import running

_ROOT = Path(__file__).parents[1]
_AUDIO = _ROOT / "static" / "audio"
_CLIPS = {
    "so762-008110159": "Let us know if you have any other questions.",
    "so762-012280054": "She dropped only nine points in the second set.",
    "6930-75918-0000": "Concord returned to its place amidst the tents.",
}
_STEP = 0.005


async def _probe(lags: list[float]) -> None:
    loop = asyncio.get_running_loop()
    while True:
        asked = loop.time()
        await asyncio.sleep(_STEP)
        lags.append((loop.time() - asked - _STEP) * 1000)


async def _learner(url: str, token: str, number: int, seconds: float) -> None:
    clip, text = list(_CLIPS.items())[number % len(_CLIPS)]
    samples, _ = soundfile.read(_AUDIO / f"{clip}.flac", dtype="int16")
    loop = asyncio.get_running_loop()
    await asyncio.sleep(number * 0.3)
    end = loop.time() + seconds
    while loop.time() < end:
        session = Session(url, "/speaking", token=token)
        try:
            await session.start_speaking(reference_text=text)
            await session.stream(samples.tobytes(), frame_ms=40)
            await session.end()
        finally:
            await session.close()


async def _learners(url: str, tokens: list[str], seconds: float) -> None:
    await asyncio.gather(*(_learner(url, token, n, seconds) for n, token in enumerate(tokens)))


async def _measure(clients: int, seconds: float, model: str, folder: Path) -> dict[str, list[float]]:
    stack = EmbeddedStack(folder / "data", durable=False)
    urls = stack.start()
    try:
        await migrate(urls.database_url)
        settings = Settings(data_dir=folder / "node", secret_key="0" * 32, whisper_model=model, speech_at_start=True)
        async with running(settings, urls.database_url, urls.redis_url) as node:
            tokens = [(await node.account()).access_token for _ in range(clients)]
            await asyncio.sleep(10)  # the model loads
            found: dict[str, list[float]] = {"idle": [], f"{clients} speaking": []}
            for lags, work in zip(found.values(), (None, (node.url, tokens)), strict=True):
                probing = asyncio.ensure_future(_probe(lags))
                await (_speak(*work, seconds) if work else asyncio.sleep(5))
                probing.cancel()
            return found
    finally:
        stack.stop()


async def _speak(url: str, tokens: list[str], seconds: float) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.loop_lag", "--as-learners", url, "--seconds", str(seconds), *tokens, cwd=_ROOT
    )
    if await process.wait():
        raise SystemExit("the learners failed")


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench loop_lag", description=__doc__)
    parser.add_argument("--clients", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--model", default=str(_ROOT / "tests" / "data" / "models" / "whisper-clips-test"))
    parser.add_argument("--as-learners", metavar="URL", help=argparse.SUPPRESS)
    parser.add_argument("tokens", nargs="*", help=argparse.SUPPRESS)
    chosen = parser.parse_args(argv)
    logs.configure("error")
    if chosen.as_learners:
        asyncio.run(_learners(chosen.as_learners, chosen.tokens, chosen.seconds))
        return 0
    with tempfile.TemporaryDirectory(prefix="parley-bench-", ignore_cleanup_errors=True) as folder:
        found = asyncio.run(_measure(chosen.clients, chosen.seconds, chosen.model, Path(folder)))
    print(f"{'':16}{'p50 ms':>9}{'p99 ms':>9}{'max ms':>9}")
    for name, lags in found.items():
        cuts = statistics.quantiles(lags, n=100)
        print(f"{name:16}{cuts[49]:9.2f}{cuts[98]:9.2f}{max(lags):9.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
