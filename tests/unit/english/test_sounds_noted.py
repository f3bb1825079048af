"""Which sounds of a report are repeated later."""

from api.english.evaluation.service import sound_means
from tests.support.reports import phone, report, word


def test_sounds_of_words_that_were_left_out_or_doubtful_are_no_attempts() -> None:
    found = report(
        70,
        word("think", 55, "mispronunciation", phone("TH", 40), phone("K", 100)),
        word("thanks", 0, "omission", phone("TH", 10), phone("NG", 20)),
        word("sing", None),
        word("Keith", 90, "none", phone("K", 90), phone("TH", 80)),
    )
    assert sound_means(found) == [(60, "TH"), (95, "K")]
