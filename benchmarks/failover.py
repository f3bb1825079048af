"""What a fail-over in mid-speech costs in words: `python3 run.py bench failover --model FOLDER`.

Two nodes, as processes of their own with real PostgreSQL, Valkey and Whisper. Native recordings are spoken in real
time, with short pauses, to one node by a learner who is disturbed and to the other by one who is not. At a random
moment the first node is killed (SIGKILL); its learner joins again at the other one and sends what is asked for. Printed
for each run: where it was killed, words by which the two transcripts differ, words of either that are wrong, and turns
that began and never ended.
"""

import argparse
import asyncio
import multiprocessing
import random
import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np

from benchmarks._scores import errors
from benchmarks.chaos import fleet, node
from benchmarks.transcription import clips, noisy
from clients.python.parley_client import Lost, Session
from server.embedded.stack import EmbeddedStack, Endpoints
from server.migrate import migrate
from speech.audio import pcm

_PAUSES_S = (0.35, 0.6, 0.9, 1.3)
_MOST_DIFFERENT = 1 / 20  # of the words


@dataclass
class Nodes:
    """Killed ones come back on the same port."""

    values: dict[str, Any]
    log: Path
    ports: list[int]
    processes: dict[int, Any] = field(default_factory=dict)

    def start(self, number: int) -> None:
        own = {"port": self.ports[number], "node": f"failover-{number}-{secrets.token_hex(3)}"}
        target = multiprocessing.get_context("forkserver").Process
        process = target(target=node.main, args=(self.values | own, str(self.log), True), daemon=True)
        process.start()
        self.processes[number] = process

    def kill(self, number: int) -> None:
        self.processes[number].kill()
        self.processes[number].join()

    def url(self, number: int) -> str:
        return f"http://127.0.0.1:{self.ports[number]}"

    async def ready(self) -> None:
        async with aiohttp.ClientSession() as http:
            for port in self.ports:
                await fleet.ready(http, port)


@dataclass
class Told:
    """What one learner saw."""

    events: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @property
    def text(self) -> str:
        finals = [data for name, data in self.events if name == "transcript.final" and data["text"]]
        return " ".join(data["text"] for data in finals)

    @property
    def never_ended(self) -> list[str]:
        begun = {data["turn_id"] for name, data in self.events if name == "speech.started"}
        over = {data["turn_id"] for name, data in self.events if name == "transcript.final"}
        void = {turn for name, data in self.events if name == "session.state" for turn in data["void_turn_ids"]}
        return sorted(begun - over - void)


async def _speak(session: Session, sound: bytes) -> Told:
    told = Told()

    async def watch() -> None:
        async for event in session.events():
            told.events.append((event.name, event.data))

    watching = asyncio.ensure_future(watch())
    await session.stream(sound)
    await session.end()
    await watching
    await session.close()
    return told


async def _begun(token: str, *urls: str) -> Session:
    session = Session(urls, "/speaking", token=token)
    while True:
        try:
            await session.start_speaking(takeover=True)
            return session
        except Lost:
            await asyncio.sleep(0.2)


def _program(chance: random.Random) -> tuple[bytes, str]:
    said = chance.sample(clips(), 3)
    parts = [noisy(sound, 0.5 if not n else 0.0, chance.choice(_PAUSES_S)) for n, (_, sound) in enumerate(said)]
    return pcm.to_bytes(np.concatenate(parts)), " ".join(clip["text"] for clip, _ in said)


async def _learner(url: str, name: str) -> str:
    account = {"email": f"{name}@example.com", "username": name, "password": secrets.token_urlsafe(18)}
    async with aiohttp.ClientSession(url, raise_for_status=True) as http:
        async with http.post("/api/auth/register", json=account):
            pass
        form = {"username": name, "password": account["password"]}
        async with http.post("/api/auth/login", data=form) as response:
            return str((await response.json())["access_token"])


async def _measure(options: argparse.Namespace, home: Path, endpoints: Endpoints) -> int:
    await migrate(endpoints.database_url)
    values = fleet.settings(home / "data", endpoints) | {"whisper_model": str(options.model)}
    nodes = Nodes(values, home / "nodes.log", fleet.free_ports(2))
    chance = random.Random(options.seed)
    different = words = unended = 0
    try:
        for number in (0, 1):
            nodes.start(number)
        await nodes.ready()
        disturbed, calm = [await _learner(nodes.url(0), name) for name in ("disturbed", "calm")]
        for run in range(options.runs):
            sound, text = _program(chance)
            seconds = len(sound) / 32_000
            kill_at = chance.uniform(1.0, seconds - 0.3)
            first = await _begun(disturbed, nodes.url(0), nodes.url(1))
            second = await _begun(calm, nodes.url(1))
            speaking = asyncio.gather(_speak(first, sound), _speak(second, sound))
            await asyncio.sleep(kill_at)
            nodes.kill(0)
            cut, whole = await speaking
            nodes.start(0)
            apart, _ = errors(whole.text, cut.text)
            wrong, count = errors(text, cut.text)
            print(
                f"run {run + 1}: killed at {kill_at:.1f} of {seconds:.1f} s: {apart} of {count} words differ, wrong "
                f"{wrong} (undisturbed {errors(text, whole.text)[0]}), never ended {cut.never_ended}",
                flush=True,
            )
            if apart:
                print(f"   undisturbed: {whole.text}\n   disturbed:   {cut.text}", flush=True)
            different, words, unended = different + apart, words + count, unended + len(cut.never_ended)
            await nodes.ready()
    finally:
        for process in nodes.processes.values():
            process.kill()
    print(f"{options.runs} runs, {words} words: {different} differ, {unended} turns never ended")
    return int(different > words * _MOST_DIFFERENT or unended > 0)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="run.py bench failover", description=__doc__)
    parser.add_argument("--model", type=lambda given: Path(given).resolve(), required=True, help="a folder")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="parley-failover-", ignore_cleanup_errors=True) as folder:
        stack = EmbeddedStack(Path(folder) / "data", durable=False)
        try:
            return asyncio.run(_measure(options, Path(folder), stack.start()))
        finally:
            stack.stop()


if __name__ == "__main__":
    raise SystemExit(main())
