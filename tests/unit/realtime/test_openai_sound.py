"""The formats of the Realtime API, against libavcodec's decoders and a tone."""

import base64

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from kit.errors import Failure
from realtime.transports.openai.sound import Sound


@pytest.mark.parametrize(("kind", "codec"), [("audio/pcmu", "pcm_mulaw"), ("audio/pcma", "pcm_alaw")])
def test_g711_is_what_another_decoder_makes_of_it(kind: str, codec: str) -> None:
    every = bytes(range(256))
    context = av.CodecContext.create(codec, "r")
    assert isinstance(context, av.AudioCodecContext)
    context.sample_rate, context.layout = 8000, "mono"
    expected = np.concatenate([frame.to_ndarray().ravel() for frame in context.decode(av.Packet(every))])
    assert Sound(kind)._samples(every).tolist() == expected.tolist()


@pytest.mark.parametrize(("kind", "rate", "width"), [("audio/pcm", 24_000, 2), ("audio/pcmu", 8_000, 1)])
def test_pieces_of_any_length_join_to_one_second(kind: str, rate: int, width: int) -> None:
    tone = np.sin(2 * np.pi * 440 * np.arange(rate) / rate) * 12_000
    data = tone.astype("<i2").tobytes() if width == 2 else bytes(_nearest(kind, tone))
    sound, out, at = Sound(kind), b"", 0
    for size in [1, 2, 3, 777, 4801, 100_000]:
        out += sound.decode(base64.b64encode(data[at : at + size]).decode())
        at += size
    out += sound.rest()
    samples = np.frombuffer(out, "<i2").astype(float)
    assert len(samples) == 16_000
    spectrum = np.abs(np.fft.rfft(samples))
    assert np.argmax(spectrum) == 440
    assert spectrum[440] ** 2 > 0.98 * (spectrum**2).sum()  # no clicks where the pieces join


def _nearest(kind: str, tone: NDArray[np.float64]) -> list[int]:
    table = Sound(kind)._samples(bytes(range(256))).astype(int)
    return [int(np.abs(table - value).argmin()) for value in tone]


def test_what_is_no_base64_is_refused() -> None:
    with pytest.raises(Failure) as refusal:
        Sound("audio/pcm").decode("***")
    assert refusal.value.code == "invalid_request"


@pytest.mark.parametrize("line", ["\n", "\r\n", " \t"])
def test_base64_may_be_broken_into_lines(line: str) -> None:
    data = bytes(range(256)) * 20
    whole = base64.b64encode(data).decode()
    broken = line.join(whole[at : at + 76] for at in range(0, len(whole), 76))
    assert Sound("audio/pcm").decode(broken + line) == Sound("audio/pcm").decode(whole)
