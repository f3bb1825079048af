"""What an evaluation of writing says. Positions count characters of the text that was handed in."""

from dataclasses import dataclass

from language.correction import Correction

LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")


@dataclass(frozen=True)
class Criterion:
    """One side of the text: score 0–100 and a sentence that explains it."""

    name: str
    score: int
    comment: str


@dataclass(frozen=True)
class WritingReport:
    """`overall` 0–100, one of LEVELS, and who judged: engine {"name", "version"}."""

    overall: int
    criteria: tuple[Criterion, ...]
    cefr_level: str
    corrections: tuple[Correction, ...]
    feedback: str
    engine: dict[str, str]
