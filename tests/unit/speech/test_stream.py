"""The stream against a speaker whose words and times are known, and an engine that errs: no sound, no model."""

import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from speech import events
from speech.audio import pcm
from speech.endpointing import vad
from speech.endpointing.patience import Patience
from speech.transcription import words as text
from speech.transcription.policy import Wish
from speech.transcription.stream import Stream, StreamOptions
from speech.transcription.turn import Timing
from speech.transcription.types import HeardWord, Hypothesis
from tests.support.speech import Heard
from tests.support.timed_speaker import Speaker, Wobbling, final_words, perfect, speech


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    mistakes=st.tuples(st.floats(0, 0.7), st.floats(0, 0.15), st.floats(0, 1)),
    pause_s=st.sampled_from([0.0, 0.35, 0.8]),
    delay_s=st.sampled_from([0.02, 0.2, 0.9]),
    lose=st.sampled_from([0.0, 0.2]),
)
def test_no_promise_is_ever_broken(
    seed: int, mistakes: tuple[float, float, float], pause_s: float, delay_s: float, lose: float
) -> None:
    said = speech(45, pause_every=11, pause_s=pause_s, seed=seed)
    speaker = Speaker(said, Wobbling(seed, *mistakes), delay_s=delay_s, lose=lose)
    heard = speaker.run()
    assert heard.broken_promises() == []
    started, finals = heard.of(events.SpeechStarted), heard.of(events.Final)
    assert [event.turn for event in started] == [event.turn for event in finals]
    for final in finals:
        assert final.text == " ".join(word.text for word in final.words)
        assert [word.id for word in final.words] == [f"{final.turn}.{n + 1}" for n in range(len(final.words))]


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), pause_s=st.sampled_from([0.0, 0.3, 0.45, 0.7, 2.0]), delay=st.floats(0.02, 1.2))
@example(seed=2699, pause_s=0.0, delay=0.125)
def test_a_faultless_engine_loses_doubles_and_moves_nothing(seed: int, pause_s: float, delay: float) -> None:
    said = speech(60, pause_every=13, pause_s=pause_s, seed=seed)
    heard = Speaker(said, perfect, delay_s=delay).run()
    assert final_words(heard) == [word.text for word in said]


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), every=st.integers(2, 9), pause_s=st.sampled_from([0.6, 0.8, 1.1, 1.4, 2.4]))
def test_turns_that_follow_soon_lean_on_the_one_before_and_say_nothing_of_it(
    seed: int, every: int, pause_s: float
) -> None:
    said = speech(60, pause_every=every, pause_s=pause_s, seed=seed)
    speaker = Speaker(said, perfect)
    heard = speaker.run(patience=Patience(500))
    assert final_words(heard) == [word.text for word in said]
    assert heard.broken_promises() == []
    for wish in speaker.wishes:
        assert wish.start >= wish.turn_start or 0 < wish.lead <= len(wish.given) + 1
        assert wish.turn_start - wish.start < (3 + 1.5 + 0.5) * pcm.RATE
    assert any(wish.lead for wish in speaker.wishes) == (pause_s < 1.2)


def test_text_does_not_wait_for_the_slowest_but_says_that_they_may_go_on() -> None:
    said = speech(24, pause_every=12, pause_s=2.4)
    heard = Speaker(said, perfect).run(patience=Patience(pauses=[1250] * 10))
    waits = [final.wait_ms for final in heard.of(events.Final)]
    assert waits and all(500 < wait <= 700 for wait in waits)
    assert [final.wait_ms for final in Speaker(said, perfect).run().of(events.Final)] == [0] * len(waits)


def test_the_words_before_are_left_when_a_turn_has_enough_of_its_own() -> None:
    said = speech(24, pause_every=12, pause_s=0.9)
    speaker = Speaker(said, perfect)
    speaker.run(patience=Patience(500))
    second = [wish for wish in speaker.wishes if wish.turn == 2]
    assert second[0].start < second[0].turn_start and second[0].lead
    assert second[-1].start >= second[-1].turn_start and not second[-1].lead


@pytest.mark.parametrize("options", [{"crowd": 2.0}, {"name": "pocketsphinx"}, {"name": "openai-compatible"}])
def test_nobody_leans_in_a_crowd_or_on_an_engine_that_takes_no_words(options: dict[str, Any]) -> None:
    said = speech(24, pause_every=12, pause_s=0.9)
    speaker = Speaker(said, perfect, **options)
    assert final_words(speaker.run(patience=Patience(500))) == [word.text for word in said]
    assert not any(wish.lead for wish in speaker.wishes)


