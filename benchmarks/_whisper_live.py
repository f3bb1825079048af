"""WhisperLive as a peer, for benchmarks/recognisers.py: installed into an environment of its own, and run."""

import asyncio
import json
import os
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path

import aiohttp

from benchmarks import _processes
from benchmarks._scores import Screen
from benchmarks._side_by_side import final, measure, now, partial, spoken
from benchmarks.transcription import LEAD_S, TAIL_S, Clip, noisy
from speech import events
from speech.audio import pcm

PEER = ["whisper-live==0.10.0"]  # without what only its client and its other engines need
PEER_NEEDS = (
    "faster-whisper==1.2.0 torch websockets fastapi uvicorn python-multipart prometheus-client scipy soundfile requests"
)
SERVER = (
    "import sys; from whisper_live.server import TranscriptionServer; TranscriptionServer().run('127.0.0.1', "
    "port=int(sys.argv[1]), backend='faster_whisper', faster_whisper_custom_model_path=sys.argv[2], single_model=True)"
)


def install(folder: Path) -> Path:
    """WhisperLive in an environment of its own. Returns its Python."""
    python = folder / "bin" / "python"
    if not python.exists():
        uv = next(iter(Path(".tools").glob("uv-*/bin/uv")), Path("uv"))
        print(f"Installing {PEER[0]} (with torch, some gigabytes) into {folder} ...", flush=True)
        subprocess.run([str(uv), "venv", "-q", str(folder)], check=True)
        into = [str(uv), "pip", "install", "-q", "-p", str(python)]
        subprocess.run([*into, "--no-deps", *PEER], check=True)
        subprocess.run([*into, *PEER_NEEDS.split()], check=True)
    return python


async def whisper_live(model: Path, found: Sequence[Clip], python: Path, patience_s: float) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": ""}
    arguments = [str(python), "-c", SERVER, str(port), str(model)]
    server = await asyncio.create_subprocess_exec(
        *arguments, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        async with aiohttp.ClientSession() as http:
            await reachable(http, port)

            async def play(clip: Clip) -> Screen:
                return await heard_by_whisper_live(http, port, clip, patience_s)

            await play((found[0][0], found[0][1][: pcm.RATE]))  # loads the model
            await measure("WhisperLive", found, play, lambda: cpu_seconds(server.pid))
    finally:
        server.kill()
        await server.wait()


async def reachable(http: aiohttp.ClientSession, port: int) -> None:
    for _ in range(300):
        try:
            async with http.ws_connect(f"ws://127.0.0.1:{port}"):
                return
        except aiohttp.ClientError:
            await asyncio.sleep(0.4)
    raise RuntimeError("WhisperLive's server did not come up")


async def heard_by_whisper_live(http: aiohttp.ClientSession, port: int, clip: Clip, patience_s: float) -> Screen:
    screen = Screen()
    async with http.ws_connect(f"ws://127.0.0.1:{port}", max_msg_size=0) as link:
        options = {"uid": clip[0]["id"], "language": "en", "task": "transcribe", "model": "base", "use_vad": True}
        await link.send_json(options)
        while "SERVER_READY" not in (await link.receive_str()):
            pass
        began = now()
        reading = asyncio.ensure_future(_read_segments(link, screen, began))

        async def feed(piece: pcm.Samples) -> bool:
            await link.send_bytes(piece.astype("<f4").tobytes())
            over = now() - began > LEAD_S + len(clip[1]) / pcm.RATE + TAIL_S
            return not (over and screen.seen and isinstance(screen.seen[-1][1], events.Final))

        await spoken(noisy(clip[1], tail_s=patience_s), feed, began)
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
    return screen


async def _read_segments(link: aiohttp.ClientWebSocketResponse, screen: Screen, began: float) -> None:
    async for message in link:
        segments = json.loads(message.data).get("segments") if message.type is aiohttp.WSMsgType.TEXT else None
        if not segments:
            continue
        text = " ".join(segment["text"].strip() for segment in segments)
        complete = [segment["completed"] for segment in segments]
        steady = " ".join(segment["text"].strip() for segment in segments if segment["completed"])
        at = now() - began
        screen.seen.append((at, final(text) if all(complete) else partial(text, len(steady))))


def cpu_seconds(pid: int) -> float:
    """CPU time of a process so far (Linux), else not a number."""
    try:
        return _processes.cpu_seconds(pid)
    except OSError:
        return float("nan")
