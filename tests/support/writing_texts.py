"""The texts of tests/data/writing: what a learner wrote, and each error in it with its kind and its correction."""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "data" / "writing"
_MARK = re.compile(r"\[([^|\]]*)\|([^|\]]*)\|([a-z_]+)\]")


@dataclass(frozen=True)
class Error:
    start: int
    end: int
    right: str
    kind: str


@dataclass(frozen=True)
class LearnerText:
    name: str
    level: str
    text: str
    right: str
    errors: tuple[Error, ...]

    def with_errors(self, count: int) -> str:
        """The text with its first `count` errors left in and the others put right."""
        found = self.right
        result, shift, at = "", 0, 0
        for number, error in enumerate(self.errors):
            begin = error.start + shift
            result += found[at:begin]
            at = begin + len(error.right)
            result += self.text[error.start : error.end] if number < count else error.right
            shift += len(error.right) - (error.end - error.start)
        return result + found[at:]


def load(name: str) -> list[LearnerText]:
    """The texts of `development` or `held_out`."""
    blocks = (FOLDER / f"{name}.txt").read_text().split("\n== ")[1:]
    return [_parse(*block.split("\n", 1)) for block in blocks]


def _parse(header: str, marked: str) -> LearnerText:
    name, level = header.split()
    text, right, errors = "", "", []
    at = 0
    marked = marked.strip()
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        right += marked[at : mark.start()]
        errors.append(Error(len(text), len(text) + len(mark.group(1)), mark.group(2), mark.group(3)))
        text += mark.group(1)
        right += mark.group(2)
        at = mark.end()
    return LearnerText(name, level, text + marked[at:], right + marked[at:], tuple(errors))
