"""What a speaker gets whose engine comes late or never; in virtual time."""

import asyncio

from benchmarks import _virtual as virtual
from benchmarks._scores import Screen
from benchmarks.transcription import Studio
from speech import events
from speech.audio import pcm
from speech.pool import jobs
from speech.transcription.policy import Policy
from tests.support import speech as support


async def say(late_s: float) -> list[events.SpeechEvent]:
    """A recording is read and the session ended at once; the engine is there `late_s` after that."""
    studio = Studio(jobs.EngineSpec("whisper", support.CLIPS_MODEL), Policy())
    lane = studio.lanes[0]
    await studio.workers.retire(lane)
    screen = Screen()
    listener = studio.listener("late", screen, reference_text="has never been surpassed.", scored=False)
    asyncio.get_running_loop().call_later(late_s, studio.workers.add, lane)
    listener.feed(pcm.to_bytes(support.clip("LJ001-0008", tail_s=0.1)))
    await listener.finish()
    await listener.close()
    await studio.tasks.close()
    return [event for _, event in screen.seen]


def test_an_engine_that_comes_late_costs_no_word() -> None:
    said = virtual.run(say(30.0))
    assert [event.text for event in said if isinstance(event, events.Final)] == ["has never been surpassed."]
    assert not [event for event in said if isinstance(event, events.Degraded)]


def test_a_final_without_an_engine_says_so() -> None:
    said = virtual.run(say(1000.0))
    assert [event.text for event in said if isinstance(event, events.Final)] == [""]
    assert [event.reason for event in said if isinstance(event, events.Degraded)] == ["engine_failed"]
