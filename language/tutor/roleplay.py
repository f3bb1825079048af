"""Plays a scene: finds the step from what the tutor has said so far, and moves on when the learner has done it."""

import re

from language.tutor import followups, improvise, responding, scenewords, stage, turns
from language.tutor.scenarios import Branch, Scenario, Step, all_scenes
from language.tutor.stage import LEFT, Play
from language.tutor.turns import ChatTurn

_ADVICE = re.compile(r"\b(?:recommend|suggest|advise|advice|what (?:do you have|is good|'s good|would you take))", re.I)
_REACTS = re.compile(
    r"(?:thank|i.m (?:\w+ )?sorry|i see|good|of course|certainly|all right|very|here|that|excellent|a good)", re.I
)
_FULL, _SUBSTANTIAL = 3, 8
"""So many words are taken as an answer, whatever they are."""
_AFTER = 8
"""So many turns after its end a scene may still be talked about."""
_ASKED = frozenset({"questions", "ask", "advice"})
"""Steps in which the learner asks."""
_BY_ASKING = frozenset({"where", "far"})
"""Steps whose goal is a question."""
_CLOSED = frozenset({"medicine", "number", "pay", "nights"})
"""Steps that one can only answer with certain words."""
_PRIVATE = frozenset({"small_talk", "directions"})
"""Scenes in which the tutor's part is met by chance."""
_SMALL = frozenset({"the", "a", "an", "some", "one", "your"})
_HOLDS = ("Is there anything else that you'd like to say?", "And is everything else all right?")
_TAKES_LEAVE = re.compile(
    r"\b(?:thank|thanks|bye|goodbye|see you|nice (?:to meet|talking|meeting)|that.s all|have a (?:nice|good))\b", re.I
)
_GOES_ON = ("Is there anything else you'd like to know?", "Anything else?")
_STILL = ("Is there anything else?", "Can I do anything else for you?")
_WISHED = re.compile(
    r"\b(?:practi[sc]\w*|rehears\w*|role[- ]?play\w*|pretend|imagine|play|scene|simulat\w*|want to work|the job)\b",
    re.I,
)


def first_lines(play: Play, band: str, wish: str = "") -> list[str]:
    """The setting and the tutor's first line; what the message with the wish has told already is not asked for."""
    step = play.scene.steps[0]
    opening = [f"With pleasure: {play.opening()}.", play.scene.setting]
    told = " ".join(one.strip() for one in turns.sentences(wish) if not _WISHED.search(one))
    if len(told.split()) < _FULL or not any(one.when.search(told) for one in step.branches if one.to != step.id):
        return [*opening, play.filled(step.lines[band])]
    greeting = " ".join(
        one.strip() for one in turns.sentences(play.filled(step.lines[band])) if not one.rstrip().endswith("?")
    )
    said = next((_said(one, told) for one in step.branches if one.when.search(told) and one.to != step.id), "")
    turn = ChatTurn("user", told)
    return [*opening, greeting, *([said] if said else _heard(play, 0, told, band)), *_onward(play, 0, "", [turn], band)]


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
    text, still = history[-1].content, [*_STILL, scene.closing]
    asked = "?" in text or improvise.complains(text) or improvise.asks(text)
    fresh = any(line in spoken[-1] for line in still)
    branches = scene.answers if not asked else [*scene.answers, *_of_questions(scene)]
    found = next((one for one in branches if one.when.search(text)), None) if asked or fresh else None
    if found is None and not improvise.requests(text):
        return None
    answer = _said(found, text) if found is not None else improvise.reply(text, spoken, scene.id)
    more = next((line for line in _STILL if not any(line in one for one in spoken)), "")
    return f"{answer} {more}".strip()


def _of_questions(scene: Scenario) -> list[Branch]:
    return [branch for step in scene.steps if step.id in _ASKED for branch in step.branches]


def closing(play: Play, history: list[ChatTurn]) -> list[str]:
    """The end of the scene, when the learner says goodbye."""
    return [play.scene.closing, stage.report(play, stage.since_start(play, history))]


def next_lines(play: Play, history: list[ChatTurn], band: str) -> list[str]:
    """What the tutor says next: a hint, what the answer leads to and the next line, or the closing."""
    since = stage.since_start(play, history)
    said = [turn.content for turn in since if turn.role == "assistant"]
    at = stage.step_at(play, said)
    if at is None:
        return first_lines(play, band)
    whole = history[-1].content if history[-1].role == "user" else ""
    answer = responding.plain(whole)
    told = [turn.content for turn in since[:-1] if turn.role == "user"]
    if (taken := responding.answer(play.scene.id, answer, told, said)) is not None:
        return [taken, *_after_aside(play, at, taken, since, band)]
    lines = _by_script(play, at, answer, since, band)
    return _held(play, whole, said, lines)


