"""Questions of learners about themselves, answered from what they have told: “Where do I live?”"""

# ruff: noqa: E501 - patterns read best on one line

import re
from collections.abc import Sequence

from language import tokens
from language.lexicon.listed import listed
from language.tutor import asked, facts, followups, memory, perspective
from language.tutor.memory import Memory

_BEFORE = re.compile(
    r"^\W*(?:(?:and|so|but|ok|okay|please|hey|hi|hello|now|well|sorry|excuse me|parley|teacher|tutor)\b[\s,]*)*"
    r"(?:(?:do|can|could|would|did) you (?:still |also |please )?(?:know|remember|tell me|say|forget|repeat|guess)(?: again)?"
    r"|tell me(?: again)?|say|i (?:forgot|forget|(?:don['’]t|do not) remember)|remember|guess|you know|remind me|what do you think|by the way)[\s,:]+"
    r"(?=(?:what|where|when|who|why|which|how|if|whether|my|that)\b)",
    re.I,
)
_AFTER = re.compile(r",? (?:do you (?:still )?(?:remember|know)|by the way|again|please)\W*$", re.I)
_ABOUT = re.compile(
    r"\b(?:what|anything|everything|something)\b.*\b(?:know|remember|tell|told|say|said|learn\w*)\b.*\b(?:about|of) (me|(?:my|the) (?:\w+ )?\w+|(?!(?:you|your|it|this|that|these|those|an?)\b)[A-Z]\w+)\b"
    r"|\bdo you remember (me|my (?:\w+ )?\w+|[A-Z]\w+)\W*$"
    r"|\btell me (?:something )?about (me|my (?:\w+ )?\w+)\b",
    re.I,
)
_ASKS = re.compile(
    r"^\W*(?:what|where|when|who|whom|why|which|how|do|did|am|is|are|was|were|have|has|what['’]s|who['’]s|where['’]s)\b",
    re.I,
)
_MY = re.compile(
    r"\bmy ((?:big|little|older|younger|elder|best|new|old|favou?rite|first|last) )?([a-z-]+?)(?=s?'|\W|$)"
)
_LASTING = listed("live work study be have come like love")
_OWN = re.compile(
    r"(?:current |new |first )?(?:name|job|age|profession|occupation|hobby|hobbies|work|town|city|country|hometown|address|"
    r"interests?|workplace|school|nationality|plans?)"
)
_WHAT_THERE = re.compile(r"^What did you do (?!yesterday|last|today|this)")
_WHAT_LIKE = re.compile(r"^What (?:is|are|was|were) .* like\?$")
_SORTS = (
    ("have children", listed("son sons daughter daughters child children kids baby")),
    ("have kids", listed("son sons daughter daughters child children kids baby")),
    ("brothers or sisters", listed("brother brothers sister sisters")),
    ("have a pet", listed("dog dogs cat cats pet pets parrot rabbit hamster horse fish")),
)
_CHILDREN = ("baby", "newborn", "child", "kid", "toddler", "son", "daughter")
NOT_TOLD = "You haven't told me"


def answer(said: list[str]) -> str | None:
    """The answer to a question of the last message about the learner; None when it asks nothing of the kind."""
    if not said:
        return None
    question = said[-1][-400:]
    known = memory.read(said[:-1])
    if (match := _ABOUT.search(question)) is not None:
        whom = next(group for group in match.groups() if group)
        unknown = whom[:1].isupper() and known.person(whom) is None and not any(whom in one.text for one in known.told)
        if not unknown and not _OWN.fullmatch(whom.lower().removeprefix("my ")):
            return _about(whom, known)
    if "?" not in question and followups.SAYS_WHAT.match(question):
        return None
    short = _AFTER.sub("?", _BEFORE.sub("", question))
    sentence = re.split(r"(?<=[.!])\s+", short.strip())[-1]
    sentence = _BEFORE.sub("", sentence)
    if re.match(r"my [\w'’ -]+\W*$", sentence, re.I) and short != question:
        sentence = f"what is {sentence}"
    if not (_ASKS.match(sentence) or short != question) or not re.search(
        r"\b(?:i|my|we|our|me|he|she|they|it|['’]m)\b|[a-z] [A-Z]", sentence, re.I
    ):
        return None
    return _special(sentence, known) or asked.answer(sentence, known)


