"""Plays a scene: finds the step from what the tutor has said so far, and moves on when the learner has done it."""

import re
from dataclasses import dataclass

from language.tutor.scenarios import Scenario, Step, all_scenes
from language.tutor.turns import ChatTurn
from language.tutor.wishes import Wish

_ADVICE = re.compile(r"\b(?:recommend|suggest|advise|advice|what (?:do you have|is good|'s good|would you take))", re.I)
_LEAVE = re.compile(
    r"\b(?:stop|quit|end|leave|finish|exit|cancel)\b.{0,20}\b(?:scene|role|play\w*|game|this|it|practi\w+|interview|now)\b"
    r"|^\W*(?:please )?(?:stop|quit|exit|enough|end)(?: it| please| now| here)?\W*$"
    r"|\b(?:don['’]?t|do not) want to (?:play|do this|practi[sc]e|continue|go on)\b"
    r"|\b(?:let['’]?s|can we) (?:talk|speak|chat) (?:normally|about something else)\b",
    re.I,
)
_SIZED = re.compile(r"\b(?:clothes|clothing|shoes?|boutique|fashion|sports?|furniture|mall|department)\b", re.I)
"""Shops whose things come in sizes; tablets and tickets do not."""
_REACTS = re.compile(r"(?:thank|i see|good|of course|certainly|all right|very|here|that|excellent|a good)", re.I)
_SENTENCES = re.compile(r"[^.!?]+[.!?]*")
_SUBSTANTIAL = 8
"""So many words are taken as an answer, whatever they are."""
LEFT = "All right, we leave the scene."


@dataclass(frozen=True, slots=True)
class Play:
    """A scene with its slots filled."""

    scene: Scenario
    place: str = ""
    job: str = ""

    def filled(self, text: str) -> str:
        """The text with the play's place and job in it."""
        place = self.place or self.scene.place
        the = re.sub(r"^an? ", "the ", place) if self.place else re.sub(r"^an? ", "our ", place)
        where = f"in {place}" if re.match(r"an? ", place) else f"at {place}"
        if self.scene.id == "job_interview" and not self.place:
            where = f"as {self.job}" if self.job else "for us"
        which = "a big one or a small one" if not self.place or _SIZED.search(place) else "one or two"
        text = text.replace("{which}", which)
        return text.replace("{place}", place).replace("{the_place}", the).replace("{in_place}", where)

    def opening(self) -> str:
        """What is played, in words."""
        if self.job:
            where = f" at {self.place}" if self.place else ""
            return f"an interview for a job as {self.job}{where}"
        return self.filled(self.scene.at) if self.place else self.scene.title


def begun(wish: Wish) -> Play | None:
    """The play that the learner wishes; None if it is none."""
    return Play(wish.scene, wish.place, wish.job) if wish.scene is not None else None


def running(history: list[ChatTurn]) -> Play | None:
    """The scene that the tutor began earlier in this history, and that is neither closed nor left."""
    for turn in reversed(history):
        if turn.role != "assistant":
            continue
        if ends(turn.content):
            return None
        if (scene := opens(turn.content)) is not None:
            return _reopened(scene, turn.content)
    return None


def ends(text: str) -> bool:
    """Whether a message of the tutor's closes a scene, or leaves it."""
    left = text.startswith(LEFT) or f" {LEFT}" in text
    return left or any(scene.closing in text for scene in all_scenes())


def opens(text: str) -> Scenario | None:
    """The scene that a message of the tutor's begins."""
    return next((scene for scene in all_scenes() if scene.setting in text), None)


def _reopened(scene: Scenario, text: str) -> Play:
    opening = text[: text.index(scene.setting)]
    job = re.search(r"an interview for a job as (an? [\w ]+?)(?: at (.+?))?\. $", opening)
    if job is not None:
        return Play(scene, job.group(2) or "", job.group(1))
    place = re.search(re.escape(scene.at).replace(r"\{place\}", r"(.+?)") + r"\. $", opening)
    named = place.group(1) if place is not None and place.groups() else ""
    return Play(scene, "" if named == scene.place else named)


def wants_to_leave(text: str) -> bool:
    """Whether the learner wants to stop playing."""
    return len(text) < 200 and _LEAVE.search(text) is not None


def first_lines(play: Play, band: str) -> list[str]:
    """The setting and the tutor's first line."""
    step = play.scene.steps[0]
    return [f"With pleasure: {play.opening()}.", play.scene.setting, play.filled(step.lines[band])]


