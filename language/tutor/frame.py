"""The frame in which a language model plays the tutor: level, length, goals, what the learner told, our corrections.

`describe` writes it down for the model; `is_too_hard`, `Length` and `gloss` look at what the model answers.
"""

import re

from language import levels, tokens
from language.lexicon.listed import listed
from language.tutor import corrections, memory, stage, vocabulary, window, wishes
from language.tutor.turns import ChatTurn

_WORDS = {"A1": 40, "A2": 50, "B1": 70, "B2": 90, "C1": 120, "C2": 140}
_HOW = {
    "A1": "Use only very common words and present or simple past forms, in sentences of at most eight words.",
    "A2": "Use common words and short sentences of at most twelve words; no idioms.",
    "B1": "Use everyday words and clear sentences; explain a rare word when you need it.",
    "B2": "Use natural English; idioms are welcome when the context makes them clear.",
    "C1": "Use rich, precise English with idioms and complex sentences.",
    "C2": "Speak as to an educated native speaker.",
}
_MOST_FACTS, _MOST_CORRECTIONS = 8, 3
_SHARE, _AT_LEAST = 0.2, 3
_END = re.compile(r"(?<=[.!?…])[\"”’)]?\s+")
_LONG_BEGINNING = 25
_STRICTER = "The answer must be much simpler: only the commonest English words, short sentences."


def describe(history: list[ChatTurn], level: str, scenario: str | None) -> str:
    """What a model gets besides its role, from `window.newest`. Takes tenths of a second: ask from a thread."""
    history = window.newest(history)
    level = level if level in _WORDS else "A2"
    said = [turn.content for turn in history if turn.role == "user"]
    lines = [f"Level {level}: {_HOW[level]} Write at most {_WORDS[level]} words in all, and ask one question only."]
    lines += [_scene(history, scenario), _known(said[:-1])]
    if said and (found := corrections.find(said[-1])):
        changes = "; ".join(
            f"“{one.original}” → “{one.suggestion}” ({one.message})" for one in found[:_MOST_CORRECTIONS]
        )
        lines.append(
            f"Our grammar check found in the last message: {changes} Say the right form within your answer, as a "
            "teacher does (“Ah, you went to the cinema!”), and correct nothing else."
        )
    elif said:
        lines.append("Our grammar check found no error in the last message: do not correct it.")
    return "\n".join(line for line in lines if line)


def stricter() -> str:
    """What is added when the first answer was too hard."""
    return _STRICTER


def _scene(history: list[ChatTurn], scenario: str | None) -> str:
    wish = wishes.of_scene(scenario)
    for turn in history:
        if turn.role == "user":
            wish = wishes.find(turn.content) or wish
    play = stage.begun(wish) if wish is not None else None
    if play is None:
        return f"You play this scene with the learner and stay in your part: {scenario}." if scenario else ""
    goals = ", ".join(step.goal for step in play.scene.steps)
    return (
        f"You play this scene with the learner and stay in your part: {play.opening()}. For the learner: "
        f"{play.scene.setting} Lead the learner to these goals, one after the other: {goals}."
    )


def _known(said: list[str]) -> str:
    known = memory.read(said[-60:])
    facts = [f"The learner's name is {known.name}."] if known.name else []
    told = dict.fromkeys(one.sentence.replace("You ", "The learner: you ", 1) for one in known.told if one.text)
    facts += list(told)[-_MOST_FACTS:]
    return f"What the learner has told so far: {' '.join(facts)} Use it, and do not ask for it again." if facts else ""


def most_words(level: str) -> int:
    """After how many words an answer ends, at the end of its sentence."""
    return _WORDS.get(level, _WORDS["A2"]) * 3 // 2


def has_sentence(text: str) -> bool:
    """Whether a whole sentence has come, or so many words that one need not wait for its end."""
    return _END.search(text) is not None or len(text.split()) > _LONG_BEGINNING


def to_sentence_end(passed: str, text: str) -> str:
    """The part of `text` that completes the sentence begun in `passed`."""
    if is_complete(passed):
        return ""
    match = _END.search(text + " ")
    return text[: match.end()].rstrip() if match is not None else text


def is_complete(text: str) -> bool:
    """Whether a text ends with a sentence."""
    return text.rstrip().rstrip('"”’)').endswith((".", "!", "?", "…"))


def hard_words(text: str, level: str) -> list[str]:
    """Words at least two levels above the learner's, in order; names and numbers are none."""
    limit = levels.LEVELS.index(level if level in _WORDS else "A2") + 2
    found = [
        token.lower
        for token in tokens.of(text)
        if token.is_word and token.text.islower() and len(token.text) > 3 and "'" not in token.lower
        and levels.LEVELS.index(levels.level(token.lower)) >= limit and levels.is_word(token.lower)
    ]  # fmt: skip
    return list(dict.fromkeys(found))


def is_too_hard(text: str, level: str) -> bool:
    """Whether a learner of this level would understand too little: every fifth word, three at least."""
    hard = hard_words(text, level)
    return len(hard) >= _AT_LEAST and len(hard) > _SHARE * len(tokens.letters(text))


def gloss(text: str, level: str) -> str:
    """An explanation of the hardest word of an answer, for learners up to B1; empty when there is none."""
    if level not in {"A1", "A2", "B1"} or '"' in text or "means" in text:
        return ""
    for word in hard_words(text, level):
        if word not in _SELF_EXPLAINED and (said := vocabulary.known(word)):
            return said
    return ""


_SELF_EXPLAINED = listed("english grammar sentence restaurant hotel internet computer university")
