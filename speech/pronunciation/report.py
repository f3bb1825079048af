"""From a judgement to the report that clients get, with explanations."""

from dataclasses import dataclass, field
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from speech import assessment
from speech.assessment import Phone, ScoredWord, Syllable
from speech.pronunciation import align, features, phones, prosody, scale, tables
from speech.pronunciation.judge import Judged
from speech.pronunciation.lexicon import stress
from speech.pronunciation.lexicon.plan import PlannedWord
from speech.pronunciation.scale import Scale

FRAME_MS = 20
WRONG_STRESS = 20.0
"""Points that a word loses when another syllable than the right one clearly carries its stress."""
CLEAR_GAP = 1.5
"""Nats by which what was heard must fit better before it is named."""
NO_SOUND = 4.0
"""Nats by which another sound must fit better than none, as it can always explain a little of its neighbours' time.

With 0, 2, 4, 6 nats 66, 76, 83, 87 % of missing sounds were reported as missing, 89, 86, 84, 83 % of swapped ones as
what was said (hold-out).
"""
TOLD_MOST, UNSAID_MOST = 90.0, 72.0
"""Points that a sound has at most when it is told, and when it was certainly not said. Experts let many of them pass:
lower ones would agree less with them, these cost no correlation (hold-out, 0.749 with and without)."""
SOUNDING = 0.5
"""Share of a word's place that must sound like some phone rather than like silence, for its sounds to have scores."""
Floats = NDArray[np.float64]


class Extra(TypedDict, total=False):
    """What a word's result has beside the scores."""

    syllables: list[Syllable]
    stress: assessment.Stress
    advice: str
    guessed: bool
    confidence: float
    doubtful: bool
    skipped: str | None


@dataclass(frozen=True)
class WordScore(assessment.WordScore):
    """A word's score with what a report says beside it. `stress_cost`: points of it that a wrong stress took."""

    extra: Extra = field(default_factory=lambda: Extra())
    stress_cost: float = 0.0

    @property
    def aligned(self) -> bool:
        """It has its place in the recording, between what was said before and behind it."""
        read = self.index is not None and self.error != "omission"
        return read and (self.score is not None or self.end_ms > self.start_ms)

    def as_dict(self) -> ScoredWord:
        """The word as clients get it."""
        return {
            "word": self.text,
            "index": self.index,
            "start_ms": self.start_ms,
            "end_ms": self.end_ms,
            "score": self.score,
            "error": self.error,
            "phonemes": self.phonemes,
            **self.extra,
        }


@dataclass(frozen=True)
class Report:
    """Scores 0 to 100; None where nothing could be judged, and then `refused` says why."""

    overall: float | None
    accuracy: float | None
    fluency: float | None
    completeness: float | None
    prosody: float | None
    words: tuple[WordScore, ...]
    scorer: assessment.Scorer
    confidence: float
    quality: list[assessment.QualityNote]
    reference: assessment.Reference
    details: assessment.Details
    refused: assessment.Refusal | None = None
    lost: tuple[assessment.Loss, ...] = ()
    exercise: assessment.Exercise | None = None

    def as_dict(self) -> assessment.Report:
        """The report as clients get it."""
        return {
            "overall": self.overall,
            "accuracy": self.accuracy,
            "fluency": self.fluency,
            "completeness": self.completeness,
            "prosody": self.prosody,
            "words": [w.as_dict() for w in self.words],
            "scorer": self.scorer,
            "confidence": self.confidence,
            "quality": self.quality,
            "reference": self.reference,
            "refused": self.refused,
            "details": self.details,
            "lost": list(self.lost),
            "exercise": self.exercise,
        }


def word(
    j: Judged, place: int, offset_ms: int, told: float, scale_: Scale, prominent: Floats | None = None
) -> WordScore:
    """The result of a word that was read; `place` counts the words of the final alignment.

    `told`: probability of "not said" above which a passing phone is reported with what was heard.
    """
    a = j.evidence.alignment
    planned, variant = j.words[j.kept[place]], j.variant[j.kept[place]]
    rows = np.flatnonzero(a.chain.word == place)
    sure = None if j.certainty is None else float(j.certainty[j.kept[place]])
    if place in j.doubted:
        return doubtful(planned, *_span(a, rows, offset_ms), sure)
    written = planned.variants[variant]
    entries = [_phone(j, int(i), written[k], offset_ms, told, scale_) for k, i in enumerate(rows)]
    points = [entry["score"] for entry in entries]
    stressed = prosody.heard_stress(planned, variant, prominent[rows]) if prominent is not None else None
    extra: Extra = {"syllables": _syllables(written, points, scale_, entries)}
    if stressed:
        extra["stress"] = {"expected": stressed.expected, "heard": stressed.heard}
    if advice := _word_advice(entries, extra.get("stress")):
        extra["advice"] = advice
    if planned.source == "guessed":
        extra["guessed"] = True
    if sure is not None:
        extra["confidence"] = round(sure, 2)
    sounds = scale_.word_of(points)
    spoken = max(0.0, sounds - (WRONG_STRESS if stressed and stressed.is_wrong else 0.0))
    wrong = min(points) < scale.HARD or round(spoken, 1) < scale.HARD
    return WordScore(
        planned.index,
        planned.text,
        *_span(a, rows, offset_ms),
        round(spoken, 1),
        "mispronunciation" if wrong else "none",
        entries,
        False,
        extra,
        sounds - spoken,
    )