def _after_aside(play: Play, at: int, taken: str, since: list[ChatTurn], band: str) -> list[str]:
    """How the scene goes on after an answer beside its path: with the question that waits, unless it was said."""
    step, said, answer = play.scene.steps[at], stage.spoken(since), since[-1].content
    if taken.rstrip().endswith("?"):
        return []
    if taken.startswith("Yes, that's right") and step.expects.search(answer) and at + 1 < len(play.scene.steps):
        return _onward(play, at, "", since, band)
    if step.id in _ASKED or at == len(play.scene.steps) - 1:
        lines = _GOES_ON if step.id in _ASKED else _STILL
        fresh = next((line for line in lines if not any(line in one for one in said)), "")
        return [fresh] if fresh and play.scene.id != "small_talk" else []
    return [play.filled(step.lines[band])]


def _held(play: Play, answer: str, said: list[str], lines: list[str]) -> list[str]:
    """The lines, without the end of the scene when the learner asks, objects or tells something new."""
    if responding.objects(answer) and not lines[0].startswith(("I'm sorry", "I'm very sorry", "You're right")):
        lines = ["You're right, I'm sorry.", *lines]
    if play.scene.closing not in lines or _TAKES_LEAVE.search(answer):
        return lines
    new = len(answer.split()) >= _SUBSTANTIAL or improvise.asks(answer) or responding.objects(answer)
    held = next((line for line in _HOLDS if not any(line in one for one in said)), None)
    if not new or held is None:
        return lines
    kept = [one for one in lines[: lines.index(play.scene.closing)] if one]
    return [*kept, held] if kept else ["I see.", held]


def _by_script(play: Play, at: int, answer: str, since: list[ChatTurn], band: str) -> list[str]:
    """What the step of the scene and its answers foresee."""
    step, said = play.scene.steps[at], stage.spoken(since)
    if (answered := _answered(play, at, answer, since, band)) is not None:
        return answered
    fitting = [one for one in step.branches if one.when.search(answer)]
    if _complains(play, answer) and not any(step.id not in _ASKED or "sorry" in one.say for one in fitting):
        return _improvised(play, at, answer, since, band)
    for branch in step.branches:
        if branch.when.search(answer) and (branch.to != step.id or branch.say not in " ".join(said)):
            told = _said(branch, answer)
            if branch.to == step.id:
                return [told]
            more = _more(at, play, answer, said)
            return [told, *(more if more is not None else _onward(play, at, branch.to, since, band))]
    asks_advice = _ADVICE.search(answer) is not None and play.scene.advice not in " ".join(said)
    if asks_advice and step.id not in {"questions", "ask"}:
        return [play.scene.advice, play.filled(step.lines[band])]
    other = next((one for one in play.scene.steps if one is not step and stage.is_told(one, answer)), None)
    if other is not None and not stage.does(step, answer):
        say = next((_said(one, answer) for one in other.branches if one.when.search(answer)), "All right.")
        return [say, *(_waiting(play, step, said, band) or [play.filled(step.lines["A"])])]
    if improvise.asks(answer) and not _is_asked_for(step, answer):
        return _improvised(play, at, answer, since, band)
    return _told(play, at, answer, since, band)


def _told(play: Play, at: int, answer: str, since: list[ChatTurn], band: str) -> list[str]:
    """What follows a statement that no branch of the step foresees: help when it does not fit, then the next line."""
    step, said = play.scene.steps[at], stage.spoken(since)
    hint, easy = play.filled(step.hint), play.filled(step.lines["A"])
    asked = step.id in _ASKED and any(line in one for line in _GOES_ON for one in said)
    misses = len(answer.split()) >= _SUBSTANTIAL and not stage.does(step, answer, at_length=False)
    if step.id in _CLOSED and band != "A" and misses and easy not in " ".join(said):
        return [*_heard(play, at, answer, band), easy]
    last = at == len(play.scene.steps) - 1
    if last and len(answer.split()) >= _FULL and not stage.does(step, answer):
        if play.scene.id not in _PRIVATE and not any(line in one for line in _STILL for one in said):
            return ["All right.", _STILL[0]]
        return [*_onward(play, at, "", since, band)]
    if not asked and not stage.does(step, answer) and hint not in " ".join(said):
        return [hint, play.filled(step.lines[band])]
    return [*_heard(play, at, answer, band), *_onward(play, at, "", since, band)]


