"""Free speech: which words of a transcript are judged, those that were recognised rightly and those that were not?

Learners' clips of known text are recognised freely and scored against what was recognised. A recognised word is right
when the text has it, or one that sounds the same, in its place. (Learners misread, too: some wrong ones were said.)
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from speech.audio import pcm
from speech.engines.sphinx import SphinxEngine
from speech.engines.whisper import WhisperEngine
from speech.pool import jobs
from speech.pronunciation import assess, matching, phones
from speech.pronunciation.lexicon.plan import Plan, PlannedWord
from speech.pronunciation.training import corpus
from speech.transcription.types import HeardWord, Request

Frames = NDArray[np.float32] | None
Recognise = Callable[[NDArray[np.float32]], tuple[tuple[HeardWord, ...], Frames]]
Words = dict[int, float]
BEAM = 5
POOR = 1.5
"""Experts' mean of a word's sounds (0 to 2) below which it was said badly."""


def recogniser(folder: Path | None) -> Recognise:
    """Words and the encoder's rows of a clip: by Whisper, without a folder by PocketSphinx, which has no rows."""
    request = Request("file", beam=BEAM)
    if folder is None:
        sphinx = SphinxEngine()
        return lambda x: (
            sphinx.recognise(jobs.Recognise("", 0, 0, pcm.to_bytes(x), request), x).hypothesis.words,
            None,
        )
    whisper = WhisperEngine.load(folder)

    def heard(x: NDArray[np.float32]) -> tuple[tuple[HeardWord, ...], Frames]:
        found = whisper.transcribe(x, request)
        return found.hypothesis.words, found.frames

    return heard


def judged(
    assessor: assess.Assessor, recognise: Recognise, utterances: Sequence[corpus.Utterance]
) -> dict[str, dict[str, float]]:
    """Words, and the share that is left unjudged, of those recognised wrongly, rightly, and rightly but said badly."""
    found: dict[str, list[bool]] = {"wrong": [], "right": [], "right, said badly": []}
    for one in utterances:
        x = one.audio()
        words, frames = recognise(x)
        if not words:
            continue
        plan = assessor.plan(" ".join(word.text for word in words))
        heard = [(w.text, round(w.start * 1000), round(w.end * 1000), w.confidence) for w in words]
        report = assessor.score(x, frames, plan, heard, "recognised")
        right = rightly(assessor.plan(" ".join(word.text for word in one.words).lower()), plan)
        for word in report.words:
            if word.index is None or "skipped" in word.extra:
                continue
            unjudged = word.score is None
            found["right" if word.index in right else "wrong"].append(unjudged)
            said = right.get(word.index)
            if said is not None and said < len(one.words) and np.mean(one.words[said].scores) < POOR:
                found["right, said badly"].append(unjudged)
    return {kind: {"words": len(all_), "unjudged": float(np.mean(all_))} for kind, all_ in found.items() if all_}


def rightly(text: Plan, heard: Plan) -> dict[int, int]:
    """Words heard that the text has in their place, each with its word of the text; by the fewest words that differ."""
    pairs = matching.matched([word.text for word in text.words], [word.text for word in heard.words])
    right = {theirs: ours for ours, theirs in pairs}
    same = np.array([[_same(ours, theirs) for theirs in heard.words] for ours in text.words])
    cost = np.add.outer(np.arange(len(text.words) + 1), np.arange(len(heard.words) + 1))
    for i, row in enumerate(same, 1):
        for j, equal in enumerate(row, 1):
            cost[i, j] = min(cost[i - 1, j] + 1, cost[i, j - 1] + 1, cost[i - 1, j - 1] + (not equal))
    i, j = len(text.words), len(heard.words)
    while i and j:
        if cost[i, j] == cost[i - 1, j - 1] + (not same[i - 1, j - 1]):
            i, j = i - 1, j - 1
            if same[i, j]:
                right.setdefault(j, i)
        elif cost[i, j] == cost[i - 1, j] + 1:
            i -= 1
        else:
            j -= 1
    return right


def _same(ours: PlannedWord, theirs: PlannedWord) -> bool:
    """The same word, or one that sounds the same."""
    return ours.plain.lower() == theirs.plain.lower() or not _sounds(ours).isdisjoint(_sounds(theirs))


def _sounds(word: PlannedWord) -> set[tuple[str, ...]]:
    return {tuple(phones.bare(phone) for phone in variant) for variant in word.variants}
