"""Where a job is done: a worker process that runs one engine.

A thread of its own speaks with the process, because a pipe can block; the event loop only awaits. The process is not
made by multiprocessing's spawn, which would import the program's main module again.
"""

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

import speech
from speech.pool import isa, jobs
from speech.transcription.types import EngineName

LOAD_SECONDS = 120.0


class EngineBroken(Exception):
    """An engine cannot be loaded: `code` names why, the message says it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


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
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="recognition")
        self._stopped = False
        self._silence: Any = None
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection[jobs.Message, jobs.Reply] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    async def start(self) -> None:
        """Raises EngineBroken when the engine cannot be loaded."""
        try:
            await asyncio.get_running_loop().run_in_executor(self._threads, self._spawn)
        except (OSError, RuntimeError, MemoryError, subprocess.SubprocessError) as error:
            raise EngineBroken("engine_crashed", f"No process for {self.spec.name} is to be had: {error}") from error
        try:
            reply = await self._ask(jobs.Load(self.spec, self._silence), LOAD_SECONDS)
        except LaneLost as error:
            raise EngineBroken("engine_crashed", f"The {self.spec.name} engine died while loading.") from error
        if isinstance(reply, jobs.Failed):
            await self._end_process()
            raise EngineBroken("engine_broken", f"The {self.spec.name} engine cannot be loaded: {reply.message}")
        if isinstance(reply, jobs.Loaded):
            self.engine, self._silence = reply.engine, reply.silence

    async def run(self, job: jobs.Job, deadline_s: float) -> jobs.Answer:
        reply = await self._ask(job, deadline_s)
        if isinstance(reply, jobs.Answer):
            return reply
        raise JobFailed(f"{reply.error}: {reply.message}" if isinstance(reply, jobs.Failed) else "unexpected reply")

    async def stop(self) -> None:
        """End the process and the thread; a job under way is lost. Harmless when they have ended."""
        if self._stopped:
            return
        self._stopped = True
        await self._end_process()
        self._threads.shutdown(wait=False)

    def anew(self) -> "ProcessLane":
        return ProcessLane(self.spec)

    async def _ask(self, message: jobs.Message, seconds: float) -> jobs.Reply:
        try:
            asking = asyncio.get_running_loop().run_in_executor(self._threads, self._exchange, message)
        except RuntimeError as error:
            raise LaneLost(f"no thread is to be had: {error}") from error
        try:
            return await asyncio.wait_for(asyncio.shield(asking), seconds)
        except TimeoutError as error:
            self._kill()
            with contextlib.suppress(LaneLost):
                await asking
            raise LaneLost(f"no answer within {seconds:g} s") from error
        except asyncio.CancelledError:
            self._kill()
            asking.add_done_callback(lambda done: done.cancelled() or done.exception())
            raise

    # ---- in the lane's thread

    def _exchange(self, message: jobs.Message) -> jobs.Reply:
        if self._connection is None:
            raise LaneLost("the worker is not running")
        try:
            self._connection.send(message)
            return self._connection.recv()
        except (EOFError, OSError) as error:
            raise LaneLost("the worker died") from error
        except Exception as error:  # half an answer, or one that does not fit into memory
            raise LaneLost(f"the worker cannot be understood: {type(error).__name__}") from error

    def _spawn(self) -> None:
        self._close()
        ours, theirs = socket.socketpair()
        root = Path(speech.__file__).parents[1]
        threads = str(self.spec.threads)
        code = f"from speech.engines import worker; worker.main({theirs.fileno()}, {os.getpid()})"
        environment = {
            **isa.variables(),
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(root), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep),
            "OMP_NUM_THREADS": threads,
            "OPENBLAS_NUM_THREADS": threads,
            "MKL_NUM_THREADS": threads,
            "CT2_VERBOSE": "-1",
        }
        with ours, theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", code], pass_fds=[theirs.fileno()], env=environment, stdin=subprocess.DEVNULL
            )
            self._connection = Connection(ours.detach())

    def _close(self) -> None:
        self._kill()
        if self._process is not None:
            self._process.wait()
            self._process = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    # ---- from anywhere

    def _kill(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.kill()

    async def _end_process(self) -> None:
        self._kill()
        await asyncio.get_running_loop().run_in_executor(self._threads, self._close)
