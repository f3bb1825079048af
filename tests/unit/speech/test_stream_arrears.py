"""The stream where sound does not come as it is spoken: all at once, without pauses, in mid-speech, heard before."""

import random

import pytest

from speech import events
from speech.audio import pcm
from speech.endpointing import vad
from speech.transcription.policy import Wish
from speech.transcription.stream import Before, Stream, StreamOptions
from speech.transcription.types import EngineName, HeardWord
from tests.support.speech import Heard
from tests.support.timed_speaker import Speaker, at_once, final_words, perfect, speech


@pytest.mark.parametrize("pause_every", [0, 7, 40])
@pytest.mark.parametrize("count", [40, 150, 600])
def test_sound_that_comes_at_once_is_heard_to_the_last_word(count: int, pause_every: int) -> None:
    said = speech(count, pause_every=pause_every, pause_s=0.36)
    heard, speaker = at_once(said, lose=0.2)
    assert final_words(heard) == [word.text for word in said]
    assert speaker.longest <= pcm.samples(28_300) and heard.broken_promises() == []


def test_who_never_pauses_is_heard_though_there_are_no_partials() -> None:
    """The last rung of the ladder: nothing but last passes."""
    said = speech(200)
    speaker, heard, chance = Speaker(said, perfect, delay_s=2.0), Heard(), random.Random(1)
    stream = Stream(heard)
    stream.passes.follow(step_factor=1.0, partials=False, crowd=1.0)
    asked: tuple[Wish, float] | None = None
    for frame, voice in enumerate(speaker._voiced(int((said[-1].end + 3) * pcm.RATE / vad.FRAME))):
        stream.passes.receive(vad.FRAME)
        stream.frame(0.9 if voice else 0.0, frame / 31)
        asked = speaker._work(stream, asked, frame / 31, chance)
    now = 1000.0
    while not stream.idle:
        now += 1
        asked = speaker._work(stream, asked, now, chance)
    assert final_words(heard) == [word.text for word in said]


def test_a_backlog_has_an_end() -> None:
    said = speech(3000)
    heard, _ = at_once(said)
    assert len(final_words(heard)) < len(said)
    assert final_words(heard)[-50:] == [word.text for word in said][-50:]


def test_sound_that_was_heard_before_says_nothing_and_warms_up_the_next_turn() -> None:
    heard = Heard()
    before = (HeardWord("ask", -0.5, 0.1, 0.9), HeardWord("not", 0.4, 0.7, 0.9), HeardWord("what", 0.8, 1.2, 0.9))
    stream = Stream(heard, StreamOptions(before=Before(pcm.samples(2000), before, pcm.samples(1300))))
    stream.use(EngineName("faster-whisper", "stub", "1"))
    for frame in range(120):
        stream.passes.receive(vad.FRAME)
        stream.frame(0.0 if 42 < frame < 64 else 0.9, frame / 31)
        assert stream.passes.needed_from < pcm.samples(400) or heard.of(events.SpeechStarted)
        if frame < 60:
            assert heard.events == [] and stream.passes.wish() is None
        if frame == 100 and (wish := stream.passes.wish()) is not None:
            assert wish.given == ("not",) and wish.lead == 2 and wish.start < pcm.samples(400)
    assert [event.start_ms for event in heard.of(events.SpeechStarted)] == [2000]


def test_a_turn_in_which_the_known_sound_ends_begins_there() -> None:
    heard = Heard()
    stream = Stream(heard, StreamOptions(before=Before(pcm.samples(1000))))
    for frame in range(60):
        stream.passes.receive(vad.FRAME)
        stream.frame(0.9, frame / 31)
    assert [event.start_ms for event in heard.of(events.SpeechStarted)] == [1000]


def test_a_stream_that_begins_in_mid_speech_begins_with_its_first_hint_of_speech() -> None:
    """Probabilities of the cold network for a recording that was cut: a word stands before the second rise."""
    cold = [0.61, 0.41, 0.18, 0.12, 0.05, 0.07, 0.03, 0.02, 0.1, 0.14, 0.27, 0.28, 0.25, 0.12, 0.11, 0.11, 0.07, 0.05]
    for probabilities, start_ms in (
        ([*cold, *[0.05] * 4, *[0.8] * 20], 0),
        ([*[0.0] * 22, *[0.8] * 20], 404),
        ([*[0.0] * 60, *cold, *[0.8] * 20], 2196),
    ):
        heard = Heard()
        stream = Stream(heard)
        for frame, probability in enumerate(probabilities):
            stream.passes.receive(vad.FRAME)
            stream.frame(probability, frame / 31)
        assert [event.start_ms for event in heard.of(events.SpeechStarted)] == [start_ms]
