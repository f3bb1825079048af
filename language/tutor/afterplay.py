"""After and beside the steps of a scene: the line again in simpler words, questions after its end, its closing."""

import re

from language.tutor import asides, improvise, inrole, scenewords, stage, turns
from language.tutor.scenarios import Branch, Scenario, all_scenes
from language.tutor.stage import LEFT, Play
from language.tutor.turns import ChatTurn

_AFTER = 8
"""So many turns after its end a scene may still be talked about."""


def simpler(play: Play, history: list[ChatTurn]) -> list[str]:
    """The tutor's last line in the simplest words, or once more with a hint; an answer is said again."""
    said = stage.spoken(stage.since_start(play, history))
    at = stage.step_at(play, said)
    step = play.scene.steps[at or 0]
    if said and not stage.is_said(play, step, said[-1]):
        again = [one.strip() for one in turns.sentences(re.sub(r"“[^”]*”", "“”", said[-1])) if "“" not in one]
        word = scenewords.within(" ".join(again[-2:]))
        if word:
            return [f"Of course. {word} So:", *again[-2:]]
        return ["Of course, in short:", again[-1] if len(again) > 1 else play.filled(step.lines["A"])]
    easy, hint = play.filled(step.lines["A"]), play.filled(step.hint)
    if said and easy not in said[-1]:
        return ["Of course, in other words:", easy]
    return ["Of course:", easy, *([] if any(hint in one for one in said) else [hint])]


def afterwards(history: list[ChatTurn]) -> str | None:
    """The answer to a question or a complaint that still belongs to the scene that has just ended."""
    spoken = stage.spoken(history)[-_AFTER:]
    scene = next((one for one in all_scenes() for text in spoken if one.closing in text), None)
    if scene is None or history[-1].role != "user" or any(text.startswith(LEFT) for text in spoken):
        return None
    text, still = history[-1].content, [*asides.STILL, scene.closing]
    asked = "?" in text or improvise.complains(text) or improvise.asks(text)
    fresh = any(line in spoken[-1] for line in still)
    branches = scene.answers if not asked else [*scene.answers, *_of_questions(scene)]
    found = next((one for one in branches if one.when.search(text)), None) if asked or fresh else None
    if found is None and not improvise.requests(text):
        return None
    answer = inrole.said_by(found, text) if found is not None else improvise.reply(text, spoken, scene.id)
    more = turns.fresh(asides.STILL, spoken)
    return f"{answer} {more or ''}".strip()


def _of_questions(scene: Scenario) -> list[Branch]:
    return [branch for step in scene.steps if step.id in asides.ASKED for branch in step.branches]


def closing(play: Play, history: list[ChatTurn]) -> list[str]:
    """The end of the scene, when the learner says goodbye."""
    return [play.scene.closing, stage.report(play, stage.since_start(play, history))]
