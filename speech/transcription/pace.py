"""How much one speaker asks of the workers: when a pass is worth its time, and how far it hears."""

from speech.audio import pcm
from speech.endpointing.segmenter import Thresholds
from speech.transcription.policy import Policy
from speech.transcription.turn import Turn

LEAST = pcm.samples(100)
_PREROLL = pcm.samples(Thresholds().preroll_ms)


class Pace:
    """`received` samples can be asked for; frames are judged up to the sample `position`; `long_enough` says whether
    more than a click was heard of the turn that is said. A `reading` is one turn whatever the pauses."""

    def __init__(self, policy: Policy, *, reading: bool) -> None:
        self._policy = policy
        self._reading = reading
        self._step_factor = 1.0
        self._partials = True
        self._crowd = 1.0
        self.received = 0
        self.position = 0
        self.long_enough = False

    def follow(self, step_factor: float, partials: bool, crowd: float) -> None:
        """The ladder of degradation: a factor of 2 makes partials half as frequent; `crowd` is the speakers for each
        worker."""
        self._step_factor = step_factor
        self._partials = partials
        self._crowd = crowd

    @property
    def crowded(self) -> bool:
        """Whether there are more speakers than workers."""
        return self._crowd > 1

    @property
    def margin(self) -> int:
        """How far a last pass hears beyond the last sound."""
        return pcm.samples(self._policy.reading_margin_ms if self._reading else self._policy.margin_ms)

    @property
    def most_turn(self) -> float:
        """A turn of this length goes on as the next one."""
        return float("inf") if self._reading else self._policy.turn_s * pcm.RATE

    def behind(self, turn: Turn) -> bool:
        """Whether the open window is longer than one pass may hear."""
        end = turn.end if turn.ended else self.position
        return end - turn.window.start > self._policy.most_s * pcm.RATE

    def early_end(self, turn: Turn) -> int:
        """How far an early pass hears."""
        return min(self.received, turn.speech_end + self.margin)

    def early_wanted(self, turn: Turn) -> bool:
        """Whether a last pass is to be begun in a pause, before it is known that the turn is over."""
        if turn.early is not None or not self.long_enough:
            return False
        if self._reading and self.received < turn.speech_end + self.margin:
            return False
        return self.early_end(turn) - max(turn.start, turn.window.start) > LEAST

    def partial_wanted(self, turn: Turn) -> bool:
        """Whether there is enough new sound for a pass."""
        window, policy = turn.window, self._policy
        start = max(turn.start, window.start)
        enough = self.received - start - _PREROLL >= pcm.samples(policy.first_ms)
        step: float = policy.calm_step_ms if turn.calm else policy.step_ms
        if turn.last_said:  # the first words are in a hurry
            step = max(step, turn.cost_ms / self._share)
        fresh = self.received - max(window.heard_to, start) >= pcm.samples(step * self._step_factor)
        unheard = turn.speech_end > window.heard_to  # silence since the last pass says nothing new
        if self.crowded and self.position - turn.speech_end >= pcm.samples(policy.breath_ms):
            return False  # perhaps a pause: the last pass should not wait for this one
        return self._partials and self.long_enough and enough and fresh and unheard

    @property
    def _share(self) -> float:
        """Of a worker's time, for this speaker's partials. In a crowd finals must find it free more often."""
        return self._policy.crowd_share / self._crowd if self.crowded else self._policy.share
