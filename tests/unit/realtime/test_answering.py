"""The tutor's turn, with a scripted tutor and voice at its ports."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from kit import errors
from kit.tasks import Tasks
from realtime.reply.ports import Brief, ConversationTurn
from realtime.transports.openai import talk_config
from realtime.transports.openai.memory import Memory
from realtime.transports.openai.order import ItemOrder
from speech.synthesis.voices import VoiceProblem
from tests.support.answering import Script, Stage, Tone, answering_with, ended

pytestmark = pytest.mark.virtual_time


async def test_text_streams_and_sentences_are_spoken_in_order() -> None:
    stage, tasks, voice = Stage(), Tasks(), Tone()
    answering = answering_with(Script("Hello ", "to all of you. ", "How are ", "you all today?"), voice, stage, tasks)
    await answering.start("t2", [ConversationTurn("user", "Hi")])
    await ended(stage)
    assert voice.said == ["Hello to all of you.", "How are you all today?"]
    assert [event[2] for event in stage.seen if event[0] == "sound"] == list(range(1, 11))
    assert stage.seen[-1] == ("done", "Hello to all of you. How are you all today?", True)
    await tasks.close()


async def test_a_very_short_sentence_is_spoken_with_what_follows() -> None:
    stage, tasks, voice = Stage(), Tasks(), Tone()
    answering = answering_with(Script("Oh. ", "I ", "see. What would you like ", "to do instead?"), voice, stage, tasks)
    await answering.start("t2", [ConversationTurn("user", "Hi")])
    await ended(stage)
    assert voice.said == ["Oh. I see. What would you like to do instead?"]
    assert stage.seen[-1] == ("done", "Oh. I see. What would you like to do instead?", True)
    await tasks.close()


def _memory() -> Memory:
    """Of a client's conversation, in which nothing was said."""
    wanted = talk_config.default(old=False, model=None)
    return Memory(ItemOrder(), wanted, lambda: None, lambda _: None, lambda: None)


async def test_a_reply_that_is_read_is_not_spoken_and_is_over_with_its_last_word() -> None:
    stage, tasks, voice = Stage(), Tasks(), Tone()
    answering = answering_with(Script("This is a rather long first sentence. ", "And one more."), voice, stage, tasks)
    answering.instruct(None, _memory(), aloud=False)
    began = asyncio.get_running_loop().time()
    await answering.start("t2", [])
    await ended(stage)
    assert asyncio.get_running_loop().time() - began < 0.1
    assert voice.said == [] and not any(event[0] == "sound" for event in stage.seen)
    assert stage.seen[-1] == ("done", "This is a rather long first sentence. And one more.", True)
    await asyncio.sleep(0.05)
    stage.finished.clear()
    answering.instruct(None, _memory(), aloud=True)
    await answering.start("t3", [])
    await ended(stage)
    assert voice.said != []
    await tasks.close()


async def test_a_reply_that_is_read_and_cut_off_keeps_all_that_was_shown() -> None:
    stage, tasks, voice = Stage(), Tasks(), Tone()
    answering = answering_with(Script("This is a rather long first sentence. ", hang=True), voice, stage, tasks)
    answering.instruct(None, _memory(), aloud=False)
    await answering.start("t2", [])
    await asyncio.sleep(0.05)
    assert await answering.interrupt()
    assert stage.seen[-1] == ("done", "This is a rather long first sentence.", False)
    await tasks.close()


