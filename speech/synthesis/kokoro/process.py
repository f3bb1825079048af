"""Kokoro in its own process: started on demand, ended after a while without use."""

import asyncio
import itertools
import json
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

from kit import logs
from kit.processes import environment
from kit.processes.keeping import Restarts
from kit.processes.limits import Limits
from kit.processes.piped import Piped, piped
from kit.processes.process import PIPE, NotStarted, python
from kit.tasks import Tasks
from speech.synthesis.kokoro.speakers import is_speaker
from speech.synthesis.voices import Spoken, Timed, VoiceProblem

_IDLE_SECONDS = 300.0
_START_SECONDS = 60.0
_CLAUSE_SECONDS = 60.0
_CANCEL_SECONDS = 1.0
_MOST_BYTES = 400 << 20
_LONGEST_LINE = 1 << 20
SLOWEST, FASTEST = 0.65, 1.2
_LIMITS = Limits(address_megabytes=3072, nicer=5)
_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(1 << 18), "MALLOC_TRIM_THRESHOLD_": str(1 << 18)}
"""For glibc: what a clause needed goes back to the system. By itself the allocator raises these limits (to 32 MiB) and
puts large pieces among small ones that stay."""
_PAUSES = (0.0, 0.0, 1.0, 5.0, 15.0, 60.0)  # seconds until the next process, after the first death, the second …
_log = logs.get(__name__)


class _Lost(Exception):
    """The process has ended or its output is invalid."""


