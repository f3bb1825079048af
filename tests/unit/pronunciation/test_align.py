"""Phones aligned to frames."""

import numpy as np
import pytest

from speech.pronunciation import align, phones, rivals

PRIOR = np.log(np.full(40, 1 / 40, np.float32))
WORDS = [[phones.INDEX[p] for p in w.split()] for w in ("HH AH L OW", "W ER L D")]


def heard(*runs: tuple[str, int]) -> np.ndarray:
    """Log posteriors in which each phone (or "SIL") is certain for some frames."""
    rows = []
    for phone, count in runs:
        row = np.full(40, np.log(0.1 / 39), np.float32)
        row[phones.SILENCE if phone == "SIL" else phones.INDEX[phone]] = np.log(0.9)
        rows += [row] * count
    return np.array(rows)


CLEAN = heard(
    ("SIL", 5),
    ("HH", 4),
    ("AH", 5),
    ("L", 4),
    ("OW", 6),
    ("SIL", 12),
    ("W", 4),
    ("ER", 6),
    ("L", 4),
    ("D", 4),
    ("SIL", 5),
)


def aligned(logp: np.ndarray, words: list[list[int]], **options: object) -> align.Alignment:
    chain = align.chain(words, len(logp))
    assert chain is not None
    found = align.align(align.emissions(logp, PRIOR), chain, **options)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_phones_are_found_where_they_are() -> None:
    found = aligned(CLEAN, WORDS)
    assert found.start.tolist() == [5, 9, 14, 18, 36, 40, 46, 50]
    assert found.end.tolist() == [9, 14, 18, 24, 40, 46, 50, 54]


def test_the_tables_agree_with_the_best_path() -> None:
    found = aligned(CLEAN, WORDS)
    e = align.emissions(CLEAN, PRIOR)
    for i, (start, end) in enumerate(zip(found.start, found.end, strict=True)):
        inside = e[start:end, found.chain.phone[i]].sum()
        assert found.entry[i, start] + inside + found.leave[i, end] == pytest.approx(found.score)


def test_two_passes_side_by_side_do_not_meet() -> None:
    e = align.emissions(CLEAN, PRIOR)
    chain, none = align.chain(WORDS, len(CLEAN)), np.zeros(3, bool)
    assert chain is not None
    one = align.Pass.over(e, chain, none)
    other = align.Pass.over(e[::-1], chain.reversed(), ~none, anywhere=True)
    first, second = align.walk(one, other)
    last, before = align.walk(other, one)
    assert np.array_equal(first, before)
    assert np.array_equal(second, last)


def test_a_wrong_phone_is_named_and_its_neighbours_are_not_blamed() -> None:
    logp = CLEAN.copy()
    logp[14:18] = heard(("N", 4))
    found = aligned(logp, WORDS)
    swap, gone = rivals.sounds(align.emissions(logp, PRIOR), found)
    assert phones.PHONES[int(swap[2].argmax())] == "N"
    assert swap[2].max() > 5
    others = [i for i in range(8) if i != 2]
    assert all(int(swap[i].argmax()) == found.chain.phone[i] for i in others)
    assert (gone[others] < 0).all()


def test_what_a_missing_sounds_neighbours_say_is_no_rival() -> None:
    swap = np.full((3, phones.COUNT), -9, np.float32)
    flow = np.array([phones.INDEX[p] for p in ("K", "AE", "T")])
    swap[1, phones.INDEX["K"]], swap[1, phones.INDEX["T"]], swap[1, phones.INDEX["AH"]] = 8, 7, 3
    best, score = rivals.strangers(swap, flow)
    assert phones.PHONES[best[1]] == "AH"
    assert score.tolist() == [-9, 3, -9]


def test_a_missing_last_sound_is_found() -> None:
    logp = np.concatenate([CLEAN[:50], heard(("SIL", 9))])
    found = aligned(logp, WORDS)
    _, gone = rivals.sounds(align.emissions(logp, PRIOR), found)
    assert gone.argmax() == 7
    assert gone[7] > 2


def test_a_skipped_word_is_better_without() -> None:
    found = aligned(CLEAN, [WORDS[0], [phones.INDEX[p] for p in ("K", "AE", "T")], WORDS[1]])
    skips = rivals.skips(found)
    assert skips.argmax() == 1
    assert skips[1] > 3
    assert (skips[[0, 2]] < 0).all()


def test_foreign_speech_between_words_is_found_and_passed() -> None:
    extra = heard(("M", 5), ("AA", 6), ("M", 5))
    logp = np.concatenate([CLEAN[:24], extra, CLEAN[24:]])
    plain = aligned(logp, WORDS)
    gains = rivals.insertions(align.emissions(logp, PRIOR), plain)
    assert gains.argmax() == 1
    assert gains[1] > 5
    again = aligned(logp, WORDS, allowed=np.array([False, True, False]))
    assert again.foreign[1] == (24, 40)
    assert again.start[4] == 52


def test_the_pronunciation_that_was_said_is_chosen() -> None:
    variants = [[WORDS[0], [phones.INDEX[p] for p in ("HH", "EH", "L", "OW")]], [WORDS[1]]]
    logp = CLEAN.copy()
    logp[9:14] = heard(("EH", 5))
    found = aligned(logp, [v[0] for v in variants])
    assert rivals.choose(align.emissions(logp, PRIOR), found, variants) == [1, 0]


def test_half_a_text_aligns_with_an_open_end() -> None:
    found = align.align(align.emissions(CLEAN[:40], PRIOR), align.partial(WORDS), open_end=True)
    assert found is not None
    assert found.end[3] == 24
    assert found.behind[0] > 6
    assert found.behind[1] < 6
    assert found.start[5] >= 39
    assert found.cut(1).frames == 36


def test_too_short_audio_has_no_alignment() -> None:
    assert align.chain(WORDS, 6) is None
