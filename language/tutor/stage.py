"""A scene under way: which one it is, how far it has come and what was reached, all found in what was said."""

# ruff: noqa: E501 - patterns read best on one line

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from language.tutor import turns
from language.tutor.scenarios import Branch, Scenario, Step, all_scenes
from language.tutor.turns import ChatTurn
from language.tutor.wishes import Wish

_OF_SCENE = r"(?:restaurant|hotel|shop|shopping|doctor|phone call|airport|party|interview|school|directions|waiter)"
_KNOWS_NO = re.compile(r"n\.t|n\[|\bnot\b|\\bno\\b|\bno\b|never|without|nothing|allerg|expensive|\(\?!")
_DENIED = re.compile(
    r"\b(?:(?:i|we|he|she|they|you|my \w+) )?(?:(?:do|does|did|wo|ca|must|should)n['’]?t|(?:do|does|did|will|can|must|should) not|cannot|not|never)\b(?: (?:really|also|want|like|need|take|eat|drink|have|use|to|any|the|an?|it|them|this|that|my|try|for|in|at|too|much|ask|asked|about)\b)*(?: [a-z]+)?(?: on)?"
    r"|\b(?:(?:the|my|your) )?[\w-]+ (?:is|are)(?: not|n['’]t) (?:so |very |really )?(?:important|the problem|necessary|my (?:question|problem))\b"
    r"|\b(?:forget|never mind) (?:about )?(?:the|my|your) [\w-]+",
    re.I,
)
_FOR_A_MOMENT = re.compile(
    r"\b(?:stop|pause|leave|interrupt)\b.*\b(?:for a (?:moment|minute|second)|a (?:moment|minute|second)|briefly|short question|quick question)\b",
    re.I,
)
_LEAVE = re.compile(
    r"\b(?:stop|quit|end|leave|finish|exit|cancel)\b.{0,20}\b(?:scene|role|play\w*|game|this|it|practi\w+|interview|now)\b"
    r"|^\W*(?:please )?(?:stop|quit|exit|enough|end)(?: it| please| now| here)?\W*$"
    r"|\b(?:don['’]?t|do not) (?:want|like|wish) to (?:play|do this|practi[sc]e|continue|go on)\b"
    rf"|^\W*(?:(?:please|ok|okay|no|and|now|thanks)\W+)*(?:stop|quit|end|finish|no more)(?: with)?(?: the| this)? {_OF_SCENE}\b"
    rf"|\b(?:don['’]?t|do not|no) want (?:an?y? |the |this |more |to (?:be|play) (?:in )?(?:an? |the )?)*(?:{_OF_SCENE}|scene|role ?-?play)(?: now| any ?more| today| again)?\W*(?:$|[.!?])"
    r"|(?:^|[.!?]\s+)(?:(?:ok|okay|please|no|now)\W+)*stop(?: it| this| that| please| now)*\s*(?:[.!,]|$)"
    r"|\b(?:want|like|love|rather|prefer)(?: to)? (?:talk|speak|chat) (?:with you )?about (?:an?other|other|something (?:else|different|new)|different)\b"
    r"|\blet['’]?s (?:stop|finish|end|quit)(?: it)? here\b|\bi(?: want|['’]d like| would like) to (?:stop|finish|quit)(?: here| now| it| this| please)*\W*$|\bi(?:['’]m| am) tired of (?:this|shopping|the scene|playing)\b"
    r"|^\W*(?:no\W+)*not (?:now|today|any ?more)\W*$"
    r"|\b(?:let['’]?s|can we) (?:talk|speak|chat) (?:normally|about something else)\b",
    re.I,
)
_QUOTED = re.compile(r"[\"“«][^\"“”«»]*[\"”»]|(?<!\w)['‘][^'‘’]*['’](?!\w)")
_DENIES = re.compile(
    r"(?:\b(?:don|didn|doesn|do|did|does|is|am|are|it['’]s|isn|never)(?:['’]t| not|t)?\b(?: \w+)? (?:want|need|like|wish|(?:speak|talk|call|ask)(?:ing)? (?:about|for|because of)|mean|order(?:ed)?|about)|\bno\b|\bnot\b)"
    r" (?:(?:about|to (?:buy|have|make|get|order)|any|an?|the|my|some|more|your) )*(?!longer\b|more\b|problem\b|idea\b|one\b|thank|that\b|this\b|it\b|to\b|good\b|very\b|so\b|here\b|sure\b|matter\b)([a-z]{3,})\b",
    re.I,
)
"""What the learner does not want or does not speak about."""
_SIZED = re.compile(r"\b(?:clothes|clothing|shoes?|boutique|fashion|sports?|furniture|mall|department)\b", re.I)
"""Shops whose things come in sizes; tablets and tickets do not."""
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
            play = _reopened(scene, turn.content)
            return varied(play, since_start(play, history))
    return None


