"""What peers cost and what a bad network does to words: `python3 run.py bench webrtc [cpu|lag|cycles|loss|all]`.

`cpu`: ten senders each to bare aiortc (frames taken and resampled, nothing else), to Parley's peer, and to whole
sessions of a node, all at the same time; processor time of the receiving process per sender.
`lag`: 60 senders to one process on one core; how late its event loop was. Then with a media worker that carries the
peers, both on that core: how late the loop is that serves everybody else.
`cycles`: 1,000 connections opened and closed; memory, threads and descriptors before and after; then a sender that is
killed, and when that was noticed.
`loss`: recordings through sessions of a node, by a clean line and by one that loses 5 % and delays by up to 60 ms.
Give the model for `loss` as PARLEY_WHISPER_MODEL; the bundled one knows only some of the recordings' words by heart.
"""

import argparse
import asyncio
import contextlib
import json
import re
import statistics
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from aiohttp import ClientSession
from rapidfuzz.distance import Levenshtein

from benchmarks._node import sign_up
from benchmarks.peers.relay import Relay
from benchmarks.peers.send import Sender, encoded
from kit import logs

_ROOT = Path(__file__).parents[1]
_AUDIO = _ROOT / "tests" / "data" / "audio"
_CLIP = _AUDIO / "jfk.flac"


@contextlib.asynccontextmanager
async def _server(kind: str, *options: str) -> AsyncIterator[dict[str, str]]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.peers.serve", kind, *options, cwd=_ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        yield json.loads(await process.stdout.readline())
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


async def _stats(http: ClientSession, where: dict[str, str]) -> dict[str, Any]:
    async with http.get(where["url"] + "/stats") as response:
        found: dict[str, Any] = await response.json()
        return found


async def _started(http: ClientSession, where: dict[str, str], name: str) -> tuple[str, dict[str, str], dict[str, Any]]:
    """The WHIP address, the person's headers and the session of a new person at a node."""
    headers = {"Authorization": f"Bearer {await sign_up(where['node'], name)}"}
    body = {"session_type": "voice"}
    async with http.post(where["node"] + "/api/live/session/start", json=body, headers=headers) as response:
        return where["node"] + "/api/live/whip", headers, await response.json()


async def cpu(count: int, seconds: float) -> None:
    packets = encoded(_CLIP)
    kinds = ("bare", "peer", "session")
    async with contextlib.AsyncExitStack() as stack:
        http = await stack.enter_async_context(ClientSession())
        servers = {kind: await stack.enter_async_context(_server(kind)) for kind in kinds}
        senders = []
        for kind, where in servers.items():
            for number in range(count):
                url, ticket = where["url"], ""
                if kind == "session":
                    url, _, started = await _started(http, where, f"sender{number}")
                    ticket = started["realtime"]["ticket"]
                senders.append(Sender(packets))
                await senders[-1].call(http, url, ticket)
        await asyncio.sleep(3)
        before = {kind: await _stats(http, where) for kind, where in servers.items()}
        await asyncio.sleep(seconds)
        after = {kind: await _stats(http, where) for kind, where in servers.items()}
        await asyncio.gather(*(sender.close() for sender in senders))
    used = {kind: (after[kind]["cpu"] - before[kind]["cpu"]) / seconds / count * 1000 for kind in kinds}
    print(f"{count} senders each, {seconds:.0f} s, processor ms a second and sender (times bare aiortc)")
    for kind in kinds:
        print(f"  {kind:8}{used[kind]:8.2f}  ({used[kind] / used['bare']:.2f})")


async def lag(count: int, seconds: float) -> None:
    packets = encoded(_CLIP)
    for kind in ("peer", "worker"):
        async with ClientSession() as http, _server(kind, "--core", "0") as where:
            senders = [Sender(packets) for _ in range(count)]
            for sender in senders:
                await sender.call(http, where["url"])
            await asyncio.sleep(2)
            before = await _stats(http, where)
            await asyncio.sleep(seconds)
            after = await _stats(http, where)
            await asyncio.gather(*(sender.close() for sender in senders))
        took = after["at"] - before["at"]
        cuts = statistics.quantiles(after["lags"], n=100)
        busy, carrying = ((after[name] - before[name]) / took for name in ("cpu", "workers_cpu"))
        real = (after["bytes"] - before["bytes"]) / 32_000 / took / count
        print(f"{count} senders, {'peers on the loop' if kind == 'peer' else 'with a media worker'}, {seconds:.0f} s")
        print(f"  core: loop {busy:.0%}, worker {carrying:.0%}; sound at {real:.3f} of real time")
        print(f"  loop lag p50 {cuts[49]:.1f} ms, p99 {cuts[98]:.1f} ms, max {max(after['lags']):.1f} ms")


