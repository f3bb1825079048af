"""Scores words while they are being spoken: provisional as soon as a word is over, final when the turn is."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from speech.pronunciation import align, features, judge, miscue, prosody, report, rivals, scale
from speech.pronunciation.lexicon.plan import Plan

if TYPE_CHECKING:
    from speech.pronunciation.assess import Assessor

LAG = 11
"""Frames (of 20 ms) the best path must have left a word before the word is scored."""
MARGIN = 6.0
"""Nats by which every path that is still inside the word must be behind."""
CHANGE = 4.0
"""Points by which a word's score must move to be reported again."""
DOUBT = scale.HARD
"""Points below which a word is reported later: so early, a bad score is often a path that ran ahead of the reader."""
PATIENCE = 28
"""Frames for which such a word is kept back after its end."""
KEPT = 8
"""Settled words that stay open to a better score as context for the next ones."""


class Follower:
    """Follows one reading. Not thread-safe; feed it the audio of the turn so far, or its latest window."""

    def __init__(self, assessor: "Assessor", plan: Plan, offset_ms: int = 0) -> None:
        self._assessor = assessor
        self._plan = plan
        self._offset_ms = offset_ms
        self._heard = np.zeros((0, 40), np.float32)
        self._melody = prosody.Melody(np.zeros(0), np.zeros(0))
        self._scale = assessor.nets.scale
        self._spoken = plan.spoken
        self._variants = [[judge.indices(v) for v in w.variants] for w in self._spoken]
        self._picked = [0] * len(self._spoken)
        self._settled = 0
        self._word = self._frame = self._reached = 0
        self._open: tuple[NDArray[np.float64], align.Alignment] | None = None
        self._shown: dict[int, report.WordScore] = {}
        self._held = False
        self._done = not self._spoken

    @property
    def all_settled(self) -> bool:
        """Every word of the plan that can be read has been settled."""
        return self._done or self._settled == len(self._spoken)

    @property
    def settled(self) -> int:
        """How many spoken words have been settled so far."""
        return self._settled

    def update(
        self, pcm: NDArray[np.float32], frames: NDArray[np.float32] | None, final: bool = False, start_ms: int = 0
    ) -> list[report.WordScore]:
        """Words whose score is new or changed.

        pcm and frames hold the turn's audio from `start_ms` (a multiple of 20) to now; what came before is remembered.
        Words are provisional until `final`, when the whole text is judged as a finished recording would be.
        """
        if self._done:
            return []
        self._hear(pcm, frames, start_ms)
        if not len(self._heard):
            return []
        if final:
            return self._finish()
        over = self._advance()
        if over <= self._settled and not self._held:
            return []
        self._settled = max(over, self._settled)
        return self._changed(self._patient(self._score(self._settled)))

    def _hear(self, pcm: NDArray[np.float32], frames: NDArray[np.float32] | None, start_ms: int) -> None:
        at = min(start_ms // report.FRAME_MS, len(self._heard))
        heard = self._assessor.nets.hear(self._assessor.frames(pcm, frames))
        self._heard = np.concatenate([self._heard[:at], heard]) if at else heard
        melody = prosody.melody(pcm)
        self._melody = prosody.Melody(
            np.concatenate([self._melody.pitch[:at], melody.pitch[: len(heard)]]),
            np.concatenate([self._melody.loudness[:at], melody.loudness[: len(heard)]]),
        )

    def _advance(self) -> int:
        """Aligns what is open; returns how many words the path has left for good."""
        e = align.emissions(self._heard[self._frame :], self._assessor.nets.prior)
        reach = min(len(self._spoken), self._settled + 3 + (len(self._heard) - self._reached) // 6)
        flow = [v[k] for v, k in zip(self._variants, self._picked, strict=True)][self._word : reach]
        found = align.align(e, align.partial(flow), open_end=True)
        if found is None:
            return self._settled
        over = self._settled
        for w, last in enumerate(found.chain.last):
            if len(e) - int(found.end[last]) < LAG or found.behind[w] < MARGIN:
                break
            over = max(over, self._word + w + 1)
        self._open = (e, found)
        return over

    def _score(self, words: int) -> list[report.WordScore]:
        """Scores of the words of the open window up to `words`."""
        j = self._judge(words)
        if j is None or j.refused:
            return []
        gone = j.unread > float(self._assessor.nets.card["unread_threshold"])
        at = self._offset_ms + self._frame * report.FRAME_MS
        out = [report.word(j, place, at, self._assessor.told, self._scale) for place in j.kept if not gone[place]]
        self._move(j, words)
        return out

    def _patient(self, words: list[report.WordScore]) -> list[report.WordScore]:
        """Without the doubtful words that were never reported and ended just now."""
        now = self._offset_ms + (len(self._heard) - PATIENCE) * report.FRAME_MS
        held = [w for w in words if (w.score or 0) < DOUBT and w.end_ms > now and (w.index or 0) not in self._shown]
        self._held = bool(held)
        return [w for w in words if w not in held]

    def _judge(self, words: int) -> judge.Judged | None:
        if self._open is None:
            return None
        nets = self._assessor.nets
        e, found = self._open
        count = words - self._word
        picked = rivals.choose(e, found.cut(count), self._variants[self._word : words])
        if picked != self._picked[self._word : words]:
            self._picked[self._word : words] = picked
            flow = [v[k] for v, k in zip(self._variants, self._picked, strict=True)][self._word :]
            chain = align.partial(flow[: int(found.chain.word[-1]) + 1])
            found = align.align(e, chain, open_end=True) or found
        if found.end[found.chain.last[count - 1]] <= found.start[found.chain.last[count - 1]]:
            return None
        cut = found.cut(self._seen(found, count))
        evidence = features.measure(self._heard[self._frame :], nets.prior, cut, nets.durations)
        score = nets.phone_scores(evidence)
        unread = nets.unread(miscue.word_rows(evidence, score, self._melody.loudness[self._frame :]))[:count]
        marked, unsaid = judge.marks(nets, evidence, score)
        return judge.Judged(
            self._spoken[self._word : words],
            tuple(self._picked[self._word : words]),
            unread,
            np.zeros(count + 1),
            tuple(range(count)),
            evidence,
            marked,
            unsaid,
            e,
            count,
        )

    def _seen(self, found: align.Alignment, count: int) -> int:
        """Words to show the scorer: the next one too when all of it was heard, as what follows tells about the last."""
        if count > int(found.chain.word[-1]):
            return count
        next_ = found.chain.word == count
        return count + bool((found.end[next_] > found.start[next_]).all())

    def _move(self, j: judge.Judged, words: int) -> None:
        """Forgets words long settled, so that the cost of an update does not grow with the turn."""
        self._reached = len(self._heard)
        if words - self._word <= KEPT + 6:
            return
        a = j.evidence.alignment
        drop = words - self._word - KEPT
        self._frame += int(a.start[a.chain.first[drop]])
        self._word += drop

    def _changed(self, words: list[report.WordScore]) -> list[report.WordScore]:
        out = []
        for w in words:
            provisional = report.WordScore(
                w.index, w.text, w.start_ms, w.end_ms, w.score, w.error, w.phonemes, True, w.extra
            )
            before = self._shown.get(w.index or 0)
            moved = before is None or abs((before.score or 0) - (w.score or 0)) >= CHANGE
            if before is None or moved or before.error != w.error:
                self._shown[w.index or 0] = provisional
                out.append(provisional)
        return out

    def _finish(self) -> list[report.WordScore]:
        j = judge.judge(self._assessor.nets, self._heard, self._spoken, self._melody.loudness)
        self._done = True
        self._settled = len(self._spoken)
        if j is None or j.refused:
            return []
        prominent = prosody.prominence(self._melody, j.evidence.alignment, self._assessor.nets.durations)
        words = [
            report.word(j, place, self._offset_ms, self._assessor.told, self._scale, prominent)
            for place in range(len(j.kept))
        ]
        kept = {j.words[i].index for i in j.kept}
        at = words[-1].end_ms if words else self._offset_ms
        words += [report.missed(w, at, j, self._offset_ms, self._scale) for w in self._spoken if w.index not in kept]
        return sorted(words, key=lambda w: w.index or 0)
