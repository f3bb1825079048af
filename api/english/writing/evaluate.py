"""Evaluation of a learner's text by rules alone: corrections, five criteria, a CEFR estimate. Deterministic."""

from math import exp

from api.english.writing import gaming, measures, relevance
from api.english.writing.measures import Measures
from api.english.writing.report import LEVELS, Criterion, WritingReport
from language import document
from language.correction import MECHANICS, Correction, applied, placed
from language.document import Document

ENGINE = {"name": "parley-writing-rules", "version": "1"}
WEIGHTS = {"task": 0.15, "grammar": 0.40, "vocabulary": 0.15, "organisation": 0.10, "mechanics": 0.20}
USUAL_WORDS = {"A1": 25, "A2": 45, "B1": 80, "B2": 120, "C1": 160, "C2": 180}


def corrections(text: str) -> tuple[Correction, ...]:
    """Grammar, usage, spelling and marks, by position; for answers of any length and for transcripts."""
    from language.grammar import check as grammar_check  # its patterns take a while to compile

    return grammar_check.of_text(text)


def evaluate(
    text: str, prompt: str | None = None, level: str | None = None, min_words: int | None = None
) -> WritingReport:
    """Judge a text (up to 20,000 characters) against the task it answers.

    `level` is the CEFR level that the task aims at (None: the text is held against B1), `min_words` the length that was
    asked for. Overall and criteria are 0 to 100. Pure; about 0.1 ms per word after the first call.
    """
    from language.grammar import check as grammar_check

    seen = grammar_check.read(text)
    parsed = document.parse(seen.text)
    found = gaming.look(parsed, prompt)
    errors = () if any(one.name == "other_language" for one in found) else grammar_check.corrections(parsed)
    # Vocabulary and structure are measured as the learner meant them, so that a slip is counted once: as an error.
    meant = measures.measure(document.parse(applied(seen.text, errors)))
    aim = LEVELS.index(level) if level in LEVELS else 2
    criteria = (
        _task(parsed, prompt, level, min_words),
        _grammar(meant, errors),
        _vocabulary(meant, aim),
        _organisation(meant, aim),
        _mechanics(meant, errors),
    )
    overall = round(sum(WEIGHTS[one.name] * one.score for one in criteria))
    overall = round(overall * (1 - max(0.0, gaming.copied_share(parsed, prompt) - 0.1)))
    overall = min([overall, _thin(meant.words), *(one.cap for one in found)])
    estimate = _level(meant, errors) if not found else "A1"
    return WritingReport(
        overall=overall,
        criteria=criteria,
        cefr_level=estimate,
        corrections=placed(seen, errors),
        feedback=_feedback([one.message for one in found], criteria, errors),
        engine=ENGINE,
    )


def _task(text: Document, prompt: str | None, level: str | None, min_words: int | None) -> Criterion:
    words = len(text.words)
    asked = min_words or USUAL_WORDS.get(level or "", 30)
    length = min(1.0, words / asked)
    about = relevance.relevance(text, prompt)
    score = length if about is None else length * (0.35 + 0.65 * about)
    if about is not None and about < 0.3:
        comment = "The text hardly speaks about what the task asks for."
    elif length < 1:
        comment = f"The text has {words} words; {asked} were expected."
    else:
        comment = "The text is long enough" + ("." if about is None else " and answers the task.")
    return Criterion("task", round(100 * score), comment)


def _grammar(text: Measures, errors: tuple[Correction, ...]) -> Criterion:
    wrong = [one for one in errors if one.kind not in MECHANICS]
    score = 100 * exp(-_rate(len(wrong), text.words) / 13)
    if not wrong:
        return Criterion("grammar", round(score), "No grammar mistakes were found.")
    kinds = sorted({one.kind.replace("_", " ") for one in wrong})
    count = "1 mistake" if len(wrong) == 1 else f"{len(wrong)} mistakes"
    return Criterion("grammar", round(score), f"{count}, in: {', '.join(kinds)}.")


def _mechanics(text: Measures, errors: tuple[Correction, ...]) -> Criterion:
    wrong = [one for one in errors if one.kind in MECHANICS]
    score = 100 * exp(-_rate(len(wrong), text.words) / 11)
    if not wrong:
        return Criterion("mechanics", round(score), "Spelling, capitals and marks are right.")
    kinds = sorted({one.kind for one in wrong})
    count = "1 slip" if len(wrong) == 1 else f"{len(wrong)} slips"
    return Criterion("mechanics", round(score), f"{count}, in: {', '.join(kinds)}.")


def _vocabulary(text: Measures, aim: int) -> Criterion:
    score = _against(text.vocabulary, aim, 16) * (0.6 + 0.4 * min(1.0, text.range / 0.72))
    words = (
        "rich" if text.vocabulary >= aim + 1 else "right for the level" if text.vocabulary >= aim - 0.5 else "simple"
    )
    repeated = "" if text.range > 0.62 or text.words < 20 else " Some words come back often."
    return Criterion("vocabulary", round(score), f"The choice of words is {words}.{repeated}")


def _organisation(text: Measures, aim: int) -> Criterion:
    links = _against(text.cohesion, aim)
    shape = _against(text.syntax, aim)
    score = 0.4 * links + 0.3 * shape + 0.3 * (40 + 60 * text.variety)
    comment = f"Ideas are linked in {text.link_kinds} different ways."
    if text.variety < 0.5 and text.sentences > 2:
        comment += " Sentences begin or run much alike."
    return Criterion("organisation", round(min(100.0, score)), comment)


def _against(measured: float, aim: int, step: int = 25) -> float:
    """100 at half a level above the beginning of the level that is aimed at, `step` less for each level below."""
    return max(0.0, min(100.0, 100 + step * (measured - aim - 0.5)))


def _rate(errors: int, words: int) -> float:
    """Errors for each hundred words; a very short text is not condemned for one slip."""
    return 100 * errors / max(words, 25)


def _thin(words: int) -> int:
    """The most that so few words can earn."""
    return min(100, 10 + 6 * words)


def _level(text: Measures, errors: tuple[Correction, ...]) -> str:
    """The CEFR estimate: what vocabulary, sentences and links show, less errors, within what the length can show."""
    shown = 0.35 * text.vocabulary + 0.40 * text.syntax + 0.25 * text.cohesion
    shown -= min(1.5, 0.05 * _rate(len(errors), text.words))
    most = measures.on_scale(text.words, (0, 25, 45, 70, 100, 130))
    return LEVELS[max(0, min(len(LEVELS) - 1, int(min(shown, most + 0.5))))]


def _feedback(notes: list[str], criteria: tuple[Criterion, ...], errors: tuple[Correction, ...]) -> str:
    if notes:
        return " ".join(notes)
    best = max(criteria, key=lambda one: one.score)
    worst = min(criteria, key=lambda one: one.score)
    parts = [f"Strongest: {best.name}. {best.comment}"]
    if worst.score < 85:
        parts.append(f"Work on {worst.name} next. {worst.comment}")
    if errors:
        first = errors[0]
        parts.append(f"Begin with “{first.original.strip()}” → “{first.suggestion.strip()}”: {first.message}")
    return " ".join(parts)
