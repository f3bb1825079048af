"""The two small notations inside content texts: gaps in braces, and parts separated by slashes."""

import re
from dataclasses import dataclass

_GAP = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class Gap:
    """One gap: the accepted answers (the first one is the model) and why it is right, when the author says so."""

    accept: tuple[str, ...]
    why: str | None


def gaps(text: str) -> list[Gap]:
    """The gaps of a text such as `She {is|'s#After "she" we say "is".} here.`, in order."""
    found = []
    for match in _GAP.finditer(text):
        answers, _, why = match[1].partition("#")
        found.append(Gap(tuple(answer.strip() for answer in answers.split("|")), why.strip() or None))
    return found


def blanked(text: str) -> str:
    """The text as the learner sees it: `She (1) ____ here.`"""
    numbers = iter(range(1, 100))
    return _GAP.sub(lambda _: f"({next(numbers)}) ____", text)


def filled(text: str) -> str:
    """The text with the model answer in every gap."""
    return _GAP.sub(lambda match: match[1].partition("#")[0].split("|")[0].strip(), text)


def parts(order: str) -> list[str]:
    """The parts of an ordering, `How old / are / you?` → three of them."""
    return [part.strip() for part in order.split(" / ") if part.strip()]
