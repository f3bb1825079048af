"""Turns: who has had least comes first."""

import asyncio

from kit import fair
from tests.support.clock import FakeClock
from tests.support.waiting import until


async def test_a_newcomer_passes_all_that_somebody_else_waits_for() -> None:
    clock = FakeClock()
    places = fair.Places(1, clock)
    served: list[str] = []

    async def work(owner: str, name: str) -> None:
        async with places.place(owner):
            served.append(name)
            clock.advance(5)
            await asyncio.sleep(0)

    many = [asyncio.ensure_future(work("ana", f"ana {n}")) for n in range(13)]
    await asyncio.sleep(0)
    one = asyncio.ensure_future(work("ben", "ben"))
    await asyncio.gather(*many, one)
    assert served.index("ben") <= 2


async def test_a_place_is_wanted_only_when_the_turn_is_over_and_somebody_else_waits() -> None:
    clock = FakeClock()
    places = fair.Places(1, clock, turn_seconds=2)
    async with places.place("ana") as place:
        own = asyncio.ensure_future(_hold(places, "ana"))
        await asyncio.sleep(0)
        clock.advance(3)
        while_only_her_own_work_waits = place.is_wanted
        other = asyncio.ensure_future(_hold(places, "ben"))
        await asyncio.sleep(0)
        while_somebody_else_waits = place.is_wanted
        await place.let_by()
        assert (while_only_her_own_work_waits, while_somebody_else_waits, place.is_wanted) == (False, True, False)
        assert other.done()
    await own


async def test_whoever_gives_up_takes_no_place_along() -> None:
    places = fair.Places(1, FakeClock())
    async with places.place("ana"):
        waiting = [asyncio.ensure_future(_hold(places, "ben")) for _ in range(3)]
        await asyncio.sleep(0)
        waiting[0].cancel()
    waiting[1].cancel()  # admitted a moment ago
    await asyncio.gather(*waiting, return_exceptions=True)
    await asyncio.wait_for(_hold(places, "cleo"), 5)


async def test_what_was_used_is_forgotten_with_time() -> None:
    clock = FakeClock()
    use = fair.Use(clock)
    use.add("ana", 40)
    clock.advance(60)
    assert 19 < use.of("ana") < 21
    assert use.of(None) == use.of("ben") == 0
    for n in range(10_000):
        use.add(f"owner {n}", 0.001)
    await until(lambda: len(use._used) < 5000)


class RunningClock(FakeClock):
    """Goes on with each look at it, as clocks do."""

    def monotonic(self) -> float:
        self.advance(0.001)
        return super().monotonic()


async def test_one_owner_is_served_in_the_order_of_asking_while_the_clock_goes_on() -> None:
    places = fair.Places(1, RunningClock())
    served: list[int] = []

    async def work(number: int) -> None:
        async with places.place("ana"):
            served.append(number)
            await asyncio.sleep(0)

    await asyncio.gather(*(work(number) for number in range(5)))
    assert served == [0, 1, 2, 3, 4]


async def _hold(places: fair.Places, owner: str) -> None:
    async with places.place(owner):
        await asyncio.sleep(0)
