"""What links open: a new password, an account by invitation, a proved e-mail address."""

from dataclasses import replace

from api.auth import session_store, store
from api.auth.attempts import Attempts
from api.auth.links import Links
from api.auth.models import Link, Newcomer, User
from api.auth.service import taken
from kit import audit, errors, ids, passwords
from kit.audit import Action, Actor
from kit.clock import Clock
from kit.database import Connection, Database


class Recovery:
    """What the links do once they are opened."""

    def __init__(self, database: Database, clock: Clock, links: Links, tries: Attempts) -> None:
        self._database = database
        self._clock = clock
        self._links = links
        self._tries = tries

    async def set_password(self, token: str, password: str, actor: Actor) -> None:
        """All sign-ins of the account end, and its failed ones are forgotten. Failure `link_not_valid`."""
        found = await self._links.look("reset", token)  # hashing for a guess would cost more than the guess
        hashed = await passwords.hash(password)
        now = self._clock.now()
        async with self._database.transaction() as tx:
            user = await self._owner(tx, found)
            link = await self._links.take(tx, "reset", token)
            await store.set_password(tx, user.id, hashed, now)
            await session_store.revoke_all_sessions(tx, user.id, "password reset", now)
            await self._links.void(tx, user.id)
            await self._tries.forget_account(tx, user.id)
            if link.mailed and link.email is not None:
                await store.set_verified(tx, user.id, link.email, now)
            owner = Actor(user.id, actor.address, actor.request_id)
            await audit.record(tx, now, owner, Action("account.password_reset", "user", user.id))

    async def invited(self, token: str, email: str | None) -> Link:
        """The invitation, for an account with this address; without one the invitation has to name it.

        Failures `link_not_valid`, `invalid_request`.
        """
        link = await self._links.look("invitation", token)
        if link.email is None and email is None:
            raise errors.invalid("A field is not valid.", [("/email", "name the address of the account")])
        if link.email is not None and email is not None and email.lower() != link.email.lower():
            raise errors.invalid("A field is not valid.", [("/email", "the invitation is for another address")])
        return replace(link, email=link.email or email)

    async def join(self, token: str, newcomer: Newcomer, password: str, actor: Actor) -> User:
        """Open the account of an invitation. Failures `link_not_valid`, `email_taken`, `username_taken`."""
        hashed = await passwords.hash(password)
        now = self._clock.now()
        async with self._database.transaction() as tx:
            link = await self._links.take(tx, "invitation", token)
            user = newcomer.account(ids.new_id(), now, verified=link.mailed)
            if not await store.add_user(tx, user, hashed):
                raise await taken(tx, newcomer.email)
            owner = Actor(user.id, actor.address, actor.request_id)
            deed = Action("account.registered", "user", user.id, details={"invitation": link.id})
            await audit.record(tx, now, owner, deed)
        return user

    async def verify(self, token: str, actor: Actor) -> None:
        """The address of the account is proved. Failure `link_not_valid`."""
        found = await self._links.look("verification", token)
        now = self._clock.now()
        async with self._database.transaction() as tx:
            user = await self._owner(tx, found)
            link = await self._links.take(tx, "verification", token)
            if not await store.set_verified(tx, user.id, link.email or "", now):
                raise errors.conflict("link_not_valid", "The account has another address by now.")
            owner = Actor(user.id, actor.address, actor.request_id)
            await audit.record(tx, now, owner, Action("account.email_verified", "user", user.id))

    async def _owner(self, tx: Connection, link: Link) -> User:
        """The account of a link, locked: before the link, as everybody does who voids links. Failure
        `link_not_valid`."""
        user = await store.lock_user(tx, link.user_id or "")
        if user is None or user.disabled_at is not None or user.is_guest:
            raise errors.conflict("link_not_valid", "The account is closed. Ask those who run this server.")
        return user