def _about(whom: str, known: Memory) -> str:
    whom = whom.lower()
    key = "you" if whom == "me" else memory.key_of(whom.replace("my ", "your ", 1))
    key = known.person(whom) or key
    told = [one for one in known.about(key) if one.text and not one.negated] or [
        one for one in reversed(known.told) if f"your {key}" in one.text or whom in one.text
    ]
    told.reverse()
    known_facts = [one.sentence for one in sorted(told, key=lambda one: one.verb not in _LASTING)]
    if not told and whom.startswith("the "):
        return f"You haven't told me about {whom} yet."
    called = known.name if key == "you" else known.names.get(key, "")
    first = [f"Your name is {called}." if key == "you" else f"The name of your {key} is {called}."] if called else []
    kept = list(
        dict.fromkeys([*first, *(one for one in known_facts if "name" not in one and not one.endswith(f" {called}."))])
    )[:4]
    if kept:
        return " ".join(kept)
    return (
        "You haven't told me much about yourself yet." if key == "you" else f"You haven't told me about your {key} yet."
    )


def _special(sentence: str, known: Memory) -> str | None:
    """Name, age, job, likes, origin: facts that learners state in many ways."""
    low = sentence.lower().replace("’", "'")
    if re.search(
        r"\b(?:what(?:'s| is| was)|my) (?:my )?name\W*$|\bwhat(?:'s| is) my name\b|\bwho am i\b|\bhow am i called\b|\bwhat am i called\b",
        low,
    ):
        return f"Your name is {known.name}." if known.name else "You haven't told me your name yet. What is it?"
    for owner, key in _owners(low, known):
        if re.search(r"\bnames?\b|\bcalled\b", low) and key != "you":
            called = known.names.get(key) or known.names.get(key.removesuffix("s")) or known.names.get(f"{key}s")
            if called is None and key in _CHILDREN:
                called = next((known.names[one] for one in _CHILDREN if one in known.names), None)
            verb = "are" if called and " and " in called else "is"
            subject = "Their names" if verb == "are" else "It"
            return (
                f"{subject} {verb} {called}."
                if called
                else f"You haven't told me the name of your {key} yet. What is it?"
            )
        found = facts.of_topic(low, [one for one in known.about(key) if one.text])
        if found is not None:
            return found or f"You haven't told me yet. {facts.ask(low, owner)}"
    if (match := re.search(r"\bwho(?:'s| is) ([a-z]+)\W*$", low)) is not None:
        key = known.person(match.group(1)) or ""
        return f"{match.group(1).capitalize()} is your {key}." if key else None
    return None


def _owners(low: str, known: Memory) -> list[tuple[str, str]]:
    """Of whom a question is: (as asked, key)."""
    if re.search(r"\b(?:am i|do i|did i|have i|i am|i'm|i work|i live|i do|i study|i like|i come|i was)\b", low):
        return [("you", "you")]
    if (match := _MY.search(low)) is not None:
        if _OWN.fullmatch(match.group(2)):
            return [("you", "you")]
        who = f"your {match.group(1) or ''}{match.group(2)}"
        return [(who, memory.key_of(who))]
    for word in tokens.letters(low):
        if (key := known.person(word)) is not None:
            one_of_many = key.endswith("s") and not word.endswith("s")  # Omar is one of the sons
            return [(word.capitalize(), memory.key_of(word))] if one_of_many else [(f"your {key}", key)]
    return []


def is_known(question: str, said: Sequence[str]) -> bool:
    """Whether the learner has told already what the tutor is about to ask."""
    if _WHAT_THERE.search(question) or _WHAT_LIKE.match(question):
        return False
    for asked_of, sorts in _SORTS:
        if asked_of in question and any(sorts & set(tokens.letters(one.text)) for one in memory.read(said).told):
            return True
    found = answer([*said, perspective.to_me(question)])
    return found is not None and not found.startswith(NOT_TOLD)
