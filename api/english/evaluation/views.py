"""From reports to response shapes."""

from collections.abc import Iterable
from dataclasses import asdict

from api.english.catalog import lessons
from api.english.evaluation.speaking import SpeechReport
from api.english.schemas.evaluation import (
    XELCorrection,
    XELCriterion,
    XELEngine,
    XELEvaluationResponse,
)
from api.english.schemas.practice import XELTaskPart
from api.english.tasks.result import Graded
from api.english.tasks.spoken import Heard
from api.english.writing.report import Criterion, WritingReport
from language.correction import Correction
from language.grammar import rulebook


def written(evaluation_id: str, report: WritingReport) -> XELEvaluationResponse:
    """A writing report as the API shows it."""
    return XELEvaluationResponse(
        evaluation_id=evaluation_id,
        skill="writing",
        overall=report.overall,
        criteria=_criteria(report.criteria),
        cefr_level=report.cefr_level,
        corrections=_corrections(report.corrections, report.cefr_level),
        feedback=report.feedback,
        engine=XELEngine(name=report.engine["name"], version=report.engine["version"]),
    )


def spoken(
    evaluation_id: str, report: SpeechReport, heard: Heard, engine: dict[str, str], *, kept: bool
) -> XELEvaluationResponse:
    """A speech report as the API shows it."""
    return XELEvaluationResponse(
        evaluation_id=evaluation_id,
        skill="speaking",
        overall=report.overall,
        criteria=_criteria(report.criteria),
        cefr_level=report.cefr_level,
        corrections=_corrections(report.corrections, report.cefr_level),
        feedback=report.feedback,
        transcript=heard.transcript,
        pronunciation=heard.pronunciation,
        audio_id=evaluation_id,
        recording_kept=kept,
        engine=XELEngine(name=engine["name"], version=engine["version"]),
    )


def parts(graded: Graded) -> list[XELTaskPart]:
    """The parts of a graded task as the API shows them."""
    return [
        XELTaskPart(item=part.item, verdict=part.verdict, credit=round(part.credit, 3), message=part.message)
        for part in graded.parts
    ]


def graded_corrections(graded: Graded, level: str) -> list[XELCorrection]:
    """The corrections of a graded task as the API shows them."""
    return _corrections(graded.corrections, level)


def _criteria(found: Iterable[Criterion]) -> list[XELCriterion]:
    return [XELCriterion(name=one.name, score=one.score, comment=one.comment) for one in found]


def _corrections(found: Iterable[Correction], level: str | None) -> list[XELCorrection]:
    """Each with its rule; what is explained once in a text is not explained again."""
    explained: set[str] = set()
    views = []
    for one in found:
        rule = rulebook.rule_of(one)
        said = None if rule in explained else rulebook.explained(rule, level)
        explained.add(rule)
        views.append(XELCorrection(**asdict(one), rule=rule, explanation=said, module_id=lessons.of_rule(rule)))
    return views
