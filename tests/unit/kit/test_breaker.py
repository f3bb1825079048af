"""A trial that ends without a verdict leaves the next one to somebody else."""

import asyncio
from typing import Any

import pytest

from kit import patience
from kit.redis import Away, Breaker


async def _hang() -> None:
    await asyncio.Event().wait()


async def _refuse_to_connect() -> None:
    raise ConnectionRefusedError


async def _answer() -> str:
    return "PONG"


async def _open() -> Breaker:
    """One that waits for its next trial, whose time has come."""
    breaker = Breaker()
    with pytest.raises(Away):
        await breaker.through(_refuse_to_connect)
    with pytest.raises(Away, match="cannot be reached"):
        await breaker.through(_answer)
    breaker._open_until = asyncio.get_running_loop().time()
    return breaker


async def _cancelled(breaker: Breaker) -> None:
    trial = asyncio.ensure_future(breaker.through(_hang))
    await asyncio.sleep(0)
    with pytest.raises(Away):  # nobody else tries meanwhile
        await breaker.through(_answer)
    trial.cancel()
    with pytest.raises(asyncio.CancelledError):
        await trial


async def _impatient(breaker: Breaker) -> None:
    with patience.within(0.01), pytest.raises(Away):
        await breaker.through(_hang)


@pytest.mark.parametrize("trial", [_cancelled, _impatient])
async def test_after_a_trial_without_a_verdict_the_next_one_tries(trial: Any) -> None:
    breaker = await _open()
    await trial(breaker)
    assert await breaker.through(_answer) == "PONG"
    assert await breaker.through(_answer) == "PONG"


async def test_a_trial_in_vain_keeps_the_others_away() -> None:
    breaker = await _open()
    with pytest.raises(Away):
        await breaker.through(_refuse_to_connect)
    with pytest.raises(Away):
        await breaker.through(_answer)


async def test_a_caller_without_time_sends_nothing() -> None:
    sent = []

    async def command() -> None:
        sent.append(1)

    with patience.within(0), pytest.raises(Away):
        await Breaker().through(command)
    assert sent == []
