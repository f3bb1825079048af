import asyncio

from speech import events
from speech.listening import Listening
from tests.support import speech as support
from tests.support.speech import words


async def test_every_recording_is_heard_word_for_word(listening: Listening) -> None:
    clips = support.manifest()
    heard = [await support.hear(listening, support.clip(clip["id"])) for clip in clips]
    assert [words(h.text) for h in heard] == [words(clip["text"]) for clip in clips]
    assert [h.broken_promises() for h in heard] == [[]] * len(clips)
    assert {final.engine["model"] for h in heard for final in h.of(events.Final)} == {"whisper-clips-test"}


async def test_events_of_a_turn_come_in_order(listening: Listening) -> None:
    heard = await support.hear(listening, support.clip("LJ001-0008"), first_turn=4, start_ms=60_000)
    kinds = [type(event).__name__ for event in heard.events]
    assert kinds[0] == "SpeechStarted"
    assert kinds.index("Partial") < kinds.index("SpeechStopped") < kinds.index("Final")
    assert {event.turn for event in heard.events if not isinstance(event, events.Degraded | events.Waits)} == {4}
    final = heard.of(events.Final)[0]
    assert [word.id for word in final.words] == ["4.1", "4.2", "4.3", "4.4", "4.5"][: len(final.words)]
    assert all(60_000 <= word.start_ms <= word.end_ms <= 64_000 for word in final.words)
    assert set(final.latency_ms) == {"total", "queue", "engine", "policy"}


async def test_silence_says_nothing(listening: Listening) -> None:
    heard = await support.hear(listening, support.silence(5))
    assert heard.events == []


async def test_a_closed_listener_is_quiet(listening: Listening) -> None:
    heard = support.Heard()
    from speech.listening import ListenerOptions

    listener = listening.listener(ListenerOptions("test"), heard)
    await support.play(listener, support.clip("jfk")[:48_000])
    await listener.close()
    await listener.close()
    count = len(heard.events)
    listener.feed(b"\0" * 32_000)
    await asyncio.sleep(0.2)
    assert len(heard.events) == count
    assert listening.status()["listeners"] == 0
