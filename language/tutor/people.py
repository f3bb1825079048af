"""Questions about the people that were named, about what they think, and about what was good or bad."""

import re
from collections.abc import Iterator

from language.lexicon.listed import listed
from language.tutor import memory
from language.tutor.memory import Memory
from language.tutor.telling import Telling
from language.tutor.wording import by

_PRAISE = re.compile(
    r"\b(?:good|great|amazing|fun|nice|beautiful|interesting|wonderful|fantastic|excellent|lovely|funny|perfect|cool|delicious|awesome|super)\b",
    re.I,
)
_BLAME = re.compile(
    r"\b(?:bad|boring|terrible|awful|horrible|difficult|hard|hot|cold|expensive|ugly|scary|dangerous|sad|stressful|dirty|noisy|crowded)\b",
    re.I,
)
_THINKS = listed("think believe say argue claim")


def persons(told: tuple[Telling, ...], known: Memory, band: str) -> Iterator[str]:
    """Questions about the people and pets that were named, when no more is to be asked about what they did."""
    for one in told:
        key = memory.key_of(one.who)
        if (
            not memory.is_person(one.who)
            or (one.negated and one.tense == "present")
            or (one.tense == "past" and band != "A")
        ):
            continue
        if known.is_dead(key):
            continue
        plural = (key.endswith("s") and not key.endswith("ss")) or key in {"children", "kids"}
        be, short = "are" if plural else "is", f"your {key}"
        if band != "C" and key not in known.names and not plural and "name" not in one.text:
            yield f"What is {short}'s name?"
        yield by(
            band,
            f"What {be} {short} like?",
            f"What do you like most about {one.who if len(one.who.split()) < 4 else short}?",
            f"How would you describe {short}?",
        )
        yield f"Can you tell me more about {short}?"


def judged(told: tuple[Telling, ...], band: str) -> Iterator[str]:
    """Questions about “it was great” and “it was too hot”."""
    for one in told:
        if one.who != "it" or one.verb != "be" or one.negated or not one.what:
            continue
        be = "was" if one.tense == "past" else "is"
        if _PRAISE.search(one.what):
            yield by(
                band,
                f"What {be} the best thing about it?",
                f"What {be} the best part of it?",
                f"What {'made' if be == 'was' else 'makes'} it so good?",
            )
        elif _BLAME.search(one.what):
            yield by(
                band, f"What {be} the problem?", f"What {be} the worst part of it?", "What could have made it better?"
            )


def opinions(told: tuple[Telling, ...], band: str) -> Iterator[str]:
    """Questions about what others think."""
    for one in told:
        if one.who.startswith("your ") and one.verb in _THINKS and one.tense == "present" and not one.negated:
            who = one.who.split(",")[0]
            yield by(
                band,
                "And what do you think?",
                f"Do you agree with {who}?",
                f"Where do you and {who} see it differently?",
            )
