"""What the conversation so far says: facts about the learner, the topic, and the questions already asked.

Everything is derived from the history each time; the tutor keeps no state, so any node can answer any turn.
"""

# ruff: noqa: E501 - patterns read best on one line

import re
from dataclasses import dataclass

from language import tokens
from language.tutor import ellipsis, memory, stage, topics
from language.tutor.turns import ChatTurn

_FACTS = (
    ("home", re.compile(r"\b(?:I am|I'm|I’m|I come|I)\s+from\s+((?:the )?[A-Z][\w]+(?: [A-Z][\w]+)?)")),
    ("home", re.compile(r"\bI live in\s+((?:the )?[A-Z][\w]+(?: [A-Z][\w]+)?)")),
    (
        "job",
        re.compile(
            r"\b(?:I am|I'm|I’m|I work as)\s+an?\s+"
            r"([a-z]+(?: (?:engineer|teacher|driver|developer|manager|student|designer))?)\b"
            r"(?=\s*(?:[.,;!?]|$|(?:in|at|for|from|and|but|so|because|with|who|now|by|here)\b))"
        ),
    ),
    (
        "likes",
        re.compile(
            r"\bI (?:really )?(?:like|love|enjoy)\s+"
            r"((?:to )?[a-z]+(?:ing)?(?: (?:music|football|books|films|games|food))?)\b",
            re.I,
        ),
    ),
)  # fmt: skip
_SHORT_WORDS = 3
_LAST_QUESTION = re.compile(r"[^.!?“”]+\?$")
_WAITING = re.compile(
    r"^(?:(?:Back to my question|My question was|Another question|And now something else|One more question|On another note): )+"
)
_PEOPLE = {"boy", "girl", "man", "woman", "person", "bit", "little", "big", "fan", "good", "bad", "lot", "beginner"}


@dataclass(frozen=True, slots=True)
class Thread:
    """`turns` counts the learner's turns, `asked` holds every line the tutor has said, lower-cased.

    `said` are the learner's messages, `told` the same with short answers made whole by the questions that they answer,
    `free` those of them that were not said in a scene, `answered` is the tutor's last line.
    """

    turns: int
    last: str
    facts: dict[str, str]
    topic: topics.Topic | None
    asked: str
    said: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    answered: str = ""
    repeated: bool = False  # the learner repeats a message for the third time, or a long one word for word

    def was_said(self, line: str) -> bool:
        """Whether the tutor said the line before."""
        return line.lower() in self.asked


def read(history: list[ChatTurn]) -> Thread:
    """The thread up to and with the learner's last turn."""
    said = [turn.content for turn in history if turn.role == "user"]
    asked = "\n".join(turn.content for turn in history if turn.role == "assistant").lower()
    last = said[-1] if said else ""
    answered = next((turn.content for turn in reversed(history) if turn.role == "assistant"), "")
    told = _told(history)
    return Thread(
        len(said),
        last,
        _facts(told),
        _topic(history),
        asked,
        tuple(said),
        tuple(told),
        tuple(_free(history)),
        answered,
        _repeated(said),
    )


def _told(history: list[ChatTurn]) -> list[str]:
    told: list[str] = []
    asked = ""
    for turn in history:
        if turn.role == "assistant":
            asked = turn.content
        elif turn.role == "user":
            told.append(ellipsis.whole(_asked_last(asked), turn.content))
    return told


def _free(history: list[ChatTurn]) -> list[str]:
    """The messages outside of scenes: what was said in a part may not be so."""
    free: list[str] = []
    playing = False
    for turn in history:
        if turn.role == "user" and not playing:
            free.append(turn.content)
        elif turn.role == "assistant":
            opens = stage.opens(turn.content) is not None
            if opens and free and not playing:
                free.pop()  # the wish to play
            playing = not stage.ends(turn.content) and (playing or opens)
    return free


def _asked_last(text: str) -> str:
    """The question that a message of the tutor ends with; empty when it ends otherwise."""
    end = _LAST_QUESTION.search(text)
    return _WAITING.sub("", end.group().strip()) if end is not None else ""


def _repeated(said: list[str]) -> bool:
    plain = [" ".join(tokens.words(text)) for text in said[-4:]]
    if not plain or not plain[-1]:
        return False
    before = plain[:-1].count(plain[-1])
    return before >= 2 or (before == 1 and len(plain[-1].split()) > _SHORT_WORDS)


def _facts(said: list[str]) -> dict[str, str]:
    facts: dict[str, str] = {}
    for text in said:
        if called := memory.own_name(text):
            facts["name"] = called
        for name, pattern in _FACTS:
            for match in pattern.finditer(text):
                value = match.group(1)
                if value.lower().split()[0] in _PEOPLE:
                    continue
                if name == "likes" and value.lower() in {
                    "it",
                    "that",
                    "this",
                    "you",
                    "them",
                    "the",
                    "to",
                    "very",
                    "my",
                    "a",
                }:
                    continue
                facts[name] = value
    return facts


def topic_of(text: str) -> topics.Topic | None:
    """The topic that most of the words of `text` belong to; None when no word does."""
    words = [{word, word.removesuffix("s"), word.removesuffix("ies") + "y"} for word in tokens.letters(text)]
    scores = [(sum(bool(forms & topic.words) for forms in words), -index) for index, topic in enumerate(topics.TOPICS)]
    best, index = max(scores)
    return topics.TOPICS[-index] if best else None


def _topic(history: list[ChatTurn]) -> topics.Topic | None:
    for turn in [turn for turn in reversed(history) if turn.role == "user"][:4]:
        if found := topic_of(turn.content):
            return found
    for turn in reversed(history):
        if turn.role == "assistant":
            for topic in topics.TOPICS:
                if any(question in turn.content for band in topic.questions.values() for question in band):
                    return topic
    return None
