"""What the tutor says about the talk itself: a welcome for news, a word explained, a goodbye."""

# ruff: noqa: E501 - patterns read best on one line

import re

from language.tutor import thread
from language.tutor.telling import Telling
from language.tutor.turns import ChatTurn

_UNANSWERED = (
    "I can't answer that: facts are not my strength, practising is.",
    "That is beyond me, I'm afraid.",
    "I don't have an answer to that.",
)
_SPOKEN = (
    "That's an interesting point.",
    "I see what you mean.",
    "That gives me a clearer picture.",
    "I can see why that matters to you.",
    "That is worth thinking about.",
)
_TROUBLE = re.compile(
    r"\b(?:problems? with|trouble with|conflicts?|shout\w*|yell\w*|argu(?:ed|ing|ment\w*)|quarrel\w*|complain\w*|unfair"
    r"|noisy|noise|loud|broken?|fell|stolen|doesn['’]?t work|hospital|crying|cried|too slow|cancel\w*|afraid|scared|angry|furious|annoy\w*|hate|hates|hated|lied|cheated|refus\w*|police|couldn['’]?t sleep"
    r"|can['’]?t stand)\b",
    re.I,
)
_RECENT = 3
_FOND = re.compile(r"['’]s name\?|\blike most about your\b|\blike best\b|^What (?:do|does|is|are) your \w+ like\b")


def is_untimely(line: str, story: thread.Thread) -> bool:
    """Whether a friendly question does not fit now: after bad news, or when trouble with somebody was just told."""
    sad = story.was_said("sorry to hear") or story.was_said("i'm very sorry") or story.was_said("i'm sorry")
    return bool(_FOND.search(line)) and (sad or bool(_TROUBLE.search(" ".join(story.said[-_RECENT:]))))


def acknowledge(story: thread.Thread, band: str) -> str:
    """A reaction to what was said, with a fact from earlier where one fits."""
    new = thread.read([ChatTurn("user", story.last)]).facts
    if "name" in new:
        return f"Nice to meet you, {new['name']}."
    if "home" in new:
        return "Good to know."
    if "job" in new:
        article = "an" if new["job"][0] in "aeiou" else "a"
        return f"So you are {article} {new['job']}."
    if "likes" in new:
        return f"So you like {new['likes']}."
    if story.last.rstrip().endswith("?"):
        return next((line for line in _UNANSWERED if not story.was_said(line)), _UNANSWERED[-1])
    plain = ("Thank you for telling me.", "I see.", "All right.", "I understand.")
    rich = ("I see.", "I see what you mean.", "I understand.", "All right.")
    return fresh({"A": plain, "B": rich}.get(band, _SPOKEN), story)


_WAITING = re.compile(
    r"^(?:(?:Another question|And now something else|One more question|On another note|Back to my question|My question was): )+"
)
_SORRY = frozenset({"lose", "break", "miss", "fail", "fall", "forget"})
_NEUTRAL = {
    "A": (
        "I see.",
        "That's interesting.",
        "Good to know.",
        "Thank you for telling me.",
        "All right.",
        "I understand.",
        "Now I know more about you.",
    ),
    "B": (
        "I see.",
        "That's interesting.",
        "Good to know.",
        "I understand.",
        "Thank you, that's clear.",
        "That makes sense.",
        "I can imagine that.",
    ),
    "C": (
        "I see what you mean.",
        "That's interesting.",
        "I can imagine that.",
        "Fair enough.",
        "That gives me a clearer picture.",
        "That makes sense.",
        "I hadn't seen it in that light.",
        "That is well put.",
        "I follow you.",
    ),
}


def introduces(text: str) -> bool:
    """Whether the learner says their name."""
    return "name" in thread.read([ChatTurn("user", text)]).facts


def looks_away(story: thread.Thread) -> bool:
    """Whether the reaction is to a name, so that “that” would not be clear."""
    return introduces(story.last)


def reaction(told: tuple[Telling, ...], story: thread.Thread, band: str) -> str:
    """A short reaction to what the learner just said."""
    name = thread.read([ChatTurn("user", story.last)]).facts.get("name")
    if name:
        return f"Nice to meet you, {name}."
    mine = [one for one in told if one.who == "you"]
    if any(one.verb in _SORRY and one.tense == "past" and not one.negated for one in mine):
        return "Oh, I'm sorry to hear that."
    if any(one.negated for one in mine) or _TROUBLE.search(" ".join(story.said[-_RECENT:])):
        return "I understand." if not story.answered.startswith("I understand.") else "I see."
    if any(
        one.action and one.tense != "past" and one.verb in {"want", "plan", "hope"} and not one.negated for one in mine
    ):
        return "That sounds like a good plan." if not story.was_said("That sounds like a good plan.") else "I see."
    return fresh(_NEUTRAL[band], story)


def fresh(lines: tuple[str, ...], story: thread.Thread) -> str:
    """One of the lines, not said before as long as there is one."""
    at = story.turns % len(lines)
    ordered = (*lines[at:], *lines[:at])
    return next((line for line in ordered if not story.was_said(line)), ordered[0])


def last_question(history: list[ChatTurn]) -> str | None:
    """The tutor's last question; None if there was none."""
    for turn in reversed(history):
        if turn.role == "assistant":
            questions = re.findall(r"[^.!?“”]+\?(?!”)", turn.content)
            asked = questions[-1].strip() if questions else None
            return _WAITING.sub("", asked) if asked else None
    return None


def unheard(history: list[ChatTurn]) -> str:
    """React to a message without words: ask for it again, the second time with the last question."""
    waiting = last_question(history)
    again = sum(turn.content.startswith("I didn't catch that.") for turn in history[-4:] if turn.role == "assistant")
    if again and waiting:
        return f"I didn't catch that. Take your time. My question was: {waiting}"
    return "I didn't catch that. Could you say it again?"


def simpler(history: list[ChatTurn], easier: str = "") -> str:
    """What to say to somebody who did not understand; `easier` is the question in simpler words, if there is one."""
    waiting = last_question(history)
    if waiting and easier and easier != waiting:
        return f"No problem, in simpler words: {easier}"
    if not waiting:
        return "No problem. I'll use simple words. What do you like to do?"
    return f"No problem, take your time. My question was: {waiting} You can begin with one short sentence."


def farewell(story: thread.Thread) -> str:
    """What to say at the end, from what was talked about."""
    name = f", {story.facts['name']}" if "name" in story.facts else ""
    count = f" You said {story.turns} things in English today." if story.turns > 2 else ""
    return f"Goodbye{name}!{count} See you soon."
