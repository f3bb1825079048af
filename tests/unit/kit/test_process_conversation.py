"""A child that answers message by message: whatever it does instead, whoever asks is told, and it is gone."""

import asyncio
import os
import signal
import socket
import subprocess
from collections.abc import AsyncIterator

import psutil
import pytest

from kit.processes import conversation as conversations
from kit.processes import environment
from kit.processes.conversation import Conversation, Lost
from kit.processes.process import NotStarted, Program, python
from tests.support.waiting import until

IN_TIME = 60.0


def speaker(number: int) -> Program:
    return python("test", "tests.support.children", "converses", str(number), variables=environment.bare())


def descriptors() -> int:
    return int(psutil.Process().num_fds())


@pytest.fixture
async def conversation() -> AsyncIterator[Conversation[str, str]]:
    before = set(psutil.Process().children())
    made: Conversation[str, str] = Conversation(speaker)
    await made.start()
    assert await made.ask("ready", IN_TIME) == "READY"
    yield made
    await made.stop()
    assert set(psutil.Process().children()) - before == set()


async def test_messages_are_answered_in_turn(conversation: Conversation[str, str]) -> None:
    assert [await conversation.ask(text, IN_TIME) for text in ("a", "b", "x" * 1_000_000)] == [
        "A",
        "B",
        "X" * 1_000_000,
    ]
    assert int(await conversation.ask("pid", IN_TIME)) == conversation.pid


@pytest.mark.parametrize("way", ["die", "hang up", "half"])
async def test_one_that_dies_over_a_message_is_lost_and_started_again(
    conversation: Conversation[str, str], way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversations, "_LAST_SECONDS", 0.1)
    pid, open_before = conversation.pid, descriptors()
    with pytest.raises(Lost):
        await conversation.ask(way, IN_TIME)
    with pytest.raises(Lost):
        await conversation.ask("afterwards", 1.0 if way == "half" else IN_TIME)
    await conversation.start()
    assert pid is not None and not psutil.pid_exists(pid)
    assert await conversation.ask("again", IN_TIME) == "AGAIN"
    assert conversation.pid != pid and descriptors() <= open_before


@pytest.mark.parametrize("again", [False, True])
async def test_one_that_is_stopped_while_it_is_started_leaves_no_process(again: bool) -> None:
    before = set(psutil.Process().children())
    made: Conversation[str, str] = Conversation(speaker)
    if again:
        await made.start()
    starting = asyncio.ensure_future(made.start())
    await asyncio.sleep(0)
    stopping = asyncio.ensure_future(made.stop())
    await asyncio.gather(starting, stopping, return_exceptions=True)
    assert set(psutil.Process().children()) - before == set()
    with pytest.raises(NotStarted):
        await made.start()


async def test_one_that_hangs_is_ended_at_its_deadline(conversation: Conversation[str, str]) -> None:
    with pytest.raises(Lost, match=r"no answer within 0\.2 s"):
        await conversation.ask("hang", 0.2)
    with pytest.raises(Lost):
        await conversation.ask("afterwards", IN_TIME)


async def test_one_that_is_stopped_in_the_middle_is_ended_at_its_deadline(conversation: Conversation[str, str]) -> None:
    assert conversation.pid is not None
    os.kill(conversation.pid, signal.SIGSTOP)
    with pytest.raises(Lost):
        await conversation.ask("hello", 0.2)
    await conversation.start()
    assert await conversation.ask("again", IN_TIME) == "AGAIN"


async def test_one_whose_asker_is_cancelled_is_ended(conversation: Conversation[str, str]) -> None:
    pid = conversation.pid
    asking = asyncio.ensure_future(conversation.ask("hang", IN_TIME))
    await asyncio.sleep(0)
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    assert pid is not None
    await until(lambda: not psutil.pid_exists(pid), IN_TIME)  # nobody had to look after it
    await conversation.start()
    assert await conversation.ask("again", IN_TIME) == "AGAIN"


async def test_one_that_is_stopped_during_a_message_ends(conversation: Conversation[str, str]) -> None:
    asking = asyncio.ensure_future(conversation.ask("hang", IN_TIME))
    await asyncio.sleep(0)
    await conversation.stop()
    await conversation.stop()
    with pytest.raises(Lost):
        await asking
    with pytest.raises(Lost):
        await conversation.ask("afterwards", IN_TIME)


@pytest.mark.parametrize("what", ["Popen", "socketpair"])
async def test_one_that_cannot_be_had_leaves_nothing_open(
    conversation: Conversation[str, str], what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    open_before = descriptors()
    with monkeypatch.context() as short:
        short.setattr(subprocess if what == "Popen" else socket, what, refuse)
        for _ in range(3):
            with pytest.raises(NotStarted):
                await conversation.start()
    assert descriptors() < open_before
    await conversation.start()
    assert await conversation.ask("again", IN_TIME) == "AGAIN"
