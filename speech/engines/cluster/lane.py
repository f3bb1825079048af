"""A lane whose engine is a Ray actor."""

import itertools
from dataclasses import replace

from kit.processes.conversation import Lost
from speech.engines.cluster.link import Link
from speech.engines.cluster.messages import Close, Cluster, Do, Gone, Open, Wanted
from speech.pool import jobs
from speech.pool.lanes import EngineBroken, JobFailed, LaneLost
from speech.transcription.types import EngineName

OPEN_SECONDS = 300.0
"""An actor may wait for a machine that is only then started."""

_CLOSE_SECONDS = 3.0
_numbers = itertools.count(1)


class ActorLane:
    """An actor has one life: when it is lost it may be long until the cluster has a place again, and speech must not
    wait for that. So the lane is given up; `speech.engines.cluster.actors` adds another."""

    def __init__(self, link: Link, cluster: Cluster, wanted: Wanted) -> None:
        self._link = link
        self._cluster = cluster
        self._wanted = wanted
        self._number = next(_numbers)
        self._is_used = False
        self.engine = EngineName("faster-whisper", wanted.model, "")

    async def start(self) -> None:
        """Once. Raises EngineBroken when there is no cluster, no place in it, or the engine cannot be loaded there."""
        if self._is_used:
            raise EngineBroken("actor_lost", "The actor is lost.")
        self._is_used = True
        try:
            opening = Open(self._number, self._wanted, self._cluster, OPEN_SECONDS)
            reply = await self._link.ask(opening, OPEN_SECONDS)
        except Lost as error:
            raise EngineBroken("engine_crashed", f"No actor on Ray: {error}.") from error
        if isinstance(reply, jobs.Failed):
            raise EngineBroken(reply.error, f"No actor on Ray: {reply.message}.")
        if not isinstance(reply, jobs.Loaded):
            raise EngineBroken("engine_crashed", f"No actor on Ray: {_why(reply)}.")
        self.engine = reply.engine

    async def run(self, job: jobs.Job, deadline_s: float) -> jobs.Answer:
        """Let the actor work. Raises LaneLost."""
        try:
            reply = await self._link.ask(Do(self._number, job, deadline_s), deadline_s)
        except (Lost, EngineBroken) as error:
            raise LaneLost(str(error)) from error
        if isinstance(reply, jobs.Answer):
            return replace(reply, rss=0)  # memory of another machine is not ours to limit
        if isinstance(reply, jobs.Failed):
            raise JobFailed(f"{reply.error}: {reply.message}")
        raise LaneLost(_why(reply))

    async def stop(self) -> None:
        """End the actor; a job under way is lost."""
        await self._link.tell(Close(self._number), _CLOSE_SECONDS)

    def anew(self) -> "ActorLane":
        """Another actor like this."""
        return ActorLane(self._link, self._cluster, self._wanted)


def _why(reply: object) -> str:
    return reply.why if isinstance(reply, Gone) else "unexpected reply"
