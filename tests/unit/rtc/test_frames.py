"""Frames between the server and media workers."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.transports.webrtc.frames import LARGEST, Frame, Kind, Reader, packed

_NUMBER = st.integers(0, 2**32 - 1)
_FRAMES = st.lists(
    st.builds(Frame, st.sampled_from(Kind), _NUMBER, st.binary(max_size=300), _NUMBER), min_size=1, max_size=8
)


@given(_FRAMES, st.integers(1, 50))
def test_frames_come_out_as_they_went_in_however_they_are_cut(frames: list[Frame], size: int) -> None:
    stream = b"".join(map(packed, frames))
    reader = Reader()
    found: list[Frame] = []
    for start in range(0, len(stream), size):
        found += reader.feed(stream[start : start + size])
    assert found == frames


def test_a_frame_that_is_not_whole_waits_for_the_rest() -> None:
    reader = Reader()
    stream = packed(Frame(Kind.SOUND, 7, b"12345678"))
    assert list(reader.feed(stream[:-1])) == []
    assert list(reader.feed(stream[-1:] + stream[:5])) == [Frame(Kind.SOUND, 7, b"12345678")]


@pytest.mark.parametrize("kind", [0, 99])
def test_an_unknown_kind_is_no_frame(kind: int) -> None:
    with pytest.raises(ValueError, match=str(kind)):
        list(Reader().feed(struct.pack("!IBII", 0, kind, 1, 0)))


def test_a_length_that_nobody_sends_is_refused_before_it_is_waited_for() -> None:
    with pytest.raises(ValueError, match="a frame of"):
        list(Reader().feed(struct.pack("!IBII", LARGEST + 1, Kind.SOUND, 1, 0)))
    with pytest.raises(ValueError, match="a frame of"):
        packed(Frame(Kind.SOUND, 1, bytes(LARGEST + 1)))