def test_in_a_crowd_partials_are_rarer_and_none_begins_before_what_may_be_a_pause() -> None:
    said = speech(40, pause_every=8, pause_s=0.3)
    alone, crowded = Speaker(said, perfect, delay_s=0.1), Speaker(said, perfect, delay_s=0.1, crowd=3.0)
    assert final_words(alone.run()) == final_words(crowded.run()) == [word.text for word in said]
    kinds = [[wish.kind for wish in speaker.wishes] for speaker in (alone, crowded)]
    assert 0 < kinds[1].count("partial") < kinds[0].count("partial") / 2
    ends = [word.end for word in said[7::8]]
    begun = [wish.end / pcm.RATE for wish in crowded.wishes if wish.kind == "partial"]
    assert not [at for at in begun for end in ends if end + 0.07 < at < end + 0.3]


def test_partials_are_paced_by_what_they_cost() -> None:
    said = speech(40)
    made = []
    for seconds in (0.05, 0.3):
        speaker = Speaker(said, perfect, delay_s=seconds)
        speaker.run()
        starts = [wish.end / pcm.RATE for wish in speaker.wishes if wish.kind == "partial"][3:]
        made.append(min(b - a for a, b in itertools.pairwise(starts)))
    assert made[0] < 0.3 and made[1] >= 0.5


def test_a_word_said_again_at_a_turns_border_is_kept() -> None:
    """A turn goes on behind a promised word: the same word once more is no echo of it."""
    said = speech(400, seed=2)
    said = [replace(word, text="the") for word in said]
    heard = Speaker(said, perfect).run()
    assert len(final_words(heard)) == len(said)


def test_ten_minutes_without_a_pause_stay_in_a_small_window() -> None:
    said = speech(1950)
    speaker = Speaker(said, perfect)
    heard = speaker.run()
    assert said[-1].end > 590
    assert final_words(heard) == [word.text for word in said]
    assert heard.broken_promises() == []
    assert speaker.longest / pcm.RATE < 14
    assert max(len(partial.words) for partial in heard.of(events.Partial)) < 350
    assert len(heard.of(events.Final)) == len(heard.of(events.SpeechStarted)) == 7


def test_promised_words_are_given_to_the_next_pass_but_for_the_last() -> None:
    said = speech(12)
    speaker = Speaker(said, perfect)
    heard = speaker.run()
    spoken = tuple(word.text for word in said)
    assert final_words(heard) == list(spoken)
    assert speaker.given[0] == () and len(speaker.given[-1]) > 6
    assert all(given == spoken[: len(given)] for given in speaker.given)


@pytest.mark.parametrize("pause_s", [0.0, 0.6])
def test_a_last_pass_that_stops_early_is_followed_by_one_of_the_rest(pause_s: float) -> None:
    def stopping(inside: list[HeardWord], wish: Wish) -> Hypothesis:
        unsure = [replace(word, confidence=0.5) for word in inside]
        return Hypothesis(tuple(unsure if wish.kind == "partial" or not wish.given else unsure[: len(wish.given) + 1]))

    said = speech(24, pause_every=12, pause_s=pause_s)
    speaker = Speaker(said, stopping, delay_s=0.5)
    heard = speaker.run()
    assert final_words(heard) == [word.text for word in said]
    assert any(wish.kind != "partial" and not wish.given for wish in speaker.wishes)


def test_no_partial_is_asked_for_while_nothing_new_is_said() -> None:
    heard, wishes = Heard(), []
    stream = Stream(heard, patience=Patience(1500))
    for frame in range(70):
        stream.passes.receive(vad.FRAME)
        stream.frame(0.9 if 5 < frame < 40 else 0.0, frame / 31)
        if (wish := stream.passes.wish()) is not None:
            wishes.append((frame, wish.kind))
            stream.answered(wish.key, Hypothesis((HeardWord("now", 0.3, 0.6, 0.9),)), Timing(), frame / 31)
    behind_the_voice = [kind for frame, kind in wishes if frame >= 40]
    assert behind_the_voice == ["partial", "stable"], wishes  # one for the end of the word, one for the pause


