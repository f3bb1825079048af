"""What this slice needs from others."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from kit.caller import Caller
from kit.database import Connection
from kit.storable import JsonObject


class Announcements(Protocol):
    """What is told to servers that asked for it, after the commit."""

    async def wanting(self, cx: Connection, event: str) -> Sequence[str]:
        """The users who have asked for it for themselves."""
        ...

    async def to_account(
        self, tx: Connection, event: str, account_id: str, data: JsonObject, *, once: str | None = None
    ) -> None:
        """`once` names what is told only once."""
        ...

    async def to_organization(
        self, tx: Connection, event: str, organization_id: str, data: JsonObject, *, once: str | None = None
    ) -> None:
        """Queue a webhook event for an organization; with `once` only the first counts."""


class Learner(Protocol):
    """A member who is taught."""

    @property
    def user_id(self) -> str: ...
    @property
    def username(self) -> str: ...
    @property
    def full_name(self) -> str | None: ...
    @property
    def team(self) -> str | None: ...
    @property
    def joined_at(self) -> datetime: ...
    @property
    def team_since(self) -> datetime | None: ...


class Seat(Protocol):
    """A learner's place in an organization."""

    @property
    def organization_id(self) -> str: ...
    @property
    def organization_name(self) -> str: ...
    @property
    def team(self) -> str | None: ...


class Teaching(Protocol):
    """Who teaches whom."""

    async def scope(self, cx: Connection, caller: Caller, organization_id: str) -> str | None:
        """The only team that the caller teaches; None for all. Failures `not_found`, `forbidden`."""
        ...

    async def hold(self, tx: Connection, caller: Caller, organization_id: str) -> str | None:
        """`scope`, with the organization locked until `tx` ends."""
        ...

    async def learners(
        self,
        cx: Connection,
        organization_id: str,
        *,
        team: str | None = None,
        only: Sequence[str] | None = None,
        after: tuple[datetime, str] | None = None,
        limit: int,
    ) -> Sequence[Learner]:
        """Those who agreed to be taught, in the order in which they joined."""
        ...

    async def seats(self, cx: Connection, user_id: str, only: str | None) -> Sequence[Seat]:
        """Where a user learns; `only` narrows to one organization."""
        ...


class ModuleWork(Protocol):
    """How far a learner is with a module."""

    @property
    def practised_at(self) -> datetime | None: ...
    @property
    def completed_at(self) -> datetime | None: ...
    @property
    def score(self) -> int | None: ...


class Coursework(Protocol):
    """Modules of the course, and how far learners are with them."""

    def title(self, module_id: str) -> str | None:
        """None when there is no such module."""
        ...

    async def own_title(self, cx: Connection, module_id: str, organization_id: str) -> str | None:
        """Of a module that was made in an organization; None for any other."""
        ...

    async def modules(self, cx: Connection, pairs: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], ModuleWork]:
        """By (user, module), of those that were begun."""
        ...


class Readings(Protocol):
    """Where texts that were read aloud are found."""

    async def __call__(
        self, cx: Connection, user_ids: Sequence[str], texts: Sequence[str], since: Sequence[datetime], mark: float
    ) -> Sequence[tuple[int, datetime, datetime | None, float]]:
        """How users read texts aloud since a moment, by the place in the sequences, from 0: (place, last time, first
        time with at least `mark`, best score)."""
        ...


class WeakSound(Protocol):
    """A sound that a learner gets wrong."""

    @property
    def phoneme(self) -> str: ...
    @property
    def ipa(self) -> str: ...
    @property
    def mean(self) -> float: ...
    @property
    def attempts(self) -> int: ...


class SharedSound(WeakSound, Protocol):
    """A sound that several learners get wrong."""

    @property
    def learners(self) -> int: ...


class Practice(Protocol):
    """How much a learner practised."""

    @property
    def week_seconds(self) -> int: ...
    @property
    def month_seconds(self) -> int: ...
    @property
    def streak(self) -> int: ...
    @property
    def last_seen_at(self) -> datetime | None: ...
    @property
    def weak(self) -> Sequence[WeakSound]: ...


class Groups(Protocol):
    """Practice of many learners at once."""

    async def practice(self, cx: Connection, user_ids: Sequence[str], at: datetime) -> Mapping[str, Practice]: ...

    async def weak(self, cx: Connection, user_ids: Sequence[str], at: datetime, limit: int) -> Sequence[SharedSound]:
        """Sounds that most of the learners get wrong, the worst first."""


class Standing(Protocol):
    """A learner's proficiency."""

    @property
    def xpi(self) -> int: ...
    @property
    def cefr_level(self) -> str: ...
    @property
    def confidence(self) -> float: ...


class Index(Protocol):
    """Proficiency of many learners at once."""

    async def standings(self, cx: Connection, user_ids: Sequence[str], at: datetime) -> Mapping[str, Standing]: ...


class Live(Protocol):
    """Which learners talk at the moment."""

    async def __call__(self, cx: Connection, user_ids: Sequence[str]) -> Mapping[str, str]:
        """The live sessions that run now, by user."""
        ...
