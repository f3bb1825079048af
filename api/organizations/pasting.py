"""A class as a teacher has it: lines of names and addresses out of a letter, a table or a register. Pure."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kit import emails

MOST_PEOPLE = 300
MOST_CHARACTERS = 60_000

_SEPARATORS = ',;:<>()[]"|，；：、،؛（）＜＞「」«»„“”'
_CHUNK = re.compile(f"[^\\s{re.escape(_SEPARATORS)}]+")
_AROUND = f" \t\r{_SEPARATORS}'"
_LONGEST = 254


@dataclass(frozen=True, slots=True)
class Pasted:
    """A person of line `line` (from 1), by whichever of `name` and `email` could be read. `fault` says why nobody can
    be invited by it."""

    line: int
    name: str | None
    email: str | None
    fault: str | None = None


def read(text: str) -> list[Pasted]:
    """The people in the order of the lines; several of one line are each read by themselves. Empty lines are none."""
    found: list[Pasted] = []
    seen: set[str] = set()
    for number, line in enumerate(text.replace("mailto:", " ").splitlines(), 1):
        for piece in _pieces(line):
            one = _person(number, piece)
            if one.email is not None and one.fault is None:
                known = one.email.lower() in seen
                seen.add(one.email.lower())
                one = Pasted(number, one.name, one.email, "This address is there twice.") if known else one
            found.append(one)
    return found


def _pieces(line: str) -> Iterator[str]:
    """Cut between people: behind each address when the names come first, before each when they follow."""
    places = [match.span() for match in _addresses(line)]
    if len(places) < 2:
        yield from [line] if line.strip(_AROUND) else []
        return
    if not line[: places[0][0]].strip(_AROUND):
        cuts = [0, *(start for start, _ in places[1:]), len(line)]
    else:
        cuts = [0, *(end for _, end in places[:-1]), len(line)]
    for start, end in itertools.pairwise(cuts):
        yield line[start:end]


def _addresses(text: str) -> Iterator[re.Match[str]]:
    return (word for word in _CHUNK.finditer(text) if "@" in word[0])


def _person(number: int, piece: str) -> Pasted:
    match = next(_addresses(piece), None)
    if match is None:
        return Pasted(number, piece.strip(_AROUND)[:_LONGEST], None, "There is no e-mail address in this line.")
    around = (part.strip(_AROUND) for part in (piece[: match.start()], piece[match.end() :]))
    name = " ".join(" ".join(filter(None, around)).split())[:_LONGEST] or None
    try:
        return Pasted(number, name, emails.normal(match[0].strip("'.")))
    except ValueError:
        return Pasted(number, name, match[0][:_LONGEST], "This is not an e-mail address.")
