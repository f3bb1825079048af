"""What was said beside the text: a word or two once more, or something else, and what it is called."""

from collections.abc import Sequence

from speech.pronunciation import align, matching, phones
from speech.pronunciation.judge import Judged, indices
from speech.pronunciation.report import FRAME_MS, WordScore

Heard = Sequence[tuple[str, int, int] | tuple[str, int, int, float]]
"""A recogniser's words: text, start and end in ms on the recording's clock, and how sure it is (0 to 1)."""
SHORTEST = 5
"""Frames of foreign speech from which it is reported (100 ms)."""
LONGER = 3
"""Times as long as in the text that a repeated word or two may take."""
NEAR = 1.6
"""Nats a frame by which a repeated word may fit worse than any phones do."""


def said(j: Judged, heard: Heard, offset_ms: int) -> list[tuple[int, WordScore]]:
    """(gap, word) for each gap with foreign speech; repetitions are distinguished from the rest."""
    out = []
    beside = _beside(j, heard)
    for gap, span in enumerate(j.evidence.alignment.foreign):
        if span is None or span[1] - span[0] < SHORTEST:
            continue
        start, end = span[0] * FRAME_MS + offset_ms, span[1] * FRAME_MS + offset_ms
        named = [t for t, s, f, lo, hi in beside if lo <= gap <= hi and (lo == hi or start < (s + f) / 2 < end)]
        repeated = _again(j, gap, span)
        text = " ".join(named or [j.words[j.kept[place]].text for place in repeated]) or "…"
        out.append((gap, WordScore(None, text, start, end, None, "repetition" if repeated else "insertion")))
    return out


def _beside(j: Judged, heard: Heard) -> list[tuple[str, int, int, int, int]]:
    """The words heard that are none of the text's, each with the first and the last gap where it can have been said.

    By their order in the text, as recognisers are often wrong about when a word was said.
    """
    pairs = matching.matched([j.words[i].text for i in j.kept], [one[0] for one in heard])
    out = []
    at = place = 0
    for word, one in [*pairs, (len(j.kept), len(heard))]:
        out += [(*heard[k][:3], place, word) for k in range(at, one)]
        at, place = one + 1, word + 1
    return out


def _again(j: Judged, gap: int, span: tuple[int, int]) -> tuple[int, ...]:
    """The neighbouring word or two that fit foreign speech nearly as well as any phones do; () for none."""
    a, e = j.evidence.alignment, j.emissions[span[0] : span[1]]
    free = float(e[:, : phones.COUNT].max(1).sum())
    best: tuple[float, tuple[int, ...]] | None = None
    for places in ((gap - 2,), (gap - 1,), (gap,), (gap + 1,), (gap - 2, gap - 1), (gap, gap + 1)):
        if not (places[0] >= 0 and places[-1] < len(j.kept)):
            continue
        first, last = (a.chain.first[places[0]], a.chain.last[places[-1]])
        if len(e) > LONGER * (a.end[last] - a.start[first]):
            continue
        flow = [indices(j.words[j.kept[place]].variants[j.variant[j.kept[place]]]) for place in places]
        c = align.chain(flow, len(e))
        found = align.align(e, c) if c else None
        if found and (best is None or found.score > best[0]):
            best = (found.score, places)
    return best[1] if best and (free - best[0]) / len(e) < NEAR else ()
