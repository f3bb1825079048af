"""Links that stand for a password: used once, kept as hashes, short-lived."""

from dataclasses import dataclass
from datetime import timedelta

from api.auth import link_store
from api.auth.models import Link, LinkKind, Plan, User
from kit import errors, ids
from kit.clock import Clock
from kit.database import Connection, Database

FORGOTTEN = timedelta(hours=1)
HANDED_OVER = timedelta(days=3)
FIRST = timedelta(days=14)
_PATHS = {"reset": "/#/reset/", "invitation": "/#/invited/", "verification": "/#/verify/"}


@dataclass(frozen=True, slots=True)
class _Addressee:
    """Whom a link is for. `plan` is that of the account which an invitation opens."""

    user_id: str | None
    email: str | None
    full_name: str | None = None
    plan: Plan | None = None


class Links:
    """Links that open one thing once: set a password, verify an address, join."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def to_set_password(
        self, tx: Connection, user: User, lifetime: timedelta, *, mailed: bool, created_by: str | None
    ) -> tuple[Link, str]:
        """A link with which the owner sets a password, and its path. Those that were made before open nothing any
        more, unless it is the owner who asks for several mails."""
        if not mailed:
            await link_store.void(tx, user.id, "reset")
        link = self._link("reset", _Addressee(user.id, user.email, user.full_name), lifetime, mailed=mailed)
        return link, await self._add(tx, link, created_by)

    async def to_verify(self, tx: Connection, user: User) -> tuple[Link, str]:
        """A link that proves that mail to the account's address arrives, and its path."""
        link = self._link("verification", _Addressee(user.id, user.email), FIRST, mailed=True)
        return link, await self._add(tx, link, user.id)

    async def to_join(
        self,
        tx: Connection,
        email: str | None,
        full_name: str | None,
        plan: Plan,
        *,
        mailed: bool,
        created_by: str | None,
    ) -> tuple[Link, str]:
        """An invitation to open an account, and its path."""
        link = self._link("invitation", _Addressee(None, email, full_name, plan), FIRST, mailed=mailed)
        return link, await self._add(tx, link, created_by)

    async def look(self, kind: LinkKind, token: str) -> Link:
        """What a link is for, without using it. Failure `link_not_valid`."""
        async with self._database.connection() as cx:
            found = await link_store.find(cx, kind, ids.hashed(token), self._clock.now())
        return _insist(found)

    async def take(self, tx: Connection, kind: LinkKind, token: str) -> Link:
        """Use a link. It stays good when `tx` fails. Failure `link_not_valid`."""
        return _insist(await link_store.take(tx, kind, ids.hashed(token), self._clock.now()))

    async def mailed_since(self, cx: Connection, kind: LinkKind, user_id: str, age: timedelta) -> int:
        """How many unused links of the kind were mailed to an account lately."""
        return await link_store.made_since(cx, kind, user_id, self._clock.now() - age)

    async def invitations(self, before: str | None, limit: int) -> list[Link]:
        """Open ones, the newest first."""
        async with self._database.connection() as cx:
            return await link_store.invitations(cx, self._clock.now(), before, limit)

    async def withdraw(self, tx: Connection, link_id: str) -> None:
        """Failure `not_found`."""
        if not await link_store.withdraw(tx, link_id, self._clock.now()):
            raise errors.not_found("Invitation")

    async def void(self, tx: Connection, user_id: str) -> None:
        """All links of an account, and those that it made for others, open nothing any more."""
        await link_store.void(tx, user_id)
        await link_store.void_made_by(tx, user_id)

    async def sweep(self) -> None:
        """Delete expired links."""
        async with self._database.connection() as cx:
            await link_store.sweep(cx, self._clock.now())

    def _link(self, kind: LinkKind, to: _Addressee, lifetime: timedelta, *, mailed: bool) -> Link:
        now = self._clock.now()
        ends = now + lifetime
        return Link(ids.new_id(), kind, to.user_id, to.email, to.full_name, to.plan, mailed, now, ends)

    async def _add(self, tx: Connection, link: Link, created_by: str | None) -> str:
        token = ids.secret()
        await link_store.add(tx, link, ids.hashed(token), created_by)
        return f"{_PATHS[link.kind]}{token}"


def _insist(found: Link | None) -> Link:
    if found is None:
        message = "This link was used already, or it has run out. Ask for a new one."
        raise errors.conflict("link_not_valid", message)
    return found
