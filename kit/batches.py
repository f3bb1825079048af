"""Batches small queries of one kind. While one batch is under way the next one fills: without load a query is sent at
once, under load a hundred of them share a round trip. The first caller of a batch sends it; there is no timer."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from kit import errors, patience

_MOST_SECONDS = 30.0
Q = TypeVar("Q")
A = TypeVar("A")


class _Abandoned(Exception):
    """The caller that sent the batch was cancelled or ran out of time: ask again."""


class Batches(Generic[Q, A]):
    """`ask` answers all queries of a batch, in their order. What it raises is raised in every caller of the batch."""

    def __init__(self, ask: Callable[[list[Q]], Awaitable[list[A]]], *, most: int = 200) -> None:
        self._ask = ask
        self._most = most
        self._filling: list[tuple[Q, asyncio.Future[A]]] = []
        self._under_way = asyncio.Lock()
        self._queued = 0

    async def __call__(self, question: Q) -> A:
        while True:
            answer: asyncio.Future[A] = asyncio.get_running_loop().create_future()
            batch = self._filling
            batch.append((question, answer))
            if len(batch) == 1:
                await self._carry(batch)
            if len(batch) == self._most:
                self._filling = []
            try:
                return answer.result() if answer.done() else await self._wait(answer)
            except _Abandoned:
                continue

    async def _wait(self, answer: asyncio.Future[A]) -> A:
        """Wait for a batch that another caller sends, as long as this caller may wait. Failure `unavailable`."""
        began = time.monotonic()
        alarm = patience.Alarm(_MOST_SECONDS, lambda: _give_up(answer))
        try:
            return await answer
        finally:
            alarm.stop()
            patience.waited(began)

    async def _wait_for_turn(self) -> None:
        """Wait until the batch before this one is answered. Failure `unavailable`."""
        if not self._queued and not self._under_way.locked():
            await self._under_way.acquire()  # at once: a timeout would cost more than the rest
            return
        began = time.monotonic()
        self._queued += 1
        try:
            async with asyncio.timeout(patience.most(_MOST_SECONDS)):
                await self._under_way.acquire()
        except TimeoutError as error:
            raise _busy() from error
        finally:
            self._queued -= 1
            patience.waited(began)

    async def _carry(self, batch: list[tuple[Q, asyncio.Future[A]]]) -> None:
        came = False
        try:
            await self._wait_for_turn()
            came = True
            began = time.monotonic()
            try:
                self._close(batch)
                with patience.within():  # it asks for all callers, so its own deadline does not apply
                    answers = await self._ask([question for question, _ in batch])
            finally:
                self._under_way.release()
                patience.waited(began)
            for (_, waiting), answer in zip(batch, answers, strict=True):
                if not waiting.done():
                    waiting.set_result(answer)
        except BaseException as error:
            self._close(batch)
            told = error if came and isinstance(error, Exception) else _Abandoned()
            for _, waiting in batch[1:]:
                if not waiting.done():
                    waiting.set_exception(told)
            raise

    def _close(self, batch: list[tuple[Q, asyncio.Future[A]]]) -> None:
        """The batch takes no more queries."""
        if self._filling is batch:
            self._filling = []


def _give_up(answer: asyncio.Future[A]) -> None:
    if not answer.done():
        answer.set_exception(_busy())


def _busy() -> errors.Failure:
    return errors.unavailable("unavailable", "The server is busy. Try again shortly.", 2)
