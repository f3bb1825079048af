"""The built-in tutor: rules and small tables, offline, the same answer for the same history.

It keeps the thread, corrects typical errors, explains words, plays scenarios and asks questions that fit the level. It
is no language model and says so. Used by the chat provider and by live voice sessions: answers are plain sentences
without markup, so that they can be spoken.
"""

import re

from language import tokens
from language.tutor import (
    corrections,
    followon,
    followups,
    intents,
    memory,
    points,
    probing,
    questions,
    recall,
    remarks,
    roleplay,
    scenarios,
    sense,
    sympathy,
    thread,
    topics,
    vocabulary,
    wishes,
    wordwork,
)
from language.tutor.turns import ChatTurn

_INTRODUCTION = (
    "Hello! I'm Parley's built-in practice tutor. I work offline, with rules rather than a large language model."
)
_IDENTITY = (
    "I'm Parley's built-in practice tutor: a program with grammar rules and questions, not a person and not a large "
    "language model. I work without the internet."
)
_CAPABILITIES = (
    "You can talk with me about everyday topics, ask me what a word means, ask for the difference between two words, "
    "ask “Is it correct: …?”, or practise a scene, for example in a restaurant, at a hotel or in a job interview."
)
_BANDS = frozenset("ABC")
_MAY_ASK_GRAMMAR = frozenset({"answer", "meaning", "unclear", "check", "translate"})
_SHORT_ANSWER_WORDS = 3
_SHORT_NEWS_WORDS = 8
_TALK = frozenset({"answer", "thanks", "goodbye", "topic", "greeting"})
_WHICH_SCENE = "Which one would you like?"
_MORE = "Would you like to tell me more about it?"
_SOMETHING_ELSE = "Would you like to talk about something nicer for a moment?"
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
_ANSWERED_BY = {
    "What is your name?": "name",
    "Where are you from?": "home",
    "Where do you live?": "home",
    "What is your job?": "job",
    "What do you like to do in your free time?": "likes",
}


class Tutor:
    """Stateless: all memory is in the history it is given."""

    def answer(self, history: list[ChatTurn], level: str, scenario: str | None, language: str) -> str:
        """The answer to the last turn. Long messages take tenths of a second: ask from a thread.

        `history` oldest first; `level` a CEFR level (A1 to C2); `scenario` an id or title of a role play, or None;
        `language` the language of the conversation (only English is taught; for others the tutor says so once).
        """
        story = thread.read(history)
        parts = [] if story.asked else [_INTRODUCTION]
        if not language.lower().startswith("en") and not story.asked:
            parts.append("I can teach only English, so let's speak English.")
        parts += _respond(history, story, level.strip().upper(), scenario)
        return " ".join(part for part in parts if part)


def pieces(answer: str) -> list[str]:
    """The answer in pieces of a word each, which join to the whole text."""
    return re.findall(r"\S+\s*", answer)


def _respond(history: list[ChatTurn], story: thread.Thread, level: str, scenario: str | None) -> list[str]:
    band = _band(level)
    intent = intents.classify(story.last) if story.turns else intents.Intent("greeting")
    playing = _playing(history, scenario)
    if playing is not None and roleplay.wants_to_leave(story.last):
        return [roleplay.LEFT, _question(story, band)]
    wish = wishes.find(story.last, offered=_WHICH_SCENE in _last_answer(history), playing=playing is not None)
    if wish is not None and (playing is None or wish.scene not in (None, playing.scene)):
        return [*corrections.comment(story.last, band), *_begin(wish, scenarios.BANDS.get(level, "A"))]
    if playing is None and intent.kind in _TALK and (news := sympathy.find(story.last, band)):
        return _console(news, intent, story, band)
    answer = _direct(intent, history, story, band)
    if answer is not None:
        return answer
    if playing is not None:
        said = corrections.comment(story.last, band)
        return [*said, *roleplay.next_lines(playing, history, scenarios.BANDS.get(level, "A"))]
    return _converse(intent, history, story, band)


def _band(level: str) -> str:
    return level[:1].upper() if level[:1].upper() in _BANDS else "A"


