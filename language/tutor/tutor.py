"""The built-in tutor: rules and small tables, offline, the same answer for the same history.

It keeps the thread, corrects typical errors, explains words, plays scenarios and asks questions that fit the level. It
is no language model and says so. Used by the chat provider and by live voice sessions: answers are plain sentences
without markup, so that they can be spoken.
"""

import re

from language.tutor import (
    advice,
    afterplay,
    ahead,
    asides,
    askedback,
    corrections,
    followups,
    helping,
    intents,
    leaving,
    listening,
    manners,
    phrases,
    points,
    questions,
    recollection,
    remarks,
    requests,
    review,
    roleplay,
    scenarios,
    scenewords,
    sense,
    stage,
    subjects,
    sympathy,
    thread,
    views,
    vocabulary,
    window,
    wishes,
    wishing,
    wordwork,
)
from language.tutor.turns import ChatTurn

_INTRODUCTION = (
    "Hello! I'm Parley's built-in practice tutor. I work offline, with rules rather than a large language model."
)
_EASY_INTRODUCTION = "Hello! I'm Parley's built-in practice tutor, a computer program."
_IDENTITY = (
    "I'm Parley's built-in practice tutor: a program with grammar rules and questions, not a person and not a large "
    "language model. I work without the internet."
)
_IDENTITY_AGAIN = "As I said, I'm a program and no person, but I like to hear from you."
_CAPABILITIES = (
    "You can talk with me about everyday topics, ask me what a word means, ask for the difference between two words, "
    "ask “Is it correct: …?”, or practise a scene, for example in a restaurant, at a hotel or in a job interview."
)
_BANDS = frozenset("ABC")
_MAY_ASK_GRAMMAR = frozenset({"answer", "meaning", "unclear", "check", "translate"})
_TALK = frozenset({"answer", "thanks", "goodbye", "topic", "greeting"})
_WHICH_SCENE = "Which one would you like?"
_MAY_BE_OF_SCENE = frozenset({"identity", "unclear"})
_SHORT_WORDS = 8
_AFTER_SCENE = "Would you like to practise another scene, or shall we just talk?"
_OTHER_WAY = {
    "A": "Tell me one thing that you did today.",
    "B": "Tell me instead about one thing that happened to you today.",
    "C": "Let me put it differently: what would you rather talk about, and why?",
}
_STUCK = re.compile(
    r"^\W*(?:i (?:really )?(?:don['’]?t|do not) know(?: what to (?:say|tell you|answer|write|talk about))?|"
    r"(?:i have )?no idea|i(?:'m| am) not sure)\W*$",
    re.I,
)


class Tutor:
    """Stateless: all memory is in the history it is given."""

    def answer(self, history: list[ChatTurn], level: str, scenario: str | None, language: str) -> str:
        """The answer to the last turn. Long messages take tenths of a second: ask from a thread.

        `history` oldest first (`window.newest` is read); `level` a CEFR level (A1 to C2); `scenario` an id or title of
        a role play, or None; `language` that of the conversation (only English is taught; for others it says so once).
        """
        story = thread.read(history := manners.stripped(window.newest(history)))
        level = wishing.level(level.strip().upper(), story.said)
        easy = _band(level) == "A"
        parts = [] if story.asked else [_EASY_INTRODUCTION if easy else _INTRODUCTION]
        if not language.lower().startswith("en") and not story.asked:
            parts.append("I can teach only English, so let's speak English.")
        play = _playing(history, scenario)
        told = _respond(history, story, level, play)
        parts += manners.kept(told, history, _band(level), playing=play is not None)
        return " ".join(part for part in parts if part)


def pieces(answer: str) -> list[str]:
    """The answer in pieces of a word each, which join to the whole text."""
    return re.findall(r"\S+\s*", answer)


