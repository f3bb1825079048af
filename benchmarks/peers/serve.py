"""A process that receives the sound of peers: `python -m benchmarks.peers.serve KIND [--core N]`.

KIND `bare` is aiortc as its examples use it: a track's frames are taken and resampled to 16 kHz mono. `peer` is
Parley's peer with nothing behind it, `worker` the same in a media worker (on the same core, when one is given),
`session` a whole node with sessions, voice activity and recognition (in its own process).
The first line printed is the address: `POST` of an offer for an answer, `GET /stats` for what the process used.
"""

import argparse
import asyncio
import gc
import json
import os
import resource
import threading
import time
from pathlib import Path

import av
from aiohttp import web
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError

from benchmarks import _node as node
from benchmarks._processes import cpu_seconds
from kit import logs, loops
from kit.clock import SystemClock
from kit.tasks import Tasks
from realtime.transports.webrtc.media_processes import MediaProcesses
from realtime.transports.webrtc.peers import OwnLoop, Peers, PeerSettings
from realtime.transports.webrtc.process import WorkerProcess
from speech.synthesis.voices import RATE as VOICE_RATE

_STEP = 0.005


class Received:
    """What has come, and how late the loop was meanwhile."""

    def __init__(self) -> None:
        self.bytes = 0
        self.open = 0
        self.lags: list[float] = []
        self.workers: list[WorkerProcess] = []

    def sink(self, pcm: bytes) -> None:
        self.bytes += len(pcm)

    async def probe(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            asked = loop.time()
            await asyncio.sleep(_STEP)
            self.lags.append((loop.time() - asked - _STEP) * 1000)

    def stats(self) -> dict[str, object]:
        gc.collect()
        lags, self.lags = self.lags, []
        return {
            "at": time.monotonic(),
            "cpu": time.process_time(),
            "workers_cpu": sum(cpu_seconds(one.pid) for one in self.workers if one.pid is not None),
            "bytes": self.bytes,
            "open": self.open,
            "lags": lags,
            "threads": sum(not one.name.startswith("asyncio_") for one in threading.enumerate()),
            "descriptors": sum(1 for _ in Path("/proc/self/fd").iterdir()),
            "resident_mb": int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20,
        }


async def _bare(received: Received, sdp: str) -> str:
    connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    received.open += 1

    async def hear(track: object) -> None:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=16_000)
        try:
            while True:
                for part in resampler.resample(await track.recv()):  # type: ignore[attr-defined]
                    received.sink(bytes(part.planes[0])[: part.samples * 2])
        except MediaStreamError:
            received.open -= 1
            await connection.close()

    running = set()
    connection.on("track", lambda track: running.add(asyncio.ensure_future(hear(track))))
    await connection.setRemoteDescription(RTCSessionDescription(sdp, "offer"))
    await connection.setLocalDescription(await connection.createAnswer())
    return str(connection.localDescription.sdp)


async def _peer(received: Received, peers: Peers, sdp: str) -> str:
    async def none(event: str, data: object) -> dict[str, object]:
        return {"ok": True}

    def gone(_: bool) -> None:
        received.open -= 1

    await peers.ready()
    received.open += 1
    return await peers.peer(received.sink, none, gone).answer(sdp)


async def _serve(kind: str) -> None:
    received, tasks = Received(), Tasks()
    media_processes = MediaProcesses(1, tasks, SystemClock(), PeerSettings(VOICE_RATE), "error")
    peers: Peers = media_processes if kind == "worker" else OwnLoop(tasks, SystemClock(), PeerSettings(VOICE_RATE))
    await peers.start()
    await peers.ready()
    received.workers = media_processes.workers
    probing = asyncio.ensure_future(received.probe())

    async def offer(request: web.Request) -> web.Response:
        sdp = await request.text()
        answer = await (_bare(received, sdp) if kind == "bare" else _peer(received, peers, sdp))
        return web.Response(status=201, text=answer, content_type="application/sdp")

    async def stats(_: web.Request) -> web.Response:
        return web.json_response(received.stats())

    app = web.Application()
    app.router.add_post("/", offer)
    app.router.add_get("/stats", stats)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    if kind == "session":
        await _node(url)
    else:
        print(json.dumps({"url": url}), flush=True)
        await asyncio.Event().wait()
    probing.cancel()


async def _node(stats: str) -> None:
    model = os.environ.get("PARLEY_WHISPER_MODEL") or str(
        Path(__file__).parents[2] / "tests" / "data" / "models" / "whisper-clips-test"
    )
    async with (
        node.servers() as endpoints,
        node.serving(endpoints, whisper_model=model, live_sessions=200, voice="client") as (url, _),
    ):
        print(json.dumps({"url": stats, "node": url}), flush=True)
        await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=("bare", "peer", "worker", "session"))
    parser.add_argument("--core", type=int)
    chosen = parser.parse_args()
    logs.configure("error")
    if chosen.core is not None:
        os.sched_setaffinity(0, {chosen.core})
    with asyncio.Runner(loop_factory=loops.factory()) as runner:
        runner.run(_serve(chosen.kind))


if __name__ == "__main__":
    main()