class Engine:
    """Texts are served clause by clause, so that concurrent texts take turns. Each is one clause ahead of its reader. A
    process that dies is started again, and the clause is spoken by the next one."""

    def __init__(self, model: Path, tasks: Tasks, *, idle_seconds: float = _IDLE_SECONDS) -> None:
        self.model = model
        self._tasks = tasks
        self._idle_seconds = idle_seconds
        self._turn = asyncio.Lock()
        self._process: Piped | None = None
        self._numbers = itertools.count(1)
        self._restarts = Restarts("voice", _PAUSES)
        self._next_try = 0.0
        self._used_at = 0.0
        self._owed = 0  # bytes of a clause that are not read yet
        self.rss = 0

    @property
    def is_running(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.process.status is None

    @property
    def pid(self) -> int | None:
        """The id of the process; None while there is none."""
        return self._process.process.pid if self.is_running and self._process is not None else None

    async def speak(self, text: str, speaker: str, rate: float = 1.0) -> AsyncGenerator[Spoken, None]:
        """The clauses of a text as they are made. VoiceProblem when it cannot be spoken. Closing the generator stops
        the work in the middle of a clause."""
        if not is_speaker(speaker):
            raise VoiceProblem(f"there is no voice {speaker[:20]}")
        asked = {"text": text, "speaker": speaker, "rate": min(max(rate, SLOWEST), FASTEST)}
        ahead: asyncio.Queue[Spoken | VoiceProblem | None] = asyncio.Queue(1)
        making = self._tasks.spawn(self._make(asked, ahead), name="voice")
        try:
            while (made := await ahead.get()) is not None:
                if isinstance(made, VoiceProblem):
                    raise made
                yield made
        finally:
            making.cancel()
            await asyncio.gather(making, return_exceptions=True)

    async def warm_up(self) -> None:
        """Start the process, so that the first sentence need not wait for it. VoiceProblem when that fails."""
        async with self._turn:
            self._used_at = asyncio.get_running_loop().time()
            await self._up()

    async def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            await process.end()

    async def end_when_idle(self) -> None:
        """To be called from time to time."""
        now = asyncio.get_running_loop().time()
        if self.is_running and not self._turn.locked() and now - self._used_at > self._idle_seconds:
            await self.close()

    # ----

    async def _make(self, asked: dict[str, Any], ahead: "asyncio.Queue[Spoken | VoiceProblem | None]") -> None:
        try:
            for number in itertools.count():
                spoken, more = await self._clause({**asked, "clause": number})
                if spoken.pcm:
                    await ahead.put(spoken)
                if not more:
                    break
            await ahead.put(None)
        except VoiceProblem as problem:
            await ahead.put(problem)
        except Exception as error:  # whatever it was, a reader waits for the end
            _log.exception("voice_failed")
            await ahead.put(VoiceProblem(f"the voice failed ({type(error).__name__})"))

    async def _clause(self, asked: dict[str, Any]) -> tuple[Spoken, bool]:
        """A clause, and whether there are more."""
        try:
            return await self._ask(asked)
        except _Lost as lost:
            _log.warning("voice_process_lost", why=str(lost))
        try:
            return await self._ask(asked)
        except _Lost as lost:
            raise VoiceProblem("the voice ended twice in the middle of a clause") from lost

    def _died(self, lived_seconds: float = 0.0) -> None:
        self._next_try = asyncio.get_running_loop().time() + self._restarts.ended(lived_seconds)

    async def _ask(self, asked: dict[str, Any]) -> tuple[Spoken, bool]:
        async with self._turn:
            process = await self._up()
            number = next(self._numbers)
            is_over = False
            try:
                self._send(process, {"id": number, **asked})
                told, pcm = await self._answer(process)
                is_over = True
            except TimeoutError as error:
                raise VoiceProblem(f"the voice took over {_CLAUSE_SECONDS:g} s") from error
            except (OSError, ValueError, asyncio.IncompleteReadError) as error:
                self._died(process.process.lived_seconds)
                raise _Lost(type(error).__name__) from error
            finally:
                await self._leave(process, number, is_over=is_over)
        if "error" in told:
            raise VoiceProblem(f"the voice failed: {told['error']}")
        return Spoken(pcm, _timed(told["words"]), _timed(told["phones"])), told["more"]

    async def _up(self) -> Piped:
        if self._process is not None:
            if self.is_running:
                return self._process
            self._died(self._process.process.lived_seconds)  # while it was idle
            await self.close()
        if (left := self._next_try - asyncio.get_running_loop().time()) > 0:
            raise VoiceProblem(f"the voice ended again and again; it is started again in {left:.0f} s")
        try:
            return await self._started()
        except VoiceProblem:
            self._died()
            raise

    async def _started(self) -> Piped:
        module, variables = "speech.synthesis.kokoro.worker", environment.bare() | _MEMORY
        program = python("voice", module, str(self.model), variables=variables, limits=_LIMITS)
        try:
            process = await piped(program, stdin=PIPE, line=_LONGEST_LINE)
        except NotStarted as error:
            raise VoiceProblem(f"the voice cannot be started: {error}") from error
        try:
            async with asyncio.timeout(_START_SECONDS):
                if not await process.out.readline():
                    raise VoiceProblem("the voice could not load its model")
        except TimeoutError as error:
            raise VoiceProblem(f"the voice took over {_START_SECONDS:g} s to start") from error
        else:
            self._process, self._owed = process, 0
            return process
        finally:
            if self._process is not process:
                await process.end()

    def _send(self, process: Piped, asked: dict[str, object]) -> None:
        assert process.into is not None
        process.into.write(json.dumps(asked).encode() + b"\n")

    async def _answer(self, process: Piped) -> tuple[dict[str, Any], bytes]:
        """The words of a clause, and its sound."""
        async with asyncio.timeout(_CLAUSE_SECONDS):
            line = await process.out.readline()
            if not line:
                raise OSError("it has ended")
            told = json.loads(line)
            self.rss, self._owed = told["rss"], told.get("bytes", 0)
            pcm = await process.out.readexactly(self._owed)
            self._owed = 0
            return told, pcm

    async def _leave(self, process: Piped, number: int, *, is_over: bool) -> None:
        """Prepare for the next clause: an unwanted clause is cancelled, a process in an unknown state is ended."""
        self._used_at = asyncio.get_running_loop().time()
        if not is_over:
            try:
                self._send(process, {"cancel": number})
                async with asyncio.timeout(_CANCEL_SECONDS):
                    is_over = await self._skipped(process)
            except (OSError, ValueError, TimeoutError, asyncio.IncompleteReadError):
                is_over = False
        if not is_over or self.rss > _MOST_BYTES:
            _log.info("voice_process_ended", rss=self.rss, in_order=is_over)
            await self.close()

    async def _skipped(self, process: Piped) -> bool:
        """Whether the unwanted answer was read to its end."""
        if self._owed:
            await process.out.readexactly(self._owed)
            self._owed = 0
        else:
            await self._answer(process)
        return True


def _timed(told: list[list[Any]]) -> tuple[Timed, ...]:
    return tuple((text, start, end) for text, start, end in told)
