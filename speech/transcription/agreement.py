"""LocalAgreement: a word is promised when two passes in a row heard it; a promise is never taken back. Words that the
second of them left out, with a hole in their place, count as heard (`holes`).

The idea is Macháček, Dabre and Bojar's LocalAgreement-2 (Turning Whisper into Real-Time Transcription System, 2023).
Here it works on words after the promised ones, keeps from promising words at the cut end of the audio, and decides as
well which of the unpromised words are shown: a word on screen changes only when two passes in a row contradict it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from speech.transcription import holes
from speech.transcription import words as text
from speech.transcription.types import HeardWord

LEFT_OUT = 3


@dataclass(frozen=True, slots=True)
class Rules:
    """A word is promised when two passes in a row heard it; one pass later if its confidence is under `certain`, and
    one later if it ends closer than `settle_s` to the end of the audio.

    A new word is shown at once with a confidence of `sure`, or of `likely` when it ended `whole_s` before the end of
    the audio; otherwise when a second pass has heard it.
    """

    settle_s: float = 0.25
    certain: float = 0.7
    sure: float = 0.6
    likely: float = 0.35
    whole_s: float = 0.12


@dataclass(slots=True)
class _Tentative:
    word: HeardWord
    key: str
    seen: int


class Agreement:
    """Passes over one window of one turn."""

    def __init__(self, rules: Rules | None = None) -> None:
        self._rules = rules or Rules()
        self._tail: list[_Tentative] = []
        self._shown: list[_Tentative] = []
        self._known: list[HeardWord] = []  # behind the promise, for holes that a pass leaves
        self.promised: list[HeardWord] = []

    @property
    def shown(self) -> list[HeardWord]:
        """Unpromised words that may stand on the screen."""
        return [item.word for item in self._shown]

    @property
    def tentative(self) -> list[HeardWord]:
        """What the last pass heard behind the promised words."""
        return [item.word for item in self._tail]

    def offer(self, heard: Sequence[HeardWord], heard_to: float) -> None:
        """Take the hypothesis of a pass over the audio up to `heard_to` (seconds from the window's start)."""
        rest = self._whole(heard)
        known = holes.remembered(rest, self._known)
        fresh = [_Tentative(word, text.key(word.text), 1) for word in rest]
        same = text.common_prefix([item.key for item in self._tail], [item.key for item in fresh])
        for old, new in zip(self._tail[:same], fresh[:same], strict=True):
            new.seen += old.seen
        count = 0
        while count < same and self._promisable(fresh[count], heard_to):
            count += 1
        self.promised += [item.word for item in fresh[:count]]
        self._tail, self._known = fresh[count:], known[count:]
        self._show(count, heard_to)

    def close(self, heard: Sequence[HeardWord]) -> list[HeardWord]:
        """The window's last words: the promise, then what the last pass heard after it.

        A last pass that heard nothing does not erase what two passes had heard.
        """
        if not heard:
            return self.promised + [item.word for item in self._tail if item.seen >= 2]
        return self.promised + self._whole(heard)

    def left_out(self, heard: Sequence[HeardWord], *, all_heard: bool = False) -> HeardWord | None:
        """Where a last pass stopped early: the first of LEFT_OUT or more words that only the pass before heard.

        Behind a complete sentence the decoder sometimes says that nothing follows, though seconds of speech do. A word
        or two less is the end of the sound heard better, unless the pass before heard that end too (`all_heard`) and
        was certain. A pass that heard nothing is left to `close`.
        """
        if not heard:
            return None
        rest = text.keys(word.text for word in self._after_promised(heard))
        tail = [item.key for item in self._tail]
        more = self._tail[len(rest) :]
        certain = all_heard and all(item.word.confidence >= self._rules.certain for item in more)
        if len(more) < (1 if certain else LEFT_OUT) or tail[: len(rest)] != rest:
            return None
        return more[0].word

    def forget(self, count: int, seconds: float) -> None:
        """The first promised words have left the window, and with them its first `seconds`."""
        self.promised = [_earlier(word, seconds) for word in self.promised[count:]]
        self._known = [_earlier(word, seconds) for word in self._known]
        for item in {id(item): item for item in [*self._tail, *self._shown]}.values():
            item.word = _earlier(item.word, seconds)

    def _whole(self, heard: Sequence[HeardWord]) -> list[HeardWord]:
        """The words that `heard` has after the promised ones, with those that only earlier passes have."""
        return holes.filled(self._after_promised(heard), self._known)

    def _after_promised(self, heard: Sequence[HeardWord]) -> list[HeardWord]:
        """The words that `heard` has after the promised ones.

        The punctuation behind the last promised word is not promised with it: while a sentence grows, Whisper ends it
        with a full stop in every pass. The newest pass decides.
        """
        known = text.keys(word.text for word in self.promised)
        count = text.covered(known, text.keys(word.text for word in heard))
        if count and known and text.key(heard[count - 1].text) == known[-1]:
            behind = heard[count - 1].text[len(text.stem(heard[count - 1].text)) :]
            self.promised[-1] = replace(self.promised[-1], text=text.stem(self.promised[-1].text) + behind)
        return list(heard[count:])

    def _promisable(self, item: _Tentative, heard_to: float) -> bool:
        doubtful = item.word.confidence < self._rules.certain
        cut = item.word.end > heard_to - self._rules.settle_s
        return item.seen >= 2 + doubtful + cut

    def _show(self, promised_now: int, heard_to: float) -> None:
        """What was shown stays until it is confirmed or two passes in a row say otherwise."""
        before = self._shown[promised_now:]
        same = text.common_prefix([item.key for item in before], [item.key for item in self._tail])
        if same < len(before) and same < len(self._tail) and self._tail[same].seen < 2:
            self._shown = self._tail[:same] + before[same:]
            return
        if same < len(before) and same == len(self._tail):
            self._shown = self._tail + before[same:] if before[same].seen > 0 else list(self._tail)
            for item in before[same:]:
                item.seen = 0
            return
        count = same
        while count < len(self._tail) and self._showable(self._tail[count], heard_to):
            count += 1
        self._shown = self._tail[:count]

    def _showable(self, item: _Tentative, heard_to: float) -> bool:
        if item.seen >= 2 or item.word.confidence >= self._rules.sure:
            return True
        return item.word.confidence >= self._rules.likely and item.word.end <= heard_to - self._rules.whole_s


def _earlier(word: HeardWord, seconds: float) -> HeardWord:
    return replace(word, start=max(0.0, word.start - seconds), end=max(0.0, word.end - seconds))
