"""Accounts: making, changing and deleting them."""

from collections.abc import Sequence
from dataclasses import replace

from api.auth import attempt_store, link_store, session_store, store
from api.auth.entrance import Entrance
from api.auth.guests import Guests
from api.auth.letters import Letters
from api.auth.models import NO_PASSWORD, UNSET_PASSWORD, Newcomer, Tokens, User
from api.auth.ports import Leaving
from api.auth.sessions import SignIns
from kit import audit, errors, ids, passwords
from kit.audit import Action, Actor
from kit.caller import Caller
from kit.clock import Clock
from kit.database import Connection, Database
from kit.storable import JsonObject


class Accounts:
    """`leaving` is called for each account that is deleted; rows that reference users(id) are deleted by the
    database."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        sign_ins: SignIns,
        entrance: Entrance,
        letters: Letters,
        leaving: Sequence[Leaving] = (),
    ) -> None:
        self._database = database
        self._clock = clock
        self._sign_ins = sign_ins
        self._entrance = entrance
        self._letters = letters
        self._leaving = leaving
        self._guests = Guests(clock)

    async def register(self, newcomer: Newcomer, password: str, actor: Actor) -> User:
        """Failures `registration_closed`, `email_taken`, `username_taken`."""
        hashed = await passwords.hash(password)
        now = self._clock.now()
        user = newcomer.account(ids.new_id(), now)
        async with self._database.transaction() as tx:
            await self._entrance.insist_registration(tx)
            if not await store.add_user(tx, user, hashed):
                raise await taken(tx, user.email)
            registered = Actor(user.id, actor.address, actor.request_id)
            await audit.record(tx, now, registered, Action("account.registered", "user", user.id))
            await self._greet(tx, user)
        return user

    async def open_guest(self, timezone: str, native_language: str | None, user_agent: str, actor: Actor) -> Tokens:
        """A new account without a password, signed in: only who holds its tokens is let in.

        Failures `guests_closed`, `rate_limited`.
        """
        async with self._database.transaction() as tx:
            await self._entrance.insist_guest(tx, actor.address)
            user_id = await self._guests.add(tx, None, timezone, native_language)
            entering = Actor(user_id, actor.address, actor.request_id)
            await audit.record(tx, self._clock.now(), entering, Action("account.guest", "user", user_id))
            return await self._sign_ins.begin(tx, user_id, user_agent, entering)

    async def claim(
        self, caller: Caller, *, email: str, username: str | None, password: str, full_name: str | None, actor: Actor
    ) -> User:
        """A guest becomes somebody who can sign in anywhere; all that they did stays theirs.

        Failures `already_claimed`, `registration_closed`, `email_taken`, `username_taken`.
        """
        hashed = await passwords.hash(password)
        now = self._clock.now()
        async with self._database.transaction() as tx:
            user = await store.lock_user(tx, caller.user_id)
            if user is None:
                raise errors.not_found("Account")
            if not user.is_guest:
                raise errors.conflict("already_claimed", "This account has a password already.")
            await self._entrance.insist_registration(tx)
            await self._sign_ins.hold(tx, caller, NO_PASSWORD)
            claimed = replace(user, email=email, username=username or user.username, is_guest=False)
            claimed = replace(claimed, full_name=full_name or user.full_name, has_password=True)
            if not await store.claim_user(tx, claimed, hashed, now):
                raise await taken(tx, email)
            await audit.record(tx, now, actor, Action("account.claimed", "user", user.id))
            await self._greet(tx, claimed)
        return claimed

    async def profile(self, user_id: str) -> User:
        """The account. Failure `not_found`."""
        async with self._database.connection() as cx:
            user = await store.user(cx, user_id)
        if user is None:
            raise errors.not_found("Account")
        return user

    async def update(self, user_id: str, changes: JsonObject) -> User:
        """`changes` may hold full_name, nickname, avatar_url, timezone and native_language."""
        async with self._database.transaction() as tx:
            user = await store.lock_user(tx, user_id)
            if user is None:
                raise errors.not_found("Account")
            changed = replace(user, **changes)
            await store.update_user(tx, changed, self._clock.now())
        return changed

    async def change_password(self, caller: Caller, current: str, new: str, actor: Actor) -> None:
        """The caller's other sessions end, and links for a new password with them.

        Failures `invalid_credentials`, `rate_limited`.
        """
        confirmed = await self._sign_ins.confirm(caller, current)
        hashed = await passwords.hash(new)
        now = self._clock.now()
        async with self._database.transaction() as tx:
            await self._sign_ins.hold(tx, caller, confirmed)
            await store.set_password(tx, caller.user_id, hashed, now)
            await link_store.void(tx, caller.user_id, "reset")
            await session_store.revoke_other_sessions(tx, caller.user_id, caller.credential_id, "password changed", now)
            await audit.record(tx, now, actor, Action("account.password_changed", "user", caller.user_id))

    async def delete(self, caller: Caller, password: str | None, actor: Actor) -> None:
        """Delete the caller's account and everything that belongs to it. Guests, and who
        signs in by the provider only, have no password to confirm it with.

        Failures `password_required`, `invalid_credentials`, `rate_limited`, and what stops the deletion
        (`last_owner`).
        """
        if password is not None:
            confirmed = await self._sign_ins.confirm(caller, password)
        elif not (profile := await self.profile(caller.user_id)).has_password:
            confirmed = NO_PASSWORD if profile.is_guest else UNSET_PASSWORD
        else:
            raise errors.conflict("password_required", "Give the password of the account.")
        async with self._database.transaction() as tx:
            await self._sign_ins.hold(tx, caller, confirmed)
            await self.erase(tx, caller.user_id, actor)

    async def exporting(self, user_id: str, actor: Actor) -> None:
        """Note that the account's owner takes everything away."""
        async with self._database.transaction() as tx:
            await audit.record(tx, self._clock.now(), actor, Action("account.exported", "user", user_id))

    async def erase(self, tx: Connection, user_id: str, actor: Actor) -> None:
        """Delete the account with everything that belongs to it; it is locked already. Failure `last_owner`."""
        for told in self._leaving:
            await told(tx, user_id)
        await link_store.void_made_by(tx, user_id)
        await attempt_store.forget_account(tx, user_id)
        await store.delete_user(tx, user_id)
        await audit.record(tx, self._clock.now(), actor, Action("account.deleted", "user", user_id))
        await audit.forget(tx, user_id)

    async def verify(self, user_id: str, language: str | None) -> None:
        """Mail a link that proves the account's address. Failures `mail_not_configured`, `already_verified`,
        `rate_limited`, `not_possible` for a guest."""
        async with self._database.transaction() as tx:
            user = await store.lock_user(tx, user_id)
            if user is None:
                raise errors.not_found("Account")
            if user.is_guest:
                raise errors.conflict("not_possible", "Guests have no address yet.")
            if user.email_verified:
                raise errors.conflict("already_verified", "The address is proved already.")
            await self._letters.verify(tx, user, language)

    async def _greet(self, tx: Connection, user: User) -> None:
        if self._letters.available:
            await self._letters.verify(tx, user)


async def taken(tx: Connection, email: str) -> errors.Failure:
    """The failure of an account that could not be added or changed."""
    if await store.email_taken(tx, email):
        return errors.conflict("email_taken", "There is an account with this e-mail address already.")
    return errors.conflict("username_taken", "This user name is taken.")
