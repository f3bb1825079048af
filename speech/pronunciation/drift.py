"""Compares live score distributions with those of the golden set.

Kept are counts of phone scores in bins, by phone. The alarm is the population stability index of the whole and of each
phone that was heard often enough: Σ (live − golden) · ln(live / golden) over the bins; 0.25 and more is a shift.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from speech import assessment
from speech.pronunciation.lexicon.dictionary import MODELS

BINS = (0.0, 20.0, 40.0, 60.0, 75.0, 85.0, 92.0, 96.0, 98.5, 100.1)
SHIFT = 0.25
LEAST = 400
"""The number of phones needed before there is an alarm."""


@dataclass
class Distribution:
    """Counts of phone scores (0 to 100) in BINS, by phone."""

    counts: dict[str, NDArray[np.int64]] = field(default_factory=dict)

    def add(self, phone: str, score: float) -> None:
        """Count one score."""
        row = self.counts.setdefault(phone, np.zeros(len(BINS) - 1, np.int64))
        row[int(np.searchsorted(BINS, score, side="right")) - 1] += 1

    def add_report(self, pronunciation: assessment.Report) -> None:
        """Count all phones that were said."""
        for word in pronunciation["words"]:
            for phone in word["phonemes"] if word["error"] != "omission" else ():
                self.add(phone["phoneme"], float(phone["score"]))

    @property
    def total(self) -> NDArray[np.int64]:
        """Counts over all phones."""
        whole: NDArray[np.int64] = np.sum(list(self.counts.values()) or [np.zeros(len(BINS) - 1, np.int64)], 0)
        return whole

    def as_dict(self) -> dict[str, list[int]]:
        """For storing as JSON."""
        return {phone: row.tolist() for phone, row in sorted(self.counts.items())}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Iterable[int]]) -> "Distribution":
        """A distribution as it was stored."""
        return cls({phone: np.array(list(row), np.int64) for phone, row in stored.items()})


def golden(kind: str, folder: Path = MODELS) -> Distribution:
    """The scores of speakers the models had not heard, kept beside the models. `kind` is the assessor's evidence."""
    return Distribution.from_dict(json.loads((folder / kind / "distribution.json").read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Alarm:
    """`index` over all phones; `phones` that moved on their own; `shifted` when anything did."""

    index: float | None
    phones: dict[str, float]

    @property
    def shifted(self) -> bool:
        """Whether scores have moved."""
        return (self.index is not None and self.index >= SHIFT) or bool(self.phones)


def compare(live: Distribution, golden: Distribution) -> Alarm:
    """The alarm; its index is None while too little was heard."""
    if live.total.sum() < LEAST:
        return Alarm(None, {})
    moved = {}
    for phone, row in live.counts.items():
        known = golden.counts.get(phone)
        if known is not None and row.sum() >= LEAST and known.sum() >= LEAST // 4:
            index = _index(row, known)
            if index >= 2 * SHIFT:
                moved[phone] = round(index, 3)
    return Alarm(round(_index(live.total, golden.total), 3), moved)


def _index(live: NDArray[np.int64], golden: NDArray[np.int64]) -> float:
    p = (live + 0.5) / (live + 0.5).sum()
    q = (golden + 0.5) / (golden + 0.5).sum()
    return float(((p - q) * np.log(p / q)).sum())
