"""The result of a grader: a score with its parts, feedback, and corrections as spans in the learner's text."""

from dataclasses import dataclass
from typing import Literal

from language.correction import Correction

Response = str | list[str]
PASS_MARK = 60


@dataclass(frozen=True)
class Part:
    """One question, gap, pair or word: credit 0 to 1 and the reason, in words for the learner. `chance` is the credit
    that a guess among its options earns on average (below 1), 0 where there are none or nothing was answered."""

    item: str
    credit: float
    message: str
    chance: float = 0.0

    @property
    def verdict(self) -> Literal["right", "partly", "wrong"]:
        """The verdict in a word."""
        return "right" if self.credit >= 1 else "partly" if self.credit > 0 else "wrong"


@dataclass(frozen=True)
class Graded:
    """A graded response. `missed` and `mastered` are words for spaced repetition."""

    score: int
    feedback: str
    parts: tuple[Part, ...] = ()
    corrections: tuple[Correction, ...] = ()
    missed: tuple[str, ...] = ()
    mastered: tuple[str, ...] = ()

    @property
    def known(self) -> float:
        """The score without what guessing earns, −100 to 100: 0 on average for those who guess, as for those who leave
        everything out, and 100 for what is all right. It is the score itself where nothing can be guessed."""
        luck = [(1 - part.credit) * part.chance / (1 - part.chance) for part in self.parts if part.chance]
        return self.score - 100 * sum(luck) / len(self.parts) if luck else float(self.score)

    @property
    def passed(self) -> bool:
        """Whether the score reaches the pass mark."""
        return self.score >= PASS_MARK


def percent(credits: list[float]) -> int:
    """The mean of credits 0 to 1 as a whole number 0 to 100."""
    return round(100 * sum(credits) / len(credits)) if credits else 0


def in_words(parts: tuple[Part, ...]) -> str:
    """One sentence of praise or direction, then the reason for each part that was not right."""
    wrong = [part for part in parts if part.credit < 1]
    if not wrong:
        return "Everything is right. Well done!"
    right = len(parts) - len(wrong)
    opening = f"{right} of {len(parts)} right." if len(parts) > 1 else "Not quite."
    lines = [f"{part.item}: {part.message}" if len(parts) > 1 else part.message for part in wrong]
    return "\n".join([opening, *lines])


def answers(response: Response, wanted: int) -> list[str]:
    """The response as exactly `wanted` answers: a single text counts as the first, missing ones as empty."""
    given = [response] if isinstance(response, str) else list(response)
    return (given + [""] * wanted)[:wanted]
