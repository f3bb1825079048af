"""Recordings that are judged for a task."""

from api.english.evaluation import speaking as judge
from api.english.tasks.spoken import Heard
from api.english.writing.evaluate import evaluate
from speech.assessment import Report
from tests.support import reports

REPORT = reports.report(84, reports.word("country", 40, "mispronunciation"))
REPORT |= {"accuracy": 86, "fluency": 70}
SPEECH = "I think people should help each other, because nobody can do everything alone in a big city."


def free(text: str, report: Report | None, seconds: float = 8.0) -> judge.SpeechReport:
    return judge.free(Heard(text, report, seconds), evaluate(text, prompt="What should people do for each other?"))


def test_free_speech_has_five_sides_and_a_level() -> None:
    report = free(SPEECH, REPORT)
    assert [side.name for side in report.criteria] == ["pronunciation", "fluency", "grammar", "vocabulary", "content"]
    assert report.cefr_level is not None and 0 < report.overall <= 100
    assert "words a minute" in report.criteria[1].comment and "country" in report.criteria[0].comment


def test_better_sound_and_better_language_score_higher() -> None:
    worse_sound = free(SPEECH, REPORT | {"accuracy": 30, "fluency": 20})
    worse_language = free("I thinks peoples should to help, because nobody not can do alone in city big.", REPORT)
    assert free(SPEECH, REPORT).overall > max(worse_sound.overall, worse_language.overall)


def test_without_a_scorer_the_language_is_judged_alone() -> None:
    report = free(SPEECH, None)
    assert [side.name for side in report.criteria] == ["grammar", "vocabulary", "content"] and report.overall > 0


def test_a_word_or_nothing_is_too_little() -> None:
    assert free("", REPORT).overall == 0 and "No speech" in free("", REPORT).feedback
    short = free("Yes.", REPORT)
    assert short.cefr_level is None and short.overall < 30


def test_reading_tells_sound_from_understanding() -> None:
    text = "Ask not what your country can do for you."
    good = judge.reading(text, Heard(text, REPORT, 4))
    wrong = judge.reading(text, Heard("a completely different thing", REPORT, 4))
    assert good.overall >= 80 > 40 > wrong.overall
    assert [side.name for side in good.criteria] == ["pronunciation", "fluency", "words understood", "completeness"]
    assert good.cefr_level is None