def _playing(history: list[ChatTurn], scenario: str | None) -> roleplay.Play | None:
    """The scene under way, or the one that the session was opened for if it was not played yet."""
    running = roleplay.running(history)
    if running is not None:
        return running
    wish = wishes.of_scene(scenario)
    if wish is None or wish.scene is None:
        return None
    played = any(wish.scene.setting in turn.content for turn in history if turn.role == "assistant")
    return None if played else roleplay.begun(wish)


def _begin(wish: wishes.Wish, scene_band: str) -> list[str]:
    play = roleplay.begun(wish)
    if play is not None:
        return roleplay.first_lines(play, scene_band)
    names = ", ".join(one.title for one in scenarios.all_scenes())
    sorry = f"I have no scene at {wish.place}." if wish.place else "With pleasure."
    return [f"{sorry} I know these scenes: {names}. {_WHICH_SCENE}"]


def _last_answer(history: list[ChatTurn]) -> str:
    return next((turn.content for turn in reversed(history) if turn.role == "assistant"), "")


def _direct(intent: intents.Intent, history: list[ChatTurn], story: thread.Thread, band: str) -> list[str] | None:
    """Answers to questions about language or about the tutor; None when the message is none of these."""
    kind: str = intent.kind
    if kind != "difference" and (told := wordwork.answer(story.last, history)) is not None:
        return [told, _back(history, story, band)]
    if kind in _MAY_ASK_GRAMMAR and (explained := points.answer(story.last)) is not None:
        return [explained, _back(history, story, band)]
    if kind == "answer" and (meant := sense.of(story.last)) != "english":
        kind = meant
    match kind:
        case "silence":
            return [_unheard(history)]
        case "nonsense":
            return ["I'm afraid I can't make sense of that.", _again(history, story, band)]
        case "other_language":
            return ["I understand only English. Try it with the words that you know.", _again(history, story, band)]
        case "identity":
            return [_IDENTITY, _question(story, band)]
        case "capabilities":
            return [_CAPABILITIES]
        case "meaning":
            return [vocabulary.meaning(intent.argument, band), _back(history, story, band)]
        case "difference":
            return [vocabulary.difference(intent.argument, intent.other, band), _back(history, story, band)]
        case "check":
            return [corrections.verdict(intent.argument), _back(history, story, band)]
        case "translate":
            return ["I can't translate, but describe it in simple English and I'll help you with the sentence."]
        case "unclear":
            return [remarks.simpler(history)]
        case "goodbye":
            return [remarks.farewell(story)]
        case _:
            return None


def _console(news: followups.Followup, intent: intents.Intent, story: thread.Thread, band: str) -> list[str]:
    """Sympathy comes before everything else."""
    reaction = news.reaction if not story.was_said(news.reaction) else "I'm sorry, that is a lot to bear."
    if intent.kind == "goodbye":
        return [reaction, remarks.farewell(story)]
    asked = next((line for line in (news.question, _SOMETHING_ELSE) if not story.was_said(line)), None)
    return [reaction, *corrections.comment(story.last, band), asked or _question(story, band)]


def _converse(intent: intents.Intent, history: list[ChatTurn], story: thread.Thread, band: str) -> list[str]:
    if intent.kind == "thanks":
        return ["You're welcome!", *corrections.comment(story.last, band), _question(story, band)]
    if intent.kind == "greeting":
        name = story.facts.get("name")
        hello = f"Nice to see you, {name}." if name else ("Nice to meet you." if story.turns < 2 else "Hello again.")
        return [hello, _question(story, band, opener=True)]
    if intent.kind == "topic":
        subject = thread.topic_of(intent.argument)
        start = f"Good idea, let's talk about {subject.name}." if subject else "All right, something else."
        return [start, _question(story, band, subject or _fresh_topic(story))]
    own = [turn.content for turn in history if turn.role == "user"]
    said = corrections.comment(story.last, band)
    if (remembered := recall.answer(own)) is not None:
        return [*said, remembered] if remembered.endswith("?") else [*said, remembered, _question(story, band)]
    if (answer := questions.answer(story.last)) is not None:
        return [*said, answer, _question(story, band)]
    if story.repeated:
        return ["You have said that before.", _OTHER_WAY[band]] if not story.was_said(_OTHER_WAY[band]) else [
            "Let's try another topic.", _question(story, band, _fresh_topic(story))
        ]  # fmt: skip
    if _STUCK.match(story.last):
        return [*said, "That's all right. You can always begin with “I think …” or “Maybe …”.", _question(story, band)]
    return _listen(own, story, band)


