"""When a pass is due, what it hears and what is promised of it, as conversations and as rules that always hold."""

import random
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from speech.audio import pcm
from speech.endpointing.boundaries import Begun, Ended, TurnBoundaries
from speech.endpointing.patience import UNTIL_COMMIT, Patience
from speech.endpointing.vad import FRAME
from speech.transcription.output import Closed, LeftOut, Shown
from speech.transcription.policy import Policy, Wish
from speech.transcription.types import Drop, HeardWord
from tests.support.turns import Conversation, sample, seconds, words

SAID = words("it is a fine day", 0.5)


def talk(policy: Policy | None = None, patience_ms: int | None = 500) -> Conversation:
    return Conversation(TurnBoundaries(Patience(patience_ms)), policy)


def test_speech_from_half_a_second_on_asks_for_a_partial_and_silence_for_a_last_pass() -> None:
    learner = talk()
    learner.is_quiet(0.4)
    assert learner.passes.pending() is None, "nobody speaks"
    learner.speaks(1.4)
    partial = learner.wish()
    assert (partial.kind, partial.turn, partial.given) == ("partial", 1, ())
    assert seconds(partial.start) == 0.08 and partial.end == learner.passes.received, "all sound up to now"
    assert learner.passes.pending() is None, "one at a time"
    learner.answer(partial, SAID[:3])
    assert learner.shown == [("", "it is a")]

    learner.speaks(2.1)
    second = learner.wish()
    assert (second.given, second.draft) == ((), ("it", "is", "a")), "nothing is promised, but much may be heard again"
    learner.answer(second, SAID)
    assert learner.shown[-1] == ("it is a", " fine day"), "heard twice, it is promised"

    learner.is_quiet(2.4)
    last = learner.wish()
    assert last.kind == "stable" and seconds(last.end) == 2.28, "begun in the pause, it hears a little of the quiet"
    assert last.given == ("it", "is"), "what is promised need not be recognised again, but for the last word"
    assert last.draft == ("a", "fine", "day")
    learner.answer(last, SAID)
    assert learner.closed == [], "the speaker may go on"
    learner.is_quiet(2.8)
    (closed,) = learner.closed
    assert (closed.turn, closed.text, seconds(closed.speech_end)) == (1, "it is a fine day", 2.08)
    assert not closed.last.failed and closed.answer_ms == 500
    assert learner.passes.turn_start is None and learner.passes.pending() is None


def test_who_goes_on_after_a_pause_is_heard_again() -> None:
    learner = talk(patience_ms=1500)
    learner.speaks(1.5)
    learner.is_quiet(1.9)
    early = learner.wish()
    learner.answer(early, SAID[:2])
    learner.speaks(3.0)
    learner.is_quiet(3.4)
    again = learner.wish()
    assert again.kind == "stable" and again.start == early.start and again.end > early.end
    learner.answer(again, SAID)
    learner.is_quiet(5.0)
    assert [closed.text for closed in learner.closed] == ["it is a fine day"]


def test_the_next_turn_may_begin_before_the_last_pass_of_the_one_before() -> None:
    learner = talk()
    learner.speaks(1.5)
    learner.is_quiet(2.3)
    learner.speaks(3.5)
    learner.is_quiet(4.3)
    first = learner.wish()
    assert (first.kind, first.turn) == ("final", 1)
    learner.answer(first, SAID)
    second = learner.wish()
    assert (second.kind, second.turn) == ("final", 2)
    learner.answer(second, words("so it is", 2.5))
    assert [(closed.turn, closed.text) for closed in learner.closed] == [(1, "it is a fine day"), (2, "so it is")]


def test_a_commit_is_answered_by_a_last_pass_of_all_that_came() -> None:
    learner = talk(patience_ms=UNTIL_COMMIT)
    learner.speaks(1.5)
    learner.commits()
    last = learner.wish()
    assert last.kind == "final" and last.end == learner.passes.received
    learner.answer(last, SAID)
    assert [closed.answer_ms for closed in learner.closed] == [None]


