"""The books that chaos is judged by: they must see what is wrong, and only that."""

import pytest

from benchmarks.chaos import listener
from benchmarks.chaos.books import Books

SILENCE_S = 4.0


def books(*moments: float, late: float = 0.05) -> Books:
    """Signs at these moments, each acknowledged `late` afterwards."""
    kept = Books(SILENCE_S, sent=list(moments), joined=[0.0], over=100.0)
    kept.proven = [(at, at + late) for at in moments]
    return kept


def event(seq: int, name: str = "speech.started", **data: object) -> tuple[str, dict[str, object]]:
    return name, {"seq": seq, **data}


def seen(*events: tuple[str, dict[str, object]]) -> Books:
    kept = Books(SILENCE_S)
    for name, data in events:
        kept.saw(name, data)
    return kept


@pytest.mark.parametrize(
    ("numbers", "lost", "doubled"),
    [([1, 2, 3], 0, 0), ([1, 3], 1, 0), ([1, 2, 2], 0, 1), ([1, 3, 2], 1, 1)],
)
def test_numbers_show_what_is_missing_and_what_came_twice(numbers: list[int], lost: int, doubled: int) -> None:
    kept = seen(*(event(number) for number in numbers))
    assert (kept.lost_events(), kept.doubled_events()) == (lost, doubled)


def test_a_snapshot_makes_up_for_the_events_before_it() -> None:
    kept = seen(event(1), event(9, "session.snapshot", turns=[{"turn_id": "1", "text": "a"}]), event(10))
    assert (kept.lost_events(), kept.finals) == (0, {"1": "a"})


def test_a_turn_that_is_missing_doubled_or_of_other_sound_is_wrong() -> None:
    pcm = bytes(range(200)) * 480  # three seconds
    texts = listener.texts_of(pcm)
    for said in (texts[:2], [*texts, texts[2]], [texts[0], texts[2], texts[1]], listener.texts_of(pcm[2:] + b"\0\0")):
        finals = [event(n, "transcript.final", turn_id=str(n), text=text) for n, text in enumerate(said, 1)]
        kept = seen(*finals)
        kept.expected, kept.stored = texts, texts
        assert kept.wrong_turns() > 0
    finals = [event(n, "transcript.final", turn_id=str(n), text=text) for n, text in enumerate(texts, 1)]
    kept = seen(*finals)
    kept.expected, kept.stored = texts, texts
    assert kept.wrong_turns() == 0
    kept.stored = texts[:2]
    assert kept.wrong_turns() == 1


def test_a_right_bill_is_no_drift_however_late_everything_is() -> None:
    steady = [n / 10 for n in range(101)]
    assert books(*steady).drift_s(10) == books(*steady).drift_s(11) == 0
    assert books(*steady, late=3.0).drift_s(10) == 0
    assert books(0.0, 1.0, 2.0, 50.0, 51.0).drift_s(3) == 0


def test_a_bill_that_is_too_small_or_too_large_is_a_drift() -> None:
    steady = [n / 10 for n in range(101)]
    assert books(*steady).drift_s(8) == pytest.approx(1.95)
    assert books(*steady).drift_s(13) == pytest.approx(1.95)
    assert books(0.0, 1.0, 2.0, 50.0, 51.0).drift_s(51) > 40  # the pause is not billed


def test_a_sign_that_nobody_acknowledged_may_or_may_not_be_billed() -> None:
    kept = books(0.0, 1.0, 2.0, 3.0)
    kept.proven, kept.joined, kept.over = kept.proven[:2], [0.0, 6.0], 20.0
    assert [kept.drift_s(billed) for billed in (1, 3, 7)] == [0, 0, 0]
    assert kept.drift_s(8) > 0
