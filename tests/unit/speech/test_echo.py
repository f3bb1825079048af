"""The tutor out of a loudspeaker, mixed into real speech: it must vanish, and the learner must not.

The tutor's sound is a recording too (the player of these tests), so that the test needs no synthesiser.
"""

from typing import Any

import numpy as np
import pytest
import soundfile
import soxr
from numpy.typing import NDArray

from speech.audio.echo import EchoGuard, rehearse
from speech.audio.pcm import Samples
from speech.endpointing import vad
from tests.support.speech import AUDIO

RATE = 16_000
START = RATE // 2
PIECE = 9600
TUTOR, _ = soundfile.read(AUDIO / "LJ001-0006.flac", dtype="float32")
LEARNER, _ = soundfile.read(AUDIO / "jfk.flac", dtype="float32")
NOISE = np.random.default_rng(0)


@pytest.fixture(scope="module")
def network() -> vad.Silero:
    return vad.Silero()


def _room(samples: Samples, delay_ms: int, gain: float, reverb: bool) -> Samples:
    impulse = np.zeros(3200, np.float32)
    impulse[0] = 1
    if reverb:
        impulse[200:] = NOISE.standard_normal(3000) * np.exp(-np.arange(3000) / 800) * 0.06
    heard = np.concatenate([np.zeros(int(delay_ms * 16), np.float32), np.convolve(samples, impulse)])
    return np.asarray(heard * gain, np.float32)


def _heard(guard: EchoGuard, mic: Samples) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """What is left of `mic` when the tutor is played from START on, paced as in a session."""
    sound = np.clip(soxr.resample(TUTOR, RATE, 24_000) * 32767, -32768, 32767).astype("<i2").tobytes()
    pcm = np.clip(np.round(mic * 32767), -32768, 32767).astype("<i2")
    out, sent = [], 0
    for at in range(0, len(pcm), 640):
        while sent < len(sound) and at >= START and sent / 48_000 < (at - START) / RATE + 0.4:
            guard.played(sound[sent : sent + PIECE])
            sent += PIECE
        out.append(guard.clean(pcm[at : at + 640].tobytes()))
    out.append(guard.rest())
    whole = b"".join(out)
    assert len(whole) == pcm.nbytes  # the clock of the sound never moves
    return np.frombuffer(whole, "<i2"), pcm


def _speech_at(network: vad.Silero, samples: NDArray[Any]) -> list[float]:
    """Seconds at which the voice activity network hears speech."""
    activity = vad.VoiceActivity(network)
    probabilities = activity.push(np.asarray(samples / 32768, np.float32))
    return [n * 0.032 for n, probability in enumerate(probabilities) if probability >= 0.5]


def _mic(seconds: float = 7.0) -> Samples:
    return np.asarray(NOISE.standard_normal(int(seconds * RATE)) * 5e-4, np.float32)


def _add(mic: Samples, samples: Samples, at: int) -> None:
    samples = samples[: len(mic) - at]
    mic[at : at + len(samples)] += samples


@pytest.mark.parametrize(
    ("delay_ms", "gain", "reverb"), [(40, 0.3, False), (120, 0.1, False), (350, 0.5, True), (800, 0.3, True)]
)
def test_an_echo_is_silence(network: vad.Silero, delay_ms: int, gain: float, reverb: bool) -> None:
    mic, guard = _mic(), EchoGuard(24_000)
    _add(mic, _room(TUTOR, delay_ms, gain, reverb), START)
    assert len(_speech_at(network, mic * 32767)) > 60  # without the guard it is speech
    left, _ = _heard(guard, mic)
    assert len(_speech_at(network, left)) <= 4
    assert guard.echoes


@pytest.mark.parametrize("reverb", [False, True])
def test_a_learner_who_speaks_over_the_echo_is_heard(network: vad.Silero, reverb: bool) -> None:
    mic, guard = _mic(), EchoGuard(24_000)
    _add(mic, _room(TUTOR, 150, 0.3, reverb), START)
    _add(mic, LEARNER[4000:], 3 * RATE)
    left, _ = _heard(guard, mic)
    speech = _speech_at(network, left)
    alone = np.zeros_like(mic)
    _add(alone, LEARNER[4000:], 3 * RATE)
    expected = _speech_at(network, alone * 32767)
    assert len([at for at in speech if at < 2.9]) <= 4
    assert abs(next(at for at in speech if at > 2.9) - expected[0]) < 0.2
    assert len(speech) > 0.85 * len(expected)


def test_with_headphones_nothing_is_changed() -> None:
    mic, guard = _mic(), EchoGuard(24_000)
    _add(mic, LEARNER[4000:], 2 * RATE)
    left, pcm = _heard(guard, mic)
    assert not guard.echoes
    # While the tutor is played, samples pass through floats: at most one step of rounding.
    assert np.abs(left.astype(int) - pcm).max() <= 1


def test_without_a_tutor_every_byte_passes_at_once() -> None:
    guard = EchoGuard(24_000)
    assert guard.clean(b"\1\2\3\4") == b"\1\2\3\4"
    assert guard.rest() == b""


def test_the_delay_may_change(network: vad.Silero) -> None:
    mic, guard = _mic(), EchoGuard(24_000)
    _add(mic, _room(TUTOR[: 2 * RATE], 100, 0.3, False), START)
    later = TUTOR.copy()
    later[: 2 * RATE] = 0
    _add(mic, _room(later, 400, 0.3, False), START)
    left, _ = _heard(guard, mic)
    speech = _speech_at(network, left)
    assert [at for at in speech if at > 5.0] == []  # it takes a while to notice, then there is silence again


def test_the_rehearsal_goes_the_whole_way() -> None:
    assert rehearse(24_000)
