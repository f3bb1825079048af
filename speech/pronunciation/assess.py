"""The assessor: a recording and a text in, a pronunciation report out. Synchronous and pure; one CPU thread."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from speech import assessment
from speech.pronunciation import (
    align,
    beside,
    doubt,
    follow,
    judge,
    losses,
    matching,
    nets,
    parts,
    prosody,
    quality,
    report,
    scale,
)
from speech.pronunciation.lexicon import stress
from speech.pronunciation.lexicon.dictionary import MODELS
from speech.pronunciation.lexicon.plan import Lexicon, Plan

Samples = NDArray[np.float32]
Frames = NDArray[np.float32]
STEP = 320
CONFIRMED = 0.5
"""Share of a text's words, of which a recogniser must have heard more for it to say that the text was said."""


@dataclass(frozen=True, slots=True)
class _Recording:
    """What every report of a recording says, whether it was judged or not; times begin at `offset_ms`."""

    plan: Plan
    good: quality.Quality
    reference: assessment.Reference
    offset_ms: int


class Assessor:
    """Loaded models. Scores are the same to the bit for the same audio, frames and text. Safe to share by threads."""

    def __init__(self, lexicon: Lexicon, trained: nets.Nets) -> None:
        self.lexicon = lexicon
        self.nets = trained
        self.told = float(trained.card["told_threshold"])
        self.scorer: assessment.Scorer = {"name": str(trained.card["name"]), "version": str(trained.card["version"])}

    @classmethod
    def load(cls, evidence: str = "whisper", folder: Path = MODELS) -> "Assessor":
        """Read the shipped models: "whisper", "sphinx", or "whisper-100" (for the evaluation).

        Raises FileNotFoundError when they, or the wheel they rest on, are missing.
        """
        trained = nets.Nets.load(folder, evidence)
        return cls(Lexicon.load(folder), trained)

    @property
    def evidence(self) -> str:
        """What scores rest on: "whisper" or "sphinx"."""
        return self.nets.kind

    def plan(self, text: str, given: dict[int, tuple[tuple[str, ...], ...]] | None = None) -> Plan:
        """The words of a text with their pronunciations; `given` replaces those of single words (by index)."""
        return self.lexicon.plan(text, given)

    def frames(self, pcm: Samples, frames: Frames | None) -> Frames:
        """The acoustic frames the classifier reads: Whisper's, cut to the audio, or the fallback's own."""
        if self.nets.kind == "sphinx":
            from speech.pronunciation import sphinx

            return sphinx.frames(pcm)
        if frames is None:
            raise ValueError("the whisper evidence needs the encoder's frames")
        return frames[: -(-len(pcm) // STEP)]

    def score(
        self,
        pcm: Samples,
        frames: Frames | None,
        plan: Plan,
        words_heard: beside.Heard | None = None,
        reference: assessment.Reference = "given",
        offset_ms: int = 0,
    ) -> report.Report:
        """The report of a finished recording.

        pcm: float32 at 16 kHz. frames: Whisper's encoder output, a row per 20 ms, or None with the sphinx evidence.
        words_heard: free recognition (on the recording's clock), to name insertions, to know a text that is only a part
        of what was said, and which words of a recognised text are doubtful: these are not judged. offset_ms is added to
        all times.
        """
        if not np.isfinite(pcm).all():
            broken = _Recording(plan, quality.measure(np.zeros_like(pcm)), reference, offset_ms)
            return self._nothing(broken, "silent")
        of = _Recording(plan, quality.measure(pcm), reference, offset_ms)
        if not plan.spoken:
            return self._nothing(of, "nothing_to_read")
        for unheard in ("silent", "too_short"):
            if of.good.codes[:1] == (unheard,):
                return self._nothing(of, unheard)
        acoustic = self.frames(pcm, frames)
        melody = prosody.melody(pcm)
        heard = self.nets.hear(acoustic)
        free = reference == "recognised"
        confirmed: judge.Confirmed = "transcript" if free else self._confirmed(plan, words_heard)
        judged = judge.judge(self.nets, heard, plan.spoken, melody.loudness[: len(heard)], confirmed=confirmed)
        if judged is None:
            return self._nothing(of, "too_short")
        if free:
            judged = doubt.weighed(judged, self.nets.kind, plan, words_heard or ())
            if doubt.unclear(judged):
                of = replace(of, good=of.good.with_unclear_words())
        if judged.refused or len(judged.doubted) == len(judged.kept):
            return self._nothing(of, "not_understood" if free else "not_the_text")
        return self._report(of, judged, acoustic, melody, words_heard or ())

    def follow(self, plan: Plan, offset_ms: int = 0) -> "follow.Follower":
        """A follower that scores the words of a plan while they are being spoken."""
        return follow.Follower(self, plan, offset_ms)

    def _confirmed(self, plan: Plan, words_heard: beside.Heard | None) -> bool | None:
        """Whether the recogniser heard the text. That PocketSphinx did not says nothing."""
        if words_heard is None:
            return None
        heard = matching.share([w.text for w in plan.spoken], [word[0] for word in words_heard]) > CONFIRMED
        return None if self.nets.kind == "sphinx" and not heard else heard

    def _report(
        self, of: _Recording, j: judge.Judged, acoustic: Frames, melody: prosody.Melody, heard: beside.Heard
    ) -> report.Report:
        words = self._words(of.plan, j, melody, heard, of.offset_ms)
        found = parts.measure(self.nets, j, acoustic, losses.beside(words))
        complete = len(j.kept) / len(j.words) if j.certainty is None else 1.0  # what was said is all that there is
        scores = self._scores(words, found, complete)
        rhythm = _rhythm(j)
        lost = losses.told(words, scores, found, rhythm["words_per_minute"])
        return report.Report(
            round(scores.overall, 1),
            scores.accuracy,
            scores.fluency,
            round(100 * scores.complete, 1),
            scores.prosody,
            tuple(words),
            self.scorer,
            round(self._confidence(of.good, j), 2),
            of.good.messages(),
            of.reference,
            {
                **rhythm,
                **prosody.tune(melody, j.evidence.alignment),
                "miscues": _miscues(words),
                **_judged(words, j),
                "unread_probability": round(float(j.unread.mean()), 3),
            },
            lost=tuple(lost),
            exercise=losses.exercise(lost),
        )

    def _scores(self, words: list[report.WordScore], found: parts.Parts, complete: float) -> losses.Scores:
        """The parts as they are told, from which the overall score comes."""
        read = [w for w in words if w.index is not None and w.score is not None and w.error != "omission"]
        stresses = sum(w.stress_cost for w in read) / len(read)
        sounds = sum((w.score or 0.0) + w.stress_cost for w in read) / len(read)
        accuracy = scale.accuracy(found.sounds, sounds, stresses)
        return losses.Scores(round(accuracy, 1), round(found.fluency, 1), round(found.prosody, 1), complete)

    def _words(
        self, plan: Plan, j: judge.Judged, melody: prosody.Melody, heard: beside.Heard, offset_ms: int
    ) -> list[report.WordScore]:
        prominent = prosody.prominence(melody, j.evidence.alignment, self.nets.durations)
        scored = {
            j.words[i].index: report.word(j, place, offset_ms, self.told, self.nets.scale, prominent)
            for place, i in enumerate(j.kept)
        }
        extra = [(gap, w) for gap, w in beside.said(j, heard, offset_ms) if not {gap - 1, gap} & set(j.doubted)]
        out: list[report.WordScore] = []
        at = offset_ms + int(j.evidence.alignment.start[0]) * report.FRAME_MS
        place = 0
        for planned in plan.words:
            if planned.index in scored:
                out += [w for gap, w in extra if gap == place]
                out.append(scored[planned.index])
                at = out[-1].end_ms
                place += 1
            elif planned.skipped:
                out.append(report.unspeakable(planned, at))
            elif j.certainty is not None:
                out.append(report.doubtful(planned, at, at, 0.0))
            else:
                out.append(report.missed(planned, at, j, offset_ms, self.nets.scale))
        return out + [w for gap, w in extra if gap == place]

    def _confidence(self, good: quality.Quality, j: judge.Judged) -> float:
        certainty = 1.0 if j.certainty is None else float(j.certainty.mean())
        return good.confidence * certainty * float(np.clip(1.15 - j.unread[: j.reached].mean(), 0, 1))

    def _nothing(self, of: _Recording, why: assessment.Refusal) -> report.Report:
        plan, at, given = of.plan, of.offset_ms, of.reference == "given"
        words = [
            report.unspeakable(w, at) if w.skipped else report.omitted(w, at) if given else report.doubtful(w, at, at)
            for w in plan.words
        ]
        return report.Report(
            None,
            None,
            None,
            0.0 if plan.spoken and given else None,
            None,
            tuple(words),
            self.scorer,
            0.0,
            of.good.messages(),
            of.reference,
            {"miscues": {"omission": len(plan.spoken) if given else 0, "insertion": 0, "repetition": 0}},
            why,
        )


def _rhythm(j: judge.Judged) -> assessment.Rhythm:
    """Rates and pauses over the words that were read."""
    kept = [j.words[i] for i in j.kept]
    syllables = sum(len(stress.syllables(w.variants[j.variant[i]])) for i, w in zip(j.kept, kept, strict=True))
    return prosody.rhythm(j.evidence.alignment, kept, syllables)


def _judged(words: list[report.WordScore], j: judge.Judged) -> assessment.Sureness:
    """In free speech, of how many words it was sure that they were said."""
    if j.certainty is None:
        return {}
    doubtful = sum("doubtful" in w.extra for w in words)
    return {"judged_words": len(j.words) - doubtful, "doubtful_words": doubtful}


def _miscues(words: list[report.WordScore]) -> assessment.Miscues:
    return {
        "omission": sum(w.error == "omission" for w in words),
        "insertion": sum(w.error == "insertion" for w in words),
        "repetition": sum(w.error == "repetition" for w in words),
    }


def emissions(assessor: Assessor, frames: Frames) -> NDArray[np.float64]:
    """Scaled likelihoods of acoustic frames, for callers that align on their own."""
    return align.emissions(assessor.nets.hear(frames), assessor.nets.prior)
