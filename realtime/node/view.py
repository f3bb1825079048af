"""A running session as other parts may see it."""

from realtime import fields
from realtime.node.log import EventLog
from realtime.node.session_clock import SessionClock
from realtime.session.machine import Machine


class SessionView:
    """Read only: changes go through the runner."""

    def __init__(self, machine: Machine, log: EventLog, clock: SessionClock) -> None:
        self._machine = machine
        self._log = log
        self._clock = clock

    @property
    def status(self) -> fields.Status:
        """State of the session."""
        return self._machine.status

    @property
    def open(self) -> bool:
        """Whether the session takes input."""
        return self._machine.open

    @property
    def remaining_seconds(self) -> int:
        """Seconds left of the month or of the longest session."""
        return self._machine.remaining_ms(self._clock.now_ms()) // 1000

    @property
    def audio_seq(self) -> int:
        """The last frame of audio that arrived."""
        return self._machine.audio.last_seq

    @property
    def expected_seq(self) -> int:
        """The frame of audio that comes next."""
        return self._machine.audio.expected_seq

    @property
    def heard_ms(self) -> int:
        """How much sound arrived in all."""
        return self._machine.coverage.heard_ms

    @property
    def used_ms(self) -> int:
        """What may be billed, by the session's own count."""
        return self._machine.coverage.use_ms(self._clock.now_ms())

    @property
    def stretch(self) -> tuple[int, int] | None:
        """When it was in use (ms since 1970), as far as PostgreSQL may not know it yet."""
        return self._machine.coverage.stretch

    @property
    def replying(self) -> bool:
        """Whether the tutor's reply is under way."""
        return self._machine.replies.under_way

    @property
    def asked(self) -> bool:
        """Whether a reply is wanted that waits for the learner's words."""
        return self._machine.replies.asked

    @property
    def listening(self) -> bool:
        """Whether words that will be answered are not known yet."""
        return self._machine.replies.listens

    @property
    def logged(self) -> bool:
        """Whether its events are in Redis, so that another node could go on with it."""
        return not self._log.degraded
