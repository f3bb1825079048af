"""Side-bands of calls elsewhere: what becomes of them when one side hangs, goes or says a thing twice."""

import asyncio
from typing import Any

import orjson
import pytest

from kit.tasks import Tasks
from realtime.node.bus import Bus
from realtime.transports.openai import side_band
from realtime.transports.openai.relay import _Line
from realtime.transports.openai.side_band import SideBand


class Call:
    """One that is told everything and does nothing."""

    async def controlled(self, text: str, tell: Any, band: SideBand) -> None:
        raise AssertionError("nothing is sent")

    async def join(self, band: SideBand) -> None:
        return None

    def leave(self, band: SideBand) -> None:
        return None


async def test_what_waits_to_be_taken_ends_with_the_line() -> None:
    line = _Line(lambda *_, **__: asyncio.sleep(0, True))
    assert await line.take("first")
    waiting = [asyncio.ensure_future(line.take(text)) for text in ("second", "")]
    await asyncio.sleep(0)
    line.stop()
    assert await asyncio.gather(*waiting) == [False, False]
    assert not await line.take("later")
    assert [one async for one in line.socket] == []


async def test_a_side_that_takes_not_even_the_close_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(side_band, "_CLOSE_SECONDS", 0.05)

    async def hangs(*_: Any, **__: Any) -> bool:
        await asyncio.Event().wait()
        return True

    tasks = Tasks()
    line = _Line(hangs)
    band = SideBand(line, None, tasks)
    conversing = asyncio.ensure_future(band.converse(Call()))
    await asyncio.sleep(0)
    band.pass_on("{}")
    band.end(1000, "")
    async with asyncio.timeout(10):
        await conversing
    assert not await line.take("")
    await tasks.close()


class Published:
    def __init__(self) -> None:
        self.messages: list[tuple[str, Any]] = []

    async def publish(self, channel: str, message: bytes) -> int:
        self.messages.append((channel, orjson.loads(message)))
        return 1


async def test_a_question_that_arrives_twice_is_done_once() -> None:
    tasks, redis, done = Tasks(), Published(), []

    async def answer(what: str, session_id: str, detail: str) -> bool:
        done.append(detail)
        if detail == "nonsense":
            raise KeyError(detail)
        return True

    bus = Bus(redis, "here", tasks)  # type: ignore[arg-type]
    bus._answer = answer
    for question, detail in (("1", "take"), ("1", "take"), ("2", "take"), ("3", "nonsense")):
        bus._heard({"q": question, "from": "there", "what": "side-band", "id": "s", "detail": detail})
    await asyncio.gather(*(one for one in asyncio.all_tasks() if one.get_name().startswith("bus ")))
    assert done == ["take", "take", "nonsense"]
    assert [message for _, message in redis.messages] == [
        {"a": "1", "done": True},
        {"a": "2", "done": True},
        {"a": "3", "done": False},
    ]
    await tasks.close()
