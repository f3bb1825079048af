"""Memories of somebody who has died: the tutor stays with them, and asks nothing that would hurt."""

# ruff: noqa: E501 - patterns read best on one line

import re

from language.tutor import memory, telling
from language.tutor.followups import Followup
from language.tutor.thread import Thread
from language.tutor.wording import by

_SOON = 5
_GONE = re.compile(
    r"\b(?:my|our) (?:(?:dear|old|best|little|big|late|beloved) )?([a-z]+)(?: [A-Z]\w+)? (?:has |just )?(?:died|passed away|is dead|was killed)\b|\blost (?:my|our) (?:(?:dear|old|best|little|big|beloved) )?(grand\w+|mother|mum|mom|father|dad|brother|sister|son|daughter|wife|husband|child|baby|uncle|aunt|cousin|friend|dog|cat)\b",
    re.I,
)
_OF_THEM = re.compile(r"\b(?:he|she|him|his|her|it|its|we|us|together|used to|miss\w*|remember)\b", re.I)
_OTHER = re.compile(r"\b(?:tomorrow|exam|job|work|talk about|something else|anyway|by the way|now i)\b|\?", re.I)
_MISSED = re.compile(r"\b(?:miss|used to|like a)\b", re.I)
_SUFFERED = re.compile(r"\b(?:ill|sick|hospital|suffer\w*|cancer|pain|stroke|accident)\b", re.I)
_HARD = "That must have been hard for all of you."
_REACTIONS = (
    "It sounds as if you were very close.",
    "That is a lovely memory.",
    "I can hear how much {who} meant to you.",
    "It is good to have such memories.",
)
_QUESTIONS = (
    ("What do you like to remember about {who}?", "What do you like to remember about {who}?", "Which memory of {who} is dearest to you?"),
    ("What did you do together?", "What did you like to do together?", "What did the two of you enjoy most together?"),
    ("What did you learn from {who}?", "What have you learnt from {who}?", "What of {who} lives on in you?"),
)  # fmt: skip


def find(story: Thread, band: str) -> Followup | None:
    """What to say to a memory of somebody whose death was told in the last messages; None when it is about something else."""
    if _OTHER.search(story.last) or not _OF_THEM.search(story.last):
        return None
    if not any(one.tense == "past" for one in telling.of(story.last)) and not _MISSED.search(story.last):
        return None
    who = next((found for text in reversed(story.said[-_SOON:-1]) if (found := _gone(text))), "")
    if not who:
        return None
    reaction = _HARD if _SUFFERED.search(story.last) and not story.was_said(_HARD) else _first(_REACTIONS, who, story)
    asked = _first(tuple(by(band, *lines) for lines in _QUESTIONS), who, story)
    return Followup(reaction, asked) if reaction and asked else None


def _gone(text: str) -> str:
    match = _GONE.search(text)
    noun = next((group.lower() for group in match.groups() if group), "") if match is not None else ""
    return f"your {noun}" if noun and (memory.is_person(f"your {noun}") or noun.startswith("grand")) else ""


def _first(lines: tuple[str, ...], who: str, story: Thread) -> str:
    made = (line.replace("{who}", who) for line in lines)
    return next((line for line in made if not story.was_said(line)), "")
