"""Many small questions of the same kind, asked together.

While one batch is on its way the next one fills, so that at rest a question goes out at once and under load a hundred
of them cost one round trip. The first of a batch carries it; nobody waits for a clock.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")


class _Abandoned(Exception):
    """Whoever carried the batch was cancelled: ask again."""


class Batches(Generic[Q, A]):
    """`ask` answers all questions of a batch, in their order. What it raises is raised to everybody in the batch."""

    def __init__(self, ask: Callable[[list[Q]], Awaitable[list[A]]], *, most: int = 200) -> None:
        self._ask = ask
        self._most = most
        self._filling: list[tuple[Q, asyncio.Future[A]]] = []
        self._under_way = asyncio.Lock()

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
                return await answer
            except _Abandoned:
                continue

    async def _carry(self, batch: list[tuple[Q, asyncio.Future[A]]]) -> None:
        try:
            async with self._under_way:
                self._close(batch)
                answers = await self._ask([question for question, _ in batch])
            for (_, waiting), answer in zip(batch, answers, strict=True):
                if not waiting.done():
                    waiting.set_result(answer)
        except BaseException as error:
            self._close(batch)
            told = error if isinstance(error, Exception) else _Abandoned()
            for _, waiting in batch[1:]:
                if not waiting.done():
                    waiting.set_exception(told)
            raise

    def _close(self, batch: list[tuple[Q, asyncio.Future[A]]]) -> None:
        """Nobody joins any more."""
        if self._filling is batch:
            self._filling = []
