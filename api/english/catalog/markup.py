"""The small notations inside content texts: gaps and errors in braces, and parts separated by slashes."""

import re
from dataclasses import dataclass

_BRACES = re.compile(r"\{([^{}]+)\}")
_SPACES = re.compile(r"  +")
_BEFORE_MARKS = re.compile(r" +(?=[.,;:!?])")


@dataclass(frozen=True)
class Gap:
    """One gap: the accepted answers (the first one is the model), why it is right, when the author says so, and the
    word to make it from, where there is one."""

    accept: tuple[str, ...]
    why: str | None
    base: str | None = None


@dataclass(frozen=True)
class Mistake:
    """An error in a text (`wrong` is empty where a word is missing), how it may be corrected, the model first (empty
    where a word is too many), and why."""

    wrong: str
    accept: tuple[str, ...]
    why: str


def gaps(text: str) -> list[Gap]:
    """The gaps of a text such as `She {is|'s#After "she" we say "is".} {HAPPY>happily} here.`, in order."""
    return [_gap(match[1]) for match in _BRACES.finditer(text)]


def _gap(inside: str) -> Gap:
    answers, _, why = inside.partition("#")
    base, made, accept = answers.rpartition(">")
    return Gap(tuple(one.strip() for one in accept.split("|")), why.strip() or None, base.strip() if made else None)


def blanked(text: str) -> str:
    """The text as the learner sees it: `She (1) ____ here.`, with the word to make it from: `(2) ____ (HAPPY)`."""
    numbers = iter(range(1, 100))

    def blank(match: re.Match[str]) -> str:
        base = _gap(match[1]).base
        return f"({next(numbers)}) ____" + (f" ({base})" if base else "")

    return _BRACES.sub(blank, text)


def filled(text: str) -> str:
    """The text with the model answer in every gap."""
    return _BRACES.sub(lambda match: _gap(match[1]).accept[0], text)


def mistakes(text: str) -> list[Mistake]:
    """The errors of a text such as `He {go=>goes#He, she, it: add -s.} home.`; ValueError for another notation."""
    return [_mistake(match[1]) for match in _BRACES.finditer(text)]


def _mistake(inside: str) -> Mistake:
    shown, _, why = inside.partition("#")
    wrong, arrow, accept = shown.partition("=>")
    if not arrow or not why.strip():
        raise ValueError(f"an error is {{wrong=>right#why}}, not {{{inside}}}")
    return Mistake(wrong.strip(), tuple(one.strip() for one in accept.split("|")), why.strip())


def pieces(text: str) -> list[str | Mistake]:
    """A text with errors in order: what is right as it is, and the errors between."""
    found: list[str | Mistake] = []
    at = 0
    for match in _BRACES.finditer(text):
        found += [text[at : match.start()], _mistake(match[1])]
        at = match.end()
    return [*found, text[at:]]


def faulty(text: str) -> str:
    """The text with its errors, as the learner sees it."""
    return _tidy("".join(one if isinstance(one, str) else one.wrong for one in pieces(text)))


def mended(text: str) -> str:
    """The text with the model correction of every error."""
    return _tidy("".join(one if isinstance(one, str) else one.accept[0] for one in pieces(text)))


def _tidy(text: str) -> str:
    """Without the second space around a word that is not there."""
    return _SPACES.sub(" ", _BEFORE_MARKS.sub("", text)).strip()


def parts(order: str) -> list[str]:
    """The parts of an ordering, `How old / are / you?` → three of them."""
    return [part.strip() for part in order.split(" / ") if part.strip()]
