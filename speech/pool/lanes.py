"""A lane does one job at a time: a worker process that runs one engine."""

from typing import Any, Protocol

from kit.processes import environment
from kit.processes.conversation import Conversation, Lost
from kit.processes.process import NotStarted, Program, python
from speech.pool import isa, jobs
from speech.transcription.types import EngineName

LOAD_SECONDS = 120.0


class EngineBroken(Exception):
    """An engine cannot be loaded: `code` names why, the message says it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


class LaneLost(Exception):
    """The process died, hung beyond its deadline or was stopped; the job was not done."""


class JobFailed(Exception):
    """The engine refused this job; the lane lives on."""


class Lane(Protocol):
    """One place that can do one job at a time."""

    engine: EngineName

    async def start(self) -> None:
        """Make it ready, also again after it was lost. Raises EngineBroken."""
        ...

    async def run(self, job: jobs.Job, deadline_s: float) -> jobs.Answer: ...

    async def stop(self) -> None: ...

    def anew(self) -> "Lane":
        """Another one like this, not started: this one may have been stopped."""
        ...


class ProcessLane:
    """A worker process. `start()` makes it and loads the engine; after LaneLost it must be started again."""

    def __init__(self, spec: jobs.EngineSpec) -> None:
        self.spec = spec
        self.engine = EngineName(spec.name, spec.folder.name if spec.folder else "", "")
        self._silence: Any = None
        self._worker: Conversation[jobs.Message, jobs.Reply] = Conversation(self._program)

    @property
    def pid(self) -> int | None:
        """The id of the process; None while there is none."""
        return self._worker.pid

    async def start(self) -> None:
        """Raises EngineBroken when the engine cannot be loaded."""
        try:
            await self._worker.start()
            reply = await self._worker.ask(jobs.Load(self.spec, self._silence), LOAD_SECONDS)
        except NotStarted as error:
            raise EngineBroken("engine_crashed", f"The {self.spec.name} engine cannot run: {error}") from error
        except Lost as error:
            raise EngineBroken("engine_crashed", f"The {self.spec.name} engine died while loading.") from error
        if isinstance(reply, jobs.Failed):
            await self._worker.end()
            raise EngineBroken("engine_broken", f"The {self.spec.name} engine cannot be loaded: {reply.message}")
        if isinstance(reply, jobs.Loaded):
            self.engine, self._silence = reply.engine, reply.silence

    async def run(self, job: jobs.Job, deadline_s: float) -> jobs.Answer:
        """Let the process work. Raises LaneLost."""
        try:
            reply = await self._worker.ask(job, deadline_s)
        except Lost as error:
            raise LaneLost(str(error)) from error
        if isinstance(reply, jobs.Answer):
            return reply
        raise JobFailed(f"{reply.error}: {reply.message}" if isinstance(reply, jobs.Failed) else "unexpected reply")

    async def stop(self) -> None:
        """End the process; a job under way is lost. Harmless when it has ended."""
        await self._worker.stop()

    def anew(self) -> "ProcessLane":
        """A lane with the same engine."""
        return ProcessLane(self.spec)

    def _program(self, descriptor: int) -> Program:
        threads = str(self.spec.threads)
        variables = {
            **isa.variables(),
            **environment.inherited(*environment.SYSTEM, *environment.NUMERIC),
            "OMP_NUM_THREADS": threads,
            "OPENBLAS_NUM_THREADS": threads,
            "MKL_NUM_THREADS": threads,
            "CT2_VERBOSE": "-1",
        }
        return python("recognition", "speech.engines.worker", str(descriptor), variables=variables)
