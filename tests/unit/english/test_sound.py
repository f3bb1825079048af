"""Listening texts as sound."""

import pytest

from api.english.sound import codec as sound
from kit.errors import Failure, Kind
from tests.support.english import clip, encoded

FORMATS = [
    ("wav", "pcm_s16le"),
    ("ogg", "libopus"),
    ("webm", "libopus"),
    ("mp3", "mp3"),
    ("mp4", "aac"),
    ("flac", "flac"),
]


@pytest.mark.parametrize(("container", "codec"), FORMATS)
async def test_every_format_of_the_contract_is_read(container: str, codec: str) -> None:
    content = clip("so762-008110159.flac") if container == "flac" else encoded(container, codec)
    assert (await sound.decode(content)).seconds == pytest.approx(3.65, abs=0.15)


async def test_what_is_encoded_can_be_read_again() -> None:
    pcm = (await sound.decode(clip("so762-008110159.flac"))).pcm
    kept = sound.encode(pcm, sound.RATE)
    assert len(kept) < len(pcm) / 4
    assert (await sound.decode(kept)).seconds == pytest.approx(3.65, abs=0.1)


@pytest.mark.parametrize(
    "content", [b"", b"not a sound at all", b"RIFF\x00\x00\x00\x00WAVEfmt ", b"#EXTM3U\nhttp://x/a.ts\n"]
)
async def test_what_is_no_recording_is_refused(content: bytes) -> None:
    with pytest.raises(Failure) as caught:
        await sound.decode(content)
    assert caught.value.kind is Kind.UNSUPPORTED


async def test_over_five_minutes_is_too_large() -> None:
    with pytest.raises(Failure) as caught:
        await sound.decode(encoded("wav", "pcm_s16le", seconds=305))
    assert caught.value.kind is Kind.TOO_LARGE


async def test_silence_of_no_length_is_refused() -> None:
    with pytest.raises(Failure) as caught:
        await sound.decode(encoded("wav", "pcm_s16le", seconds=0.1))
    assert caught.value.details["fields"][0]["path"] == "/audio"
