"""Answers beside the steps of a scene: to the learner's own questions, and how the scene goes on after them."""

from language.tutor import absurd, improvise, inquiry, inrole, protests, stage, turns
from language.tutor.scenarios import Step
from language.tutor.stage import Play
from language.tutor.turns import ChatTurn

ASKED = frozenset({"questions", "ask", "advice"})
"""Steps in which the learner asks."""
_BY_ASKING = frozenset({"where", "far"})
"""Steps whose goal is a question."""
_VARIED = frozenset({"travel_trouble", "phone_call", "shopping"})
PRIVATE = frozenset({"small_talk", "directions"})
"""Scenes in which the tutor's part is met by chance."""
GOES_ON = ("Is there anything else you'd like to know?", "Anything else?")
STILL = ("Is there anything else?", "Can I do anything else for you?")


def wants(play: Play, step: Step, answer: str) -> bool:
    """Whether a step or an answer of the scene itself foresees the complaint."""
    if play.scene.id == "shopping" and any(one.when.search(answer) for one in step.branches):
        return True
    return any("sorry" in one.say for one in (*step.branches, *play.scene.answers) if one.when.search(answer))


def is_own(play: Play, answer: str) -> bool:
    """Whether a variant of the scene has an answer of its own to a question."""
    return play.scene.id in _VARIED and not play.scene.variants and bool(answers(play, answer, 1))


def noted(play: Play, answer: str) -> list[str]:
    """What the scene says to something that a message tells beside."""
    for one in turns.sentences(answer):
        row = stage.first(play.scene.answers, one) if "?" not in one else None
        if row is not None and not row.to:
            return [inrole.said_by(row, one)]
    return []


def answers(play: Play, answer: str, most: int = 2) -> list[str]:
    """The scene's answers to the questions of a message, each once."""
    found: list[str] = []
    for one in turns.sentences(answer):
        row = stage.first(play.scene.answers, one) if "?" in one else None
        if row is not None and not row.to:
            found.append(play.filled(inrole.said_by(row, one)))
    return list(dict.fromkeys(found))[:most]


def more(at: int, play: Play, answer: str, said: list[str]) -> list[str] | None:
    """What follows an answer while the learner may ask more, or before the scene ends; None when it shall go on."""
    step = play.scene.steps[at]
    if play.scene.id == "small_talk" or (not improvise.asks(answer) and not complains(play, answer)):
        return None
    lines = GOES_ON if step.id in ASKED else STILL if at == len(play.scene.steps) - 1 else ()
    fresh = turns.fresh(lines, said)
    return [fresh] if fresh is not None else [] if lines else None


def complains(play: Play, text: str) -> bool:
    return play.scene.id not in PRIVATE and improvise.complains(text)


def is_asked_for(step: Step, answer: str) -> bool:
    """Whether the learner's question is what the step is about."""
    return step.id in _BY_ASKING and "?" in answer and step.expects.search(answer) is not None


def waiting(play: Play, step: Step, said: list[str], band: str) -> list[str]:
    """The line that waits for an answer, unless it was said just now."""
    if step.id in ASKED and play.scene.id in PRIVATE:
        return []
    if step.id in ASKED:
        fresh = turns.fresh(GOES_ON, said)
        return [fresh] if fresh else []
    return [] if any(stage.is_said(play, step, one) for one in said[-2:]) else [play.filled(step.lines[band])]


def is_of_scene(play: Play, text: str) -> bool:
    """Whether a message protests, or asks what the part knows: it is no question about the tutor or its words."""
    return protests.kind(text) is not None or bool(inquiry.answers(play.scene.id, text, []))


def inquired(play: Play, at: int, answer: str, since: list[ChatTurn]) -> list[str]:
    """What the part answers to the questions of a message; to a protest, what it should have answered before."""
    step, scene = play.scene.steps[at], play.scene.id
    if is_asked_for(step, answer) or is_own(play, answer):
        return []
    if (odd := absurd.answer(answer, stage.spoken(since), scene, privately=scene in PRIVATE)) is not None:
        return [odd]
    before = [turn.content for turn in reversed(since[:-1])]
    if not inquiry.names(scene, answer) and any(
        one.to == step.id and stage.hears(one.when, answer) for one in step.branches
    ):
        return []
    found = inquiry.answers(scene, answer, before)
    protest = protests.kind(answer)
    if protest == "unanswered" and not found:
        told = [turn.content for turn in since[:-1] if turn.role == "user"]
        question = protests.last_question(told)
        found = inquiry.answers(scene, question, before) if question else []
        if question and not found:
            found = [improvise.reply(question, stage.spoken(since), scene, privately=scene in PRIVATE)]
    if not found:
        return []
    last = since[-2].content if len(since) > 1 else ""
    found = [f"Once more: {one}" if one in last else one for one in found]
    return [protests.SORRY[protest], *found] if protest is not None else found


def after_questions(play: Play, at: int, asked: list[str], since: list[ChatTurn], band: str) -> list[str]:
    """How the scene goes on after the learner's questions were answered."""
    step, said = play.scene.steps[at], stage.spoken(since)
    if asked[-1].endswith("?"):
        return []
    if at == len(play.scene.steps) - 1 and play.scene.id != "small_talk":
        lines = GOES_ON if step.id in ASKED else STILL
        fresh = turns.fresh(lines, said)
        return [fresh] if fresh else []
    return waiting(play, step, said, band)
