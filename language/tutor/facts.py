"""Facts that learners tell in many ways: age, job, home, likes, plans, and what they did."""

# ruff: noqa: E501 - patterns read best on one line

import re
from collections.abc import Callable

from language.lexicon.listed import listed
from language.tutor.telling import Telling

Rule = Callable[[Telling], bool]

_LIKE = listed("like love enjoy adore prefer")
_JOBS = re.compile(
    r"^an? (?:[a-z-]+ ){0,2}?(?:[a-z]*(?:er|or|ist|ian|ant|man|woman)|nurse|chef|cook|student|lawyer|pilot|clerk|pupil|judge|mechanic|vet|au pair)$"
)
_AGE = re.compile(r"\byears? old\b|\b\d{1,2}$")


def of_topic(low: str, told: list[Telling]) -> str | None:
    """The answer from what was told of one person, the last first; "" when it was not told; None when the question (in
    lower case) is on none of these topics."""
    return next((find(told, low) for pattern, find in _TOPICS if pattern.search(low)), None)


def _is_job(one: Telling) -> bool:
    if one.verb == "work" and any(part.startswith("as ") for part in one.others):
        return True
    return (one.verb == "be" and bool(_JOBS.match(one.what))) or one.verb == "study"


def _first(told: list[Telling], fits: Rule) -> str:
    return next((one.sentence for one in told if fits(one) and not one.negated), "")


def _did(told: list[Telling], low: str) -> str:
    """What the learner did, at the time that is asked for if one is."""
    past = [one for one in told if one.tense == "past" and one.verb != "be"]
    when = re.search(r"\b(yesterday|today|last \w+|this \w+|on \w+day|at the weekend)\b", low)
    if when is not None:
        timed = [one for one in past if any(when.group(1) in time.lower() for time in one.times)]
        past = timed
    return " ".join(one.sentence for one in reversed(past[:3]))


def ask(low: str, owner: str) -> str:
    """The question itself, asked back."""
    whose = "your" if owner == "you" else f"your {owner.removeprefix('your ')}'s"
    many = owner == "you" or (owner.endswith("s") and not owner.endswith("ss")) or owner.endswith("children")
    be, do = ("are", "do") if many else ("is", "does")
    if "old" in low or "age" in low:
        return f"How old {be} {owner}?"
    if re.search(r"\bjob|profession|occupation|what (?:do|does) .* (?:do|work)|what i do\b", low):
        return f"What is {whose} job?"
    if re.search(r"\bfrom\b|nationality|country", low):
        return f"Where {be} {owner} from?"
    if re.search(r"\bwhere\b.*\b(?:work|study|school|workplace)", low):
        return f"Where {do} {owner} work or study?"
    if re.search(r"\b(?:live|city|town|address)", low):
        return f"Where {do} {owner} live?"
    if re.search(r"plan|going to|want|will", low):
        return f"What {do} {owner} want to do?"
    if re.search(r"\bdid\b", low):
        when = re.search(r"\b(yesterday|today|last \w+)\b", low)
        return f"What did {owner} do{' ' + when.group(1) if when else ''}?"
    return f"What {do} {owner} like to do?"


def _origin(one: Telling) -> bool:
    return one.verb in {"be", "come"} and any(place.startswith("from") for place in one.places)


def _workplace(one: Telling) -> bool:
    placed = any(place.startswith(("in", "at", "for")) for place in one.places)
    return placed and (one.verb in {"work", "study"} or (one.verb in {"be", "go"} and "student" in one.what))


def _likes(told: list[Telling], _: str) -> str:
    fitting = [one for one in told if one.verb in _LIKE and not one.negated and (one.what or one.doing or one.action)]
    return " ".join(one.sentence for one in fitting[:3])


def _plans(told: list[Telling], _: str) -> str:
    wanted = {"want", "hope", "plan", "like", "wish"}
    return " ".join([one.sentence for one in told if one.action and (one.tense == "future" or one.verb in wanted)][:3])


def _found(fits: Rule) -> Callable[[list[Telling], str], str]:
    return lambda told, _: _first(told, fits)


_TOPICS: tuple[tuple[re.Pattern[str], Callable[[list[Telling], str], str]], ...] = tuple(
    (re.compile(pattern), find)
    for pattern, find in (
        (r"\bhow old\b|\bage\b", _found(lambda one: one.verb in {"be", "turn"} and bool(_AGE.search(one.text)))),
        (
            r"\b(?:job|profession|occupation)\b|\bwhat (?:do i|does \w+(?: \w+)?|did my \w+) (?:do|work)\s*(?:for (?:a living|work))?\s*\W*$|\bwhat i do\W*$",
            _found(_is_job),
        ),
        (r"\bfrom\b|\bnationality\b|\bcountry (?:am|do) i\b|\bmy (?:home )?country\b", _found(_origin)),
        (r"\bhobb(?:y|ies)\b|\binterests\b|\bwhat (?:do i|i|does (?:my )?\w+) (?:like|love|enjoy)\b", _likes),
        (
            r"^(?!.*\b(?:why|who|how|long|when|with)\b).*\b(?:live|city|town|address|hometown)\b",
            _found(lambda one: one.verb in {"live", "move"} and bool(one.places)),
        ),
        (r"\bwhere\b.*\b(?:work|study|school|workplace)\b", _found(_workplace)),
        (r"\bwhat did i (?:do|say i did)\b|\bwhat i did\b", _did),
        (r"\bplans?\b|\bwhat (?:am i|i am|i'm) going to do\b|\bwhat (?:do i|i) want\b|\bwhat will i do\b", _plans),
    )
)
