"""The first alignment, by PocketSphinx' own aligner. Later ones come from the classifiers trained on it."""

import numpy as np
from numpy.typing import NDArray
from pocketsphinx import Config, Decoder

from speech.pronunciation import phones
from speech.pronunciation.training import corpus
from speech.pronunciation.training.classifier import Labels


class Starter:
    """Aligns reference phones with the English acoustic model of the PocketSphinx wheel."""

    def __init__(self) -> None:
        # With bestpath on, words end on phones of one frame and the second pass fails for many utterances.
        self._decoder = Decoder(Config(lm=None, logfn="/dev/null", bestpath=False))

    def labels(self, utterance: corpus.Utterance, frames: int) -> Labels | None:
        """Phone of every 20 ms frame, or None when the utterance could not be aligned."""
        names = []
        for word in utterance.words:
            spoken = [phones.bare(p) for p in word.phones]
            names.append("x_" + "_".join(spoken).lower())
            if self._decoder.lookup_word(names[-1]) is None:
                self._decoder.add_word(names[-1], " ".join(spoken), True)
        sound = (utterance.audio() * 32768).astype(np.int16).tobytes()
        found = self._run(" ".join(names), sound)
        flow = [
            (phones.INDEX[phones.bare(p)], s) for w in utterance.words for p, s in zip(w.phones, w.scores, strict=True)
        ]
        if found is None or len(found) != len(flow):
            return None
        phone: NDArray[np.int8] = np.full(frames, phones.SILENCE, np.int8)
        weight = np.ones(frames, np.float16)
        for (start, end), (p, s) in zip(found, flow, strict=True):
            a = min(round(start / 2 + 0.5), frames - 1)
            b = max(round(end / 2 + 0.5), a + 1)
            phone[a:b], weight[a:b] = p, s / 2
        return Labels(phone, weight)

    def _run(self, text: str, sound: bytes) -> list[tuple[int, int]] | None:
        try:
            self._decoder.set_align_text(text)
            self._feed(sound)
            if self._decoder.hyp() is None:
                return None
            self._decoder.set_alignment()
            self._feed(sound)
            found = self._decoder.get_alignment()
        except RuntimeError:
            return None
        return [(p.start, p.start + p.duration) for w in found if w.name.startswith("x_") for p in w]

    def _feed(self, sound: bytes) -> None:
        self._decoder.start_utt()
        try:
            self._decoder.process_raw(sound, full_utt=True)
        finally:
            self._decoder.end_utt()
