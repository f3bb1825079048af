"""The stream against a speaker whose words and times are known, and an engine that errs: no sound, no model."""

import bisect
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from speech import events
from speech.audio import pcm
from speech.endpointing import vad
from speech.endpointing.patience import Patience
from speech.transcription import words as text
from speech.transcription.policy import Policy, Wish
from speech.transcription.stream import Before, Stream, StreamOptions
from speech.transcription.turn import Timing
from speech.transcription.types import EngineName, HeardWord, Hypothesis
from tests.support.speech import Heard

Engine = Callable[[list[HeardWord], Wish], Hypothesis]
VOCABULARY = [f"w{letter}" for letter in "abcdefghijklmnop"] + ["that", "the", "a", "I"] * 2


@dataclass
class Speaker:
    """Says words at known times, and plays the worker: answers come `delay_s` after the wish."""

    words: list[HeardWord]
    engine: Engine
    policy: Policy = field(default_factory=Policy)
    delay_s: float = 0.15
    lose: float = 0.0  # share of passes that no engine answers
    name: str = "faster-whisper"
    crowd: float = 1.0
    longest: int = 0
    given: list[tuple[str, ...]] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    forgotten: int = 0  # sound before it is gone

    def run(self, language: str = "en", patience: Patience | None = None) -> Heard:
        heard = Heard()
        stream = Stream(heard, StreamOptions(language), policy=self.policy, patience=patience)
        stream.use(EngineName(self.name, "stub", "1"))
        stream.passes.follow(step_factor=1.0, partials=True, crowd=self.crowd)
        chance = random.Random(3)
        end = (self.words[-1].end if self.words else 0) + 3
        asked: tuple[Wish, float] | None = None
        frames = int(end * pcm.RATE / vad.FRAME)
        voiced = self._voiced(frames)
        for frame in range(frames):
            now = (frame + 1) * vad.FRAME / pcm.RATE
            stream.passes.receive(vad.FRAME)
            stream.frame(0.9 if voiced[frame] else 0.0, now)
            self.forgotten = max(self.forgotten, stream.passes.needed_from)
            asked = self._work(stream, asked, now, chance)
        stream.commit(now)
        while not stream.idle:
            now += 0.1
            asked = self._work(stream, asked, now, chance)
        return heard

    def _voiced(self, frames: int) -> list[bool]:
        voiced = [False] * frames
        for word in self.words:
            for frame in range(int(word.start * pcm.RATE / vad.FRAME), int(word.end * pcm.RATE / vad.FRAME) + 1):
                if frame < frames:
                    voiced[frame] = True
        return voiced

    def _work(
        self, stream: Stream, asked: tuple[Wish, float] | None, now: float, chance: random.Random
    ) -> tuple[Wish, float] | None:
        if asked is not None and now >= asked[1]:
            wish = asked[0]
            if chance.random() < self.lose:
                stream.passes.withdrawn(wish.key)
            else:
                stream.answered(wish.key, self._hear(wish), Timing(0.0, self.delay_s), now)
            asked = None
        if asked is None and (new := stream.passes.wish()) is not None:
            self.longest = max(self.longest, new.end - new.start)
            assert new.start >= max(self.forgotten, stream.passes.needed_from)
            self.given.append(new.given)
            self.wishes.append(new)
            asked = (new, now + self.delay_s)
        return asked

    def _hear(self, wish: Wish) -> Hypothesis:
        start, end = wish.start / pcm.RATE, wish.end / pcm.RATE
        inside = [
            replace(word, start=max(0.0, word.start - start), end=min(word.end, end) - start)
            for word in self.words[bisect.bisect_left(self.words, start, key=_end) :][:120]
            if word.end > start + 0.08 and word.start < end - 0.15
        ]
        return self.engine(inside, wish)


def _end(word: HeardWord) -> float:
    return word.end


def speech(count: int, *, pause_every: int = 0, pause_s: float = 0.0, seed: int = 1) -> list[HeardWord]:
    chance, at, said = random.Random(seed), 0.5, []
    for number in range(count):
        length = chance.uniform(0.15, 0.45)
        said.append(HeardWord(chance.choice(VOCABULARY), at, at + length, 0.9))
        at += length + 0.01
        if pause_every and number % pause_every == pause_every - 1:
            at += pause_s
    return said


def perfect(inside: list[HeardWord], wish: Wish) -> Hypothesis:
    return Hypothesis(tuple(inside))


class Wobbling:
    """Errs on new words often and on old ones seldom, and mostly errs the same way again, as real models do."""

    def __init__(self, seed: int, new: float, old: float, again: float) -> None:
        self.chance = random.Random(seed)
        self.new, self.old, self.again = new, old, again
        self.mistakes: dict[tuple[str, int], str | None] = {}

    def __call__(self, inside: list[HeardWord], wish: Wish) -> Hypothesis:
        out = []
        for place, word in enumerate(inside):
            rate = self.new if place >= len(inside) - 2 and wish.kind == "partial" else self.old
            key = (word.text, round((wish.start / pcm.RATE + word.end) * 2))
            if self.chance.random() < rate:
                if key not in self.mistakes or self.chance.random() > self.again:
                    self.mistakes[key] = self.chance.choice([*VOCABULARY, None])
                said = self.mistakes[key]
                if said is None:
                    continue
                if self.chance.random() < 0.2:
                    out.append(replace(word, text=said))
                word = replace(word, text=said, confidence=self.chance.random())
            jitter = self.chance.uniform(-0.08, 0.08)
            out.append(replace(word, start=max(0.0, word.start + jitter), end=max(0.05, word.end + jitter)))
        return Hypothesis(tuple(out))


def final_words(heard: Heard) -> list[str]:
    return " ".join(final.text for final in heard.of(events.Final)).split()


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    new=st.floats(0, 0.7),
    old=st.floats(0, 0.15),
    again=st.floats(0, 1),
    pause_s=st.sampled_from([0.0, 0.35, 0.8]),
    delay_s=st.sampled_from([0.02, 0.2, 0.9]),
    lose=st.sampled_from([0.0, 0.2]),
)
def test_no_promise_is_ever_broken(
    seed: int, new: float, old: float, again: float, pause_s: float, delay_s: float, lose: float
) -> None:
    said = speech(45, pause_every=11, pause_s=pause_s, seed=seed)
    speaker = Speaker(said, Wobbling(seed, new, old, again), delay_s=delay_s, lose=lose)
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


def at_once(said: list[HeardWord], *, partials: bool = True, lose: float = 0.0) -> tuple[Heard, Speaker]:
    """All sound comes before the first pass is done: a client that was away sends what it kept."""
    speaker, heard, chance = Speaker(said, perfect, lose=lose), Heard(), random.Random(1)
    stream = Stream(heard)
    stream.passes.follow(step_factor=1.0, partials=partials, crowd=1.0)
    for voice in speaker._voiced(int((said[-1].end + 3) * pcm.RATE / vad.FRAME)):
        stream.passes.receive(vad.FRAME)
        stream.frame(0.9 if voice else 0.0, 0.0)
    asked: tuple[Wish, float] | None = None
    now = 0.0
    while not stream.idle:
        now += 0.1
        asked = speaker._work(stream, asked, now, chance)
    return heard, speaker


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
