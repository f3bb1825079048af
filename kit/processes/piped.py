"""A child that is used through pipes, on the event loop."""

import asyncio
import contextlib
from typing import IO

from kit.processes import waiting
from kit.processes.process import DEVNULL, PIPE, Process, Program, Steps, start

_LAST_WORDS_BYTES = 2000


class Piped:
    """`out` reads what it prints, in lines of at most so many bytes; `into` is its input, where that is a pipe."""

    def __init__(self, process: Process) -> None:
        """By `piped`."""
        self.process = process
        self.out = asyncio.StreamReader()
        self.into: asyncio.StreamWriter | None = None
        self._errors = _LastWords()
        self._pipes: list[asyncio.BaseTransport] = []

    @property
    def last_words(self) -> str:
        """The last line of what it said to its standard error, where that is kept."""
        said = self._errors.kept.decode(errors="replace").strip().splitlines()
        return said[-1] if said else ""

    async def feed(self, content: bytes) -> None:
        """Write all of its input. If it ends before, that is not an error: its status says why."""
        assert self.into is not None
        with contextlib.suppress(ConnectionError):
            self.into.write(content)
            await self.into.drain()
        self.into.close()

    async def answer(self, content: bytes) -> bytes:
        """All that it prints when it gets this input."""
        _, printed = await asyncio.gather(self.feed(content), self.out.read())
        return printed

    async def ended(self) -> int:
        """Wait for it: its status."""
        return await waiting.ended(self.process)

    async def verdict(self, seconds: float) -> int:
        """The status of one that says no more. After so many seconds it is killed."""
        try:
            return await asyncio.wait_for(self.ended(), seconds)
        except TimeoutError:
            self.process.kill("it said no more and lived on")
            return await self.ended()

    async def end(self, steps: Steps = ()) -> int:
        """End it with these signals, or kill it at once; its pipes are closed even if the caller is cancelled."""
        return await asyncio.shield(self._end(steps))

    async def _end(self, steps: Steps) -> int:
        try:
            return await waiting.end(self.process, steps)
        finally:
            for pipe in self._pipes:
                pipe.close()
            self.process.close()

    async def connect(self, line: int) -> None:
        """By `piped`."""
        loop = asyncio.get_running_loop()
        process, self.out = self.process, asyncio.StreamReader(line)
        if process.stdout is not None:
            out = asyncio.StreamReaderProtocol(self.out)
            self._pipes.append((await loop.connect_read_pipe(lambda: out, process.stdout))[0])
        if process.stderr is not None:
            self._pipes.append((await loop.connect_read_pipe(lambda: self._errors, process.stderr))[0])
        if process.stdin is not None:
            flow = asyncio.StreamReaderProtocol(asyncio.StreamReader())
            pipe, _ = await loop.connect_write_pipe(lambda: flow, process.stdin)
            self._pipes.append(pipe)
            self.into = asyncio.StreamWriter(pipe, flow, None, loop)


async def piped(
    program: Program,
    *,
    stdin: int | IO[bytes] = DEVNULL,
    line: int = 65_536,
    heard: bool = True,
    keeps_words: bool = False,
) -> Piped:
    """Start it. NotStarted. Without `heard` its output is discarded. `keeps_words`: the end of its errors is kept,
    however much it says."""
    child = Piped(
        start(program, stdin=stdin, stdout=PIPE if heard else DEVNULL, stderr=PIPE if keeps_words else DEVNULL)
    )
    try:
        await child.connect(line)
    except BaseException:
        await child.end()
        raise
    return child


class _LastWords(asyncio.Protocol):
    def __init__(self) -> None:
        self.kept = b""

    def data_received(self, data: bytes) -> None:
        self.kept = (self.kept + data)[-_LAST_WORDS_BYTES:]
