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
_SUBSTANTIAL = 7
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
        if turn.content.startswith(LEFT) or f" {LEFT}" in turn.content:
            return None
        for scene in all_scenes():
            if scene.closing in turn.content:
                return None
            if scene.setting in turn.content:
                return _reopened(scene, turn.content)
    return None


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
    for branch in step.branches:
        if branch.when.search(answer) and (branch.to != step.id or branch.say not in " ".join(said)):
            if branch.to == step.id:
                return [branch.say]
            return [branch.say, *_onward(play, at, branch.to, since, band)]
    asks_advice = _ADVICE.search(answer) is not None and play.scene.advice not in " ".join(said)
    if asks_advice and step.id not in {"questions", "ask"}:
        return [play.scene.advice, play.filled(step.lines[band])]
    hint = play.filled(step.hint)
    if not _does(step, answer) and hint not in " ".join(said):
        return [hint, play.filled(step.lines[band])]
    return _onward(play, at, "", since, band)


def _onward(play: Play, at: int, to: str, since: list[ChatTurn], band: str) -> list[str]:
    following = play.scene.position(to) if to else at + 1
    if following < len(play.scene.steps):
        return [play.filled(play.scene.steps[following].lines[band])]
    return [play.scene.closing, _report(play, since)]


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
    missed = next((one.goal for one in steps if one.id not in reached), "")
    if not missed:
        return f"That was the whole scene, and you reached all {len(steps)} goals. Well done!"
    return f"That was the whole scene. You reached {len(reached)} of {len(steps)} goals; next time, also {missed}."


def _does(step: Step, answer: str) -> bool:
    long = len(answer.split()) >= _SUBSTANTIAL
    return long or step.expects.search(answer) is not None or any(one.when.search(answer) for one in step.branches)