def _improvised(play: Play, at: int, answer: str, since: list[ChatTurn], band: str) -> list[str]:
    """An answer in the part to a question or a complaint that the scene does not foresee, then the scene goes on."""
    step = play.scene.steps[at]
    said = [turn.content for turn in since if turn.role == "assistant"]
    reply = improvise.reply(answer, said, play.scene.id, privately=play.scene.id in _PRIVATE)
    if (more := _more(at, play, answer, said)) is not None:
        return [reply, *more]
    rest = " ".join(one for one in turns.sentences(answer) if not improvise.asks(one))
    if rest and step.expects.search(rest) and not _complains(play, rest):
        return [reply, *_onward(play, at, "", since, band)]
    return [reply, *_waiting(play, step, said, band)]


def _more(at: int, play: Play, answer: str, said: list[str]) -> list[str] | None:
    """What follows an answer while the learner may ask more, or before the scene ends; None when it shall go on."""
    step = play.scene.steps[at]
    if play.scene.id == "small_talk" or (not improvise.asks(answer) and not _complains(play, answer)):
        return None
    lines = _GOES_ON if step.id in _ASKED else _STILL if at == len(play.scene.steps) - 1 else ()
    fresh = next((line for line in lines if not any(line in one for one in said)), None)
    return [fresh] if fresh is not None else [] if lines else None


def _said(branch: Branch, answer: str) -> str:
    """What a branch says, with what its pattern caught put as the tutor says it."""
    match = branch.when.search(answer)
    if match is None or "{" not in branch.say:
        return branch.say
    text = branch.say
    for number, group in enumerate(match.groups(), start=1):
        first = match.start(number) <= len(answer) - len(answer.lstrip(' "“¿¡'))
        text = text.replace(f"{{{number}}}", _back(group, first=first) if group else "")
    return text[:1].upper() + text[1:]


def _back(caught: str, *, first: bool) -> str:
    """What was caught, said to the learner; the first word of a message has its capital for that alone."""
    said = followups.to_you(caught.strip())
    return said[:1].lower() + said[1:] if first or said.split()[0].lower() in _SMALL else said


def _answered(play: Play, at: int, answer: str, since: list[ChatTurn], band: str) -> list[str] | None:
    """The answer to the learner's own question, then the next line, or the waiting one if it was not said just now."""
    step, sentences = play.scene.steps[at], turns.sentences(answer)
    questions = " ".join(one for one in sentences if "?" in one)
    found = next((one for text in (questions, answer) for one in play.scene.answers if one.when.search(text)), None)
    asks = "?" in answer and step.id not in _ASKED
    fitting = [branch for branch in step.branches if branch.when.search(answer)]
    if found is None or _is_asked_for(step, answer) or (fitting and (not asks or fitting[0].to == step.id)):
        return None
    rest = " ".join(one for one in sentences if not found.when.search(one))
    told = play.filled(_said(found, answer))
    if found.to:
        return [told, *_onward(play, at, found.to, since, band)]
    if rest and stage.does(step, rest):
        return [told, *_onward(play, at, "", since, band)]
    said = [turn.content for turn in since if turn.role == "assistant"]
    if (more := _more(at, play, answer, said)) is not None:
        return [told, *more]
    if not asks and found.to == "" and not _complains(play, answer) and stage.does(step, answer):
        return [told, *_onward(play, at, "", since, band)]
    return [told, *_waiting(play, step, said, band)]


def _complains(play: Play, text: str) -> bool:
    return play.scene.id not in _PRIVATE and improvise.complains(text)


def _is_asked_for(step: Step, answer: str) -> bool:
    """Whether the learner's question is what the step is about."""
    return step.id in _BY_ASKING and "?" in answer and step.expects.search(answer) is not None


def _waiting(play: Play, step: Step, said: list[str], band: str) -> list[str]:
    """The line that waits for an answer, unless it was said just now."""
    if step.id in _ASKED and play.scene.id in _PRIVATE:
        return []
    if step.id in _ASKED:
        fresh = next((line for line in _GOES_ON if not any(line in one for one in said)), "")
        return [fresh] if fresh else []
    return [] if any(stage.is_said(play, step, one) for one in said[-2:]) else [play.filled(step.lines[band])]


def _heard(play: Play, at: int, answer: str, band: str) -> list[str]:
    """A word for what was said, where the next line has none."""
    following = play.scene.steps[at + 1].lines[band] if at + 1 < len(play.scene.steps) else "Thank you"
    if improvise.asks(answer) or _REACTS.match(following) or not play.scene.heard or len(answer.split()) < 3:
        return []
    return [play.scene.heard[at % len(play.scene.heard)]]


def _onward(play: Play, at: int, to: str, since: list[ChatTurn], band: str) -> list[str]:
    following = play.scene.position(to) if to else at + 1
    heard = stage.heard_so_far(since)
    while not to and following < len(play.scene.steps) and stage.is_told(play.scene.steps[following], heard):
        following += 1
    if following < len(play.scene.steps):
        return [play.filled(play.scene.steps[following].lines[band])]
    return [play.scene.closing, stage.report(play, since)]
