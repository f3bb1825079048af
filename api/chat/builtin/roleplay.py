"""Plays a scenario: finds the step from what the tutor has said so far, and moves on when the learner has done it."""

import re

from api.chat.builtin import scenarios
from api.chat.builtin.turns import ChatTurn

NO_STEP = -1
_ADVICE = re.compile(r"\b(?:recommend|suggest|advise|what (?:do you have|is good|'s good))", re.I)


def next_lines(scenario: scenarios.Scenario, history: list[ChatTurn]) -> list[str]:
    """What the tutor says next: the setting and the first line, a hint, the next line, or the closing."""
    spoken = [turn.content for turn in history if turn.role == "assistant"]
    step = max(
        (index for index, one in enumerate(scenario.steps) if any(one.line in text for text in spoken)), default=NO_STEP
    )
    if step == NO_STEP:
        return [f"{scenario.title}. {scenario.setting}", scenario.steps[0].line]
    if any(scenario.closing in text for text in spoken):
        return []
    answer = history[-1].content if history and history[-1].role == "user" else ""
    current = scenario.steps[step]
    if _ADVICE.search(answer) and (advice := scenario.advice) and not any(advice in text for text in spoken):
        return [advice, current.line]
    hinted = any(current.hint in text for text in spoken)
    if not current.expects.search(answer) and not hinted:
        return [current.hint, current.line]
    if step + 1 < len(scenario.steps):
        return [scenario.steps[step + 1].line]
    return [scenario.closing]


def running(history: list[ChatTurn]) -> scenarios.Scenario | None:
    """The scenario that the tutor began earlier in this history and has not closed."""
    spoken = [turn.content for turn in history if turn.role == "assistant"]
    for text in reversed(spoken):
        for one in scenarios.SCENARIOS:
            if one.closing in text:
                return None
            if one.setting in text:
                return one
    return None
