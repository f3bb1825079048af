"""Where turns begin and end, as conversations: the speaker speaks and is quiet, the machine answers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speech.audio import pcm
from speech.endpointing.boundaries import Begun, Boundary, Ended, TurnBoundaries
from speech.endpointing.patience import UNTIL_COMMIT, Patience
from speech.endpointing.segmenter import Paused, Resumed, Silent
from speech.endpointing.vad import FRAME
from tests.support.turns import Speaker, sample, seconds


def test_speech_from_half_a_second_on_and_silence_from_two_make_one_turn() -> None:
    learner = Speaker(TurnBoundaries(Patience(500)))
    assert learner.is_quiet(0.5) == []
    (begun,) = learner.speaks(2.1)
    assert isinstance(begun, Begun) and begun.turn == 1
    assert seconds(begun.start) == 0.18, "some sound before the first word belongs to it"
    (paused,) = learner.is_quiet(2.5)
    assert isinstance(paused, Paused) and seconds(paused.end) == 2.08
    (ended,) = learner.is_quiet(4.0)
    assert isinstance(ended, Ended) and (ended.turn, seconds(ended.speech_end)) == (1, 2.08)
    assert (ended.void, ended.goes_on, ended.answer_ms) == (False, False, 500)


def test_a_pause_shorter_than_the_patience_is_none() -> None:
    learner = Speaker(TurnBoundaries(Patience(800)))
    learner.speaks(1.0)
    assert [type(one) for one in learner.is_quiet(1.6)] == [Paused]
    (resumed,) = learner.speaks(2.0)
    assert isinstance(resumed, Resumed) and 550 <= resumed.silence_ms <= 640
    assert [type(one) for one in learner.is_quiet(3.0)] == [Paused, Ended]


def test_a_click_is_void() -> None:
    learner = Speaker(TurnBoundaries())
    learner.is_quiet(1.0)
    learner.speaks(1.1)
    learner.is_quiet(3.0)
    begun, _, ended = learner.heard
    assert isinstance(begun, Begun) and isinstance(ended, Ended) and ended.void


def test_a_voice_too_short_for_a_turn_opens_none_behind_a_commit() -> None:
    boundaries = TurnBoundaries(Patience(500))
    assert [boundaries.frame(probability) for probability in (*[0.0] * 40, 0.9)] == [None] * 41
    committed = boundaries.position
    assert boundaries.commit(committed) is None
    assert boundaries.frame(0.9) is None
    begun = boundaries.frame(0.9)
    assert isinstance(begun, Begun) and begun.start == committed


def test_a_commit_ends_the_turn_at_once_with_all_of_its_sound() -> None:
    learner = Speaker(TurnBoundaries(Patience(UNTIL_COMMIT)))
    assert learner.commits() is None, "nothing is said yet"
    learner.speaks(1.5)
    learner.is_quiet(9.0)
    ended = learner.commits()
    assert ended is not None and ended.answer_ms is None
    assert ended.at == learner.boundaries.position and seconds(ended.speech_end) == 1.47
    assert learner.commits() is None


def test_a_reading_is_one_turn_until_all_of_it_has_its_scores() -> None:
    learner = Speaker(TurnBoundaries(reading=True))
    learner.speaks(1.0)
    learner.is_quiet(9.0)
    learner.speaks(10.0)
    learner.boundaries.reference_settled()
    assert [type(one) for one in learner.is_quiet(11.0)] == [Paused]
    assert [type(one) for one in learner.is_quiet(12.0)] == [Ended]
    assert len([one for one in learner.heard if isinstance(one, Begun)]) == 1


def test_what_was_heard_before_begins_no_turn() -> None:
    learner = Speaker(TurnBoundaries(first_turn=7, known=sample(2.0)))
    assert learner.speaks(1.9) == []
    (begun,) = learner.speaks(2.5)
    assert begun == Begun(7, sample(2.0))


def test_a_turn_that_is_cut_goes_on_at_once_as_the_next() -> None:
    learner = Speaker(TurnBoundaries(Patience(500)))
    learner.speaks(8.0)
    ended, begun = learner.boundaries.cut(sample(7.5))
    assert ended == Ended(1, sample(7.5), sample(7.5), goes_on=True) and begun == Begun(2, sample(7.5))
    assert learner.speaks(9.0) == [], "it is said already"
    last = learner.is_quiet(10.0)[-1]
    assert isinstance(last, Ended) and last.turn == 2


def test_a_turn_that_is_cut_in_its_pause_ends_there() -> None:
    learner = Speaker(TurnBoundaries(Patience(1500)))
    learner.speaks(8.0)
    learner.is_quiet(8.5)
    assert [type(one) for one in learner.boundaries.cut_at_pause(sample(8.0))] == [Ended]
    assert learner.is_quiet(12.0) == [] and learner.boundaries.turn is None
    assert learner.boundaries.cut(sample(12.0)) == learner.boundaries.cut_at_pause(sample(12.0)) == []


@pytest.mark.parametrize("playing", [True, False])
def test_patience_learns_from_silences_but_not_from_those_under_the_tutors_voice(playing: bool) -> None:
    patience = Patience()
    learner = Speaker(TurnBoundaries(patience))
    at = 0.0
    for _ in range(10):
        learner.boundaries.tutor_heard(playing)
        learner.speaks(at + 0.6)
        learner.is_quiet(at := at + 1.0)
    assert bool(patience.pauses) is not playing


Play = list[tuple[str, float]]
_PLAYS = st.lists(
    st.tuples(st.sampled_from(["speak", "mumble", "quiet", "commit", "cut", "pause", "tutor"]), st.floats(0.03, 3.0)),
    max_size=25,
)


def _played(play: Play, patience: Patience, *, reading: bool) -> list[Boundary]:
    boundaries, heard = TurnBoundaries(patience, reading=reading), list[Boundary | None]()
    for what, length in play:
        match what:
            case "commit":
                heard.append(boundaries.commit(boundaries.position))
            case "cut":
                heard += boundaries.cut(max(0, boundaries.position - sample(length)))
            case "pause":
                heard += boundaries.cut_at_pause(boundaries.speech_end)
            case "tutor":
                boundaries.tutor_heard(length > 1)
            case _:
                probability = {"speak": 0.9, "mumble": 0.4, "quiet": 0.0}[what]
                for _ in range(sample(length) // FRAME):
                    heard += [boundaries.frame(probability), boundaries.over()]
    heard.append(boundaries.commit(boundaries.position))
    return [one for one in heard if one is not None and not isinstance(one, Silent)]


@settings(max_examples=200, deadline=None)
@given(play=_PLAYS, fixed=st.sampled_from([None, 300, 1500, UNTIL_COMMIT]), reading=st.booleans())
def test_every_turn_that_begins_ends_before_the_next_and_none_is_left_out(
    play: Play, fixed: int | None, reading: bool
) -> None:
    heard = _played(play, Patience(fixed), reading=reading)
    bounds = [one for one in heard if isinstance(one, Begun | Ended)]
    assert [type(one) for one in bounds] == [Begun, Ended] * (len(bounds) // 2)
    assert [one.turn for one in bounds] == [number // 2 + 1 for number in range(len(bounds))]


@settings(max_examples=200, deadline=None)
@given(play=_PLAYS, fixed=st.sampled_from([None, 300, 1500]))
def test_turns_do_not_overlap_and_pauses_lie_inside_them(play: Play, fixed: int | None) -> None:
    open_at: int | None = None
    last_end = 0
    for one in _played([step for step in play if step[0] != "cut"], Patience(fixed), reading=False):
        match one:
            case Begun(_, start):
                assert start >= last_end, "sound of the turn before is not heard twice"
                open_at = start
            case Paused(end):
                assert open_at is not None and end >= open_at
            case Resumed():
                assert open_at is not None
            case Ended(_, speech_end, at):
                assert open_at is not None and open_at < speech_end <= at + pcm.RATE
                open_at, last_end = None, speech_end