def varied(play: Play, since: list[ChatTurn]) -> Play:
    """The play with the steps of the variant that the learner's words choose, if they choose one."""
    for turn in since:
        if turn.role == "user":
            for when, scene in play.scene.variants:
                if when.search(turn.content):
                    return replace(play, scene=scene)
    return play


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


def affirmed(text: str, when: re.Pattern[str]) -> str:
    """The text without what the learner does not want, can't or does not do, unless the pattern looks for just that."""
    if _KNOWS_NO.search(when.pattern):
        return text
    return "".join(
        one if "?" in one else _DENIED.sub(lambda match: " " * len(match.group()), one) for one in turns.sentences(text)
    )


def hears(when: re.Pattern[str], text: str) -> bool:
    """Whether a text says what a row of a scene looks for, and does not refuse it."""
    return when.search(affirmed(text, when)) is not None


def first(rows: Sequence[Branch], text: str) -> Branch | None:
    """The first of the rows of a scene that a text says."""
    return next((one for one in rows if hears(one.when, text)), None)


def wants_to_leave(text: str) -> bool:
    """Whether the learner wants to stop playing."""
    if _FOR_A_MOMENT.search(text):
        return False
    plain = _QUOTED.sub("", text)
    return len(text) < 200 and _LEAVE.search(plain) is not None


def heard_so_far(since: list[ChatTurn]) -> str:
    return " ".join(turn.content for turn in since if turn.role == "user")


def spoken(since: list[ChatTurn]) -> list[str]:
    return [turn.content for turn in since if turn.role == "assistant"]


def denied(text: str) -> str:
    """What a message says that the learner does not want; empty when there is nothing."""
    match = _DENIES.search(text)
    return match.group(1).lower() if match is not None else ""


def is_denied(play: Play, step: Step, since: list[ChatTurn]) -> bool:
    """Whether a step is about something that the learner has refused."""
    lines = " ".join((*map(play.filled, step.lines.values()), step.goal)).lower()
    refused = {denied(turn.content) for turn in since if turn.role == "user"} - {""}
    return any(re.search(rf"\b{re.escape(word.removesuffix('s'))}", lines) for word in refused)


def is_told(step: Step, heard: str) -> bool:
    """Whether the learner has done the step unasked."""
    return step.told is not None and step.told.search(heard) is not None


def since_start(play: Play, history: list[ChatTurn]) -> list[ChatTurn]:
    for at in range(len(history) - 1, -1, -1):
        if history[at].role == "assistant" and play.scene.setting in history[at].content:
            wished = at > 0 and history[at - 1].role == "user"  # the message with the wish may have told something
            return history[at - 1 if wished else at :]
    return []


def step_at(play: Play, said: list[str]) -> int | None:
    """The step whose line the tutor has said last."""
    for text in reversed(said):
        for at in range(len(play.scene.steps) - 1, -1, -1):
            if is_said(play, play.scene.steps[at], text):
                return at
    return None


def is_said(play: Play, step: Step, text: str) -> bool:
    return any(play.filled(line) in text for line in step.lines.values())


def report(play: Play, since: list[ChatTurn]) -> str:
    """Which goals the learner has reached, and the first one that was missed."""
    reached: set[str] = set()
    current: Step | None = None
    for turn in since:
        if turn.role == "assistant":
            current = next((one for one in play.scene.steps if is_said(play, one, turn.content)), current)
        elif current is not None and does(current, turn.content):
            reached.add(current.id)
    steps = play.scene.steps
    heard = heard_so_far(since)
    reached |= {one.id for one in steps if is_told(one, heard)}
    begun = next((at for at, one in enumerate(steps) if any(is_said(play, one, text) for text in spoken(since))), 0)
    reached |= {one.id for one in steps[:begun]}
    missed = next((one.goal for one in steps if one.id not in reached), "")
    if not missed:
        return f"That was the whole scene, and you reached all {len(steps)} goals. Well done!"
    return f"That was the whole scene. You reached {len(reached)} of {len(steps)} goals; next time, also {missed}."


def does(step: Step, answer: str, *, at_length: bool = True) -> bool:
    long = at_length and len(answer.split()) >= _SUBSTANTIAL and step.id not in {"questions", "ask"}
    return long or step.expects.search(answer) is not None or any(one.when.search(answer) for one in step.branches)
