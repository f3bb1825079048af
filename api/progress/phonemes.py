"""Phoneme analytics: what a pronunciation report says about each phoneme, and how that changes over the weeks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from api.progress import quests, zones
from speech import assessment

UNSPOKEN = ("omission", "insertion")

# The phones of General American English as the reports name them, with their signs in the IPA.
IPA = {
    "AA": "ɑ",
    "AE": "æ",
    "AH": "ʌ",
    "AO": "ɔ",
    "AW": "aʊ",
    "AX": "ə",
    "AY": "aɪ",
    "B": "b",
    "CH": "tʃ",
    "D": "d",
    "DH": "ð",
    "EH": "ɛ",
    "ER": "ɝ",
    "EY": "eɪ",
    "F": "f",
    "G": "ɡ",
    "HH": "h",
    "IH": "ɪ",
    "IY": "i",
    "JH": "dʒ",
    "K": "k",
    "L": "l",
    "M": "m",
    "N": "n",
    "NG": "ŋ",
    "OW": "oʊ",
    "OY": "ɔɪ",
    "P": "p",
    "R": "ɹ",
    "S": "s",
    "SH": "ʃ",
    "T": "t",
    "TH": "θ",
    "UH": "ʊ",
    "UW": "u",
    "V": "v",
    "W": "w",
    "Y": "j",
    "Z": "z",
    "ZH": "ʒ",
}


@dataclass(frozen=True)
class Tally:
    """Scores (0–100) of one phoneme added up."""

    attempts: int = 0
    total: float = 0.0
    good: int = 0

    @property
    def mean(self) -> float:
        """The mean score, 0 without attempts."""
        return self.total / self.attempts if self.attempts else 0.0

    def plus(self, score: float) -> "Tally":
        """The tally with one score more."""
        return Tally(self.attempts + 1, self.total + score, self.good + (score >= quests.GOOD_PHONEME))


def add_up(tallies: Iterable[Mapping[str, Tally]]) -> dict[str, Tally]:
    """Several reports' tallies as one."""
    added: dict[str, Tally] = {}
    for tally in tallies:
        for name, one in tally.items():
            so_far = added.get(name, Tally())
            added[name] = Tally(so_far.attempts + one.attempts, so_far.total + one.total, so_far.good + one.good)
    return added


@dataclass(frozen=True)
class Week:
    """One phoneme in one week, which begins on a Sunday."""

    phoneme: str
    start: date
    attempts: int
    total: float


def tally(pronunciation: assessment.Report) -> dict[str, Tally]:
    """What a report says of each phoneme (ARPAbet without stress). Words left out or added by the learner are not
    attempts at a phoneme, and a phone without a score is no measurement."""
    found: dict[str, Tally] = {}
    for word in pronunciation.get("words") or ():
        if word.get("error") in UNSPOKEN:
            continue
        for phone in word.get("phonemes") or ():
            name = str(phone.get("phoneme") or "").upper().rstrip("012")
            score = phone.get("score")
            if name in IPA and isinstance(score, int | float):
                found[name] = found.get(name, Tally()).plus(min(100.0, max(0.0, float(score))))
    return found


def trend(weeks: Sequence[Week]) -> float | None:
    """Points gained or lost a week: the slope of the weekly means by least squares, each week as heavy as its attempts.
    None while there is one week only."""
    heavy = [(week.start.toordinal() / 7, week.total / week.attempts, week.attempts) for week in weeks if week.attempts]
    if len(heavy) < 2:
        return None
    weight = sum(n for _, _, n in heavy)
    middle = sum(x * n for x, _, n in heavy) / weight
    mean = sum(y * n for _, y, n in heavy) / weight
    spread = sum(n * (x - middle) ** 2 for x, _, n in heavy)
    return sum(n * (x - middle) * (y - mean) for x, y, n in heavy) / spread


def by_phoneme(weeks: Iterable[Week]) -> dict[str, list[Week]]:
    """Weeks sorted under their phoneme, the phoneme with the lowest mean first."""
    grouped: dict[str, list[Week]] = {}
    for week in sorted(weeks, key=lambda week: week.start):
        grouped.setdefault(week.phoneme, []).append(week)
    return dict(sorted(grouped.items(), key=lambda item: (mean(item[1]), item[0])))


def mean(weeks: Sequence[Week]) -> float:
    """The mean score over all weeks."""
    attempts = sum(week.attempts for week in weeks)
    return sum(week.total for week in weeks) / attempts if attempts else 0.0


def merge_days(rows: Iterable[tuple[str, date, int, float]]) -> list[Week]:
    """Daily sums (phoneme, day, attempts, total) as weeks."""
    sums: dict[tuple[str, date], tuple[int, float]] = {}
    for phoneme, day, attempts, total in rows:
        key = (phoneme, zones.week_start(day))
        before = sums.get(key, (0, 0.0))
        sums[key] = (before[0] + attempts, before[1] + total)
    return [Week(phoneme, start, attempts, total) for (phoneme, start), (attempts, total) in sums.items()]
