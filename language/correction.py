"""A proposed change to a text. Positions count its characters."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kit.typography import Trace

MECHANICS = frozenset({"spelling", "capitalisation", "punctuation"})


@dataclass(frozen=True)
class Correction:
    """Replace text[start:end] (== original) by `suggestion`; `kind` names the sort of error, `message` says why.

    `item` names the answer that the positions count in, where a learner gave several.
    """

    start: int
    end: int
    original: str
    suggestion: str
    kind: str
    message: str
    item: str | None = None


def applied(text: str, corrections: Iterable[Correction]) -> str:
    """The text with every suggestion applied; the corrections do not overlap."""
    for one in sorted(corrections, key=lambda one: -one.start):
        text = text[: one.start] + one.suggestion + text[one.end :]
    return text


def placed(seen: Trace, corrections: tuple[Correction, ...]) -> tuple[Correction, ...]:
    """Corrections of `seen.text` where they stand in `seen.source`."""
    if seen.text == seen.source:
        return corrections
    spans = ((one, *seen.span(one.start, one.end)) for one in corrections)
    return tuple(replace(one, start=start, end=end, original=seen.source[start:end]) for one, start, end in spans)