def next_lines(play: Play, history: list[ChatTurn], band: str) -> list[str]:
    """What the tutor says next: a hint, what the answer leads to and the next line, or the closing."""
    since = _since_start(play, history)
    said = [turn.content for turn in since if turn.role == "assistant"]
    at = _step_at(play, said)
    if at is None:
        return first_lines(play, band)
    step = play.scene.steps[at]
    answer = history[-1].content if history[-1].role == "user" else ""
    if (answered := _answered(play, at, answer, since, band)) is not None:
        return answered
    for branch in step.branches:
        if branch.when.search(answer) and (branch.to != step.id or branch.say not in " ".join(said)):
            if branch.to == step.id:
                return [branch.say]
            return [branch.say, *_onward(play, at, branch.to, since, band)]
    asks_advice = _ADVICE.search(answer) is not None and play.scene.advice not in " ".join(said)
    if asks_advice and step.id not in {"questions", "ask"}:
        return [play.scene.advice, play.filled(step.lines[band])]
    later = next((one for one in play.scene.steps if one is not step and _is_told(one, answer)), None)
    if later is not None and not _does(step, answer):
        say = next((one.say for one in later.branches if one.when.search(answer)), "All right.")
        return [say, play.filled(step.lines[band])]
    hint = play.filled(step.hint)
    if not _does(step, answer) and hint not in " ".join(said):
        return [hint, play.filled(step.lines[band])]
    return [*_heard(play, at, answer, band), *_onward(play, at, "", since, band)]


def _answered(play: Play, at: int, answer: str, since: list[ChatTurn], band: str) -> list[str] | None:
    """The answer to the learner's own question, then the next line, or the waiting one if it was not said just now."""
    step, sentences = play.scene.steps[at], _SENTENCES.findall(answer)
    found = next((one for one in play.scene.answers if one.when.search(answer)), None)
    asks = "?" in answer and step.id not in {"questions", "ask", "advice"}
    fitting = [branch for branch in step.branches if branch.when.search(answer)]
    if found is None or (fitting and (not asks or fitting[0].to == step.id)):
        return None
    rest = " ".join(one for one in sentences if not found.when.search(one))
    if rest and _does(step, rest):
        return [play.filled(found.say), *_onward(play, at, "", since, band)]
    said = [turn.content for turn in since if turn.role == "assistant"]
    waiting = [] if said and _is_said(play, step, said[-1]) else [play.filled(step.lines[band])]
    return [play.filled(found.say), *waiting]


def _heard(play: Play, at: int, answer: str, band: str) -> list[str]:
    """A word for what was said, where the next line has none."""
    following = play.scene.steps[at + 1].lines[band] if at + 1 < len(play.scene.steps) else "Thank you"
    if _REACTS.match(following) or not play.scene.heard or len(answer.split()) < 3:
        return []
    return [play.scene.heard[at % len(play.scene.heard)]]


def _onward(play: Play, at: int, to: str, since: list[ChatTurn], band: str) -> list[str]:
    following = play.scene.position(to) if to else at + 1
    heard = _heard_so_far(since)
    while not to and following < len(play.scene.steps) and _is_told(play.scene.steps[following], heard):
        following += 1
    if following < len(play.scene.steps):
        return [play.filled(play.scene.steps[following].lines[band])]
    return [play.scene.closing, _report(play, since)]


def _heard_so_far(since: list[ChatTurn]) -> str:
    return " ".join(turn.content for turn in since if turn.role == "user")


def _is_told(step: Step, heard: str) -> bool:
    """Whether the learner has done the step unasked."""
    return step.told is not None and step.told.search(heard) is not None


def _since_start(play: Play, history: list[ChatTurn]) -> list[ChatTurn]:
    for at in range(len(history) - 1, -1, -1):
        if history[at].role == "assistant" and play.scene.setting in history[at].content:
            return history[at:]
    return []


def _step_at(play: Play, said: list[str]) -> int | None:
    """The step whose line the tutor has said last."""
    for text in reversed(said):
        for at in range(len(play.scene.steps) - 1, -1, -1):
            if _is_said(play, play.scene.steps[at], text):
                return at
    return None


def _is_said(play: Play, step: Step, text: str) -> bool:
    return any(play.filled(line) in text for line in step.lines.values())


def _report(play: Play, since: list[ChatTurn]) -> str:
    """Which goals the learner has reached, and the first one that was missed."""
    reached: set[str] = set()
    current: Step | None = None
    for turn in since:
        if turn.role == "assistant":
            current = next((one for one in play.scene.steps if _is_said(play, one, turn.content)), current)
        elif current is not None and _does(current, turn.content):
            reached.add(current.id)
    steps = play.scene.steps
    heard = _heard_so_far(since)
    reached |= {one.id for one in steps if _is_told(one, heard)}
    missed = next((one.goal for one in steps if one.id not in reached), "")
    if not missed:
        return f"That was the whole scene, and you reached all {len(steps)} goals. Well done!"
    return f"That was the whole scene. You reached {len(reached)} of {len(steps)} goals; next time, also {missed}."


def _does(step: Step, answer: str) -> bool:
    long = len(answer.split()) >= _SUBSTANTIAL and step.id not in {"questions", "ask"}
    return long or step.expects.search(answer) is not None or any(one.when.search(answer) for one in step.branches)
