"""How much one stream asks of the workers: when a pass is worth its time, and how far it hears."""

from speech.audio import pcm
from speech.endpointing.segmenter import Segmenter
from speech.transcription.policy import Policy
from speech.transcription.turn import Turn

LEAST = pcm.samples(100)


class Pace:
    """`step_factor` and `partials` are the ladder of degradation (2.0 makes partials half as frequent), `crowd` the
    speakers for each worker. A `reading` is one turn whatever the pauses."""

    def __init__(self, policy: Policy | None) -> None:
        self.policy = policy or Policy()
        self.segmenter = Segmenter()
        self.reading = False
        self.step_factor = 1.0
        self.partials = True
        self.crowd = 1.0
        self._received = 0

    def _behind(self, turn: Turn) -> bool:
        """Whether the open window is longer than one pass may hear."""
        end = turn.end if turn.ended else self.segmenter.position
        return end - turn.window.start > self.policy.most_s * pcm.RATE

    @property
    def _margin(self) -> int:
        return pcm.samples(self.policy.reading_margin_ms if self.reading else self.policy.margin_ms)

    def _early_end(self, turn: Turn) -> int:
        return min(self._received, turn.speech_end + self._margin)

    def _early_wanted(self, turn: Turn) -> bool:
        if turn.early is not None or not self.segmenter.long_enough:
            return False
        if self.reading and self._received < turn.speech_end + self._margin:
            return False
        return self._early_end(turn) - max(turn.start, turn.window.start) > LEAST

    def _partial_wanted(self, turn: Turn) -> bool:
        window, policy = turn.window, self.policy
        lead = pcm.samples(self.segmenter.thresholds.preroll_ms)
        start = max(turn.start, window.start)
        enough = self._received - start - lead >= pcm.samples(policy.first_ms)
        step: float = policy.calm_step_ms if turn.calm else policy.step_ms
        if turn.last_said:  # the first words are in a hurry
            step = max(step, turn.cost_ms / self._share)
        fresh = self._received - max(window.heard_to, start) >= pcm.samples(step * self.step_factor)
        unheard = turn.speech_end > window.heard_to  # silence since the last pass says nothing new
        if self.crowd > 1 and self.segmenter.position - turn.speech_end >= pcm.samples(policy.breath_ms):
            return False  # perhaps a pause: the last pass should not wait for this one
        return self.partials and self.segmenter.long_enough and enough and fresh and unheard

    @property
    def _share(self) -> float:
        """Of a worker's time, for this speaker's partials. In a crowd finals must find it free more often."""
        return self.policy.share if self.crowd <= 1 else self.policy.crowd_share / self.crowd

    @property
    def _most_turn(self) -> float:
        return float("inf") if self.reading else self.policy.turn_s * pcm.RATE
