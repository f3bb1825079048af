"""Breakers before servers of others: neither a reader nor a crowd keeps one open for everybody."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from kit.breakers import Breaker
from kit.openai_servers import ServerTrouble
from tests.support.clock import FakeClock


async def _two_pieces() -> AsyncGenerator[str, None]:
    yield "one"
    yield "two"


async def _broken() -> str:
    raise ServerTrouble("refused", "no", again=False)


async def _answered() -> str:
    return "yes"


async def _opened(clock: FakeClock) -> Breaker:
    breaker = Breaker(clock)
    for _ in range(3):
        with pytest.raises(ServerTrouble, match="no"):
            await breaker.call(_broken)
    with pytest.raises(ServerTrouble, match="left alone"):
        await breaker.call(_answered)
    return breaker


async def test_who_reads_the_trial_slowly_keeps_nobody_away() -> None:
    clock = FakeClock()
    breaker = await _opened(clock)
    clock.advance(31)
    trial = breaker.stream(_two_pieces)
    try:
        assert await anext(trial) == "one"
        assert await breaker.call(_answered) == "yes"
    finally:
        await trial.aclose()
    assert breaker.allows()


async def test_those_who_were_under_way_do_not_lengthen_the_pause() -> None:
    clock = FakeClock()
    breaker = Breaker(clock)
    waits = asyncio.Event()

    async def ask() -> str:
        await waits.wait()
        return await _broken()

    crowd = [asyncio.ensure_future(breaker.call(ask)) for _ in range(20)]
    await asyncio.sleep(0)
    waits.set()
    await asyncio.gather(*crowd, return_exceptions=True)
    assert not breaker.allows()
    clock.advance(31)
    assert await breaker.call(_answered) == "yes"


async def test_trials_in_vain_are_made_more_and_more_rarely() -> None:
    clock = FakeClock()
    breaker = await _opened(clock)
    clock.advance(31)
    with pytest.raises(ServerTrouble, match="no"):
        await breaker.call(_broken)
    clock.advance(31)
    assert not breaker.allows()
    clock.advance(30)
    assert breaker.allows()
