"""What the tutor says about the talk itself: a welcome for news, what it remembers, a word explained, a goodbye."""

import re

from language.tutor import (
    glossary,
    intents,
    thread,
)
from language.tutor.turns import ChatTurn


def acknowledge(story: thread.Thread, band: str, *, corrected: bool) -> str:
    """A reaction to what was said, with a fact from earlier where one fits."""
    new = thread.read([ChatTurn("user", story.last)]).facts
    if "name" in new:
        return f"Nice to meet you, {new['name']}."
    if "home" in new:
        return f"{new['home']}: good to know."
    if "job" in new:
        article = "an" if new["job"][0] in "aeiou" else "a"
        return f"So you are {article} {new['job']}."
    if "likes" in new:
        return f"So you like {new['likes']}."
    if story.last.rstrip().endswith("?"):
        return "I can't answer that: facts are not my strength, practising is."
    if story.turns % 4 == 0 and story.facts:
        return _recall(story.facts)
    if corrected:
        return "The rest was clear."
    plain = ("Thank you for telling me.", "I see.", "All right.", "I understand.")
    rich = ("Thank you, that's clear.", "I see what you mean.", "I follow you.", "All right.")
    choices = plain if band == "A" else rich
    return choices[story.turns % len(choices)]


def _recall(facts: dict[str, str]) -> str:
    if "job" in facts and "home" in facts:
        return f"I remember that you work as a {facts['job']} and come from {facts['home']}."
    if "likes" in facts:
        return f"You told me earlier that you like {facts['likes']}."
    if "home" in facts:
        return f"You told me that you are from {facts['home']}."
    return f"You are doing well, {facts['name']}." if "name" in facts else "You are doing well."


def last_question(history: list[ChatTurn]) -> str | None:
    for turn in reversed(history):
        if turn.role == "assistant":
            questions = re.findall(r"[^.!?“”]+\?", turn.content)
            asked = questions[-1].strip() if questions else None
            return asked.removeprefix("Back to my question: ") if asked else None
    return None


def meaning(word: str) -> str:
    entry = glossary.look_up(word)
    if entry is None:
        return (
            f"I don't have “{word}” in my small dictionary. Tell me the sentence where you found it, "
            "and what you think it means."
        )
    near = (
        f" {entry.near.capitalize()}."
        if entry.near.startswith("the opposite")
        else f" A near word is “{entry.near}”."
        if entry.near
        else ""
    )
    return f"“{entry.word.capitalize()}” means {entry.meaning}. For example: {entry.example}{near}"


def difference(intent: intents.Intent) -> str:
    first, second = intent.argument.lower(), intent.other.lower()
    known = glossary.DIFFERENCES.get(frozenset((first, second)))
    if known:
        return known
    entries = [glossary.look_up(word) for word in (first, second)]
    if all(entries):
        return " ".join(f"“{one.word.capitalize()}” means {one.meaning}." for one in entries if one)
    return f"I'm not sure about “{first}” and “{second}”; they are not both in my small dictionary."


def simpler(history: list[ChatTurn]) -> str:
    waiting = last_question(history)
    if not waiting:
        return "No problem. I'll use simple words. What do you like to do?"
    return f"No problem, take your time. My question was: {waiting} You can begin with one short sentence."


def farewell(story: thread.Thread) -> str:
    name = f", {story.facts['name']}" if "name" in story.facts else ""
    count = f" You said {story.turns} things in English today." if story.turns > 2 else ""
    return f"Goodbye{name}!{count} See you soon."
