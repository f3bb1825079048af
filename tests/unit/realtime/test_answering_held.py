"""A reply that is held while the learner may go on, and what an avatar gets with the sound."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from kit.tasks import Tasks
from realtime.reply.answering import Answering
from realtime.reply.ports import Brief, ConversationTurn
from speech.synthesis.voices import PLAIN, RATE, Manner, Spoken
from tests.support.answering import SECOND, Script, Stage, Tone, answering_with, ended
from tests.support.clock import LoopClock

pytestmark = pytest.mark.virtual_time


class Counting:
    """Pieces that carry their number: ten of them, five a sentence."""

    name = "counting"

    def __init__(self) -> None:
        self.made = 0

    async def speak(self, sentence: str, language: str, manner: Manner = PLAIN) -> AsyncGenerator[Spoken, None]:
        for _ in range(5):
            yield Spoken(self.made.to_bytes(2, "little") * (RATE // 5))
            self.made += 1


async def _until(stage: Stage, name: str, count: int = 1) -> None:
    async with asyncio.timeout(5):
        while [event[0] for event in stage.seen].count(name) < count:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_held_and_let_go_it_says_every_sample_again_that_was_not_heard() -> None:
    stage, tasks, voice = Stage(), Tasks(), Counting()
    answering = answering_with(Script("This is the first sentence. ", "And then the second one."), voice, stage, tasks)
    await answering.start("t2", [ConversationTurn("user", "Hi")])
    await asyncio.sleep(0.5)
    left = await answering.hold()
    assert left is not None
    assert left > 0.5
    assert await answering.hold() is None  # once is enough
    before = len(stage.pcm)
    await asyncio.sleep(0.4)
    assert len(stage.pcm) == before  # silence while it is held
    assert answering.speaking
    await answering.resume()
    await ended(stage)
    assert ("done", "This is the first sentence. And then the second one.", True) in stage.seen
    assert not [event for event in stage.seen if event[0] == "done" and not event[2]]
    numbers = [int.from_bytes(pcm[:2], "little") for pcm in stage.pcm]
    first, again = numbers[:before], numbers[before:]
    assert again[0] <= first[-1]  # it goes back to what was not heard
    assert again[0] > 0  # but not to the beginning
    assert again[-1] == 9
    epochs = [event[1] for event in stage.seen if event[0] == "sound"]
    assert epochs == [0] * before + [1] * (len(epochs) - before)
    restarted = [event[2] for event in stage.seen if event[0] == "sound"][before:]
    assert restarted == list(range(1, len(restarted) + 1))  # numbers count from 1 in every epoch
    await tasks.close()


async def test_a_held_reply_that_is_cut_off_keeps_what_was_heard_when_it_was_held() -> None:
    stage, tasks = Stage(), Tasks()
    tutor = Script("This is a rather long first sentence. ", "Never said.", hang=True)
    answering = answering_with(tutor, Tone(), stage, tasks)
    await answering.start("t2", [])
    await asyncio.sleep(0.35)
    await answering.hold()
    await asyncio.sleep(0.8)  # time in which more would have been heard
    given_up = tutor.closed
    assert await answering.interrupt()
    name, text, complete = stage.seen[-1]
    assert (name, complete) == ("done", False)
    assert len(text) < 30
    assert tutor.closed and not given_up  # it might have gone on
    assert [event[0] for event in stage.seen].count("flush") == 1
    await tasks.close()


async def test_a_reply_held_in_its_last_sound_is_played_to_the_end() -> None:
    stage, tasks = Stage(), Tasks()
    answering = answering_with(Script("One."), Tone(), stage, tasks)
    await answering.start("t2", [])
    await _until(stage, "sound", 5)
    await asyncio.sleep(0.1)
    await answering.hold()
    await asyncio.sleep(0.6)
    assert not stage.finished.is_set()
    await answering.resume()
    await ended(stage)
    assert stage.seen[-1] == ("done", "One.", True)
    await tasks.close()


async def test_a_client_that_speaks_is_told_what_is_left() -> None:
    stage, tasks = Stage(), Tasks()
    answering = answering_with(Script("Hello there my dear friend. ", hang=True), None, stage, tasks)
    await answering.start("t2", [])
    await asyncio.sleep(0.7)
    await answering.hold()
    await answering.resume()
    name, epoch, text = stage.seen[-1]
    assert (name, epoch) == ("resumed", 1)
    assert "Hello there my dear friend.".endswith(text)
    assert 5 < len(text) < 27
    await answering.close()
    await tasks.close()


class Whole:
    """A voice that makes the whole sentence at once."""

    name = "whole"

    async def speak(self, sentence: str, language: str, manner: Manner = PLAIN) -> AsyncGenerator[Spoken, None]:
        yield Spoken(SECOND)


async def test_an_avatar_gets_the_shapes_with_the_sound_that_they_belong_to() -> None:
    stage, tasks = Stage(), Tasks()
    brief = Brief("s1", "u1", None, "en", avatar=True)
    answering = Answering(
        brief, Script("Hello to all of you. ", "I am your friend Bob."), Whole(), stage, tasks, LoopClock()
    )
    started = asyncio.get_running_loop().time()
    await answering.start("t2", [])
    await ended(stage)
    shapes = [event for event in stage.seen if event[0] == "shape"]
    assert [shape for *_, shape in shapes][-4:] == [1, 10, 1, 0]  # B AA B, and the mouth closes
    assert all(0 <= ahead <= 0.7 for _, _, ahead, _ in shapes)  # told with its sound, not all at once
    names = [event[0] for event in stage.seen]
    assert names.index("shape") < names.index("sound") < len(names) - 1 - names[::-1].index("shape")
    assert asyncio.get_running_loop().time() - started > 1.8
    await tasks.close()


async def test_without_an_avatar_there_are_no_shapes() -> None:
    stage, tasks = Stage(), Tasks()
    answering = answering_with(Script("Hello."), Whole(), stage, tasks)
    await answering.start("t2", [])
    await ended(stage)
    assert "shape" not in [event[0] for event in stage.seen]
    await tasks.close()
