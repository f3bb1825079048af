"""What comes before the scene and before the talk: danger, illness, help with English, what was told, a wish to stop.

Whatever is under way, these are answered first; the question that waits is asked again only when nothing else was said.
"""

import re

from language.tutor import (
    alarm,
    corrections,
    exercises,
    helping,
    listening,
    manners,
    minutes,
    protests,
    speechacts,
    stage,
    sympathy,
    thread,
    turns,
    urgent,
    wishes,
    wishing,
)
from language.tutor.turns import ChatTurn

_TRY = (
    "Try it in a sentence of your own, and I'll check it.",
    "Write a sentence with it, and I'll tell you what I think.",
    "You can try it in a sentence about yourself, if you like.",
)
_SETS_TASK = re.compile(
    r"\b(?:[Tt]ell me|[Ii]'ll tell you|I'll check (?:it|them)|Try it:|Now you:|I'll look at them|Begin with|we begin)\b"
    r"|\bguess it\b"
)
_BACK = "Back to my question: "


def answer(history: list[ChatTurn], story: thread.Thread, band: str, play: stage.Play | None) -> list[str] | None:
    """The answer to danger, to a request for help or for what was told; None when the message is none of these."""
    if not story.turns:
        return None
    before = [turn.content for turn in history if turn.role == "assistant"]
    leaves = play is not None and stage.wants_to_leave(story.last)
    scene = play.scene.id if play is not None and not leaves else ""
    if (danger := alarm.answer(story.last, story.said[:-1], before, scene)) is not None:
        return [stage.LEFT, danger] if leaves else [danger]
    if history[-1].role == "user" and not leaves and (safe := urgent.answer(history, play)) is not None:
        return [safe]
    if (promised := manners.answer(history, playing=play is not None)) is not None and not leaves:
        return [promised, _waits_still(history, story) if play is not None else ""]
    if (trained := exercises.answer(history, band)) is not None:
        return [trained]
    if (told := minutes.answer(history, play)) is not None:
        return [told]
    if leaves:
        return None
    if play is None and sympathy.find(story.last, band):
        return None
    if play is None and (sorry := protests.answer(history, band)) is not None:
        fresh = (
            listening.question(story, band, listening.fresh_topic(story)) if sorry.endswith(protests.REPEATED) else ""
        )
        return [sorry, fresh]
    if (helped := helping.answer(history, band)) is not None:
        judged = helped.startswith(("Not quite", "No:", "Neither")) or "” is right." in helped
        return [*([] if judged else _of_rest(story.last, band)), helped, after(helped, history, story, band)]
    of_scene = play is None and (named := wishes.find(story.last)) is not None and named.scene is not None
    if not of_scene and (wished := wishing.answer(history, story, band, playing=play is not None)) is not None:
        asked = after(wished, history, story, band)
        return [wished, listening.question(story, band) if asked in _TRY else asked]
    if (visit := urgent.goes_on(history, play, band)) is not None:
        return visit
    if play is None and stage.wants_to_leave(story.last) and any(stage.LEFT in one for one in before[-2:]):
        return ["All right, no more of that.", listening.question(story, band, listening.fresh_topic(story))]
    if play is None and (weighed := speechacts.decision(story.last, band)) is not None:
        return [*_of_rest(story.last, band), weighed]
    return None


def _waits_still(history: list[ChatTurn], story: thread.Thread) -> str:
    """The question of the scene that waits, once more."""
    waiting = helping.waits(history)
    again = f"{_BACK}{waiting}"
    return again if waiting and not story.was_said(again) else ""


def after(told: str, history: list[ChatTurn], story: thread.Thread, band: str) -> str:
    """What follows an answer: nothing after a question or a task, else the question that still waits, or a task."""
    if told.rstrip("”").endswith("?") or _SETS_TASK.search(told):
        return ""
    play = stage.running(history)
    waiting = helping.waits(history)
    if waiting and helping.is_only_asked(story.last) and (play is not None or len(waiting.split()) > 3):
        again = f"{_BACK}{waiting}"
        if not story.was_said(again):
            return again
    if play is not None:
        return ""
    return next((line for line in _TRY if not story.was_said(line)), "") or listening.question(story, band)


def _of_rest(text: str, band: str) -> list[str]:
    """Corrections of what the message says beside its question; what is in quotation marks is no error."""
    kept = [one for one in turns.sentences(text) if "?" not in one and not re.search(r"[\"“”«»]|(?<!\w)'", one)]
    rest = "".join(kept).strip()
    return corrections.comment(rest, band) if len(rest.split()) > 2 else []
