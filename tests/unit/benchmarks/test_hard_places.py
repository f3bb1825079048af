"""How listening in hard places is judged."""

from benchmarks import hard_places as places
from benchmarks._scores import Screen
from speech import assessment, events


def _final(text: str, turn: int = 1) -> events.Final:
    return events.Final(turn, text, (), {"name": "none", "model": "", "version": ""}, {"total": 0})


def _scored(*codes: assessment.QualityCode) -> events.Scored:
    report: assessment.Report = {
        "overall": 80.0,
        "accuracy": 80.0,
        "fluency": 80.0,
        "completeness": 100.0,
        "prosody": 80.0,
        "words": [],
        "scorer": {"name": "none", "version": "0"},
        "quality": [{"code": code, "message": ""} for code in codes],
    }
    return events.Scored(1, report)


def _heard(name: str, wrong: int, *told: str) -> places.Heard:
    return places.Heard(name, wrong, 10, 0.7, told, "")


def test_the_learner_is_told_by_reports_and_warnings() -> None:
    screen = Screen(
        [
            (1.0, events.Degraded("finals_only", "faster-whisper")),
            (2.0, _scored("very_noisy", "quiet")),
            (3.0, _scored("quiet")),
            (4.0, events.Degraded("recovered", "faster-whisper")),
        ]
    )
    assert places.told(screen) == ("finals_only", "quiet", "very_noisy")


def test_the_word_that_was_cut_may_be_heard_or_not() -> None:
    for heard in ("fellow Americans ask", "Americans ask", "Lo, Americans ask"):
        found = places.measured("jfk", "Americans ask", Screen([(1.0, _final(heard))]), 0.5, mid_word=True)
        assert (found.wrong, found.words) == (0, 2)
    assert places.measured("jfk", "Americans ask", Screen([(1.0, _final("Lo, Americans ask"))]), 0.5).wrong == 1


def test_words_behind_the_third_and_where_that_one_is_cut() -> None:
    words = [{"word": word, "start": at, "end": at + 0.5} for at, word in enumerate(("and", "so", "my", "fellow"))]
    assert places.third_word({"words": words}) == ("fellow", 2.25)


def test_a_place_fails_where_a_clip_got_worse_and_nothing_was_said() -> None:
    clean = [_heard("a", 1), _heard("b", 1)]
    assert places.row("far", clean, [_heard("a", 1), _heard("b", 1)]).endswith("| pass |")
    assert places.row("far", clean, [_heard("a", 4, "noise"), _heard("b", 1)]).endswith("| 1 of 1 | noise 1 | told |")
    assert places.row("far", clean, [_heard("a", 4, "noise"), _heard("b", 3)]).endswith("| 1 of 2 | noise 1 | FAIL |")
