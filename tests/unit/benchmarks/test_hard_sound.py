"""Sound that is hard to hear, made from the clips: the same each time, as long and as loud as it says."""

import numpy as np
import pytest

from benchmarks import _hard_sound as hard
from benchmarks.transcription import Clip, clips
from speech.audio import pcm

_CLIPS = [clip for clip in clips() if "so762" not in clip[0]["id"]]


def _clip(name: str) -> pcm.Samples:
    return next(sound for line, sound in _CLIPS if line["id"] == name)


def _band(sound: pcm.Samples, low: float, high: float) -> float:
    power = np.abs(np.fft.rfft(sound)) ** 2
    hertz = np.fft.rfftfreq(len(sound), 1 / pcm.RATE)
    return float(10 * np.log10(power[(hertz >= low) & (hertz < high)].sum() + 1e-12))


def _longest_pause_ms(sound: pcm.Samples) -> int:
    frames = sound[: len(sound) // 320 * 320].reshape(-1, 320)
    power = (frames**2).mean(1)
    longest = run = 0
    for quiet in power < power.max() * 10 ** ((hard.PAUSE_DB - 6) / 10):
        run = run + 1 if quiet else 0
        longest = max(longest, run)
    return longest * 20


def test_music_is_the_same_each_time_and_another_with_another_seed() -> None:
    first = hard.music(3.5, seed=1)
    assert len(first) == 56_000 and np.abs(first).max() == pytest.approx(0.5, abs=1e-3)
    assert np.array_equal(first, hard.music(3.5, seed=1))
    assert not np.array_equal(first, hard.music(3.5, seed=2))


@pytest.mark.parametrize("ratio_db", [12.0, 6.0])
def test_what_is_mixed_in_is_as_much_quieter_as_asked_for(ratio_db: float) -> None:
    speech, other = _clip("jfk"), _clip("LJ001-0004")
    both = hard.at_ratio(speech, other, ratio_db)
    assert len(both) == len(speech)
    assert hard.loudness_db(speech) - hard.loudness_db(both - speech) == pytest.approx(ratio_db, abs=0.7)


def test_far_away_in_a_room_the_echo_is_louder_than_the_voice() -> None:
    click = np.zeros(pcm.RATE, np.float32)
    click[100] = 1.0
    near, far = hard.room(click, 0.3, 0.4), hard.room(click, 3.0, 0.7)

    def over_echo_db(heard: pcm.Samples) -> float:
        return float(10 * np.log10(heard[100] ** 2 / (heard[101:] ** 2).sum()))

    assert over_echo_db(near) == pytest.approx(7.3, abs=0.5)  # 20 log10 of the critical distance over 0.3 m
    assert over_echo_db(far) == pytest.approx(-15.1, abs=0.5)
    assert np.array_equal(far, hard.room(click, 3.0, 0.7))


def test_an_echo_falls_by_sixty_decibels_in_its_time() -> None:
    click = np.zeros(pcm.RATE // 10, np.float32)
    click[0] = 1.0
    heard = hard.room(click, 1.0, 0.5)
    early, late = (heard[at : at + 800].astype(float) for at in (800, 3200))
    assert 10 * np.log10((early**2).mean() / (late**2).mean()) == pytest.approx(60 * 2400 / 8000, abs=2)


def test_a_telephone_keeps_length_place_and_its_band() -> None:
    speech = _clip("LJ001-0004")
    hiss = np.random.default_rng(0).normal(0, 0.05, len(speech)).astype(np.float32)
    heard = hard.telephone(hiss)
    assert len(heard) == len(speech)
    assert _band(heard, 4200, 8000) < _band(hiss, 4200, 8000) - 20
    assert _band(heard, 0, 120) < _band(hiss, 0, 120) - 20
    assert _band(heard, 500, 3000) == pytest.approx(_band(hiss, 500, 3000), abs=1)
    lags = np.correlate(speech[15_000:33_000], hard.telephone(speech)[16_000:32_000], "valid")
    assert abs(int(np.argmax(np.abs(lags))) - 1000) < 8


def _joined(some: list[Clip]) -> tuple[pcm.Samples, int]:
    return hard.unbroken([sound for _, sound in some]), sum(len(line["text"].split()) for line, _ in some)


def test_speech_without_pauses_has_all_words_and_no_pause() -> None:
    sound, words = _joined(_CLIPS)
    assert words == 107
    assert len(sound) / pcm.RATE == pytest.approx(34, abs=1.5)
    assert _longest_pause_ms(sound) <= hard.LONGEST_PAUSE_MS + 20
    assert np.array_equal(sound, _joined(_CLIPS)[0])
    assert len(_joined(_CLIPS[::-1])[0]) == len(sound)


def test_joined_clips_are_equally_loud() -> None:
    quiet, loud = _clip("jfk") * np.float32(0.1), _clip("LJ001-0004")
    joined, border = hard.unbroken([quiet, loud]), len(hard.unbroken([quiet]))
    assert hard.loudness_db(joined[:border]) == pytest.approx(hard.loudness_db(joined[border:]), abs=1)
