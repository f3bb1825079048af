"""Kokoro in a process of its own: started when somebody wants to hear something, ended when nobody did for a while."""

import asyncio
import itertools
import json
from collections.abc import AsyncGenerator
from pathlib import Path

from kit import confined, logs
from speech.synthesis.kokoro.speakers import Spoken, is_speaker
from speech.synthesis.voices import VoiceProblem

_IDLE_SECONDS = 300.0
_START_SECONDS = 60.0
_CLAUSE_SECONDS = 60.0
_CANCEL_SECONDS = 1.0
_MOST_BYTES = 400 << 20
_LONGEST_LINE = 1 << 20
SLOWEST, FASTEST = 0.65, 1.2
_MODULE = "speech.synthesis.kokoro.worker"
_log = logs.get(__name__)


class Engine:
    """One text at a time, in the order of asking. Loses nothing but time when its process dies."""

    def __init__(self, model: Path, *, idle_seconds: float = _IDLE_SECONDS) -> None:
        self.model = model
        self._idle_seconds = idle_seconds
        self._turn = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None
        self._numbers = itertools.count(1)
        self._used_at = 0.0
        self._owed = 0  # bytes of a clause that nobody has read yet
        self.rss = 0

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self.is_running and self._process is not None else None

    async def speak(self, text: str, speaker: str, rate: float = 1.0) -> AsyncGenerator[Spoken, None]:
        """The clauses of a text as they are made. VoiceProblem when it cannot be spoken. Closing the generator stops
        the work in the middle of a clause."""
        if not is_speaker(speaker):
            raise VoiceProblem(f"there is no voice {speaker[:20]}")
        rate = min(max(rate, SLOWEST), FASTEST)
        async with self._turn:
            process = await self._up()
            number = next(self._numbers)
            asked = {"id": number, "text": text, "speaker": speaker, "rate": rate}
            over = False
            try:
                self._send(process, asked)
                while (spoken := await self._answer(process, number)) is not None:
                    yield spoken
                over = True
            except (OSError, ValueError, asyncio.IncompleteReadError) as error:
                raise VoiceProblem(f"the voice ended in the middle ({type(error).__name__})") from error
            except TimeoutError as error:
                raise VoiceProblem(f"the voice took over {_CLAUSE_SECONDS:g} s") from error
            finally:
                await self._leave(process, number, over=over)

    async def warm_up(self) -> None:
        """Start the process, so that the first sentence need not wait for it. VoiceProblem when that cannot be."""
        async with self._turn:
            self._used_at = asyncio.get_running_loop().time()
            await self._up()

    async def close(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            await confined.end(process)

    async def end_when_idle(self) -> None:
        """To be called from time to time."""
        now = asyncio.get_running_loop().time()
        if self.is_running and not self._turn.locked() and now - self._used_at > self._idle_seconds:
            await self.close()

    # ----

    async def _up(self) -> asyncio.subprocess.Process:
        if self._process is not None and self._process.returncode is None:
            return self._process
        try:
            process = await confined.start(_MODULE, str(self.model), stdin=asyncio.subprocess.PIPE, line=_LONGEST_LINE)
        except OSError as error:
            raise VoiceProblem(f"the voice cannot be started ({type(error).__name__})") from error
        try:
            assert process.stdout is not None
            async with asyncio.timeout(_START_SECONDS):
                if not await process.stdout.readline():
                    raise VoiceProblem("the voice could not load its model")
        except TimeoutError as error:
            raise VoiceProblem(f"the voice took over {_START_SECONDS:g} s to start") from error
        else:
            self._process, self._owed = process, 0
            return process
        finally:
            if self._process is not process:
                await confined.end(process)

    def _send(self, process: asyncio.subprocess.Process, asked: dict[str, object]) -> None:
        assert process.stdin is not None
        process.stdin.write(json.dumps(asked).encode() + b"\n")

    async def _answer(self, process: asyncio.subprocess.Process, number: int) -> Spoken | None:
        """The next clause, None at the end."""
        assert process.stdout is not None
        async with asyncio.timeout(_CLAUSE_SECONDS):
            if self._owed:
                await process.stdout.readexactly(self._owed)
            self._owed = 0
            line = await process.stdout.readline()
            if not line:
                raise OSError("it has ended")
            told = json.loads(line)
            if "error" in told:
                raise VoiceProblem(f"the voice failed: {told['error']}")
            if told.get("done"):
                self.rss = told["rss"]
                return None
            self._owed = told["bytes"]
            pcm = await process.stdout.readexactly(self._owed)
            self._owed = 0
            return Spoken(pcm, tuple((text, start, end) for text, start, end in told["words"]))

    async def _leave(self, process: asyncio.subprocess.Process, number: int, *, over: bool) -> None:
        """Make it ready for the next: a text that is wanted no more is cancelled, a process in doubt is ended."""
        self._used_at = asyncio.get_running_loop().time()
        if not over:
            try:
                self._send(process, {"cancel": number})
                async with asyncio.timeout(_CANCEL_SECONDS):
                    while await self._answer(process, number) is not None:
                        pass
                over = True
            except (OSError, ValueError, VoiceProblem, TimeoutError, asyncio.IncompleteReadError):
                over = False
        if not over or self.rss > _MOST_BYTES:
            _log.info("voice_process_ended", rss=self.rss, in_order=over)
            await self.close()
