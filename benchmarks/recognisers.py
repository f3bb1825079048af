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
import json
import os
import socket
import subprocess
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np

from benchmarks import _virtual as virtual
from benchmarks._local_agreement import CHUNK_S, LocalAgreement
from benchmarks._scores import Screen, percentile
from benchmarks.transcription import CHUNK_MS, LEAD_S, TAIL_S, Clip, Studio, clips, noisy
from speech import events
from speech.audio import pcm
from speech.endpointing import vad
from speech.endpointing.segmenter import Opened, Segmenter, Silent
from speech.pool import jobs
from speech.transcription.policy import Policy

PEER = ["whisper-live==0.10.0"]  # without what only its client and its other engines need
PEER_NEEDS = (
    "faster-whisper==1.2.0 torch websockets fastapi uvicorn python-multipart prometheus-client scipy soundfile requests"
)
QUIET_END_MS, PADDING_MS = 500, 100  # the defaults of its voice activity controller
SERVER = (
    "import sys; from whisper_live.server import TranscriptionServer; TranscriptionServer().run('127.0.0.1', "
    "port=int(sys.argv[1]), backend='faster_whisper', faster_whisper_custom_model_path=sys.argv[2], single_model=True)"
)

Play = Callable[[Clip], Awaitable[Screen]]


def now() -> float:
    """Seconds on the loop's clock, virtual or real."""
    return asyncio.get_running_loop().time()


def cpu_seconds(pid: int) -> float:
    """CPU time of a process so far (Linux), else not a number."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def spoken(sound: pcm.Samples, feed: Callable[[pcm.Samples], Awaitable[bool]], began: float) -> None:
    """Pieces of the recording at the time at which they were said, until `feed` wants no more."""
    step = pcm.samples(CHUNK_MS)
    for at in range(0, len(sound), step):
        await asyncio.sleep(max(0.0, began + (at + step) / pcm.RATE - now()))
        if not await feed(sound[at : at + step]):
            return


def partial(text: str, stable: int) -> events.Partial:
    return events.Partial(1, text, stable, ())


def final(text: str) -> events.Final:
    return events.Final(1, text, (), {"name": "", "model": "", "version": ""}, {"total": 0})


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


# ---- WhisperLive


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


# ---- figures


async def measure(name: str, found: Sequence[Clip], play: Play, cpu: Callable[[], float]) -> None:
    rows, began, spent = [], now(), cpu()
    for clip in found:
        screen = await play(clip)
        at, last = screen.seen[-1] if screen.seen else (0.0, None)
        if isinstance(last, events.Partial) and not any(isinstance(event, events.Final) for _, event in screen.seen):
            screen.seen.append((at, final(last.text)))
            rows.append({**screen.measure(clip[0], LEAD_S), "final": None})
        else:
            rows.append(screen.measure(clip[0], LEAD_S))
    core = (cpu() - spent) / (now() - began)
    total = sum(row["words"] for row in rows)
    firsts = [row["first"] for row in rows if row["first"] is not None]
    settled = [delay for row in rows for delay in row["settled"]]
    finals = [row["final"] for row in rows if row["final"] is not None]
    print(
        f"{name}: WER {100 * sum(row['errors'] for row in rows) / total:.1f} % of {total}; first "
        f"{percentile(firsts, 50):.2f} / {percentile(firsts, 95):.2f} s; settled {percentile(settled, 50):.2f} / "
        f"{percentile(settled, 95):.2f} s; final {percentile(finals, 50):.2f} / {percentile(finals, 95):.2f} s "
        f"({len(finals)} of {len(rows)} clips); changed {sum(row['changed'] for row in rows) / total:.2f} a word; "
        f"promises taken back {sum(row['taken_back'] for row in rows)}; core {100 * core:.0f} %",
        flush=True,
    )


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
