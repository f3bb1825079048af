"""Where decoded frames belong."""

from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.transports.webrtc.timeline import TOLERANCE, Timeline

FRAME = 0.02


def _steady(timeline: Timeline, count: int, start: int = 0, now: float = 0.0, silent: bool = False) -> float:
    for i in range(start, start + count):
        timeline.frame(i * FRAME, FRAME, silent, now + (i - start + 1) * FRAME)
    return now + count * FRAME


def test_a_steady_stream_is_left_alone() -> None:
    timeline = Timeline()
    now = _steady(timeline, 100)
    assert abs(timeline.lead(now)) < 1e-6


def test_a_lost_packet_becomes_silence_of_its_length() -> None:
    timeline = Timeline()
    now = _steady(timeline, 10)
    placed = timeline.frame(12 * FRAME, FRAME, False, now + 3 * FRAME)
    assert abs(placed.silence - 2 * FRAME) < 1e-9
    assert placed.keep


def test_a_sender_that_stops_in_silence_is_filled_in_as_time_goes_by() -> None:
    timeline = Timeline()
    now = _steady(timeline, 10)
    total = sum(timeline.idle(now + step * 0.1) for step in range(1, 21))
    assert 1.8 <= total <= 2.0
    placed = timeline.frame((10 + 100) * FRAME, FRAME, False, now + 2.02)
    assert placed.silence < 0.2
    assert abs(timeline.lead(now + 2.02)) <= TOLERANCE


def test_a_jump_of_the_time_stamps_is_a_new_source() -> None:
    timeline = Timeline()
    now = _steady(timeline, 10)
    assert timeline.frame(5000.0, FRAME, False, now + FRAME).silence == 0


def test_speech_is_never_dropped_even_when_ahead() -> None:
    timeline = Timeline()
    for i in range(50):  # fifty frames in no time at all
        assert timeline.frame(i * FRAME, FRAME, False, 0.02).keep


@given(
    st.lists(st.tuples(st.booleans(), st.floats(0, 0.15), st.integers(0, 8)), min_size=30, max_size=200),
    st.floats(-0.002, 0.002),
)
@settings(max_examples=150)
def test_the_clock_stays_beside_real_time_where_nobody_speaks(
    steps: list[tuple[bool, float, int]], drift: float
) -> None:
    """Packets lost, late and with a drifting clock; whenever a silent second has passed the clocks agree again."""
    timeline, stamp, now = Timeline(), 0.0, 0.0
    for silent, late, lost in steps:
        stamp += lost * FRAME
        arrives = max(now, stamp * (1 + drift) + FRAME + late)
        while now + 0.1 < arrives:
            now += 0.1
            timeline.idle(now)
        now = arrives
        timeline.frame(stamp, FRAME, silent, now)
        stamp += FRAME
    for _ in range(100):
        now = max(now, stamp * (1 + drift) + FRAME)
        timeline.frame(stamp, FRAME, True, now)
        stamp += FRAME
    assert timeline.lead(now) >= -0.21
    assert timeline.lead(now) <= TOLERANCE + FRAME + 1e-6
