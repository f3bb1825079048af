"""Pronunciation while listening. The test model's encoder is not the one the scorer knows, so the fallback scores."""

import asyncio

from speech import events
from speech.decoding import recording
from speech.listening import ListenerOptions, Listening
from tests.support import speech as support

TEXT = "has never been surpassed."


async def test_a_reading_is_scored_while_it_is_read_and_ends_by_itself(listening: Listening) -> None:
    heard = support.Heard()
    listener = listening.listener(ListenerOptions("test", reference_text=TEXT), heard)
    await support.play(listener, support.clip("LJ001-0008", tail_s=0.9), pause_s=0.05)
    await asyncio.sleep(1)
    async with asyncio.timeout(120):
        while not heard.of(events.Scored):  # a microphone goes on until it is told
            await support.play(listener, support.silence(0.5), pause_s=0.05)
    scored = heard.of(events.Scored)[0]
    await listener.close()
    live = heard.of(events.WordScored)
    assert live and {word.word_id for word in live} <= {"r0", "r1", "r2", "r3"}
    assert all(word.provisional and word.turn == 1 for word in live)
    assert heard.events.index(live[0]) < heard.events.index(heard.of(events.Final)[0])
    assert [word["word"] for word in scored.pronunciation["words"]] == TEXT.split() or len(
        scored.pronunciation["words"]
    ) == 4
    assert scored.pronunciation["reference"] == "given"


async def test_a_pause_does_not_end_a_reading(listening: Listening) -> None:
    """The last word is never said, so nothing but the end of the session ends it."""
    sound = [support.clip("LJ001-0008", tail_s=2.5), support.clip("LJ001-0008")]
    heard = await support.hear(listening, sound, reference_text=f"{TEXT} And {TEXT} Indeed, and once more.")
    assert len(heard.of(events.SpeechStarted)) == len(heard.of(events.Final)) == 1
    assert heard.of(events.Scored)[0].turn == 1


async def test_what_was_said_is_shown_and_not_the_reference(listening: Listening) -> None:
    heard = await support.hear(listening, support.clip("LJ001-0008"), reference_text="Something else entirely.")
    assert heard.text == TEXT
    assert heard.of(events.Scored)[0].pronunciation["reference"] == "given"


async def test_free_speech_is_scored_against_what_was_heard(listening: Listening) -> None:
    heard = await support.hear(listening, support.clip("LJ001-0008"))
    final, scored = heard.of(events.Final)[0], heard.of(events.Scored)[0]
    assert scored.pronunciation["reference"] == "recognised"
    told = scored.pronunciation["words"]
    assert all(word["doubtful"] if word["score"] is None else word["confidence"] > 0.5 for word in told)
    words = heard.of(events.WordScored)
    assert [word.word_id for word in words] == [word.id for word in final.words]
    assert not any(word.provisional for word in words)


async def test_a_recording_is_assessed(listening: Listening) -> None:
    sound = await recording.whole(support.AUDIO / "LJ001-0008.flac", 300)
    found = await listening.assess(sound, TEXT)
    assert found.transcript.text == TEXT
    assert found.pronunciation is not None and len(found.pronunciation["words"]) == 4
    free = await listening.assess(sound, None)
    assert free.pronunciation is not None and free.pronunciation["reference"] == "recognised"
    doubtful = [word.get("doubtful", False) for word in free.pronunciation["words"]]
    assert free.pronunciation["details"]["judged_words"] == doubtful.count(False)


async def test_marks_and_what_is_said_around_a_text_change_nothing_at_either_door(listening: Listening) -> None:
    """The reading is only a part of what is said, and comes out of a word processor."""
    name, part = "so762-008110159", "Let us know"
    hidden = "“Let\u00a0us kn\u00adow…”\u200b"
    live = (await support.hear(listening, support.clip(name), reference_text=hidden)).of(events.Scored)[0].pronunciation
    plain = (await support.hear(listening, support.clip(name), reference_text=part)).of(events.Scored)[0].pronunciation
    sound = await recording.whole(support.AUDIO / f"{name}.flac", 300)
    filed = (await listening.assess(sound, hidden)).pronunciation
    assert filed is not None
    for found in (live, plain, filed):
        assert found["refused"] is None and found["completeness"] == 100
        own = [word for word in found["words"] if word["index"] is not None]
        assert [(word["word"], word["error"]) for word in own] == [("Let", "none"), ("us", "none"), ("know", "none")]
        assert [word["error"] for word in found["words"][3:]] == ["insertion"]
    assert [word["score"] for word in live["words"]] == [word["score"] for word in plain["words"]]
    assert live["overall"] == plain["overall"]
