"""What this slice needs from others."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kit.caller import Caller
from kit.database import Connection
from kit.storable import JsonObject
from speech import assessment


@dataclass(frozen=True)
class Recognized:
    """What was recognized (freely, never the reference text) and the pronunciation report; None when nothing was said
    or no scorer is available."""

    transcript: str
    pronunciation: assessment.Report | None


class RecordingRecognizer(Protocol):
    """Recognition of whole recordings."""

    async def hear(self, pcm: bytes, reference_text: str | None, owner: str) -> Recognized:
        """Recognise and assess PCM16 mono 16 kHz. Failure `unavailable` while no engine is ready."""
        ...


class Allowance(Protocol):
    """How much recorded sound a user may have recognized."""

    async def spend(self, user_id: str, seconds: float) -> None:
        """Count seconds of recordings. Failure `rate_limited` when the limit is reached."""
        ...


@dataclass(frozen=True)
class Speech:
    """PCM16 mono 24 kHz. Not `is_lasting` when a fallback voice spoke because the best one was not ready."""

    pcm: bytes
    is_lasting: bool


class Voice(Protocol):
    """Who reads listening texts aloud."""

    @property
    def name(self) -> str:
        """The same on all nodes and at all times, whichever voice speaks."""
        ...

    @property
    def is_available(self) -> bool:
        """Whether it can speak now; otherwise the client does."""
        ...

    async def speak(self, sentence: str, language: str, role: int, rate: float) -> Speech:
        """A sentence by the `role`-th of the people in a text; 1.0 is normal speed. Raises when no voice can speak."""
        ...


@dataclass(frozen=True)
class Earned:
    """XP once for each `source_key` of the learner; what was earned over a while has `spans`, [start, end) each."""

    amount: int
    kind: str
    source_key: str
    reason: str
    at: datetime
    spans: Sequence[tuple[datetime, datetime]] = ()


class Rewards(Protocol):
    """Where XP is granted."""

    async def grant(self, tx: Connection, user_id: str, earned: Earned) -> int:
        """Points given: 0 when the source key was used. To be called last in a transaction."""
        ...


class LearningTime(Protocol):
    """Where time is counted."""

    async def record(
        self, tx: Connection, *, user_id: str, kind: str, started_at: datetime, ended_at: datetime, source_key: str
    ) -> None:
        """Count a stretch of time, once for each source key."""

    async def this_week(self, tx: Connection, user_id: str, at: datetime) -> int:
        """Seconds learned since the learner's Sunday."""
        ...


class Announcements(Protocol):
    """What is told to servers that asked for it, after the commit."""

    async def of_account(
        self, tx: Connection, event: str, account_id: str, data: JsonObject, *, once: str | None = None
    ) -> None:
        """About an account. `once` names what is told only once."""
        ...


class WeakPhoneme(Protocol):
    """A sound that a learner gets wrong."""

    @property
    def phoneme(self) -> str: ...
    @property
    def ipa(self) -> str: ...
    @property
    def mean(self) -> float: ...
    @property
    def attempts(self) -> int: ...


class PhonemeLog(Protocol):
    """Scores of sounds over time."""

    async def record(
        self, tx: Connection, *, user_id: str, at: datetime, pronunciation: assessment.Report, source_key: str
    ) -> None:
        """Note the sounds of a report, once for each source key."""

    async def weak(self, tx: Connection, user_id: str, at: datetime, limit: int) -> Sequence[WeakPhoneme]:
        """The sounds that the learner gets wrong most, the worst first."""


class Streaks(Protocol):
    """How many days in a row a learner practised."""

    async def current(self, tx: Connection, user_id: str, at: datetime) -> int:
        """Days in a row."""
        ...


class Schools(Protocol):
    async def scope(self, cx: Connection, caller: Caller, organization_id: str) -> str | None:
        """The only team that the caller teaches; None for all. Failures `not_found`, `forbidden`."""
        ...

    async def hold(self, tx: Connection, caller: Caller, organization_id: str) -> str | None:
        """`scope`, with the organization locked until `tx` ends."""
        ...

    async def taught(self, cx: Connection, user_id: str) -> Collection[str]:
        """The organizations in which a user teaches."""
        ...


class Documents(Protocol):
    async def text(self, cx: Connection, caller: Caller, document_id: str, most: int) -> str | None:
        """The beginning of a document, `most` characters or a little more; None for one that the caller may not
        see or that is not read yet."""
        ...


class Given(Protocol):
    """A module, or a text with its title, that a learner was given; what was done before `since` is not shown."""

    @property
    def module_id(self) -> str | None: ...
    @property
    def title(self) -> str | None: ...
    @property
    def text(self) -> str | None: ...
    @property
    def since(self) -> datetime: ...


class Answering(Protocol):
    async def given(
        self, cx: Connection, caller: Caller, organization_id: str, assignment_id: str, user_id: str
    ) -> Given:
        """What of a learner's work the caller may see. Failure `not_found`."""
        ...


class Spoken(Protocol):
    """Where readings in live sessions are found."""

    async def __call__(
        self,
        cx: Connection,
        user_id: str,
        text: str,
        since: datetime,
        before: tuple[datetime, str] | None,
        limit: int,
    ) -> Sequence[tuple[str, datetime, float, str, JsonObject]]:
        """How a user read a text aloud since a moment, newest first: (id, when, score, what was heard, report)."""
        ...


class GivenModules(Protocol):
    """Modules that a teacher gave."""

    async def modules(self, cx: Connection, user_id: str) -> Mapping[str, datetime]:
        """Modules that teachers gave a learner, by id, with the day until which they are to be done."""
        ...
