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
    ) -> None: ...


class Learner(Protocol):
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


class Seat(Protocol):
    @property
    def organization_id(self) -> str: ...
    @property
    def organization_name(self) -> str: ...
    @property
    def team(self) -> str | None: ...


class Teaching(Protocol):
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
    @property
    def practised_at(self) -> datetime | None: ...
    @property
    def completed_at(self) -> datetime | None: ...
    @property
    def score(self) -> int | None: ...


class Coursework(Protocol):
    def title(self, module_id: str) -> str | None:
        """None when there is no such module."""
        ...

    async def modules(self, cx: Connection, pairs: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], ModuleWork]:
        """By (user, module), of those that were begun."""
        ...


class Readings(Protocol):
    async def __call__(
        self, cx: Connection, user_ids: Sequence[str], texts: Sequence[str], since: Sequence[datetime], mark: float
    ) -> Sequence[tuple[int, datetime, datetime | None, float]]:
        """How users read texts aloud since a moment, by the place in the sequences, from 0: (place, last time, first
        time with at least `mark`, best score)."""
        ...


class WeakSound(Protocol):
    @property
    def phoneme(self) -> str: ...
    @property
    def ipa(self) -> str: ...
    @property
    def mean(self) -> float: ...
    @property
    def attempts(self) -> int: ...


class SharedSound(WeakSound, Protocol):
    @property
    def learners(self) -> int: ...


class Practice(Protocol):
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
    async def practice(self, cx: Connection, user_ids: Sequence[str], at: datetime) -> Mapping[str, Practice]: ...

    async def weak(
        self, cx: Connection, user_ids: Sequence[str], at: datetime, limit: int
    ) -> Sequence[SharedSound]: ...


class Standing(Protocol):
    @property
    def xpi(self) -> int: ...
    @property
    def cefr_level(self) -> str: ...
    @property
    def confidence(self) -> float: ...


class Index(Protocol):
    async def standings(self, cx: Connection, user_ids: Sequence[str], at: datetime) -> Mapping[str, Standing]: ...


class Live(Protocol):
    async def __call__(self, cx: Connection, user_ids: Sequence[str]) -> Mapping[str, str]:
        """The live sessions that run now, by user."""
        ...