def _respond(history: list[ChatTurn], story: thread.Thread, level: str, playing: stage.Play | None) -> list[str]:
    band = _band(level)
    intent = intents.classify(story.last) if story.turns else intents.Intent("greeting")
    if playing is not None and intent.kind in _MAY_BE_OF_SCENE and asides.is_of_scene(playing, story.last):
        intent = intents.Intent("answer")
    if (first := ahead.answer(history, story, band, playing)) is not None:
        return first
    if playing is not None and manners.restarts(story.last):
        return ["Of course.", *roleplay.first_lines(playing, scenarios.BANDS.get(level, "A"))]
    scene = playing.scene if playing is not None else None
    wish = wishes.find(story.last, offered=_WHICH_SCENE in _last_answer(history), playing=scene)
    if playing is not None and wish is None and stage.wants_to_leave(story.last):
        return [stage.LEFT, *_after_leaving(history, story, band)]
    if (known := recollection.find(history, story, playing=playing is not None)) is not None:
        asked = "" if playing or known.endswith("?") else listening.question(story, band, besides=known)
        return [*corrections.comment(story.last, band), known, asked]
    if playing is None and (still := afterplay.afterwards(history)) is not None:
        return [*corrections.comment(story.last, band), still]
    if (reviewed := review.answer(story.said, band)) is not None:
        return [reviewed, "" if playing is None else _again(history, story, band)]
    if wish is not None:
        return [*corrections.comment(story.last, band), *_begin(wish, scenarios.BANDS.get(level, "A"), story.last)]
    if playing is None and intent.kind == "answer" and _has_just_ended(history, story):
        return [*corrections.comment(story.last, band), _AFTER_SCENE]
    if playing is None and intent.kind in _TALK and (news := sympathy.find(story.last, band)):
        return _console(news, intent, story, band)
    if playing is not None and intent.kind == "unclear":
        return afterplay.simpler(playing, history)
    if playing is not None and intent.kind == "goodbye":
        return [*corrections.comment(story.last, band), *afterplay.closing(playing, history)]
    answer = _direct(intent, history, story, band)
    if answer is not None:
        return answer
    if playing is not None:
        said = corrections.comment(story.last, band)
        return [*said, *roleplay.next_lines(playing, history, scenarios.BANDS.get(level, "A"))]
    return _converse(intent, history, story, band)


def _after_leaving(history: list[ChatTurn], story: thread.Thread, band: str) -> list[str]:
    """A review if one is asked for, and what the message says besides the wish to leave."""
    if (reviewed := review.answer(story.said, band)) is not None:
        return [reviewed]
    if not (said := leaving.rest(history)):
        return [listening.question(story, band)]
    besides = thread.read(said)
    if (helped := helping.answer(said, band)) is not None:
        return [helped]
    if (other := leaving.subject(besides.last)) is not None:
        return [other] if other.endswith("?") else subjects.take_up(other, besides, band)
    if (known := recollection.find(said, besides, playing=False)) is not None:
        return [known, listening.question(besides, band, besides=known)]
    return _converse(intents.classify(besides.last), said, besides, band)


def _band(level: str) -> str:
    return level[:1].upper() if level[:1].upper() in _BANDS else "A"


def _playing(history: list[ChatTurn], scenario: str | None) -> stage.Play | None:
    """The scene under way, or the one that the session was opened for if it was not played yet."""
    running = stage.running(history)
    if running is not None:
        return running
    wish = wishes.of_scene(scenario)
    if wish is None or wish.scene is None:
        return None
    played = any(wish.scene.setting in turn.content for turn in history if turn.role == "assistant")
    return None if played else stage.begun(wish)


def _has_just_ended(history: list[ChatTurn], story: thread.Thread) -> bool:
    """Whether a short word follows the end of a scene, so that the learner may want to go on in either way."""
    short = len(story.last.split()) <= _SHORT_WORDS and "?" not in story.last
    return short and stage.ends(_last_answer(history)) and not story.was_said(_AFTER_SCENE)


def _begin(wish: wishes.Wish, scene_band: str, message: str) -> list[str]:
    play = stage.begun(wish)
    if play is not None:
        return roleplay.first_lines(play, scene_band, message)
    names = ", ".join(one.title for one in scenarios.all_scenes())
    sorry = f"I have no scene at {wish.place}." if wish.place else "With pleasure."
    return [f"{sorry} I know these scenes: {names}. {_WHICH_SCENE}"]


def _last_answer(history: list[ChatTurn]) -> str:
    return next((turn.content for turn in reversed(history) if turn.role == "assistant"), "")


