"""Packets of the codecs that browsers and phones offer, to one second of sound at 16 kHz."""

import av
import numpy as np
import pytest
from aiortc.codecs import CODECS, get_encoder
from aiortc.rtcrtpparameters import RTCRtpCodecParameters

from realtime.transports.webrtc.decoding import Decoder, concealed


def _codec(name: str) -> RTCRtpCodecParameters:
    return next(one for one in CODECS["audio"] if one.name.lower() == name)


def _packets(
    codec: RTCRtpCodecParameters, seconds: float = 1.0, rate: int = 48_000, channels: str = "stereo"
) -> list[bytes]:
    encoder = get_encoder(codec)
    tone = (np.sin(2 * np.pi * 440 * np.arange(int(rate * seconds)) / rate) * 12_000).astype(np.int16)
    packets: list[bytes] = []
    for number, start in enumerate(range(0, len(tone), rate // 50)):
        piece = tone[start : start + rate // 50].repeat(2 if channels == "stereo" else 1).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(piece, format="s16", layout=channels)
        frame.sample_rate, frame.pts = rate, number * rate // 50
        packets += encoder.encode(frame)[0]
    return packets


@pytest.mark.parametrize("name", ["opus", "pcmu", "pcma", "g722"])
def test_a_second_of_a_tone(name: str) -> None:
    codec, decoder = _codec(name), Decoder()
    sound = b"".join(decoder.decode(codec, packet) for packet in _packets(codec))
    samples = np.frombuffer(sound, "<i2").astype(float)
    assert abs(len(samples) - 16_000) <= 640
    spectrum = np.abs(np.fft.rfft(samples[1600:14_400]))
    assert abs(np.argmax(spectrum) * 16_000 / 12_800 - 440) < 5


def test_a_change_of_codec_in_the_middle() -> None:
    decoder = Decoder()
    for name in ("opus", "pcmu", "opus", "g722"):
        codec = _codec(name)
        assert b"".join(decoder.decode(codec, packet) for packet in _packets(codec, 0.2))


def test_what_cannot_be_decoded_is_nothing() -> None:
    assert Decoder().decode(_codec("opus"), b"\xff") == b""


def test_a_hole_is_filled_without_a_click_and_fades() -> None:
    before = (np.sin(np.arange(320) / 5) * 10_000).astype("<i2")
    filled = np.frombuffer(concealed(before.tobytes(), 640), "<i2").astype(int)
    assert len(filled) == 640
    assert filled[0] == before[-1]
    assert np.abs(np.diff(filled)).max() < 2500
    assert not filled[320:].any()
