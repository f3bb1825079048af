"""Side-bands of calls elsewhere: what becomes of them when one side hangs, goes or says a thing twice."""

import asyncio
from typing import Any

import orjson
import pytest

from kit.caller import Caller
from kit.tasks import Tasks
from realtime.node.bus import Bus
from realtime.transports.openai import relay_line, side_band
from realtime.transports.openai.relay import ElsewhereCall
from realtime.transports.openai.relay_line import RelayLine
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
    line = RelayLine(lambda *_, **__: asyncio.sleep(0, True))
    assert await line.take("first")
    waiting = [asyncio.ensure_future(line.take(text)) for text in ("second", "third")]
    await asyncio.sleep(0)
    line.stop()
    assert await asyncio.gather(*waiting) == [False, False]
    assert not await line.take("later")
    assert [one async for one in line.socket] == []


async def test_what_came_before_the_client_left_is_heard_and_what_finds_no_room_is_not_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(relay_line, "_ROOM_SECONDS", 0.01)
    line = RelayLine(lambda *_, **__: asyncio.sleep(0, True))
    assert [await line.take("first"), await line.take("second")] == [True, False]
    finishing = asyncio.ensure_future(line.finish(20))
    assert [message.data async for message in line.socket] == ["first"]
    line.stop()
    await finishing


async def test_who_reads_slowly_gets_many_events_at_once_and_is_waited_for() -> None:
    asked: list[str] = []
    answers = {"tell": [False, True, True], "sent": [False, True], "hears": [True, True]}
    tasks, told = Tasks(), list[Any]()

    async def ask(do: str, **more: Any) -> bool:
        asked.append(do)
        told.extend(more.get("text", "").splitlines())
        return answers.get(do, [True]).pop(0)

    line = RelayLine(ask)
    band = SideBand(line, Caller("ana", "user", "key", "k"), tasks, together=3)
    conversing = asyncio.ensure_future(band.converse(Call()))
    await asyncio.sleep(0)
    for number in range(7):
        band.pass_on(f"{number}")
    await band.sent(20)
    band.end(1000, "")
    await conversing
    assert asked == ["tell", "hears", "sent", "hears", "sent", "tell", "tell", "close"]
    assert told == [f"{number}" for number in range(7)]
    await tasks.close()


async def test_a_side_that_takes_not_even_the_close_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(side_band, "_CLOSE_SECONDS", 0.05)

    async def hangs(*_: Any, **__: Any) -> bool:
        await asyncio.Event().wait()
        return True

    tasks = Tasks()
    line = RelayLine(hangs)
    band = SideBand(line, Caller("ana", "user", "key", "k"), tasks)
    conversing = asyncio.ensure_future(band.converse(Call()))
    await asyncio.sleep(0)
    band.pass_on("{}")
    band.end(1000, "")
    async with asyncio.timeout(10):
        await conversing
    assert not await line.take("later")
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
        if detail == "full":
            raise MemoryError
        return True

    bus = Bus(redis, "here", tasks)  # type: ignore[arg-type]
    bus._answer = answer
    for question, detail in (("1", "take"), ("1", "take"), ("2", "take"), ("3", "nonsense"), ("4", "full")):
        bus._heard({"q": question, "from": "there", "what": "side-band", "id": "s", "detail": detail})
    await asyncio.gather(*(one for one in asyncio.all_tasks() if one.get_name().startswith("bus ")))
    assert done == ["take", "take", "nonsense", "full"]
    assert [message for _, message in redis.messages] == [
        {"a": "1", "done": True},
        {"a": "2", "done": True},
        {"a": "3", "done": False},
        {"a": "4", "done": False},
    ]
    await tasks.close()


async def test_who_joins_a_call_whose_node_does_not_answer_may_try_again_later() -> None:
    tasks, asked, told = Tasks(), list[str](), list[Any]()

    async def silent(do: str, **_: Any) -> None:
        asked.append(do)

    async def tell(do: str, **more: Any) -> bool:
        told.append((do, more))
        return True

    band = SideBand(RelayLine(tell), Caller("ana", "user", "key", "k"), tasks)
    async with asyncio.timeout(10):
        await band.converse(ElsewhereCall(silent, tasks, {}, "here"))
    (_, event), (_, closed) = [one for one in told if one[0] in ("tell", "close")]
    assert orjson.loads(event["text"])["error"]["code"] == "unavailable" and asked[0] == "join"
    assert closed == {"code": 1013, "reason": "unavailable"}
    await tasks.close()