def _span(a: align.Alignment, rows: align.Ints, offset_ms: int) -> tuple[int, int]:
    return int(a.start[rows[0]]) * FRAME_MS + offset_ms, int(a.end[rows[-1]]) * FRAME_MS + offset_ms


def _phone(j: Judged, i: int, written: str, offset_ms: int, told: float, scale_: Scale) -> Phone:
    a, e = j.evidence.alignment, j.evidence
    rival, gap = _heard(e, i)
    points, unsaid = scale_.phone(float(j.score[i])), float(j.unsaid[i])
    is_told = unsaid > told and gap >= CLEAR_GAP
    if is_told:
        points = min(points, TOLD_MOST - (TOLD_MOST - UNSAID_MOST) * (unsaid - told) / (1 - told))
    entry = _entry(j, i, written, offset_ms, points)
    if points >= scale.HARD and not is_told:
        return entry
    entry["evidence"] = {"likelihood_gap": round(gap, 2), "duration_deviations": round(float(e.rows[i, 16]), 1)}
    if gap < CLEAR_GAP:
        entry["advice"] = tables.NOT_SURE
        return entry
    entry["heard"] = rival or ""
    entry["heard_ipa"] = phones.IPA[rival] if rival else ""
    of_word = a.chain.word
    is_last = i + 1 == len(of_word) or of_word[i + 1] != of_word[i]
    entry["advice"] = _advice(phones.bare(written), rival, is_last)
    return entry


def _entry(j: Judged, i: int, written: str, offset_ms: int, points: float) -> Phone:
    a = j.evidence.alignment
    return {
        "phoneme": phones.bare(written),
        "ipa": phones.ipa(written),
        "start_ms": int(a.start[i]) * FRAME_MS + offset_ms,
        "end_ms": int(a.end[i]) * FRAME_MS + offset_ms,
        "score": round(points, 1),
    }


def _heard(e: features.Evidence, i: int) -> tuple[str | None, float]:
    """What fits better than phone i, None for no sound at all, and by how many nats."""
    rival, strange = e.strangers
    if e.gone[i] > strange[i] - NO_SOUND:
        return None, float(e.gone[i])
    return phones.PHONES[rival[i]], float(strange[i])


def _advice(wanted: str, heard: str | None, last: bool) -> str:
    how, pair = tables.ADVICE[wanted]
    if heard is None:
        return f"{tables.MISSING_END if last else tables.MISSING}: {how[0].lower()}{how[1:]}."
    pair = tables.PAIRS.get((wanted, heard), pair)
    return f"{how}. Practise {pair}."


def _word_advice(entries: list[Phone], found: assessment.Stress | None) -> str | None:
    bad = [p for p in entries if "advice" in p]
    if bad:
        return min(bad, key=lambda p: p["score"])["advice"]
    if found and found["heard"] is not None and found["heard"] != found["expected"]:
        return f"Stress syllable {int(found['expected'] or 0) + 1}: say it longer and higher than the others."
    return None


def _syllables(written: tuple[str, ...], points: list[float], scale_: Scale, entries: list[Phone]) -> list[Syllable]:
    out: list[Syllable] = []
    for s, f in stress.syllables(written):
        out.append(
            {
                "text": "".join(str(p["ipa"]) for p in entries[s:f]),
                "score": round(scale_.word_of(points[s:f]), 1),
                "start_ms": entries[s]["start_ms"],
                "end_ms": entries[f - 1]["end_ms"],
            }
        )
    return out


def omitted(w: PlannedWord, at_ms: int) -> WordScore:
    """A word of the text that was not read, and without sound in its place."""
    return WordScore(w.index, w.text, at_ms, at_ms, 0.0, "omission")


def missed(w: PlannedWord, at_ms: int, j: Judged, offset_ms: int, scale_: Scale) -> WordScore:
    """A word of the text that was not read. If something was said in its place, its sounds have the scores that they
    had there before words were taken out; the word has no points."""
    first = j.first or j
    place = next((k for k, i in enumerate(first.kept) if first.words[i].index == w.index), None)
    if place is None:
        return omitted(w, at_ms)
    a = first.evidence.alignment
    rows = np.flatnonzero(a.chain.word == place)
    heard = first.emissions[a.start[rows[0]] : a.end[rows[-1]]]
    if not len(heard) or float((heard[:, : phones.COUNT].max(1) > heard[:, phones.SILENCE]).mean()) < SOUNDING:
        return omitted(w, at_ms)
    written = w.variants[first.variant[first.kept[place]]]
    entries = [_entry(first, int(i), written[k], offset_ms, scale_.phone(first.score[i])) for k, i in enumerate(rows)]
    return WordScore(w.index, w.text, *_span(a, rows, offset_ms), 0.0, "omission", entries)


def doubtful(w: PlannedWord, start_ms: int, end_ms: int, confidence: float | None = None) -> WordScore:
    """A word of free speech of which it is not sure that it was said."""
    extra: Extra = {"doubtful": True}
    if confidence is not None:
        extra["confidence"] = round(confidence, 2)
    return WordScore(w.index, w.text, start_ms, end_ms, None, "none", [], False, extra)


def unspeakable(w: PlannedWord, at_ms: int) -> WordScore:
    """A word that cannot be read aloud: no score, and the reason."""
    return WordScore(w.index, w.text, at_ms, at_ms, None, "none", [], False, {"skipped": w.skipped})
