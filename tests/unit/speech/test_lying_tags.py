"""Tags that are shorter than they say: what stands behind them is heard all the same."""

import io

import pytest

from speech.decoding import decode
from speech.decoding.verdict import Unreadable
from tests.support import recordings as made

CLIP_S = 3.65
WHOLE = {
    "mp3": lambda: made.encoded("mp3", "libmp3lame", rate=44_100),
    "aac": lambda: made.encoded("adts", "aac", rate=44_100),
    "flac": lambda: made.encoded("flac", "flac", rate=44_100),
    "ogg": lambda: made.encoded("ogg", "libopus", rate=48_000),
    "wav": lambda: made.encoded("wav", "pcm_s16le", rate=44_100),
}
TITLE = b"TIT2\x00\x00\x00\x06\x00\x00\x00Hello"
PICTURE = b"APIC\x00\x01\x86\xa0\x00\x00" + b"\xff\xd8\xff\xe0JFIF" * 12_500


def tag(says: int, holds: bytes = b"") -> bytes:
    size = bytes(says >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + size + holds


def without_tag(content: bytes) -> bytes:
    if content[:3] != b"ID3":
        return content
    a, b, c, d = content[6:10]
    return content[10 + (a << 21 | b << 14 | c << 7 | d) :]


def seconds(content: bytes) -> float:
    return sum(map(len, decode.sound(io.BytesIO(content), 300))) / 2 / 16_000


@pytest.mark.parametrize(
    "holds", [b"", TITLE, TITLE + bytes(1000), PICTURE], ids=["empty", "title", "padded", "picture"]
)
@pytest.mark.parametrize("name", WHOLE)
def test_a_tag_is_passed_over_only_as_far_as_it_can_be_true(name: str, holds: bytes) -> None:
    sound = without_tag(WHOLE[name]())
    for says in (0x0FFFFFFF, len(holds) + len(sound), len(holds) + len(sound) - 20, len(holds) + len(sound) + 1):
        assert seconds(tag(says, holds) + sound) == pytest.approx(CLIP_S, abs=0.15), says
    assert seconds(tag(len(holds), holds) + sound) == pytest.approx(CLIP_S, abs=0.15)


def test_a_lying_tag_before_nothing_is_no_recording() -> None:
    with pytest.raises(Unreadable):
        seconds(tag(0x0FFFFFFF, TITLE))
