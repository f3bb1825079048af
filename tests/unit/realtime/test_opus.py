"""Opus frames."""

import av
import numpy as np
import pytest

from realtime.node import opus, opus_decoder
from realtime.node.opus_decoder import OpusDecoder


@pytest.fixture(params=["libopus", "libavcodec"])
def decoder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> OpusDecoder:
    """As on every usual machine, and as where PyAV was built without its own libraries."""
    if request.param == "libavcodec":
        monkeypatch.setattr(opus_decoder, "_library", lambda: None)
    else:
        assert opus_decoder._library() is not None
    return OpusDecoder()


def _packets(seconds: float = 1.0, hertz: int = 440) -> list[bytes]:
    """Opus packets of 20 ms of a tone, as a phone would send them."""
    encoder = av.CodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format, encoder.bit_rate = 48000, "mono", "s16", 24000
    tone = (np.sin(2 * np.pi * hertz * np.arange(int(48000 * seconds)) / 48000) * 12000).astype(np.int16)
    packets = []
    for start in range(0, len(tone) - 959, 960):
        frame = av.AudioFrame.from_ndarray(tone[start : start + 960].reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.pts = 48000, start
        packets += [bytes(packet) for packet in encoder.encode(frame)]
    return packets


def test_packets_say_how_long_they_are() -> None:
    assert {opus.duration_ms(packet) for packet in _packets()} == {20.0}


@pytest.mark.parametrize("packet", [b"", b"\x03", b"\xfb\x3f" + b"x" * 10, b"\xfb\x00"])
def test_what_is_no_packet_is_refused(packet: bytes) -> None:
    with pytest.raises(ValueError):
        opus.duration_ms(packet)


def test_sound_comes_out_at_16_khz_and_in_its_length(decoder: OpusDecoder) -> None:
    packets = _packets()
    samples = np.frombuffer(b"".join(decoder.decode(packet, 20.0) for packet in packets), np.int16).astype(float)
    assert len(samples) == len(packets) * 320
    spectrum = np.abs(np.fft.rfft(samples[3200:]))
    assert abs(np.argmax(spectrum) * 16000 / (len(samples) - 3200) - 440) < 5


def test_a_broken_packet_becomes_silence_and_the_stream_goes_on(decoder: OpusDecoder) -> None:
    packets = _packets()
    decoder.decode(packets[0], 20.0)
    assert decoder.decode(b"", 20.0) == bytes(640)
    assert len(decoder.decode(b"\xfc" + b"\xff" * 7, 20.0)) == 640
    assert len(decoder.decode(packets[1], 20.0)) == 640