def test_reading_is_one_turn_until_all_words_are_settled() -> None:
    said = speech(24, pause_every=6, pause_s=2.5)
    heard = Heard()
    stream = Stream(heard, StreamOptions(reading=True))
    voiced = Speaker(said, perfect)._voiced(int((said[-1].end + 4) * pcm.RATE / vad.FRAME))
    for frame, voice in enumerate(voiced):
        stream.passes.receive(vad.FRAME)
        stream.frame(0.9 if voice else 0.0, frame / 31)
        if frame * vad.FRAME / pcm.RATE > said[-1].end:
            stream.reference_settled()
    assert len(heard.of(events.SpeechStarted)) == 1
    stopped = heard.of(events.SpeechStopped)
    assert len(stopped) == 1 and abs(stopped[0].end_ms / 1000 - said[-1].end) < 0.1


def test_a_turn_without_an_engine_ends_with_what_is_known() -> None:
    heard = Heard()
    stream = Stream(heard, patience=Patience(500))
    for frame in range(200):
        stream.passes.receive(vad.FRAME)
        stream.frame(0.9 if 20 < frame < 120 else 0.0, frame / 31)
        while (wish := stream.passes.wish()) is not None and frame < 100:
            words = (HeardWord("hello", 0.3, 0.6, 0.9), HeardWord("there", 0.6, 0.9, 0.9))
            stream.answered(wish.key, Hypothesis(words), Timing(), frame / 31)
    stream.give_up(9.0)
    assert [(final.text, final.failed) for final in heard.of(events.Final)] == [("hello there", True)]


@pytest.mark.parametrize("kind", ["stable", "final"])
def test_a_last_pass_that_no_engine_could_do_is_named_in_the_final(kind: str) -> None:
    heard = Heard()
    stream = Stream(heard, patience=Patience(500))
    for frame in range(200):
        stream.passes.receive(vad.FRAME)
        stream.frame(0.9 if 20 < frame < 120 else 0.0, frame / 31)
        if stream.passes.pending() == kind and (wish := stream.passes.wish()) is not None:
            stream.unanswered(wish.key, frame / 31)
    assert [(final.text, final.failed) for final in heard.of(events.Final)] == [("", True)]


def test_a_click_is_no_turn_with_words() -> None:
    said = [HeardWord("click", 1.0, 1.1, 0.9)]
    heard = Speaker(said, perfect).run()
    assert [(final.text, final.failed) for final in heard.of(events.Final)] == [("", False)]
    assert heard.of(events.Partial) == []


def test_commit_ends_a_turn_at_once() -> None:
    heard = Heard()
    stream = Stream(heard)
    for frame in range(60):
        stream.passes.receive(vad.FRAME)
        stream.frame(0.9, frame / 31)
    stream.commit(2.0)
    assert stream.passes.pending() in ("final", None)
    wish = stream.passes.wish()
    assert wish is not None
    stream.answered(wish.key, Hypothesis((HeardWord("now", 0.1, 0.4, 0.9),)), Timing(0.1, 0.2), 2.5)
    final = heard.of(events.Final)[0]
    assert final.text == "now" and final.latency_ms["queue"] == 100 and final.latency_ms["engine"] == 200


def test_languages_without_spaces_are_joined_without() -> None:
    said = [HeardWord(word, 0.5 + i * 0.4, 0.9 + i * 0.4, 0.9) for i, word in enumerate("今日はいい")]
    heard = Speaker(said, perfect).run(language="ja")
    assert heard.of(events.Final)[0].text == "今日はいい"
    assert text.joiner("ja") == ""


def test_a_partial_that_comes_back_after_the_turn_shows_what_its_last_pass_left_out() -> None:
    words = tuple(
        HeardWord(one, n * 0.3 + 0.3, n * 0.3 + 0.55, 0.9) for n, one in enumerate(["a", "b", "c", "d", "e", "f"])
    )
    heard = Heard()
    stream = Stream(heard)
    partial = None
    for frame in range(100):
        stream.passes.receive(vad.FRAME)
        stream.frame(0.9 if 5 <= frame < 70 else 0.0, frame / 31)
        if frame == 69:
            partial = stream.passes.wish()
    assert partial is not None and partial.kind == "partial"
    stream.answered(partial.key, Hypothesis(words), Timing(), 4.0)
    last = stream.passes.wish()
    assert last is not None and last.kind == "final"
    stream.answered(last.key, Hypothesis(words[:3]), Timing(), 4.0)
    rest = stream.passes.wish()
    assert rest is not None and rest.start > last.start
    shift = (rest.start - last.start) / pcm.RATE
    moved = tuple(replace(word, start=word.start - shift, end=word.end - shift) for word in words[3:])
    stream.answered(rest.key, Hypothesis(moved), Timing(), 4.0)
    assert final_words(heard) == ["a", "b", "c", "d", "e", "f"]
