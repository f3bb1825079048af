"""The tutor's turn, with a scripted tutor and voice at its ports."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

from kit import errors
from kit.clock import SystemClock
from kit.tasks import Tasks
from realtime.reply.answering import Answering
from realtime.reply.ports import Brief, ConversationTurn, Tutor
from speech.synthesis.voices import PLAIN, RATE, Manner, Voice, VoiceProblem

BRIEF = Brief("s1", "u1", None, "en")
SECOND = bytes(RATE * 2)


class Script:
    """A tutor that says `pieces`, then waits if told to; it remembers that it was closed."""

    def __init__(self, *pieces: str, hang: bool = False, fail: Exception | None = None) -> None:
        self.pieces, self.hang, self.fail, self.closed = pieces, hang, fail, False

    async def reply(self, lines: list[ConversationTurn], brief: Brief) -> AsyncGenerator[str, None]:
        try:
            for piece in self.pieces:
                yield piece
            if self.fail:
                raise self.fail
            if self.hang:
                await asyncio.sleep(3600)
        finally:
            self.closed = True


class Tone:
    name = "tone"

    def __init__(self, problem: Exception | None = None) -> None:
        self.problem, self.closed = problem, 0
        self.said: list[str] = []

    async def speak(self, sentence: str, language: str, manner: Manner = PLAIN) -> AsyncGenerator[bytes, None]:
        try:
            if self.problem:
                raise self.problem
            self.said.append(sentence)
            for _ in range(5):
                yield SECOND[: RATE // 5 * 2]
        finally:
            self.closed += 1


class Counting:
    """Pieces that carry their number: ten of them, five a sentence."""

    name = "counting"

    def __init__(self) -> None:
        self.made = 0

    async def speak(self, sentence: str, language: str, manner: Manner = PLAIN) -> AsyncGenerator[bytes, None]:
        for _ in range(5):
            yield self.made.to_bytes(2, "little") * (RATE // 5)
            self.made += 1


class Stage:
    def __init__(self) -> None:
        self.seen: list[tuple[Any, ...]] = []
        self.pcm: list[bytes] = []
        self.finished = asyncio.Event()

    async def delta(self, turn_id: str, text: str) -> None:
        self.seen.append(("delta", text))

    async def sound(self, turn_id: str, epoch: int, number: int, pcm: bytes) -> None:
        self.seen.append(("sound", epoch, number))
        self.pcm.append(pcm)

    async def done(self, turn_id: str, text: str, *, complete: bool, silent: bool = False) -> None:
        self.seen.append(("done", text, complete))
        self.finished.set()

    async def shape(self, turn_id: str, epoch: int, seconds_ahead: float, shape: int) -> None:
        self.seen.append(("shape", epoch, round(seconds_ahead, 2), shape))

    async def resumed(self, epoch: int, text: str) -> None:
        self.seen.append(("resumed", epoch, text))

    async def flush(self, epoch: int) -> None:
        self.seen.append(("flush", epoch))

    async def degraded(self, what: str, part: str | None = None) -> None:
        self.seen.append(("degraded", what))


def _answering(tutor: Tutor, voice: Voice | None, stage: Stage, tasks: Tasks) -> Answering:
    return Answering(BRIEF, tutor, voice, stage, tasks, SystemClock())


async def _ended(stage: Stage) -> None:
    async with asyncio.timeout(5):
        await stage.finished.wait()


async def test_text_streams_and_sentences_are_spoken_in_order() -> None:
    stage, tasks, voice = Stage(), Tasks(), Tone()
    answering = _answering(Script("Hello ", "there. ", "How are ", "you?"), voice, stage, tasks)
    await answering.start("t2", [ConversationTurn("user", "Hi")])
    await _ended(stage)
    assert voice.said == ["Hello there.", "How are you?"]
    assert [event[2] for event in stage.seen if event[0] == "sound"] == list(range(1, 11))
    assert stage.seen[-1] == ("done", "Hello there. How are you?", True)
    await tasks.close()


async def test_it_waits_for_a_slow_speaker_who_may_go_on_and_answers_all_that_was_said() -> None:
    stage, tasks, heard = Stage(), Tasks(), []

    class Listening(Script):
        def reply(self, lines: list[ConversationTurn], brief: Brief) -> AsyncGenerator[str, None]:
            heard.append([(line.role, line.text) for line in lines])
            return super().reply(lines, brief)

    answering = _answering(Listening("Which one?"), None, stage, tasks)
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
    await _ended(stage)
    assert asyncio.get_running_loop().time() - began >= 0.2
    assert heard[-1] == [("ai", "So?"), ("user", "I went to the market.")]
    assert stage.seen[-1] == ("done", "Which one?", True)
    await tasks.close()


async def test_speech_cuts_the_reply_off_and_keeps_what_was_heard() -> None:
    stage, tasks, voice = Stage(), Tasks(), Tone()
    tutor = Script("This is a rather long first sentence. ", "Never said.", hang=True)
    answering = _answering(tutor, voice, stage, tasks)
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
    answering = _answering(Script("One. "), Tone(), stage, tasks)
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
    answering = _answering(Script("Hello."), None, stage, tasks)
    await answering.start("t2", [])
    await _ended(stage)
    assert [event[0] for event in stage.seen] == ["delta", "done"]


async def test_a_voice_that_fails_leaves_the_text_and_says_so() -> None:
    stage, tasks = Stage(), Tasks()
    answering = _answering(Script("Hello. ", "Bye."), Tone(VoiceProblem("broken")), stage, tasks)
    await answering.start("t2", [])
    await _ended(stage)
    assert [event[0] for event in stage.seen].count("degraded") == 1
    assert stage.seen[-1] == ("done", "Hello. Bye.", True)


async def test_a_tutor_that_fails_ends_the_turn_with_what_there_is() -> None:
    stage, tasks = Stage(), Tasks()
    failure = errors.unavailable("provider_unavailable", "no provider")
    answering = _answering(Script("Half ", fail=failure), None, stage, tasks)
    await answering.start("t2", [])
    await _ended(stage)
    assert stage.seen[-1] == ("done", "Half", False)


async def test_a_fault_of_the_tutor_or_the_voice_ends_the_turn_too() -> None:
    stage, tasks = Stage(), Tasks()
    await _answering(Script("Half ", fail=KeyError("choices")), None, stage, tasks).start("t2", [])
    await _ended(stage)
    assert stage.seen[-1] == ("done", "Half", False)
    stage = Stage()
    answering = _answering(Script("Hello. ", "Bye."), Tone(OSError(12, "Cannot allocate memory")), stage, tasks)
    await answering.start("t3", [])
    await _ended(stage)
    assert stage.seen[-1] == ("done", "Hello. Bye.", True)


async def test_nothing_to_interrupt_is_said_so() -> None:
    answering = _answering(Script("x"), None, Stage(), Tasks())
    assert not await answering.interrupt()


async def _until(stage: Stage, name: str, count: int = 1) -> None:
    async with asyncio.timeout(5):
        while [event[0] for event in stage.seen].count(name) < count:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_held_and_let_go_it_says_every_sample_again_that_was_not_heard() -> None:
    stage, tasks, voice = Stage(), Tasks(), Counting()
    answering = _answering(Script("This is the first sentence. ", "And the second."), voice, stage, tasks)
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
    await _ended(stage)
    assert ("done", "This is the first sentence. And the second.", True) in stage.seen
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
    answering = _answering(tutor, Tone(), stage, tasks)
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
    answering = _answering(Script("One."), Tone(), stage, tasks)
    await answering.start("t2", [])
    await _until(stage, "sound", 5)
    await asyncio.sleep(0.1)
    await answering.hold()
    await asyncio.sleep(0.6)
    assert not stage.finished.is_set()
    await answering.resume()
    await _ended(stage)
    assert stage.seen[-1] == ("done", "One.", True)
    await tasks.close()


async def test_a_client_that_speaks_is_told_what_is_left() -> None:
    stage, tasks = Stage(), Tasks()
    answering = _answering(Script("Hello there my dear friend. ", hang=True), None, stage, tasks)
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

    async def speak(self, sentence: str, language: str, manner: Manner = PLAIN) -> AsyncGenerator[bytes, None]:
        yield SECOND


async def test_an_avatar_gets_the_shapes_with_the_sound_that_they_belong_to() -> None:
    stage, tasks = Stage(), Tasks()
    brief = Brief("s1", "u1", None, "en", avatar=True)
    answering = Answering(brief, Script("Hello. ", "Bob."), Whole(), stage, tasks, SystemClock())
    started = asyncio.get_running_loop().time()
    await answering.start("t2", [])
    await _ended(stage)
    shapes = [event for event in stage.seen if event[0] == "shape"]
    assert [shape for *_, shape in shapes][-4:] == [1, 10, 1, 0]  # B AA B, and the mouth closes
    assert all(0 <= ahead <= 0.7 for _, _, ahead, _ in shapes)  # told with its sound, not all at once
    names = [event[0] for event in stage.seen]
    assert names.index("shape") < names.index("sound") < len(names) - 1 - names[::-1].index("shape")
    assert asyncio.get_running_loop().time() - started > 1.8
    await tasks.close()


async def test_without_an_avatar_there_are_no_shapes() -> None:
    stage, tasks = Stage(), Tasks()
    answering = _answering(Script("Hello."), Whole(), stage, tasks)
    await answering.start("t2", [])
    await _ended(stage)
    assert "shape" not in [event[0] for event in stage.seen]
    await tasks.close()
