"""Locks of files that processes share."""

import asyncio
import contextlib

import pytest

from kit.locks import KeyedLocks


class _Failed(Exception):
    pass


async def test_one_at_a_time_also_when_the_first_fails_and_a_third_comes_while_the_second_is_woken() -> None:
    locks = KeyedLocks()
    inside = most = 0

    async def enter(fails: bool) -> None:
        nonlocal inside, most
        async with locks.alone("a"):
            inside += 1
            most = max(most, inside)
            try:
                for _ in range(5):
                    await asyncio.sleep(0)
                if fails:
                    raise _Failed
            finally:
                inside -= 1

    first = asyncio.ensure_future(enter(fails=True))
    second = asyncio.ensure_future(enter(fails=False))
    await asyncio.sleep(0)
    third: list[asyncio.Future[None]] = []
    first.add_done_callback(lambda _: third.append(asyncio.ensure_future(enter(fails=False))))
    with pytest.raises(_Failed):
        await first
    await second
    await asyncio.wait_for(third[0], 5)
    assert most == 1
    assert len(locks) == 0


async def test_who_gives_up_waiting_leaves_nothing_behind() -> None:
    locks = KeyedLocks()
    async with locks.alone("a"), locks.alone("b"):
        waiting = asyncio.ensure_future(locks.alone("a").__aenter__())
        await asyncio.sleep(0)
        waiting.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await waiting
        assert len(locks) == 2
    assert len(locks) == 0
