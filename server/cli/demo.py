"""`run.py demo`: plays a recording through a running Parley as a real client, in real time, over the public API."""

import argparse
import asyncio
import contextlib
import secrets
import signal
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import aiohttp
import numpy as np
import soundfile
import soxr

from clients.python.parley_client import Lost, Parley, Refused, Session, models
from kit.processes import environment
from kit.processes.announced import Announced
from kit.processes.process import Program
from server.bootstrap.terminal import Stop
from server.cli import demo_view
from server.config import Settings

ROOT = Path(__file__).resolve().parents[2]
CLIP = ROOT / "static" / "audio" / "jfk.flac"
TEXT = "And so my fellow Americans ask not what your country can do for you ask what you can do for your country."
_READY = "Parley is ready: "
_LOOK_SECONDS = 0.5
_PATIENCE_SECONDS = 90  # for a server that does not report what it waits for


def main(argv: list[str]) -> int:
    """`run.py demo`: play a recording through a server and show what comes back."""
    options = _parse(argv)
    pcm = read_clip(Path(options.clip))
    text = options.text if options.text is not None or options.clip != str(CLIP) else TEXT
    with _server(options) as url:
        return asyncio.run(play(url, pcm, text, wait=not options.no_wait))


def _parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("run.py demo", description=__doc__)
    parser.add_argument("--clip", default=str(CLIP), metavar="FILE", help="a recording; default: the bundled one")
    parser.add_argument("--text", help="the sentence that is read in it; without it the clip is free speech")
    parser.add_argument("--url", help="a running server; default: the one on this machine, else one of its own")
    parser.add_argument("--model", help="Whisper model of a server of its own: a folder or a name")
    parser.add_argument("--data", metavar="DIR", help="data folder of a server of its own")
    parser.add_argument(
        "--no-wait", action="store_true", help="play at once, also while the speech model is being fetched or loaded"
    )
    return parser.parse_args(argv)


def read_clip(path: Path) -> bytes:
    """Any file that soundfile reads, as PCM16, mono, 16 kHz. Stop with one sentence when it cannot be read."""
    try:
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as error:
        raise Stop(f"The recording {path} cannot be read: {error}") from error
    mono = soxr.resample(samples.mean(axis=1), rate, 16_000)
    return bytes((np.clip(mono, -1, 1) * 32767).astype("<i2").tobytes())


async def play(url: str, pcm: bytes, text: str | None, *, wait: bool = True) -> int:
    """Wait for the recognizer, stream the recording in real time, show what comes back, and return the exit code."""
    view = demo_view.View(text)
    try:
        async with Parley(url) as parley:
            await _throwaway_account(parley)
            print(f"Server: {url}    recognition: {await _recognition(parley, wait)}", flush=True)
            async with parley.speaking(reference_text=text) as session:
                showing = asyncio.ensure_future(_show(session, view))
                await session.stream(pcm)
                ended = await session.end()
                await showing
            await parley.sign_out()
    except Lost as lost:
        raise Stop(f"The server does not answer: {lost}") from lost
    except Refused as refused:
        raise Stop(f"The server refused: {refused}") from refused
    view.report(ended.data, len(pcm) / 32_000)
    return 0


async def _show(session: Session, view: demo_view.View) -> None:
    async for event in session.events():
        view.event(event.name, event.data)


async def _throwaway_account(parley: Parley) -> None:
    name = f"demo_{secrets.token_hex(6)}"
    await parley.register(f"{name}@example.com", name, secrets.token_urlsafe(18))


async def _recognition(parley: Parley, wait: bool) -> str:
    """The name of the recognizer, once the configured one is ready; at once without `wait`."""
    progress = demo_view.Progress()
    give_up = asyncio.get_running_loop().time() + _PATIENCE_SECONDS
    while True:
        found = next((one for one in await _checks(parley) if one["name"] == "recognition"), None)
        now = asyncio.get_running_loop().time()
        detail = (found and found["detail"]) or "unknown"
        if not wait or (now > give_up if found is None else not found.get("waiting_for")):
            progress.end()
            return detail
        progress.show(detail.split(". ")[0], now)
        await asyncio.sleep(_LOOK_SECONDS)


async def _checks(parley: Parley) -> list[models.HealthCheckItem]:
    """What the server says of its parts; nothing while a needed one is away."""
    try:
        return (await parley.rest.get_health_detailed())["checks"]
    except Refused as refused:
        if refused.status != 503:
            raise
        return []


@contextlib.contextmanager
def _server(options: argparse.Namespace) -> Iterator[str]:
    """The address of a running server, or of one that lives as long as the block."""
    settings = Settings()
    url = options.url or f"http://127.0.0.1:{settings.port}"
    if not options.model and not options.data and asyncio.run(_answers(url)):
        yield url.rstrip("/")
        return
    if options.url:
        raise Stop(f"No Parley answers at {url}.")
    command = [sys.executable, str(ROOT / "run.py"), "serve", "--port", "0", "--no-browser"]
    command += ["--data", options.data] if options.data else []
    variables = {"PARLEY_LOG_LEVEL": "error"} | environment.whole()
    if options.model:
        variables["PARLEY_WHISPER_MODEL"] = options.model
    print("Starting a server for the demo …", flush=True)
    server = Announced(
        Program("demo", command, variables, tie=signal.SIGTERM), _READY, partial(print, end="", flush=True)
    )
    try:
        if not server.ready() or server.said is None:
            raise Stop("The server for the demo did not start: see above.")
        yield server.said
    finally:
        server.process.end([(signal.SIGTERM, 10.0)])
        server.close()


async def _answers(url: str) -> bool:
    timeout = aiohttp.ClientTimeout(total=2)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as http,
            http.get(f"{url.rstrip('/')}/api/health") as response,
        ):
            return response.status == 200 and (await response.json()).get("status") == "ok"
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return False
