"""An evaluation of speech from its transcript, its pronunciation and its language. Pure and deterministic.

Reading aloud is judged by its sound alone; free speech by five sides, of which language and relevance come from the
same rules that judge writing, applied to the transcript.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.english.catalog import frame
from api.english.tasks import spoken, words
from api.english.tasks.spoken import Heard
from api.english.writing.report import Criterion, WritingReport
from language.correction import Correction
from speech import assessment

VERSION = "1"
# Usual words per minute of a level, pauses included; for the comment on pace only.
_SLOW, _FAST = 70, 190
_MINIMUM_WORDS = 5
_WEIGHTS = {"pronunciation": 0.3, "fluency": 0.25, "grammar": 0.15, "vocabulary": 0.15, "content": 0.15}


@dataclass(frozen=True)
class SpeechReport:
    """`overall` 0 to 100; `cefr_level` None when there was too little to tell."""

    overall: int
    criteria: tuple[Criterion, ...]
    cefr_level: str | None
    corrections: tuple[Correction, ...]
    feedback: str


def reading(text: str, heard: Heard) -> SpeechReport:
    """Reading aloud, against the text."""
    report = heard.pronunciation
    graded = spoken.reading(text, heard)
    share = round(100 * spoken.word_share(text, heard.transcript))
    criteria = [
        *_sound(report),
        _side("words understood", share, "How many words a listener who does not know the text understands."),
    ]
    if report is not None and report.get("completeness") is not None:
        criteria.append(_side("completeness", report["completeness"], "How much of the text was read."))
    return SpeechReport(graded.score, tuple(criteria), None, (), graded.feedback)


def free(heard: Heard, language: WritingReport, points: Sequence[frame.Point] = ()) -> SpeechReport:
    """Free speech. `language` is the transcript judged as a text."""
    report = heard.pronunciation
    count = len(words.tokens(heard.transcript))
    if count == 0:
        return SpeechReport(0, (), None, (), "No speech was heard. Speak a little louder or closer to the microphone.")
    sides = {criterion.name: criterion for criterion in language.criteria}
    criteria = [
        *_sound(report, _pace(count, heard.seconds)),
        _of(sides, "grammar", ("grammar", "accuracy")),
        _of(sides, "vocabulary", ("vocabulary", "range")),
        _of(sides, "content", ("relevance", "content", "task")),
    ]
    weights = [_WEIGHTS.get(criterion.name, 0.0) for criterion in criteria]
    overall = sum(w * c.score for w, c in zip(weights, criteria, strict=True)) / (sum(weights) or 1)
    # One or two words say little about a learner's English, however well they are pronounced.
    overall *= min(1.0, count / _MINIMUM_WORDS)
    level = language.cefr_level if count >= 3 * _MINIMUM_WORDS else None
    weakest = min(criteria, key=lambda criterion: criterion.score)
    return SpeechReport(
        round(overall), tuple(criteria), level, language.corrections, f"Work on {weakest.name} next: {weakest.comment}"
    )


def _sound(report: assessment.Report | None, pace: str = "") -> list[Criterion]:
    if report is None or report.get("overall") is None:
        return []
    found = [_side("pronunciation", report.get("accuracy", report["overall"]), _weak(report))]
    if report.get("fluency") is not None:
        found.append(_side("fluency", report["fluency"], pace or "How smoothly it was read."))
    return found


def _weak(report: assessment.Report) -> str:
    weak = [word["word"] for word in report.get("words", []) if (word.get("score") or 100) < 60]
    return f"Hard to understand: {', '.join(dict.fromkeys(weak[:5]))}." if weak else "Every word was clear."


def _pace(count: int, seconds: float) -> str:
    rate = round(60 * count / max(seconds, 1.0))
    if rate < _SLOW:
        return f"{rate} words a minute: slow. Say longer groups of words without a pause."
    if rate > _FAST:
        return f"{rate} words a minute: very fast. Make a short pause after each idea."
    return f"{rate} words a minute: a good pace."


def _of(sides: dict[str, Criterion], name: str, wanted: tuple[str, ...]) -> Criterion:
    found = next((sides[key] for key in sides if any(part in key.lower() for part in wanted)), None)
    return Criterion(name, found.score if found else 50, found.comment if found else "Too little to tell.")


def _side(name: str, score: Any, comment: str) -> Criterion:
    return Criterion(name, max(0, min(100, round(float(score or 0)))), comment)