def _direct(intent: intents.Intent, history: list[ChatTurn], story: thread.Thread, band: str) -> list[str] | None:
    """Answers to questions about language or about the tutor; None when the message is none of these."""
    kind: str = intent.kind
    worded = wordwork.answer(story.last, history) if kind != "difference" else None
    if (explained := worded or phrases.answer(story.last)) is not None:
        return [explained, ahead.after("", history, story, band)]
    of_phrase = kind == "meaning" and bool(phrases.meaning(intent.argument))
    if kind in _MAY_ASK_GRAMMAR and not of_phrase and (explained := points.answer(story.last)) is not None:
        return [explained, ahead.after("", history, story, band)]
    if kind == "answer" and (meant := sense.of(story.last)) != "english":
        kind = meant
    match kind:
        case "silence":
            return [remarks.unheard(history)]
        case "nonsense":
            return ["I'm afraid I can't make sense of that.", _again(history, story, band)]
        case "other_language":
            return ["I understand only English. Try it with the words that you know.", _again(history, story, band)]
        case "identity":
            again = story.was_said(_IDENTITY)
            return [_IDENTITY_AGAIN if again else _IDENTITY, listening.question(story, band)]
        case "capabilities":
            return [_CAPABILITIES]
        case "meaning":
            told = scenewords.meaning(intent.argument, history) or vocabulary.meaning(intent.argument, band)
            return [told, ahead.after("", history, story, band)]
        case "difference":
            return [vocabulary.difference(intent.argument, intent.other, band), ahead.after("", history, story, band)]
        case "check":
            return [corrections.verdict(intent.argument), ahead.after("", history, story, band)]
        case "translate":
            return ["I can't translate, but describe it in simple English and I'll help you with the sentence."]
        case "unclear":
            return [remarks.simpler(history, _easier(history, band))]
        case "refusal":
            return [*corrections.comment(story.last, band), *subjects.refused(story, band)]
        case "goodbye":
            return [remarks.farewell(story)]
        case _:
            return None


def _console(news: followups.Followup, intent: intents.Intent, story: thread.Thread, band: str) -> list[str]:
    """Sympathy comes before everything else."""
    reaction = news.reaction if not story.was_said(news.reaction) else "I'm sorry, that is a lot to bear."
    if intent.kind == "goodbye":
        return [reaction, remarks.farewell(story)]
    offered = (news.question, "How are things now?", subjects.SOMETHING_ELSE)
    asked = next((line for line in offered if not story.was_said(line)), None)
    return [reaction, *corrections.comment(story.last, band), asked or listening.question(story, band)]


def _converse(intent: intents.Intent, history: list[ChatTurn], story: thread.Thread, band: str) -> list[str]:
    if intent.kind == "thanks":
        return ["You're welcome!", *corrections.comment(story.last, band), listening.question(story, band)]
    if intent.kind == "greeting":
        name = story.facts.get("name")
        hello = f"Nice to see you, {name}." if name else ("Nice to meet you." if story.turns < 2 else "Hello again.")
        return [hello, listening.question(story, band, opener=True)]
    if intent.kind == "topic":
        return subjects.take_up(intent.argument, story, band)
    said = corrections.comment(story.last, band)
    advised = advice.answer(story.said, band)
    if advised is None and (remembered := recollection.remembered(story)) is not None:
        asked = "" if remembered.endswith("?") else listening.question(story, band, besides=remembered)
        return [*said, remembered, asked]
    if (wished := requests.answer(story.last, story.asked)) is not None:
        return [*said, wished, listening.question(story, band)]
    if (given := advised or views.answer(story.said, band)) is not None:
        line, asked_next = given
        fresh = next((one for one in asked_next if not story.was_said(one)), "")
        return [*said, line, fresh or listening.question(story, band)]
    if (returned := askedback.answer(story.last, band)) is not None:
        answer, back = returned
        open_ = back and not listening.is_known(back.removeprefix("And you? "), story)
        return [*said, answer, back if open_ else listening.question(story, band)]
    if (honest := questions.answer(story.last)) is not None:
        return [*said, honest, "" if honest.startswith("Of course.") else listening.question(story, band)]
    if story.repeated:
        return ["You have said that before.", _OTHER_WAY[band]] if not story.was_said(_OTHER_WAY[band]) else [
            "Let's try another topic.", listening.question(story, band, listening.fresh_topic(story))
        ]  # fmt: skip
    if _STUCK.match(story.last):
        return [
            *said,
            "That's all right. You can always begin with “I think …” or “Maybe …”.",
            listening.question(story, band),
        ]
    return listening.listen(story, band)


def _easier(history: list[ChatTurn], band: str) -> str:
    """The question that a beginner would have got instead of the last one; empty if it is the same."""
    before = history[:-2]
    if band == "A" or not before or before[-1].role != "user":
        return ""
    easier = _respond(before, thread.read(before), "A1", stage.running(before))
    said = [*before, ChatTurn("assistant", " ".join(easier))]
    return remarks.last_question(said) or ""


def _again(history: list[ChatTurn], story: thread.Thread, band: str) -> str:
    waiting = remarks.last_question(history)
    return (
        f"My question was: {waiting.removeprefix('My question was: ')}" if waiting else listening.question(story, band)
    )
