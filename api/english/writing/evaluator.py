"""Evaluation as a service: the rules always, a configured language model on top when it answers well and in time."""

import asyncio
from typing import Protocol

from api.english.writing import evaluate, rubric
from api.english.writing.report import WritingReport
from kit import fair, logs
from kit.clock import Clock
from language import frequency

MODEL_SECONDS = 25.0
# The rules run in this process, and Python runs one thread at a time: a text takes up to a second or two from the rest.
_AT_ONCE, _AT_ONCE_FOR_ONE = 2, 1
_log = logs.get(__name__)


class JudgeFailedError(Exception):
    """What a judge raises when it has no answer; the reason is for the log."""


class Judge(Protocol):
    """A language model that is called once and answers with text."""

    @property
    def name(self) -> str:
        """The model's name."""

    async def ask(self, instructions: str, question: str) -> str:
        """The whole answer. JudgeFailedError when there is none."""
        ...


class WritingEvaluator:
    """Evaluates texts by rules, and by a language model where one is set."""

    def __init__(self, clock: Clock, judge: Judge | None = None) -> None:
        self._judge = judge
        self._places = fair.Places(_AT_ONCE, clock, each=_AT_ONCE_FOR_ONE)

    async def warm_up(self) -> None:
        """Load the dictionary before the first learner needs it."""
        await asyncio.to_thread(frequency.warm_up)

    async def evaluate(
        self,
        text: str,
        *,
        owner: str,
        prompt: str | None = None,
        level: str | None = None,
        min_words: int | None = None,
    ) -> WritingReport:
        """The report of the model if it gives a valid one within 25 s, else that of the rules.

        The rules judge one text of an owner at a time, in turn with the texts of other owners.

        A text that the rules find worthless (gaming, nothing written) is not sent anywhere.
        """
        async with self._places.place(owner):
            rules = await asyncio.to_thread(evaluate.evaluate, text, prompt, level, min_words)
        if self._judge is None or rules.overall < 20:
            return rules
        try:
            async with asyncio.timeout(MODEL_SECONDS):
                answer = await self._judge.ask(rubric.INSTRUCTIONS, rubric.question(text, prompt, level))
            return rubric.read(answer, text, rules, self._judge.name)
        except (JudgeFailedError, TimeoutError, ValueError) as error:
            _log.warning("writing_judge_failed", reason=str(error) or type(error).__name__)
            return rules
