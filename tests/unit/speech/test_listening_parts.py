"""Patience, the ladder, the segmenter, the buffer and voice activity."""

import numpy as np
import pytest

from speech.audio import buffer, pcm
from speech.endpointing import vad
from speech.endpointing.patience import LEAST_MS, MOST_MS, SLOWEST_MS, Patience
from speech.endpointing.segmenter import Opened, Paused, Resumed, Segmenter, Silent
from speech.pool.ladder import Ladder
from tests.support import sounds
from tests.support import speech as support


def test_patience_grows_with_the_speakers_pauses() -> None:
    patience = Patience()
    assert patience.ms == LEAST_MS
    for _ in range(8):
        patience.paused(420)
    assert patience.ms == LEAST_MS
    for _ in range(8):
        patience.resumed(1100)
    assert LEAST_MS < patience.ms <= MOST_MS < patience.answer_ms <= SLOWEST_MS
    patience.fix(700)
    assert patience.ms == patience.answer_ms == 700
    patience.fix(None)
    assert patience.ms > LEAST_MS


def test_patience_ignores_long_silences_and_articulation() -> None:
    patience = Patience()
    for _ in range(20):
        patience.resumed(6000)
        patience.paused(90)
    assert patience.ms == LEAST_MS


def test_the_ladder_climbs_under_load_and_comes_down_in_calm() -> None:
    ladder = Ladder()
    reasons: list[str] = []
    for second in range(40):
        rung = ladder.update(float(second), 2.0 if second < 12 else 0.0)
        if not reasons or reasons[-1] != rung.reason:
            reasons.append(rung.reason)
    assert reasons == [
        "partials_rarer",
        "partials_rare",
        "finals_only",
        "partials_rare",
        "partials_rarer",
        "recovered",
    ]
    assert ladder.rung.partials


def test_a_turn_opens_pauses_goes_on_and_closes() -> None:
    segmenter = Segmenter()
    said = [0.0] * 20 + [0.9] * 20 + [0.1] * 9 + [0.9] * 10 + [0.1] * 9
    marks = [mark for p in said if (mark := segmenter.push(p)) is not None]
    kinds = [type(mark) for mark in marks if not isinstance(mark, Silent)]
    assert kinds == [Opened, Paused, Resumed, Paused]
    opened = marks[0]
    assert isinstance(opened, Opened)
    assert opened.sound == 20 * vad.FRAME and opened.start == opened.sound - pcm.samples(300)
    assert segmenter.long_enough
    segmenter.close()
    again = [mark for p in [0.9] * 3 if (mark := segmenter.push(p)) is not None]
    assert isinstance(again[0], Opened) and again[0].start >= segmenter.speech_end - 3 * vad.FRAME - pcm.samples(300)


def test_the_buffer_keeps_positions_when_it_forgets() -> None:
    held = buffer.AudioBuffer()
    sound = np.arange(40_000, dtype="<i2").tobytes()
    for at in range(0, len(sound), 999):  # odd pieces split samples
        held.append(sound[at : at + 999])
    assert held.end == 40_000
    held.forget(30_000)
    assert held.start == 30_000
    assert held.cut(31_000, 31_002) == sound[62_000:62_004]
    assert held.cut(0, 30_001) == sound[60_000:60_002]
    held.forget(30_100)
    assert held.start == 30_000


def test_silence_costs_no_network_and_speech_is_found() -> None:
    class Counting(vad.Silero):
        runs = 0

        def run(
            self, frame: pcm.Samples, hidden: pcm.Samples, cell: pcm.Samples
        ) -> tuple[float, pcm.Samples, pcm.Samples]:
            self.runs += 1
            return super().run(frame, hidden, cell)

    network = Counting()
    activity = vad.VoiceActivity(network)
    quiet = activity.push(support.silence(10))
    assert len(quiet) == 312 and max(quiet) == 0 and network.runs == 0
    spoken = activity.push(support.clip("LJ001-0008", lead_s=0, tail_s=0))
    assert sum(p > 0.5 for p in spoken) > 0.8 * len(spoken)
    for size in (1, 100, 511, 513):
        activity.push(np.zeros(size, np.float32))


@pytest.mark.parametrize("decibels", [0, -20, -35])
def test_quiet_speech_is_found_as_well(decibels: int) -> None:
    detector = vad.Silero()
    sound = support.clip("jfk")
    found = [
        {place for place, probability in enumerate(vad.VoiceActivity(detector).push(heard)) if probability >= 0.5}
        for heard in (sound, pcm.to_float(pcm.to_bytes(sound * np.float32(10 ** (decibels / 20)))))
    ]
    assert len(found[0] - found[1]) < 0.08 * len(found[0])
    assert len(found[1] - found[0]) < 0.08 * len(found[0])


def test_faint_noise_opens_no_turn_however_much_louder_it_is_heard() -> None:
    for name, sound in sounds.ALL.items():
        segmenter = Segmenter()
        for probability in vad.VoiceActivity(vad.Silero()).push(sound(6) * np.float32(0.03)):
            segmenter.push(probability)
        assert not segmenter.long_enough, name
