"""Plays a scenario: finds the step from what the tutor has said so far, and moves on when the learner has done it."""

import re

from api.chat.builtin import scenarios
from api.chat.builtin.turns import ChatTurn

NO_STEP = -1
_ADVICE = re.compile(r"\b(?:recommend|suggest|advise|what (?:do you have|is good|'s good))", re.I)


_PLACE = re.compile(r"\b(?:at|in|for) (?:(an?|the|my) )?((?:[a-z'’]+ )?[a-z'’]+)\W*$", re.I)
_NO_PLACE = frozenset(
    ["interview", "job", "english", "practice", "role", "play", "please", "hotel", "restaurant", "doctor", "phone"]
)


def place(wish: str) -> str:
    """“… a job interview at a bakery” → “at a bakery”; empty when the wish names none."""
    match = _PLACE.search(wish)
    if match is None or _NO_PLACE & set(match.group(2).lower().split()):
        return ""
    article = match.group(1) or ("an" if match.group(2)[0].lower() in "aeiou" else "a")
    return f"at {'your' if article == 'my' else article} {match.group(2)}"


def next_lines(scenario: scenarios.Scenario, history: list[ChatTurn], where: str = "") -> list[str]:
    """What the tutor says next: the setting and the first line, a hint, the next line, or the closing.

    `where` is the place that the learner wished for (“at a bakery”).
    """
    spoken = [turn.content for turn in history if turn.role == "assistant"]
    step = max(
        (index for index, one in enumerate(scenario.steps) if any(one.line in text for text in spoken)), default=NO_STEP
    )
    if step == NO_STEP:
        setting = [f"{scenario.title}. {scenario.setting}", f"Let's say that we are {where}." if where else ""]
        return [*setting, scenario.steps[0].line]
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
