"""A whole site, real in every part, under learners by every door: `python3 run.py bench stack [--serve]`.

PostgreSQL and Redis of Debian, coturn, nginx with TLS, two nodes of two workers, all in one folder that goes away, on
free ports. What is not installed is fetched into `.tools/debian`. Learners come through nginx by Socket.IO, the plain
WebSocket, WebRTC (some by the relay alone), WHIP, `/v1/audio`, `/v1/realtime` and REST; meanwhile one node is killed
and one is drained. Afterwards: nothing acknowledged is lost or doubled, every word is there, every bill is exact.

`--serve` brings the site up and leaves it up, without a drill, until Ctrl-C.
"""

import argparse
import asyncio
import contextlib
import itertools
import logging
import random
import secrets
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import asyncpg

from benchmarks._node import sign_up
from benchmarks.chaos import aftermath
from benchmarks.chaos.learner import Learner
from benchmarks.drill import doors, site
from benchmarks.drill.doors import Visitor
from benchmarks.drill.site import SILENCE_S, Missing, Site
from clients.python.parley_client import Opener
from clients.python.parley_client._line import opened
from kit import logs
from server.cli.demo import CLIP, TEXT, read_clip
from tests.support import socketio_line

_BY_SESSION: dict[str, Opener] = {"Socket.IO": socketio_line.opened, "WebSocket": opened}
_OTHERS: dict[str, type[Visitor]] = {
    "WebRTC": doors.Caller,
    "WebRTC by TURN": doors.RelayedCaller,
    "WHIP": doors.Publisher,
    "/v1/audio": doors.Sender,
    "/v1/realtime": doors.Streamer,
    "REST": doors.Writer,
}
DOORS = (*_BY_SESSION, *_OTHERS)
_TALK_S = 5.0  # before the first node goes, and between the two
_SETTLED_S = 90.0
_FINISH_S = 300.0  # for the last rounds
_SHORT = site.ROOT / "tests" / "data" / "audio" / "so762-008110159.flac"
_SHORT_TEXT = "Let us know if you have any other questions."


@dataclass
class Row:
    """What one door saw."""

    learners: int = 0
    rounds: int = 0
    again: int = 0
    lost: int = 0
    doubled: int = 0
    wrong: list[str] = field(default_factory=list)
    off_s: float = 0.0


@dataclass
class Report:
    rows: dict[str, Row]
    rest: dict[str, int]  # what is in the database and should not be, by what it is
    drained: bool
    late: list[str]  # who did not finish, and why

    @property
    def faults(self) -> list[str]:
        found = [f"{door}: {why}" for door, row in self.rows.items() for why in row.wrong]
        for door, row in self.rows.items():
            figures = {"lost": row.lost, "doubled": row.doubled, "seconds off a bill": round(row.off_s, 2)}
            found += [f"{door}: {name} {value}" for name, value in figures.items() if value > 0]
            found += [f"{door}: nobody finished"] if not row.rounds else []
        found += [f"{name}: {count}" for name, count in self.rest.items() if count]
        found += [f"not finished: {one}" for one in self.late]
        return found + ([] if self.drained else ["the drained node did not end by itself"])

    def print(self) -> None:
        print(
            f"{'door':<16}{'learners':>9}{'rounds':>8}{'again':>7}{'lost':>6}{'doubled':>9}{'wrong':>7}{'bill off':>10}"
        )
        for door, row in self.rows.items():
            print(
                f"{door:<16}{row.learners:>9}{row.rounds:>8}{row.again:>7}{row.lost:>6}{row.doubled:>9}"
                f"{len(row.wrong):>7}{max(0.0, row.off_s):>8.1f} s"
            )
        for name, count in self.rest.items():
            print(f"  {name}: {count}")
        for fault in self.faults:
            print(f"  ← {fault}")


