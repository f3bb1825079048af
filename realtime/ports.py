"""What the realtime part needs from outside: stored sessions, listeners, and people's identities."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from kit import tracing
from realtime.rows import Rows
from speech import assessment
from speech.events import SpeechEvent, Word


class Session(Protocol):
    """A session's row. `fence` is the right to write under which it was read."""

    @property
    def id(self) -> str: ...
    @property
    def user_id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def scenario(self) -> str | None: ...
    @property
    def status(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def reference_text(self) -> str | None: ...
    @property
    def patience_ms(self) -> int | None: ...
    @property
    def record(self) -> bool: ...
    @property
    def started_at(self) -> datetime: ...
    @property
    def limit_at(self) -> datetime: ...
    @property
    def last_sign_at(self) -> datetime | None: ...
    @property
    def ended_at(self) -> datetime | None: ...
    @property
    def end_reason(self) -> str | None: ...
    @property
    def owner(self) -> str | None: ...
    @property
    def fence(self) -> int: ...
    @property
    def last_seq(self) -> int: ...
    @property
    def audio_seq(self) -> int: ...
    @property
    def audio_ms(self) -> int: ...
    @property
    def next_turn(self) -> int: ...
    @property
    def done_ms(self) -> int: ...
    @property
    def frame_mark(self) -> int | None: ...
    @property
    def heard_ms(self) -> int: ...


class StoredTurn(Protocol):
    """A finished turn, as it was stored."""

    @property
    def turn_id(self) -> str: ...
    @property
    def ordinal(self) -> int: ...
    @property
    def role(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def words(self) -> list[assessment.Word] | None: ...
    @property
    def engine(self) -> assessment.Engine | None: ...
    @property
    def pronunciation(self) -> assessment.Report | None: ...
    @property
    def end_ms(self) -> int | None: ...


class Claim(Protocol):
    """A session as its new owner finds it: `remaining` may still be billed beyond what is `recorded`."""

    @property
    def session(self) -> Session: ...
    @property
    def turns(self) -> Sequence[StoredTurn]: ...
    @property
    def recorded(self) -> timedelta: ...
    @property
    def remaining(self) -> timedelta: ...


class Settlement(Protocol):
    """What a session cost, and where its transcript is."""

    @property
    def billed_seconds(self) -> int: ...
    @property
    def transcript_id(self) -> str | None: ...


class SessionRepository(Protocol):
    """Sessions in PostgreSQL. Writes need the fence of the current owner: Failure `session_moved` for any other."""

    async def start_speaking(
        self, user_id: str, *, language: str, reference_text: str | None, patience_ms: int | None, takeover: bool
    ) -> str:
        """A new speaking session's id. Failure `session_active`, `live_quota_exceeded`."""
        ...

    async def start_voice(self, user_id: str, *, language: str, patience_ms: int | None) -> str:
        """A new conversation with the tutor. Failures as of `start_speaking`."""
        ...

    async def find(self, session_id: str, user_id: str) -> Session:
        """Failure `not_found`."""
        ...

    async def claim(self, session_id: str, user_id: str, node: str) -> Claim:
        """Become the owner. Failure `session_ended`."""
        ...

    async def write(self, session_id: str, fence: int, rows: Rows) -> tuple[timedelta, timedelta] | None:
        """Store `rows`; the same ones again do no harm. With stretches: what the session has used by then, and what may
        still be billed beyond it."""
        ...

    async def set_patience(self, session_id: str, fence: int, patience_ms: int | None) -> None:
        """Store how long a silence ends a turn, in ms; None is the default."""

    async def settle(self, session_id: str, fence: int, *, reason: str, ended_at: datetime) -> Settlement:
        """Settle the session; called again, the same answer."""
        ...

    async def abandon(self, session_id: str, user_id: str) -> None:
        """End a session whose start failed; harmless when it has ended. Failure `not_found`."""
        ...

    async def settlement(self, session_id: str, user_id: str) -> tuple[Settlement, Sequence[StoredTurn]]:
        """How a session that is over ended, and what was said."""
        ...

    async def owner_of(self, session_id: str) -> str | None:
        """The node that runs it, if it runs."""
        ...

    async def sweep(self) -> int:
        """End the sessions without signs of life."""
        ...


class Listener(Protocol):
    """One session's listener. Audio is PCM16, mono, 16 kHz."""

    def feed(self, pcm: bytes) -> None:
        """Take sound (PCM, 16 bits, 16 kHz)."""

    def all_new(self) -> None:
        """The known sound is not sent again: what comes next begins at `known_ms`."""
        ...

    def commit(self) -> None:
        """End the turn now."""

    def tutor_heard(self, playing: bool) -> None:
        """The tutor's voice begins or ends: silence meanwhile says nothing about the learner."""
        ...

    def set_patience(self, ms: int | None) -> None:
        """Milliseconds of silence that end a turn; None adapts to the learner, 0 waits for a commit."""
        ...

    @property
    def pauses(self) -> Sequence[int]:
        """The learner's recent pauses in milliseconds: what patience learns from."""
        ...

    async def finish(self) -> None:
        """Report everything that is left."""
        ...

    async def close(self) -> None:
        """Drop everything at once."""
        ...


@dataclass(frozen=True, slots=True)
class ListenerOptions:
    """Sound begins at `start_ms`. Sound before `known_ms` was processed by another node, up to the turn with the words
    `before`, which ended at `before_end_ms`: it only warms up the listener for what follows."""

    session_id: str
    language: str
    reference_text: str | None
    patience_ms: int | None
    first_turn: int
    start_ms: int
    known_ms: int = 0
    before: tuple[Word, ...] = ()
    before_end_ms: int = 0
    pauses: tuple[int, ...] = ()
    trace: tracing.Span = tracing.NO_SPAN


@dataclass(frozen=True, slots=True)
class NodeLoad:
    """How full a node is. `sessions_max` is what it can serve well; `retry_after` seconds until asking again."""

    sessions_max: int
    full: bool = False
    retry_after: float = 5.0


class Listening(Protocol):
    """Recognition as sessions see it."""

    async def open(self, wanted: ListenerOptions, emit: Callable[[SpeechEvent], None]) -> Listener:
        """`emit` is called on the event loop."""
        ...

    def room(self) -> NodeLoad:
        """How many sessions this node can take, and whether it is full."""


class Pauses(Protocol):
    """What was learned about people's silences, from one session to the next."""

    async def load(self, user_id: str) -> tuple[int, ...]:
        """The learner's last pauses within turns, in ms."""

    async def keep(self, user_id: str, pauses: Sequence[int]) -> None:
        """Store the learner's pauses within turns, in ms."""


class Watched(Protocol):
    """A running session as an observer finds it; `name` is the observer's."""

    @property
    def session_id(self) -> str: ...
    @property
    def observer_id(self) -> str: ...
    @property
    def organization_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def status(self) -> Literal["created", "active", "suspended", "ending", "ended"]: ...
    @property
    def started_at(self) -> datetime: ...
    @property
    def turns(self) -> Sequence[StoredTurn]: ...


class SessionEnd(Protocol):
    """How a session ended."""

    @property
    def reason(self) -> str: ...
    @property
    def ended_at(self) -> datetime: ...
    @property
    def billed_seconds(self) -> int: ...
    @property
    def transcript_id(self) -> str | None: ...


class Observing(Protocol):
    """Who may watch whose session; what they do is in the audit trail."""

    async def open(self, session_id: str, observer_id: str, within: str | None) -> Watched:
        """`within` is the one organization by which somebody may watch whose credential is bound to it. Failure
        `not_found`, also for a session that the observer's role does not reach; `session_ended`."""
        ...

    async def still(self, session_id: str, observer_id: str, within: str | None) -> bool:
        """Whether the observer's role still allows it."""
        ...

    async def end_of(self, session_id: str) -> SessionEnd | None:
        """How it ended; None while it runs."""
        ...

    async def closed(self, session_id: str, observer_id: str, organization_id: str) -> None:
        """Note in the audit trail that the observer left."""

    async def owner_of(self, session_id: str) -> str | None:
        """The node that runs it, if it runs."""
        ...
