"""How many actors there should be."""

from speech.engines.cluster.scaling import Scaling


def test_there_are_never_fewer_than_the_least() -> None:
    assert Scaling(2, 4).target(0.0, 0, 0.0, 0.0) == 2


def test_jobs_that_wait_for_two_seconds_bring_more_up_to_the_most() -> None:
    scaling = Scaling(2, 4)
    assert [scaling.target(at, 2, 0.3, 1.0) for at in (0.0, 1.0, 2.0)] == [2, 2, 3]
    assert [scaling.target(at, 3, 0.3, 1.0) for at in (3.0, 4.0, 5.0)] == [3, 3, 4]
    assert [scaling.target(at, 4, 9.0, 1.0) for at in (6.0, 8.0, 10.0)] == [4, 4, 4]


def test_many_grow_by_half() -> None:
    scaling = Scaling(2, 100)
    assert [scaling.target(at, 10, 0.3, 1.0) for at in (0.0, 2.0)] == [10, 15]


def test_a_short_wait_brings_none() -> None:
    scaling = Scaling(2, 4)
    assert [scaling.target(at, 2, wait, 1.0) for at, wait in ((0.0, 0.3), (1.0, 0.0), (2.0, 0.3), (3.0, 0.3))] == [
        2
    ] * 4


def test_a_minute_in_which_one_less_would_do_ends_one_but_not_the_least() -> None:
    scaling = Scaling(2, 4)
    assert [scaling.target(at, 3, 0.0, 0.1) for at in (0.0, 59.0, 60.0)] == [3, 3, 2]
    assert [scaling.target(at, 2, 0.0, 0.0) for at in (61.0, 200.0)] == [2, 2]


def test_busy_actors_stay() -> None:
    scaling = Scaling(2, 4)
    assert [scaling.target(at, 3, 0.0, 0.4) for at in (0.0, 60.0, 120.0)] == [3, 3, 3]
