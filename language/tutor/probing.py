"""Questions that stay with what the learner just said when no table has more about it: better than a new subject."""

# ruff: noqa: E501 - patterns read best on one line

import re

from language import tokens
from language.tutor import telling
from language.tutor.thread import Thread

# Of what the learner did or does, of what others did or do, and of opinions.
_QUESTIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "A": {
        "did": ("What happened then?",),
        "others_did": ("How was that for you?", "What did you do then?"),
        "do": ("Can you tell me more about that?",),
        "claim": ("Why do you think so?",),
    },
    "B": {
        "did": ("How did you feel about it at the time?", "How did that come about?", "What happened after that?"),
        "others_did": ("What did you think about that?", "How did that come about?"),
        "do": ("Can you tell me more about that?", "How do you feel about that?"),
        "others_do": ("How do you feel about that?", "What does that mean for you?"),
        "claim": ("Can you give me an example of that?", "Do other people see it like that, too?"),
    },
    "C": {
        "did": ("How do you look back on that now?", "What did that change for you, if anything?"),
        "others_did": ("What did you make of it at the time?", "How do you look back on that now?"),
        "do": ("How did you come to that?", "What has that taught you?", "How do the people around you see it?"),
        "others_do": ("What do you make of it?", "What does that mean for you?"),
        "claim": (
            "What makes you say that?",
            "Can you think of a case that shows it?",
            "What follows from that, in your view?",
            "What would speak against it?",
        ),
    },
}
_EVERY = {band: {line for lines in sorts.values() for line in lines} for band, sorts in _QUESTIONS.items()}
_LEAST_WORDS, _LONG = 4, 6
_IN_A_ROW = 2
_NOT_TOLD = re.compile(
    r"\?\W*$|^\W*(?:please|can|could|ask|tell|give|show|say|use|explain|let|if)\b|\bthank|\bthat['’]s all\b", re.I
)
_WAS = re.compile(r"\b(?:was|were|did|had|(?<!am )(?<!m )used to)\b", re.I)
_STILL = re.compile(r"\b(?:have|has|haven['’]t|hasn['’]t)\b|['’]ve\b|\b(?:would|should|could|might)\b", re.I)
_CLAIM = re.compile(
    r"\bi(?:['’]m| am)? (?:\w+ )?(?:think|believe|argue|inclined|convinced|say)\b|\b(?:should|would|might|ought|seems?|everybody|nobody"
    r"|people|society|too (?:much|many|little)|less .* than|more .* than|because .* always)\b",
    re.I,
)  # fmt: skip
_PERSONAL = re.compile(r"^(?:you|your|he|his|she|her|it|its|they|their|this|that|our)\b", re.I)
_DENIED = re.compile(r"\b(?:not|never|nobody|nothing)\b|n['’]t\b", re.I)


def question(story: Thread, band: str) -> str:
    """A question about what was told, not asked before; empty for a short message, a request, or after two of them."""
    told = telling.of(story.last)
    count = len(tokens.letters(story.last))
    if count < (_LEAST_WORDS if told else _LONG) or _NOT_TOLD.search(story.last):
        return ""
    latest = story.asked.split("\n")[-_IN_A_ROW:]
    if len(latest) == _IN_A_ROW and all(any(one.lower() in line for one in _EVERY[band]) for line in latest):
        return ""
    lines = _QUESTIONS[band].get(_sort(told, story.last), ())
    denied = _DENIED.search(story.last) is not None
    return next((one for one in lines if not story.was_said(one) and not (denied and "happened" in one)), "")


def is_claim(text: str) -> bool:
    """Whether the message says how things are or should be, not what somebody did."""
    return _CLAIM.search(text) is not None and _sort(telling.of(text), text) == "claim"


def _sort(told: tuple[telling.Telling, ...], text: str) -> str:
    own = any(one.who == "you" for one in told)
    past = _WAS.search(text) or any(one.tense == "past" for one in told)
    if past and not _STILL.search(text):
        return "did" if own and any(one.verb != "be" for one in told) else "others_did"
    general = bool(told) and not past and not any(_PERSONAL.match(one.who) for one in told)
    if general or (_CLAIM.search(text) and (own or not any(_PERSONAL.match(one.who) for one in told))):
        return "claim"
    return "do" if own else "others_do"