async def cycles(count: int) -> None:
    packets = encoded(_CLIP)
    async with ClientSession() as http, _server("peer") as where:

        async def some(number: int) -> None:
            for _ in range(number):
                sender = Sender(packets)
                await sender.call(http, where["url"])
                await asyncio.sleep(0.05)
                await sender.close()

        async def round_of(number: int) -> dict[str, Any]:
            await asyncio.gather(*(some(number // 5) for _ in range(5)))
            await asyncio.sleep(5)
            return await _stats(http, where)

        warm = max(count * 3 // 10, 5)  # until the allocator has seen everything
        first = await round_of(warm)
        last = await round_of(count)
        print(f"{count} connections opened and closed, after {warm} others")
        for name in ("open", "threads", "descriptors", "resident_mb"):
            print(f"  {name:12} {first[name]:8.1f} → {last[name]:.1f}")
        await _killed(http, where)


async def _killed(http: ClientSession, where: dict[str, str]) -> None:
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.webrtc", "victim", where["url"], cwd=_ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert child.stdout is not None
    await child.stdout.readline()
    await asyncio.sleep(1)
    child.kill()
    killed = time.monotonic()
    while (await _stats(http, where))["open"]:  # noqa: ASYNC110 - it happens in another process
        await asyncio.sleep(0.02)
    print(f"  a sender that was killed was noticed after {time.monotonic() - killed:.1f} s")


async def victim(url: str) -> None:
    async with ClientSession() as http:
        sender = Sender(encoded(_CLIP))
        await sender.call(http, url)
        print("connected", flush=True)
        await asyncio.sleep(60)


async def loss(rounds: int, at_once: int) -> None:
    texts = {one["file"]: one["text"] for one in json.loads((_AUDIO / "manifest.json").read_text())}
    async with ClientSession() as http, _server("session") as where:
        places, heard = asyncio.Semaphore(at_once), dict[str, list[tuple[int, int]]]()

        async def one(number: int, file: str, network: str) -> None:
            async with places:
                bad = network != "clean"
                relay = await Relay(0.05 if bad else 0.0, 0.06 if bad else 0.0, number).open()
                url, headers, started = await _started(http, where, f"learner{number}")
                sender = Sender(encoded(_AUDIO / file), once=True)
                await sender.call(http, url, started["realtime"]["ticket"], relay.through)
                await sender.track.over.wait()
                await asyncio.sleep(1)
                await sender.close()
                relay.close()
                said = await _words(http, where, headers, started["session_id"])
                wanted, found = _plain(texts[file]), _plain(said)
                heard.setdefault(network, []).append((Levenshtein.distance(wanted, found), len(wanted)))

        jobs = [(file, network) for file in texts for network in ["clean", *["5 % lost, 60 ms"] * rounds]]
        await asyncio.gather(*(one(number, *job) for number, job in enumerate(jobs)))
    for network, found in heard.items():
        wrong, words = map(sum, zip(*found, strict=True))
        print(f"  {network:16} {wrong} of {words} words wrong, {wrong / words:.1%}")


def _plain(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower())


async def _words(http: ClientSession, where: dict[str, str], headers: dict[str, str], session_id: str) -> str:
    body = {"session_id": session_id}
    async with http.post(where["node"] + "/api/live/session/end", json=body, headers=headers) as response:
        transcript = (await response.json())["transcript_id"]
    if transcript is None:
        return ""
    async with http.get(f"{where['node']}/api/live/transcripts/{transcript}", headers=headers) as response:
        return " ".join(turn["text"] for turn in (await response.json())["turns"] if turn["role"] == "user")


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench webrtc", description=__doc__)
    parser.add_argument("what", nargs="?", default="all", choices=("all", "cpu", "lag", "cycles", "loss", "victim"))
    parser.add_argument("url", nargs="?", help=argparse.SUPPRESS)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--peers", type=int, default=60, help="of `lag`")
    parser.add_argument("--cycles", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=2, help="of `loss` by the bad line")
    parser.add_argument("--at-once", type=int, default=2, help="sessions of `loss` at the same time")
    chosen = parser.parse_args(argv)
    logs.configure("error")
    runs = {
        "cpu": lambda: cpu(10, chosen.seconds),
        "lag": lambda: lag(chosen.peers, chosen.seconds),
        "cycles": lambda: cycles(chosen.cycles),
        "loss": lambda: loss(chosen.rounds, chosen.at_once),
        "victim": lambda: victim(chosen.url),
    }
    for name in ("cpu", "lag", "cycles", "loss") if chosen.what == "all" else (chosen.what,):
        asyncio.run(runs[name]())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