class Drill:
    """`learners` in all, spread over the doors."""

    def __init__(self, place: Site, learners: int) -> None:
        self._site = place
        self._count = learners
        self._over = False
        self._troubles = 0
        self._late: list[str] = []
        self._sessions: list[tuple[str, Learner]] = []
        self._visitors: list[Visitor] = []

    async def run(self) -> Report:
        timeout = aiohttp.ClientTimeout(total=90)
        async with aiohttp.ClientSession(self._site.url, timeout=timeout) as http:
            await self._invite(http)
            living = [one.live(lambda: self._over) for _, one in self._sessions]
            living += [one.live(lambda: self._over) for one in self._visitors]
            tasks = [asyncio.ensure_future(one) for one in living]
            try:
                drained = await self._trouble()
                self._over = True
                _, late = await asyncio.wait(tasks, timeout=_FINISH_S)
                self._late = [self._names()[tasks.index(one)] for one in late]
            finally:
                for one in tasks:
                    one.cancel()
                ends = await asyncio.gather(*tasks, return_exceptions=True)
        self._late += [repr(one) for one in ends if isinstance(one, Exception)]
        return Report(self._rows(), await self._rest(), drained, self._late)

    async def _invite(self, http: aiohttp.ClientSession) -> None:
        pcm, short = read_clip(CLIP), read_clip(_SHORT) + doors.TAIL
        for number, door in zip(range(self._count), itertools.cycle(DOORS), strict=False):
            token = await sign_up(self._site.url, f"drill{number}", secrets.token_urlsafe(18))
            if door in _BY_SESSION:
                chance = random.Random(number)
                made = Learner(
                    f"{door} {number}", [self._site.url], token, pcm, SILENCE_S, chance, TEXT, _BY_SESSION[door]
                )
                self._sessions.append((door, made))
            else:
                self._visitors.append(
                    _OTHERS[door](
                        door, http, self._site.url, token, short, _SHORT_TEXT, troubles=lambda: self._troubles
                    )
                )

    def _names(self) -> list[str]:
        return [one.name for _, one in self._sessions] + [f"{one.door}: {one.why}" for one in self._visitors]

    async def _trouble(self) -> bool:
        """One node dies and comes back, then the other is drained and comes back. Whether that ended by itself."""
        await asyncio.sleep(_TALK_S)
        self._troubles += 1
        self._site.kill_node(0)
        say("node 0 was killed")
        self._site.start_node(0)
        await self._site.node_answers(0)
        await asyncio.sleep(_TALK_S)
        self._troubles += 1
        drained = await self._site.drain_node(1)
        self._troubles += 1
        say("node 1 was drained")
        self._site.start_node(1)
        await self._site.node_answers(1)
        await asyncio.sleep(_TALK_S)
        return drained

    def _rows(self) -> dict[str, Row]:
        rows: dict[str, Row] = {}
        for door, one in self._sessions:
            row = rows.setdefault(door, Row())
            row.learners += 1
            row.rounds += len(one.done)
            row.again += one.asleep
            row.lost += sum(books.lost_events() for books in one.done)
            row.doubled += sum(books.doubled_events() for books in one.done)
            row.wrong += [books.told() for books in one.done if books.wrong_turns()] + one.unfinished
            bills = [books.drift_s((books.ended or {}).get("billed_seconds", 0)) for books in one.done]
            row.off_s = max([row.off_s, *bills])
        for visitor in self._visitors:
            row = rows.setdefault(visitor.door, Row())
            row.learners += 1
            row.rounds += visitor.rounds
            row.again += visitor.again
            row.wrong += visitor.wrong
            row.off_s = max(row.off_s, visitor.off_s)
        return rows

    async def _rest(self) -> dict[str, int]:
        """Once the last session that was left has ended."""
        deadline = time.monotonic() + _SETTLED_S
        while (found := await aftermath.in_the_database(self._site.database_url))["sessions still running"]:
            if time.monotonic() > deadline:
                break
            await asyncio.sleep(1)
        titles = [title for one in self._visitors if isinstance(one, doors.Writer) for title in one.acknowledged]
        connection = await asyncpg.connect(self._site.database_url)
        try:
            query = "select count(*), count(distinct title) from notes where title = any($1)"
            row = await connection.fetchrow(query, titles)
        finally:
            await connection.close()
        rows, different = row or (0, 0)
        return {**found, "notes lost": len(titles) - different, "notes doubled": rows - different}


def say(line: str) -> None:
    print(line, flush=True)


@contextlib.contextmanager
def _home(kept: str | None) -> Iterator[Path]:
    if kept is not None:
        Path(kept).mkdir(parents=True)
        yield Path(kept).resolve()
        return
    with tempfile.TemporaryDirectory(prefix="parley-stack-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


async def up(place: Site) -> None:
    """Both nodes, the first of which brings the database up to date."""
    site.trust(place)
    for number in range(site.NODES):
        place.start_node(number)
        await place.node_answers(number)
    place.parts["nodes"] = f"{site.NODES} of {site.WORKERS} workers"
    for name, where in place.parts.items():
        say(f"{name:<12}{where}")
    say(f"{'site':<12}{place.url}, relay {place.relay}, all in {place.folder}")


async def drill(place: Site, learners: int) -> Report:
    await up(place)
    return await Drill(place, learners).run()


async def _serve(place: Site) -> int:
    await up(place)
    say("Ctrl-C ends all of it.")
    await asyncio.Event().wait()
    return 0


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser("run.py bench stack", description=__doc__)
    parser.add_argument("--learners", type=int, default=20)
    parser.add_argument("--serve", action="store_true", help="no drill: leave it up until Ctrl-C")
    parser.add_argument("--keep", metavar="DIR", help="a new folder for all of it, which stays: for its logs")
    given = parser.parse_args(argv)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))  # so that everything is closed
    logs.configure("critical")
    logging.getLogger("engineio.client").setLevel(logging.CRITICAL)
    try:
        site.fetch()
    except Missing as why:
        print(f"The site cannot be set up here: no {why}.", file=sys.stderr)
        return 2
    with _home(given.keep) as folder, site.opened(folder) as place:
        if given.serve:
            return asyncio.run(_serve(place))
        report = asyncio.run(drill(place, given.learners))
    report.print()
    return 1 if report.faults else 0
