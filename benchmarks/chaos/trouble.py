"""What goes wrong in a drill, at random: every kind of it once, then more."""

import asyncio
import os
import random
import signal
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.chaos.fleet import Fleet
from benchmarks.chaos.learner import Learner
from server.embedded import runtime
from server.embedded.stack import EmbeddedStack

KINDS = (
    "kill node",
    "kill valkey",
    "restart postgresql",
    "cut connections",
    "stall connections",
    "freeze node",
    "roll node",
)
_OFTEN = (*KINDS, "kill node", "kill node", "cut connections", "cut connections")
_FIRST_S, _LAST_S = 4.0, 5.0
_WATCHED_S = 8.0

Wait = tuple[float, str]
"""Seconds, and who waited."""


@dataclass
class Story:
    """What was done, how long speaking learners of a killed node waited for the next event, and what went wrong."""

    troubles: Counter[str] = field(default_factory=Counter)
    failovers: list[Wait] = field(default_factory=list)
    moves: list[Wait] = field(default_factory=list)
    stayed: int = 0  # nodes that did not end within their time to drain


@dataclass
class Trouble:
    fleet: Fleet
    stack: EmbeddedStack
    data: Path
    learners: list[Learner]
    chance: random.Random
    story: Story = field(default_factory=Story)
    over: bool = False
    _watching: list["asyncio.Future[None]"] = field(default_factory=list)

    async def make(self, until: float) -> None:
        """Until then, and until every kind was there once."""
        loop = asyncio.get_running_loop()
        await asyncio.sleep(_FIRST_S)
        waiting = self.chance.sample(KINDS, len(KINDS))
        while waiting or loop.time() < until - _LAST_S:
            what = waiting.pop() if waiting else self.chance.choice(_OFTEN)
            self.story.troubles[what] += 1
            await self._do(what)
            await asyncio.sleep(self.chance.uniform(1.0, 4.0))
        await asyncio.sleep(_LAST_S)
        self.over = True
        await asyncio.gather(*self._watching)

    async def _do(self, what: str) -> None:
        number = self.chance.randrange(len(self.fleet.ports))
        match what:
            case "kill node":
                await self._kill(number)
            case "roll node":
                self._watch(number, self.story.moves)
                self.story.stayed += not await self.fleet.roll(number)
            case "freeze node":
                await self.fleet.freeze(number, self.chance.uniform(2.0, 6.0))
            case "kill valkey":
                await self._end("valkey", signal.SIGKILL)
            case "restart postgresql":
                await self._end("postgresql", signal.SIGINT)
            case _:
                links = self.chance.choices(self.fleet.links, k=self.chance.randint(1, 5))
                for link in links:
                    link.break_one() if what == "cut connections" else link.stall_one()

    async def _kill(self, number: int) -> None:
        self._watch(number, self.story.failovers)
        self.fleet.kill(number)
        await asyncio.sleep(self.chance.uniform(1.0, 3.0))
        self.fleet.start(number)

    def _watch(self, number: int, waits: list[Wait]) -> None:
        """Whoever speaks by this node now, and goes on speaking, waits how long for something new?"""
        now = asyncio.get_running_loop().time()
        for learner in self.learners:
            if learner.speaks_by(self.fleet.links[number].url):
                self._watching.append(asyncio.ensure_future(self._wait(learner, learner.sessions, now, waits)))

    async def _wait(self, learner: Learner, session: int, began: float, waits: list[Wait]) -> None:
        """What was under way when it happened may still arrive in the first moments: that is no news."""
        loop = asyncio.get_running_loop()
        while loop.time() < began + _WATCHED_S:
            await asyncio.sleep(0.05)
            if not learner.speaking or learner.sessions != session:
                return
            if learner.resumed_at > began and (later := [at for at in learner.seen if at > learner.resumed_at]):
                waits.append((later[0] - began, f"{learner.name} back after {learner.resumed_at - began:.2f} s"))
                return
        waits.append((_WATCHED_S, f"{learner.name} never"))

    async def _end(self, name: str, how: signal.Signals) -> None:
        record = runtime.load(self.data)
        if record is not None:
            os.kill(next(pid for server, pid in record.pids.items() if name[:4] in server), how)
        await asyncio.sleep(self.chance.uniform(0.5, 2.0))
        for _ in range(50):
            if self.stack.revive():
                return
            await asyncio.sleep(0.1)
