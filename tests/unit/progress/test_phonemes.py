"""Scores of sounds over weeks."""

from datetime import date
from typing import cast

import pytest

from api.progress import phonemes
from api.progress.phonemes import Week
from kit.storable import JsonObject
from speech.assessment import Report


def word(error: str, *scores: tuple[str, float | None]) -> JsonObject:
    return {"word": "x", "error": error, "phonemes": [{"phoneme": name, "score": score} for name, score in scores]}


def test_tally_leaves_out_words_that_were_not_read_and_phones_without_score() -> None:
    report = {
        "words": [
            word("none", ("TH", 80.0), ("IH1", 60), ("NG", None)),
            word("mispronunciation", ("TH", 20.0), ("??", 10.0)),
            word("omission", ("TH", 0.0)),
            word("insertion", ("S", 0.0)),
        ]
    }
    found = phonemes.tally(cast(Report, report))
    assert set(found) == {"TH", "IH"}
    assert (found["TH"].attempts, found["TH"].mean, found["TH"].good) == (2, 50.0, 1)


def test_tally_of_a_report_without_words_is_empty() -> None:
    assert phonemes.tally(cast(Report, {})) == {}
    assert phonemes.tally(cast(Report, {"words": None})) == {}


def test_trend_is_points_a_week() -> None:
    weeks = [
        Week("TH", date(2026, 1, 4), 10, 400.0),
        Week("TH", date(2026, 1, 11), 10, 450.0),
        Week("TH", date(2026, 1, 25), 10, 550.0),
    ]
    assert phonemes.trend(weeks) == pytest.approx(5.0)
    assert phonemes.trend(weeks[:1]) is None
    assert phonemes.trend([]) is None


def test_days_are_added_up_into_weeks_and_the_weakest_phoneme_comes_first() -> None:
    rows = [
        ("TH", date(2026, 1, 5), 2, 80.0),
        ("TH", date(2026, 1, 10), 2, 120.0),
        ("TH", date(2026, 1, 11), 1, 90.0),
        ("R", date(2026, 1, 5), 4, 100.0),
    ]
    grouped = phonemes.by_phoneme(phonemes.merge_days(rows))
    assert list(grouped) == ["R", "TH"]
    assert [(week.start, week.attempts, week.total) for week in grouped["TH"]] == [
        (date(2026, 1, 4), 4, 200.0),
        (date(2026, 1, 11), 1, 90.0),
    ]
    assert phonemes.mean(grouped["TH"]) == pytest.approx(58.0)