def test_a_click_is_closed_without_a_pass() -> None:
    learner = talk()
    learner.is_quiet(1.0)
    learner.speaks(1.1)
    learner.is_quiet(3.0)
    assert learner.passes.pending() is None
    assert [(closed.text, closed.last.failed) for closed in learner.closed] == [("", False)]


def test_a_pass_that_nobody_did_is_wished_for_again_and_one_that_nobody_can_do_closes_with_what_is_known() -> None:
    learner = talk()
    learner.speaks(1.0)
    learner.answer(learner.wish(), SAID[:2])
    learner.speaks(1.5)
    learner.answer(learner.wish(), SAID[:2])
    learner.is_quiet(2.3)
    last = learner.wish()
    learner.passes.withdrawn(last.key)
    again = learner.wish()
    assert (again.kind, again.start, again.end) == (last.kind, last.start, last.end) and again.key != last.key
    learner.passes.unanswered(last.key)
    assert learner.closed == [], "nobody waits for that one any more"
    learner.passes.unanswered(again.key)
    assert [(closed.text, closed.last.failed) for closed in learner.closed] == [("it is", True)]


def test_a_turn_that_is_too_long_goes_on_at_a_promised_word() -> None:
    learner, said = talk(Policy(turn_s=2.0)), words(" ".join("abcdefghijklmnopqrst"), 0.0)
    while len(learner.bounds) < 3:
        learner.speaks(seconds(learner.boundaries.position) + 0.2)
        if (wish := learner.passes.wish()) is not None:
            learner.answer(wish, tuple(one for one in said if wish.start <= sample(one.start) and one.end < _end(wish)))
    _, ended, following = learner.bounds
    assert isinstance(ended, Ended) and ended.goes_on and following == Begun(2, ended.at)
    (closed,) = learner.closed
    assert closed.text.split() == [word.text for word in said[: len(closed.words)]]
    assert abs(closed.words[-1].end - ended.at / pcm.RATE) < 0.03


def test_what_a_rule_took_out_is_told() -> None:
    learner = talk()
    learner.speaks(1.5)
    learner.is_quiet(2.3)
    learner.answer(learner.wish(), SAID, Drop("Thank you for watching.", "no_speech"))
    assert [one for one in learner.said if isinstance(one, LeftOut)] == [
        LeftOut(1, Drop("Thank you for watching.", "no_speech"))
    ]


def test_a_reading_waits_for_more_of_the_quiet() -> None:
    learner = Conversation(reading=True)
    learner.speaks(1.5)
    learner.is_quiet(1.9)
    assert learner.passes.pending() in (None, "partial"), "the last word's score has to settle"
    learner.is_quiet(2.1)
    assert learner.wish().end == sample(1.472 + 0.5)


def _end(wish: Wish) -> float:
    return wish.end / pcm.RATE


# ---- rules that always hold

_VOCABULARY = ["the", "cat", "sat", "on", "a", "mat", "and", "I", "saw", "it"]
_STEPS = st.lists(
    st.tuples(st.sampled_from(["speak", "speak", "quiet", "commit"]), st.floats(0.05, 5.0)), min_size=1, max_size=14
)