async def test_it_waits_for_a_slow_speaker_who_may_go_on_and_answers_all_that_was_said() -> None:
    stage, tasks, heard = Stage(), Tasks(), []

    class Listening(Script):
        def reply(self, lines: list[ConversationTurn], brief: Brief) -> AsyncGenerator[str, None]:
            heard.append([(line.role, line.text) for line in lines])
            return super().reply(lines, brief)

    answering = answering_with(Listening("Which one?"), None, stage, tasks)
    began = asyncio.get_running_loop().time()
    await answering.start("t2", [ConversationTurn("user", "I went to")], 3600)
    await asyncio.sleep(0.05)
    assert heard and not [event for event in stage.seen if event[0] == "delta"]
    await answering.interrupt()
    assert stage.seen[-1] == ("done", "", False)
    stage.finished.clear()
    await answering.start(
        "t3",
        [ConversationTurn("ai", "So?"), ConversationTurn("user", "I went to"), ConversationTurn("user", "the market.")],
        0.2,
    )
    await ended(stage)
    assert asyncio.get_running_loop().time() - began >= 0.2
    assert heard[-1] == [("ai", "So?"), ("user", "I went to the market.")]
    assert stage.seen[-1] == ("done", "Which one?", True)
    await tasks.close()


async def test_speech_cuts_the_reply_off_and_keeps_what_was_heard() -> None:
    stage, tasks, voice = Stage(), Tasks(), Tone()
    tutor = Script("This is a rather long first sentence. ", "Never said.", hang=True)
    answering = answering_with(tutor, voice, stage, tasks)
    await answering.start("t2", [ConversationTurn("user", "Hi")])
    await asyncio.sleep(0.35)
    spoke = answering.speaking
    assert await answering.interrupt()
    name, text, complete = stage.seen[-1]
    assert (name, complete) == ("done", False)
    assert "This is a rather long first sentence.".startswith(text)
    assert len(text) < 37
    assert ("flush", 1) in stage.seen
    assert tutor.closed
    assert voice.closed >= 1
    assert spoke and not answering.speaking
    assert len(tasks) == 0


async def test_after_an_interruption_sound_has_a_new_epoch() -> None:
    stage, tasks = Stage(), Tasks()
    answering = answering_with(Script("One. "), Tone(), stage, tasks)
    await answering.start("t2", [])
    await asyncio.sleep(0.05)
    await answering.interrupt()
    await answering.start("t4", [])
    await asyncio.sleep(0.05)
    epochs = [event[1] for event in stage.seen if event[0] == "sound"]
    assert epochs[0] == 0
    assert epochs[-1] == 1
    await answering.close()


async def test_without_a_voice_the_text_comes_alone() -> None:
    stage, tasks = Stage(), Tasks()
    answering = answering_with(Script("Hello."), None, stage, tasks)
    await answering.start("t2", [])
    await ended(stage)
    assert [event[0] for event in stage.seen] == ["delta", "done"]


async def test_a_voice_that_fails_leaves_the_text_and_says_so() -> None:
    stage, tasks = Stage(), Tasks()
    answering = answering_with(Script("Hello. ", "Bye."), Tone(VoiceProblem("broken")), stage, tasks)
    await answering.start("t2", [])
    await ended(stage)
    assert [event[0] for event in stage.seen].count("degraded") == 1
    assert stage.seen[-1] == ("done", "Hello. Bye.", True)


async def test_a_tutor_that_fails_ends_the_turn_with_what_there_is() -> None:
    stage, tasks = Stage(), Tasks()
    failure = errors.unavailable("provider_unavailable", "no provider")
    answering = answering_with(Script("Half ", fail=failure), None, stage, tasks)
    await answering.start("t2", [])
    await ended(stage)
    assert stage.seen[-1] == ("done", "Half", False)


async def test_a_fault_of_the_tutor_or_the_voice_ends_the_turn_too() -> None:
    stage, tasks = Stage(), Tasks()
    await answering_with(Script("Half ", fail=KeyError("choices")), None, stage, tasks).start("t2", [])
    await ended(stage)
    assert stage.seen[-1] == ("done", "Half", False)
    stage = Stage()
    answering = answering_with(Script("Hello. ", "Bye."), Tone(OSError(12, "Cannot allocate memory")), stage, tasks)
    await answering.start("t3", [])
    await ended(stage)
    assert stage.seen[-1] == ("done", "Hello. Bye.", True)


async def test_nothing_to_interrupt_is_said_so() -> None:
    answering = answering_with(Script("x"), None, Stage(), Tasks())
    assert not await answering.interrupt()
