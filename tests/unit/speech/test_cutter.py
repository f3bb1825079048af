"""Where long recordings are cut."""

import itertools

import numpy as np
import pytest

from speech import files
from speech.audio import pcm
from speech.endpointing import vad


class Loud:
    """Speech is where it is loud: the cutter is tested, not the network."""

    def run(self, frame: pcm.Samples, hidden: pcm.Samples, cell: pcm.Samples) -> tuple[float, pcm.Samples, pcm.Samples]:
        return float(np.abs(frame[0, 64:]).mean() > 0.1), hidden, cell


def cut(*parts: tuple[float, bool], piece_s: float = 5.0) -> list[tuple[float, float, bool]]:
    """Windows (start, end, whole) of a recording of (seconds, is it speech) parts."""
    sound = np.concatenate([np.full(int(s * pcm.RATE), 0.5 if loud else 0.0, np.float32) for s, loud in parts])
    cutter, windows = files.Cutter(vad.VoiceActivity(Loud())), []
    step = int(piece_s * pcm.RATE)
    for at in range(0, len(sound), step):
        cutter.push(pcm.to_bytes(sound[at : at + step]))
        last = at + step >= len(sound)
        while (window := cutter.next(last)) is not None:
            windows.append((window.start / pcm.RATE, window.start / pcm.RATE + len(window.pcm) / 32_000, window.whole))
    return windows


def test_silence_is_left_out() -> None:
    assert cut((60, False)) == []
    windows = cut((3, False), (4, True), (40, False), (2, True), (5, False))
    assert len(windows) == 2
    assert windows[0][0] < 3 < 7 < windows[0][1] < 8.5
    assert windows[1][0] < 47 < 49 < windows[1][1] < 50


def test_windows_end_at_pauses_and_cover_all_speech() -> None:
    parts = [part for _ in range(12) for part in ((6.0, True), (0.6, False))]
    windows = cut(*parts)
    assert all(whole and end - start <= files.LONGEST_S + 0.5 for start, end, whole in windows)
    assert windows[0][0] < 0.1 and windows[-1][1] > 78
    assert all(after[0] <= before[1] + 0.5 for before, after in itertools.pairwise(windows))


def test_speech_without_a_pause_is_cut_and_said_to_be() -> None:
    windows = cut((70, True))
    assert [whole for _, _, whole in windows] == [False, False, True]
    assert all(end - start <= files.LONGEST_S + 0.01 for start, end, _ in windows)
    assert windows[1][0] == windows[0][1]


def test_a_window_says_where_its_speech_is() -> None:
    parts = ((3.0, False), (2.0, True), (1.0, False), (2.0, True), (1.0, False))
    sound = np.concatenate([np.full(int(s * pcm.RATE), 0.5 if loud else 0.0, np.float32) for s, loud in parts])
    cutter = files.Cutter(vad.VoiceActivity(Loud()))
    cutter.push(pcm.to_bytes(sound))
    window = cutter.next(last=True)
    assert window is not None
    placed = [window.start / pcm.RATE + at for span in window.speech for at in span]
    assert placed == pytest.approx([3, 5, 6, 8], abs=0.15)
    second = window.part(window.speech[1])
    assert second.speech[0] == pytest.approx((0.0, 2.0), abs=0.15) and len(second.pcm) == pytest.approx(
        64_000, abs=5000
    )