class _Recognizer:
    """Hears words at known times, errs sometimes, and takes a while."""

    def __init__(self, seed: int, errs: float, delay_s: float, loses: float) -> None:
        self.chance = random.Random(seed)
        self.errs, self.delay, self.loses = errs, sample(delay_s), loses
        self.word_at: dict[int, str] = {}  # by the slot of 0.3 s
        self.heard: list[tuple[int, int]] = []
        self.asked: tuple[Wish, int] | None = None

    def work(self, learner: Conversation, now: int) -> None:
        if self.asked is not None and now >= self.asked[1]:
            wish, self.asked = self.asked[0], None
            if self.chance.random() < self.loses:
                learner.passes.withdrawn(wish.key)
            else:
                self.heard.append((wish.start, wish.end))
                learner.answer(wish, tuple(self._words(wish)))
        if self.asked is None and (new := learner.passes.wish()) is not None:
            assert new.start < new.end <= learner.passes.received, "there is such sound"
            self.asked = (new, now + self.delay)

    def _words(self, wish: Wish) -> Iterator[HeardWord]:
        for slot in range(int(wish.start / pcm.RATE / 0.3) + 1, int(wish.end / pcm.RATE / 0.3)):
            text = self.word_at.setdefault(slot, self.chance.choice(_VOCABULARY))
            if self.chance.random() < self.errs:
                text = self.chance.choice([*_VOCABULARY, ""])
            if text:
                yield HeardWord(text, slot * 0.3, slot * 0.3 + 0.28, self.chance.choice([0.2, 0.6, 0.9]))


def _talked(
    steps: list[tuple[str, float]], recognizer: _Recognizer, policy: Policy, *, reading: bool = False
) -> Conversation:
    learner = Conversation(TurnBoundaries(Patience(500), reading=reading), policy, reading=reading)
    for what, length in steps:
        if what == "commit":
            learner.commits()
            continue
        for _ in range(sample(length) // FRAME):
            learner.frame(0.9 if what == "speak" else 0.0)
            recognizer.work(learner, learner.boundaries.position)
    learner.commits()
    now = learner.boundaries.position
    while learner.passes.turn_start is not None:
        now += FRAME
        recognizer.work(learner, now)
    return learner


_ANY = {
    "steps": _STEPS,
    "recognizer": st.builds(
        _Recognizer,
        seed=st.integers(0, 10_000),
        errs=st.sampled_from([0.0, 0.1, 0.5]),
        delay_s=st.sampled_from([0.03, 0.3, 1.5]),
        loses=st.sampled_from([0.0, 0.3]),
    ),
    "turn_s": st.sampled_from([60.0, 4.0]),
    "reading": st.booleans(),
}


@settings(max_examples=120)
@given(**_ANY)
def test_every_turn_that_began_is_closed_once_and_in_order(
    steps: list[tuple[str, float]], recognizer: _Recognizer, turn_s: float, reading: bool
) -> None:
    learner = _talked(steps, recognizer, Policy(turn_s=turn_s), reading=reading)
    begun = [one.turn for one in learner.bounds if isinstance(one, Begun)]
    assert [closed.turn for closed in learner.closed] == begun == list(range(1, len(begun) + 1))
    over: set[int] = set()
    for said in learner.said:
        assert said.turn not in over, "nothing is said of a turn that is closed"
        over |= {said.turn} if isinstance(said, Closed) else set()


@settings(max_examples=120)
@given(**_ANY)
def test_promised_words_are_never_taken_back(
    steps: list[tuple[str, float]], recognizer: _Recognizer, turn_s: float, reading: bool
) -> None:
    learner = _talked(steps, recognizer, Policy(turn_s=turn_s), reading=reading)
    promised: dict[int, str] = {}
    for said in learner.said:
        if isinstance(said, Shown | Closed):
            assert said.text.startswith(promised.get(said.turn, ""))
            promised[said.turn] = said.text[: said.stable] if isinstance(said, Shown) else said.text


@settings(max_examples=120)
@given(**_ANY)
def test_no_sound_of_a_turn_is_skipped(
    steps: list[tuple[str, float]], recognizer: _Recognizer, turn_s: float, reading: bool
) -> None:
    """But for clicks, and less than a word at the end."""
    learner = _talked(steps, recognizer, Policy(turn_s=turn_s), reading=reading)
    starts = {one.turn: one.start for one in learner.bounds if isinstance(one, Begun)}
    for ended in (one for one in learner.bounds if isinstance(one, Ended) and not one.void):
        reached = starts[ended.turn]
        for start, end in sorted(recognizer.heard):
            if start <= reached:
                reached = max(reached, end)
        assert reached >= ended.speech_end - pcm.samples(100), (ended, recognizer.heard)
