import pytest

from realtime.transports.webrtc.silence import Silence


def test_what_is_silent_is_silent_since_it_was_heard() -> None:
    silence = Silence(10.0)
    assert silence.look(10.5, 10.3) == pytest.approx(0.2)
    assert silence.look(11.0, 10.3) == pytest.approx(0.7)
    assert silence.look(11.5, 11.5) == 0.0
    assert silence.look(12.0, 11.5) == 0.5


def test_a_node_that_got_no_time_heard_nobody() -> None:
    silence = Silence(10.0)
    silence.look(10.5, 10.5)
    assert silence.look(18.0, 10.5) == 1.0  # it stood still for seven seconds: one look
    assert silence.look(18.5, 10.5) == 1.5


def test_silence_grows_by_the_looks_until_something_is_heard() -> None:
    silence = Silence(0.0)
    assert [silence.look(at / 2, 0.0) for at in range(1, 6)] == [0.5, 1.0, 1.5, 2.0, 2.5]
    assert silence.look(3.0, 2.9) < 0.11
