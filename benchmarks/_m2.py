"""Annotated texts of learners in the M2 format: sentences as a reader sees them, and edits as spans of characters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_TIGHT_BEFORE = re.compile(r"^(?:[.,!?;:%)\]}’”…]+|n[’']t|[’'](?:s|re|ve|ll|d|m|t|S|RE|VE|LL|D|M)|''|'S)$")
_TIGHT_AFTER = frozenset("([{$£€#“‘")
_TOKEN = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
SPELLING = ("SPELL", "NOUN:INFL", "VERB:INFL", "ADJ:INFL")
MARKS = ("ORTH", "PUNCT")


@dataclass(frozen=True)
class Edit:
    """text[start:end] becomes `right`; `kind` is ERRANT's without the operation."""

    start: int
    end: int
    right: str
    kind: str

    @property
    def group(self) -> str:
        return "spelling" if self.kind in SPELLING else "marks" if self.kind in MARKS else "grammar"


@dataclass(frozen=True)
class Annotated:
    """A sentence, and the edits of each annotator."""

    text: str
    edits: tuple[tuple[Edit, ...], ...]


def read(path: Path) -> Iterator[Annotated]:
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        lines = block.split("\n")
        tokens = lines[0].removeprefix("S").split()
        if tokens:
            text, spans = joined(tokens)
            yield Annotated(text, _edits(lines[1:], text, spans))


def joined(tokens: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """The sentence as it was before somebody cut it into tokens, and where each token stands in it."""
    text, spans, open_quote = "", [], False
    tight = True
    for token in tokens:
        closes = token in {'"', "''"} and open_quote
        if not (tight or closes or _TIGHT_BEFORE.match(token)):
            text += " "
        spans.append((len(text), len(text) + len(token)))
        text += token
        tight = token in _TIGHT_AFTER or token == "``" or (token == '"' and not open_quote)
        if token in {'"', "``", "''"}:
            open_quote = not open_quote
    return text, spans


def _edits(lines: list[str], text: str, spans: list[tuple[int, int]]) -> tuple[tuple[Edit, ...], ...]:
    found: dict[str, list[Edit]] = {}
    for line in lines:
        where, kind, right, _, _, annotator = line.removeprefix("A ").split("|||")
        mine = found.setdefault(annotator, [])
        first, last = (int(part) for part in where.split())
        if kind == "noop":
            continue
        if first == last:
            start = end = spans[first][0] if first < len(spans) else len(text)
        else:
            start, end = spans[first][0], spans[last - 1][1]
        mine.append(Edit(start, end, right.replace("-NONE-", ""), kind.partition(":")[2] if kind[1] == ":" else kind))
    return tuple(tuple(edits) for edits in found.values())


def smallest(text: str, start: int, end: int, right: str) -> tuple[int, int, str]:
    """A correction without the words that it repeats: spans of different systems compare by what they change."""
    old, new = list(_TOKEN.finditer(text, start, end)), list(_TOKEN.finditer(right))
    front = 0
    while front < min(len(old), len(new)) and old[front].group() == new[front].group():
        front += 1
    back = 0
    while back < min(len(old), len(new)) - front and old[-1 - back].group() == new[-1 - back].group():
        back += 1
    rest, put = old[front : len(old) - back], new[front : len(new) - back]
    said = right[put[0].start() : put[-1].end()] if put else ""
    if rest:
        return rest[0].start(), rest[-1].end(), said
    following = old[front].start() if front < len(old) else end
    return following, following, said


def touches(start: int, end: int, edit: Edit, slack: int = 1) -> bool:
    """Whether a change of [start, end) and the edit are about the same words; a place between words is next to both."""
    if start == end or edit.start == edit.end:
        return start <= edit.end + slack and edit.start <= end + slack
    return start < edit.end and edit.start < end


def same(start: int, end: int, right: str, edit: Edit) -> bool:
    """Whether a change is the very one that the edit makes; spaces do not count."""
    if re.sub(r"\W", "", right).lower() != re.sub(r"\W", "", edit.right).lower():
        return False
    return touches(start, end, edit)
