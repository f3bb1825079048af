"""A child that answers one message at a time.

A thread of its own speaks with it, because a pipe can block; the event loop only awaits. The child is not made by
multiprocessing, which would import the program's main module again.
"""

import asyncio
import contextlib
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

from kit.processes import waiting
from kit.processes.channel import Channel
from kit.processes.process import NotStarted, Process, Program, start

Asked = TypeVar("Asked")
Answered = TypeVar("Answered")


class Lost(Exception):
    """The child died, hung beyond its deadline or was stopped; the message may or may not have been handled."""


class Conversation(Generic[Asked, Answered]):
    """A child that is asked one thing at a time, started at the first question and again after it died."""

    def __init__(self, program: Callable[[int], Program]) -> None:
        """`program` is told the number of the socket that the child finds open."""
        self._program = program
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="conversation")
        self._process: Process | None = None
        self._channel: Channel[Asked, Answered] | None = None
        self._is_stopped = False

    @property
    def pid(self) -> int | None:
        """The id of the child; None while there is none."""
        return self._process.pid if self._process else None

    async def start(self) -> None:
        """Start the child, or restart it: an old one is ended first. NotStarted."""
        await self.end()
        if self._is_stopped:  # meanwhile: nothing would end another child
            raise NotStarted("it was stopped while it was started", RuntimeError("stopped"))
        try:
            ours, theirs = socket.socketpair()
        except OSError as error:
            raise NotStarted(f"no sockets are to be had: {error}", error) from error
        with ours, theirs:
            self._process = start(self._program(theirs.fileno()), pass_fds=[theirs.fileno()])
            self._channel = Channel(ours.detach())

    async def ask(self, message: Asked, seconds: float) -> Answered:
        """Lost when it does not answer by then. To be cancelled here ends it."""
        try:
            asking = asyncio.get_running_loop().run_in_executor(self._threads, self._exchange, message)
        except RuntimeError as error:
            raise Lost(f"no thread is to be had: {error}") from error
        try:
            return await asyncio.wait_for(asyncio.shield(asking), seconds)
        except TimeoutError as error:
            self._kill(f"no answer within {seconds:g} s")
            with contextlib.suppress(Lost):
                await asking
            raise Lost(f"no answer within {seconds:g} s") from error
        except asyncio.CancelledError:
            self._kill()
            asking.add_done_callback(lambda done: done.cancelled() or done.exception())
            raise

    async def end(self) -> None:
        """Stop it; it can be started again. A message under way is lost."""
        self._kill()
        if self._process is not None:
            await waiting.end(self._process)
        if self._channel is None:
            return
        try:
            # After the thread's current work: the number of a socket that is still read must not be reused.
            await asyncio.get_running_loop().run_in_executor(self._threads, self._close)
        except RuntimeError:  # there is no thread, so none reads
            self._close()

    async def stop(self) -> None:
        """Close it for good; may be called twice."""
        if self._is_stopped:
            return
        self._is_stopped = True
        await self.end()
        self._threads.shutdown(wait=False)

    # ---- in the thread

    def _exchange(self, message: Asked) -> Answered:
        if self._channel is None:
            raise Lost("the process is not running")
        try:
            self._channel.send(message)
            return self._channel.receive()
        except (EOFError, OSError) as error:
            self._bury()
            raise Lost("the process died") from error
        except Exception as error:  # half an answer, or one that does not fit into memory
            raise Lost(f"the process cannot be understood: {type(error).__name__}") from error

    def _bury(self) -> None:
        """A child that closed its socket has ended or is about to."""
        if self._process is not None and self._process.wait(_LAST_SECONDS) is None:
            self._process.kill("it closed its socket and lived on")

    def _close(self) -> None:
        if self._channel is not None:
            self._channel.close()
            self._channel = None

    # ---- from anywhere

    def _kill(self, why: str = "") -> None:
        if self._process is not None and self._process.status is None:
            self._process.kill(why)


_LAST_SECONDS = 1.0
