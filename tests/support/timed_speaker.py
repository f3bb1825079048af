"""A speaker whose words and times are known, and engines that hear them well or badly: no sound, no model."""

import bisect
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from speech import events
from speech.audio import pcm
from speech.endpointing import vad
from speech.endpointing.patience import Patience
from speech.transcription.policy import Policy, Wish
from speech.transcription.stream import Stream, StreamOptions
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
