"""The server's end of its Ray driver: many questions at once, each with a deadline, over one private socket.

The driver is started with the first question, and again after it died. The event loop only awaits: one thread sends,
one receives.
"""

import asyncio
import contextlib
import itertools
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

from kit.processes import environment, waiting
from kit.processes.channel import Channel
from kit.processes.conversation import Lost
from kit.processes.process import NotStarted, Process, Program, python, start
from speech.engines.cluster.messages import HELLO, Found, Message, Reply
from speech.pool import jobs
from speech.pool.lanes import EngineBroken

REACH_SECONDS = 30.0
_GRACE_SECONDS = 10.0  # behind the deadline that the driver keeps itself
_RAY = ("RAY_*",)  # its settings: certificates, a token, ports

Wire = Channel[tuple[int, Message], tuple[int, Reply]]


class _Talk:
    """One driver's life."""

    def __init__(self, process: Process, wire: Wire) -> None:
        self.process = process
        self._wire = wire
        self._loop = asyncio.get_running_loop()
        self._sender = ThreadPoolExecutor(1, thread_name_prefix="to-ray")
        self._replies: dict[int, asyncio.Future[Reply]] = {}
        self.is_over = False
        threading.Thread(target=self._receive, name="from-ray", daemon=True).start()

    async def asked(self, number: int, message: Message, seconds: float) -> Reply:
        """Send it and wait for the reply. Lost when the driver dies; TimeoutError."""
        try:
            async with asyncio.timeout(seconds):
                future = self._expect(number)
                await self._send(number, message)
                return await future
        finally:
            self._replies.pop(number, None)

    async def hello(self, seconds: float) -> Reply:
        """Its first message, which nobody asked for. Lost when the driver dies; TimeoutError."""
        try:
            async with asyncio.timeout(seconds):
                return await self._expect(HELLO)
        finally:
            self._replies.pop(HELLO, None)

    async def _send(self, number: int, message: Message) -> None:
        try:
            await self._loop.run_in_executor(self._sender, self._wire.send, (number, message))
        except (OSError, RuntimeError) as error:
            raise Lost("the driver died") from error

    def _expect(self, number: int) -> asyncio.Future[Reply]:
        future = self._replies[number] = self._loop.create_future()
        future.add_done_callback(lambda one: one.cancelled() or one.exception())  # perhaps nobody waits any more
        if self.is_over:
            future.set_exception(Lost("the driver died"))
        return future

    async def end(self) -> None:
        """End it, and with it its actors."""
        self.is_over = True
        await waiting.end(self.process)

    def _receive(self) -> None:
        """In a thread, until the socket closes."""
        try:
            while True:
                number, reply = self._wire.receive()
                self._loop.call_soon_threadsafe(self._arrived, number, reply)
        except Exception:  # it is gone, or half an answer came
            with contextlib.suppress(RuntimeError):  # the loop is closed
                self._loop.call_soon_threadsafe(self._over)
            self._sender.submit(self._wire.close)
            self._sender.shutdown(wait=False)

    def _arrived(self, number: int, reply: Reply) -> None:
        future = self._replies.get(number)
        if future is not None and not future.done():
            future.set_result(reply)

    def _over(self) -> None:
        self.is_over = True
        if self.process.status is None:
            self.process.kill()
        for future in self._replies.values():
            if not future.done():
                future.set_exception(Lost("the driver died"))


class Link:
    """Asks the driver, which it starts when there is none."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._numbers = itertools.count(HELLO + 1)
        self._starting = asyncio.Lock()
        self._talk: _Talk | None = None  # with a driver that has reached the cluster
        self._coming: _Talk | None = None  # with one that has not yet
        self._found = Found(0, 0.0, 0.0)
        self._is_closed = False

    async def reach(self) -> Found:
        """What the cluster had when it was reached. EngineBroken when it cannot be."""
        await self._up()
        return self._found

    async def ask(self, message: Message, seconds: float) -> Reply:
        """Lost when the driver dies or is silent for longer. EngineBroken when the cluster cannot be reached."""
        talk = await self._up()
        most = seconds + _GRACE_SECONDS
        try:
            return await talk.asked(next(self._numbers), message, most)
        except TimeoutError as error:
            talk.process.kill(f"no answer within {most:g} s")
            raise Lost("the driver hung") from error

    async def tell(self, message: Message, seconds: float) -> None:
        """As `ask`, but a driver that is gone is left alone, and so is one that is slow: others wait for it, too."""
        talk = self._talk
        if talk is not None and not talk.is_over:
            with contextlib.suppress(Lost, TimeoutError):
                await talk.asked(next(self._numbers), message, seconds)

    async def close(self) -> None:
        """End the driver and all its actors."""
        self._is_closed = True
        for talk in (self._coming, self._talk):
            if talk is not None:
                await talk.end()

    async def _up(self) -> _Talk:
        async with self._starting:
            if self._talk is not None and not self._talk.is_over:
                return self._talk
            if self._talk is not None:
                await self._talk.end()
                self._talk = None
            if self._is_closed:
                raise EngineBroken("engine_crashed", "The driver of Ray was stopped.")
            talk = self._coming = self._begun()
            try:
                self._found = await self._reached(talk)
                if self._is_closed:
                    raise EngineBroken("engine_crashed", "The driver of Ray was stopped.")
                self._talk = talk
            finally:
                self._coming = None
                if self._talk is not talk:
                    await talk.end()
            return talk

    async def _reached(self, talk: _Talk) -> Found:
        try:
            found = await talk.hello(REACH_SECONDS)
        except (Lost, TimeoutError) as error:
            raise EngineBroken("cluster_unreachable", f"Ray at {self._address} does not answer.") from error
        if isinstance(found, Found):
            return found
        code, why = (found.error, found.message) if isinstance(found, jobs.Failed) else ("engine_crashed", "")
        raise EngineBroken(code, f"Ray at {self._address}: {why}")

    def _begun(self) -> _Talk:
        try:
            ours, theirs = socket.socketpair()
            with ours, theirs:
                process = start(self._program(theirs.fileno()), pass_fds=[theirs.fileno()])
                return _Talk(process, Channel(ours.detach()))
        except (NotStarted, OSError) as error:
            raise EngineBroken("engine_crashed", f"The driver of Ray cannot run: {error}") from error

    def _program(self, descriptor: int) -> Program:
        variables = environment.inherited(*environment.SYSTEM, *_RAY)
        return python("ray", "speech.engines.cluster.driver", str(descriptor), self._address, variables=variables)
