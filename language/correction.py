"""A proposed change to a text. Positions count its characters."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Correction:
    """Replace text[start:end] (== original) by `suggestion`; `kind` names the sort of error, `message` says why."""

    start: int
    end: int
    original: str
    suggestion: str
    kind: str
    message: str
