"""A speaker's turns as a conversation with the machines of the stream: seconds here, samples there."""

from dataclasses import dataclass, field

from speech.audio import pcm
from speech.endpointing.boundaries import Boundary, Ended, TurnBoundaries
from speech.endpointing.segmenter import Silent
from speech.endpointing.vad import FRAME
from speech.transcription.output import Closed, Output, Shown, TooLong
from speech.transcription.passes import PassPlanner
from speech.transcription.policy import Policy, Wish
from speech.transcription.turn import Timing
from speech.transcription.types import Drop, HeardWord, Hypothesis

SPEECH, QUIET = 0.9, 0.0


def sample(seconds: float) -> int:
    return round(seconds * pcm.RATE)


def seconds(position: int) -> float:
    """To a frame's 32 ms and more exactly than that nobody asks."""
    return round(position / pcm.RATE, 2)


def words(text: str, start: float, each: float = 0.3, confidence: float = 0.9) -> tuple[HeardWord, ...]:
    """Words one behind the other, the first at `start`."""
    return tuple(
        HeardWord(word, start + number * each, start + (number + 1) * each - 0.02, confidence)
        for number, word in enumerate(text.split())
    )


@dataclass
class Speaker:
    """Says something to `boundaries`; `heard` is all that they answered but for the silences."""

    boundaries: TurnBoundaries
    heard: list[Boundary] = field(default_factory=list)

    def until(self, end: float, probability: float) -> list[Boundary]:
        """What is new when the stream has come to `end` seconds."""
        news: list[Boundary] = []
        while self.boundaries.position + FRAME <= sample(end):
            mark, over = self.boundaries.frame(probability), self.boundaries.over()
            news += [one for one in (mark, over) if one is not None and not isinstance(one, Silent)]
        self.heard += news
        return news

    def speaks(self, end: float) -> list[Boundary]:
        return self.until(end, SPEECH)

    def is_quiet(self, end: float) -> list[Boundary]:
        return self.until(end, QUIET)

    def commits(self) -> Ended | None:
        ended = self.boundaries.commit(self.boundaries.position)
        self.heard += [ended] if ended is not None else []
        return ended


class Conversation:
    """A speaker, the boundaries of the turns, and the planner of the passes: who recognises is asked by hand."""

    def __init__(
        self, boundaries: TurnBoundaries | None = None, policy: Policy | None = None, *, reading: bool = False
    ) -> None:
        self.boundaries = boundaries or TurnBoundaries(reading=reading)
        self.said: list[Output] = []
        self.bounds: list[Boundary] = []
        self.passes = PassPlanner(self._say, policy, reading=reading)

    def frame(self, probability: float) -> None:
        boundaries, passes = self.boundaries, self.passes
        passes.receive(FRAME)
        self._take(boundaries.frame(probability))
        self._take(boundaries.over())
        passes.advance(boundaries.position, boundaries.speech_end, long_enough=boundaries.long_enough)

    def speaks(self, end: float) -> None:
        self._until(end, SPEECH)

    def is_quiet(self, end: float) -> None:
        self._until(end, QUIET)

    def _until(self, end: float, probability: float) -> None:
        while self.boundaries.position + FRAME <= sample(end):
            self.frame(probability)

    def commits(self) -> None:
        self._take(self.boundaries.commit(self.passes.received))

    def wish(self) -> Wish:
        """The pass that is due."""
        wish = self.passes.wish()
        assert wish is not None, "no pass is due"
        return wish

    def answer(self, wish: Wish, heard: tuple[HeardWord, ...], *drops: Drop) -> None:
        """`heard` in seconds of the stream."""
        at = wish.start / pcm.RATE
        moved = tuple(HeardWord(one.text, one.start - at, one.end - at, one.confidence) for one in heard)
        self.passes.answered(wish.key, Hypothesis(moved, drops), Timing())

    @property
    def shown(self) -> list[tuple[str, str]]:
        """What stood on the screen: the promise, and what might still change."""
        return [(one.text[: one.stable], one.text[one.stable :]) for one in self.said if isinstance(one, Shown)]

    @property
    def closed(self) -> list[Closed]:
        return [one for one in self.said if isinstance(one, Closed)]

    def _take(self, boundary: Boundary | None) -> None:
        if boundary is not None:
            self.bounds += [boundary] if not isinstance(boundary, Silent) else []
            self.passes.take(boundary)

    def _say(self, said: Output) -> None:
        self.said.append(said)
        if isinstance(said, TooLong):
            cut = self.boundaries.cut_at_pause if said.pauses else self.boundaries.cut
            for boundary in cut(said.at):
                self._take(boundary)