def _listen(own: list[str], story: thread.Thread, band: str) -> list[str]:
    """React to what was told, its errors said back right, and go on from it."""
    known = memory.read(own)
    recast = corrections.recast(story.last, known.latest, band)
    news = next(iter(followups.feelings(corrections.corrected(story.last), band)), None)
    if news is not None and not _known(news.question, story):
        reaction = news.reaction if not story.was_said(news.reaction) else remarks.acknowledge(story, band)
        return [*recast, reaction, news.question]
    for line in followon.questions(known.latest, known, band):
        if not remarks.is_untimely(line, story) and not _known(line, story):
            return [*(recast or [remarks.reaction(known.latest, story, band)]), line]
    for one in followups.find(corrections.corrected(story.last), band):
        if not remarks.is_untimely(one.question, story) and not _known(one.question, story):
            usual = story.was_said(one.reaction) or remarks.introduces(story.last)
            reaction = remarks.acknowledge(story, band) if usual else one.reaction
            return [*(recast or [reaction]), one.question]
    if "sorry" in story.answered and len(tokens.letters(story.last)) <= _SHORT_NEWS_WORDS and not story.was_said(_MORE):
        return [*(recast or ["I understand."]), _MORE]
    parts = recast or [remarks.acknowledge(story, band)]
    probe = "" if remarks.looks_away(parts[0], story) else probing.question(story, band)
    if probe:
        return [*parts, probe]
    words = len(tokens.letters(story.last))
    if words <= _SHORT_ANSWER_WORDS and story.turns > 1 and story.turns % 2 == 0 and "?" not in story.last:
        parts.append("Try to say a little more: use a whole sentence and add “because”.")
    return [*parts, _question(story, band)]


def _unheard(history: list[ChatTurn]) -> str:
    """React to a message without words: ask for it again, the second time with the last question."""
    waiting = remarks.last_question(history)
    again = sum(turn.content.startswith("I didn't catch that.") for turn in history[-4:] if turn.role == "assistant")
    if again and waiting:
        return f"I didn't catch that. Take your time. My question was: {waiting}"
    return "I didn't catch that. Could you say it again?"


def _again(history: list[ChatTurn], story: thread.Thread, band: str) -> str:
    waiting = remarks.last_question(history)
    return f"My question was: {waiting.removeprefix('My question was: ')}" if waiting else _question(story, band)


def _question(story: thread.Thread, band: str, topic: topics.Topic | None = None, *, opener: bool = False) -> str:
    """A question not asked before: of the topic, then of others, then an invitation."""
    topic = topic or (None if opener else story.topic)
    if topic is None:
        for line in topics.OPENERS[band]:
            if not _known(line, story):
                return line
    ordered = [topic] if topic else []
    start = story.turns % len(topics.TOPICS)
    ordered += [*topics.TOPICS[start:], *topics.TOPICS[:start]]
    for one in ordered:
        for line in one.questions[band]:
            if not _known(line, story):
                return line
    return "We have talked about a lot. What would you like to tell me now?"


def _known(line: str, story: thread.Thread) -> bool:
    """Whether the question was asked before, or the learner has told its answer unasked."""
    return story.was_said(line) or _ANSWERED_BY.get(line, "") in story.facts or recall.is_known(line, story.said)


def _fresh_topic(story: thread.Thread) -> topics.Topic:
    unused = [one for one in topics.TOPICS if one != story.topic and not any(map(story.was_said, one.questions["B"]))]
    return (unused or list(topics.TOPICS))[story.turns % len(unused or topics.TOPICS)]


def _back(history: list[ChatTurn], story: thread.Thread, band: str) -> str:
    """After an explanation, the question that still waits for an answer, or a new one."""
    waiting = remarks.last_question(history)
    again = f"Back to my question: {waiting}"
    return again if waiting and not story.was_said(again) else _question(story, band)
