"""Work that is done together."""

import asyncio

import pytest

from kit import patience
from kit.batches import Batches
from kit.errors import Failure


class Oracle:
    """Answers with the double of each number, once it is let go."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []
        self.go = asyncio.Event()
        self.broken = False

    async def __call__(self, numbers: list[int]) -> list[int]:
        self.asked.append(numbers)
        await self.go.wait()
        if self.broken:
            raise ConnectionError("away")
        return [2 * number for number in numbers]


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_questions_that_come_while_one_is_out_go_together() -> None:
    oracle = Oracle()
    ask = Batches(oracle)
    waiting = [asyncio.ensure_future(ask(number)) for number in range(50)]
    await settle()
    assert oracle.asked == [list(range(50))] or oracle.asked == [[0]]
    later = [asyncio.ensure_future(ask(number)) for number in (7, 8)]
    await settle()
    oracle.go.set()
    assert await asyncio.gather(*waiting, *later) == [2 * n for n in (*range(50), 7, 8)]
    assert len(oracle.asked) <= 3


async def test_at_rest_a_question_goes_out_at_once() -> None:
    oracle = Oracle()
    oracle.go.set()
    ask = Batches(oracle)
    assert [await ask(1), await ask(2)] == [2, 4]
    assert oracle.asked == [[1], [2]]


async def test_a_batch_has_a_greatest_size() -> None:
    oracle = Oracle()
    ask = Batches(oracle, most=3)
    first = asyncio.ensure_future(ask(0))
    await settle()
    waiting = [asyncio.ensure_future(ask(number)) for number in range(1, 8)]
    await settle()
    oracle.go.set()
    assert await asyncio.gather(first, *waiting) == [2 * n for n in range(8)]
    assert max(map(len, oracle.asked)) <= 3


async def test_what_goes_wrong_reaches_everybody_and_the_next_batch_is_new() -> None:
    oracle = Oracle()
    oracle.broken = True
    ask = Batches(oracle)
    waiting = [asyncio.ensure_future(ask(number)) for number in range(3)]
    await settle()
    oracle.go.set()
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(each) for each in results] == [ConnectionError] * 3
    oracle.broken = False
    assert await ask(4) == 8


@pytest.mark.parametrize("when", ["asking", "waiting for its turn"])
async def test_the_others_ask_again_when_their_carrier_is_cancelled(when: str) -> None:
    oracle = Oracle()
    ask = Batches(oracle)
    first = asyncio.ensure_future(ask(1))
    await settle()
    carrier = asyncio.ensure_future(ask(2))
    follower = asyncio.ensure_future(ask(3))
    await settle()
    if when == "asking":
        first.cancel()
    else:
        carrier.cancel()
    await settle()
    oracle.go.set()
    assert await follower == 6
    cancelled = first if when == "asking" else carrier
    with pytest.raises(asyncio.CancelledError):
        await cancelled
    await asyncio.gather(first, carrier, follower, return_exceptions=True)


async def test_a_carrier_who_can_wait_no_longer_fails_alone() -> None:
    oracle = Oracle()
    ask = Batches(oracle)
    first = asyncio.ensure_future(ask(1))
    await settle()

    async def impatient() -> int:
        with patience.within(0.05):
            return await ask(2)

    carrier = asyncio.ensure_future(impatient())
    await settle()
    followers = [asyncio.ensure_future(ask(number)) for number in (3, 4)]
    with pytest.raises(Failure):
        await carrier
    assert oracle.asked == [[1]]
    oracle.go.set()
    assert await asyncio.gather(first, *followers) == [2, 6, 8]


async def test_the_allowance_of_the_carrier_is_not_that_of_the_batch() -> None:
    allowed: list[float] = []

    async def ask_all(numbers: list[int]) -> list[int]:
        allowed.append(patience.most(patience.REQUEST_SECONDS))
        return numbers

    with patience.within(0.5):
        assert await Batches(ask_all)(1) == 1
        assert patience.most(patience.REQUEST_SECONDS) <= 0.5
    assert allowed == [patience.REQUEST_SECONDS]
